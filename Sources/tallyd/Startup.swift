import Glibc
import Logging
import ServiceLifecycle
import TallyEngine
import TallyModel
import TallyPromotionFiles
import TallyServer
import UnixSignals

/// The daemon from its settings to its end, in numbered steps.
struct Startup {
    /// What the operator decided.
    let settings: DaemonSettings
    /// The variables of the process.
    let environment: [String: String]

    /// Runs the daemon until it is told to stop.
    ///
    /// - Throws: ``DaemonExit`` when a step fails.
    func run() async throws {
        // 1. The process: a client that goes away must not end it, and every client needs a descriptor.
        signal(SIGPIPE, SIG_IGN)
        Startup.raiseFileLimit()
        let logger = makeLogger()
        let manager = ServiceManager(environment: environment, pid: getpid())

        // 2. The engine: opens or creates the log, recovers. It holds the only lock on the data.
        let engine = try startEngine(logger, manager)

        // 3. The server: from here on clients can connect.
        let server = try await startServer(engine, logger)

        // 4. Serve until SIGTERM or SIGINT. The heartbeat begins when the signals are caught and says that the daemon is
        // ready. Services stop in reverse: the heartbeat says so, the server lets its answers leave, and the engine stops
        // last, so that every accepted request is answered.
        let heartbeat = Heartbeat(engine: engine, manager: manager, logger: logger, socket: settings.socket)
        let group = ServiceGroup(
            services: [server, heartbeat], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        defer { engine.stop() }
        try await group.run()

        // 5. A daemon whose log failed has refused every batch since; its service manager should know.
        if let failure = engine.failure { throw DaemonExit(status: .ioFailed, message: "\(failure)") }
    }

    private func makeLogger() -> Logger {
        let isJournal = environment["JOURNAL_STREAM"] != nil
        return Logger(label: "tallyd") { _ in LineLogHandler(logLevel: settings.logLevel, isJournal: isJournal) }
    }

    private func startEngine(_ logger: Logger, _ manager: ServiceManager) throws -> Engine {
        var options = EngineOptions(dataDirectory: settings.data)
        options.checkpointSeconds = settings.checkpointSeconds
        options.checkpointRecords = settings.checkpointRecords
        options.clock = settings.clock
        options.promotionReader = PromotionFileReader()
        do throws(EngineError) {
            return try Engine.start(options) { step in
                logger.info("\(step)")
                manager.starting(step)
            }
        } catch {
            throw DaemonExit(status: Startup.status(of: error), message: "\(error)")
        }
    }

    private func startServer(_ engine: Engine, _ logger: Logger) async throws -> Server {
        do throws(ServerError) {
            var options = ServerOptions(socketPath: settings.socket)
            options.socketMode = settings.socketMode
            options.serverName = Tallyd.version
            options.inheritedSocket = try SocketActivation.inheritedSocket(environment: environment, pid: getpid())
            let server = Server(options: options, engine: engine, logger: logger)
            try await server.start()
            return server
        } catch {
            engine.stop()
            throw DaemonExit(status: .cannotCreateSocket, message: "\(error)")
        }
    }

    private static func status(of error: EngineError) -> ExitStatus {
        switch error.code {
        case .dataInUse: .temporary
        case .optionsWrong: .usage
        default: .ioFailed
        }
    }

    /// Raises the limit of open files as far as this process may: one for each client and some for the log.
    private static func raiseFileLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let wanted = rlim_t(Limits.connectionsMax + 256)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = min(wanted, limit.rlim_max)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
