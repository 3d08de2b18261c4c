import Synchronization
public import TallyCodec
import TallyDecisions
import TallyLog
import TallyModel
import TallyProjections
import TallyRing

/// The ledger at work: takes requests from any thread, decides them in order on one, makes them durable on another.
///
/// ```swift
/// let engine = try Engine.start(EngineOptions(dataDirectory: "/var/lib/tallystick"))
/// guard engine.submit(request) == .accepted else { … }
/// engine.stop()
/// ```
public final class Engine: Sendable {
    private let services: EngineServices
    private let threads: Mutex<[OSThread]>

    /// Opens or creates the ledger, brings the state up to the end of the log and starts the threads.
    ///
    /// Blocks until then.
    ///
    /// - Parameters:
    ///   - options: Where the ledger lies, and bounds.
    ///   - progress: Receives sentences for the operator: while the log is replayed, and later when a checkpoint or a write
    ///     fails. Called from any thread.
    /// - Returns: An engine that takes requests.
    /// - Throws: ``EngineError`` when the data is in use, damaged or cannot be read; nothing was changed then.
    public static func start(
        _ options: EngineOptions, progress: (@Sendable (String) -> Void)? = nil
    ) throws(EngineError) -> Engine {
        let data = try DataDirectory(path: options.dataDirectory)
        let notice: @Sendable (String) -> Void = progress ?? { _ in }
        return Engine(options, data, try RecoveredLedger.open(data, progress: notice), notice)
    }

    private init(
        _ options: EngineOptions, _ data: DataDirectory, _ recovered: consuming RecoveredLedger,
        _ notice: @escaping @Sendable (String) -> Void
    ) {
        let services = EngineServices(options: options, data: data, recovered: recovered, notice: notice)
        self.services = services
        let start = PipelineStart(recovered, services)
        threads = Mutex([
            OSThread(name: "tally-writer") { services.writer.run() },
            OSThread(name: "tally-checkpt") { services.checkpointer.run() },
            OSThread(name: "tally-clerk") { services.clerk.run() },
            OSThread(name: "tally-engine") {
                var pipeline = start.take()
                pipeline.run()
                services.writer.stop()
                services.checkpointer.stop()
                services.clerk.stop()
            },
        ])
    }

    /// What a door tells a client that says hello.
    ///
    /// - Parameter server: Name and version of the daemon.
    /// - Returns: The ledger's id, the last durable record, and that an answer means "synced to disk".
    public func welcome(server: String) -> Welcome {
        let id = services.log.ledgerID
        return Welcome(
            durability: .synced, ledgerID: (id.high, id.low), tip: LogSequence(services.log.tip().sequence),
            server: server)
    }

    /// Takes a request; never blocks, may be called from any thread.
    ///
    /// - Returns: Whether it will be answered.
    public func submit(_ request: any Request) -> Submission {
        services.submit(request)
    }

    /// Why writing failed; nil while it did not.
    ///
    /// After a failure questions are still answered, writes are refused.
    public var failure: EngineError? { services.failure }

    /// Stops: everything accepted is answered, a checkpoint is saved, the threads end.
    ///
    /// May be called again.
    public func stop() {
        _ = services.beginStopping()
        // Whoever comes second waits for the same threads.
        threads.withLock { threads in
            for thread in threads { thread.join() }
            threads = []
        }
        try? services.log.syncHead()
    }
}

/// Carries the recovered ledger into the engine's thread.
///
/// Sendable because it is filled before the thread starts and emptied by it, once.
private final class PipelineStart: @unchecked Sendable {
    private var recovered: RecoveredLedger?
    private let services: EngineServices

    init(_ recovered: consuming RecoveredLedger, _ services: EngineServices) {
        self.recovered = consume recovered
        self.services = services
    }

    func take() -> Pipeline {
        guard let recovered = recovered.take() else { preconditionFailure("The engine's thread starts once.") }
        return Pipeline(services: services, recovered: recovered)
    }
}

extension Pipeline {
    /// A pipeline at the end of a recovered log.
    init(services: EngineServices, recovered: consuming RecoveredLedger) {
        let durable = services.log.tip()
        self.init(
            services: services, decider: Decider(key: services.data.key),
            desk: services.options.promotionReader.map { PromotionDesk($0) }, state: recovered.state,
            filling: OpenBlock(firstSequence: durable.sequence + 1), writing: nil, spare: nil, durable: durable,
            failure: nil, recent: recovered.recent,
            checkpoints: CheckpointSchedule(
                options: services.options, saved: recovered.saved, now: services.monotonic()))
    }
}
