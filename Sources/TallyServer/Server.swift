public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import Synchronization

/// The stream socket's door: accepts connections and gives each a ``Connection``.
public final class Server: Service {
    private struct Running {
        var group: MultiThreadedEventLoopGroup
        var channel: any Channel
        var listener: UnixListener
    }

    private let options: ServerOptions
    private let engine: any RequestTaker
    private let logger: Logger
    private let registry: ConnectionRegistry
    private let running = Mutex<Running?>(nil)

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - options: Where and within which bounds.
    ///   - engine: Who answers. It must be stopped after the server, never before: accepted requests are then answered.
    ///   - logger: Where connections are noted.
    public init(options: ServerOptions, engine: any RequestTaker, logger: Logger) {
        self.options = options
        self.engine = engine
        self.logger = logger
        registry = ConnectionRegistry(connectionsMax: options.connectionsMax)
    }

    /// Connections open now.
    public var connectionCount: Int { registry.count }

    /// Opens the socket; clients can connect when this returns.
    ///
    /// - Throws: ``ServerError`` when the socket cannot be opened.
    public func start() async throws(ServerError) {
        precondition(running.withLock { $0 == nil }, "A server is started once.")
        let listener = try UnixListener.open(options)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: options.eventLoopThreads)
        do {
            let channel = try await bootstrap(group).withBoundSocket(listener.descriptor).get()
            running.withLock { $0 = Running(group: group, channel: channel, listener: listener) }
        } catch {
            listener.removeFile()
            try? await group.shutdownGracefully()
            throw ServerError(.systemCallFailed, "the socket \(options.socketPath) cannot be served: \(error)")
        }
    }

    /// Serves until the service group shuts down or the task is cancelled; starts first if that has not happened.
    public func run() async throws {
        if running.withLock({ $0 == nil }) { try await start() }
        // Cancellation ends the wait as well; clients are then treated no worse.
        try? await gracefulShutdown()
        await stop()
    }

    /// Accepts nobody and reads nothing more, lets the answers under way leave, and closes.
    ///
    /// It returns when no connection is open. A second call does nothing.
    public func stop() async {
        guard
            let running = running.withLock({ running in
                defer { running = nil }
                return running
            })
        else { return }
        running.listener.removeFile()
        try? await running.channel.close()
        registry.drain()
        let deadline = running.group.next().scheduleTask(in: .seconds(options.drainSeconds)) { [registry, logger] in
            logger.warning(
                "clients cut off: they did not read their last answers", metadata: ["count": "\(registry.count)"])
            registry.cut()
        }
        await registry.waitUntilEmpty()
        deadline.cancel()
        try? await running.group.shutdownGracefully()
    }

    private func bootstrap(_ group: MultiThreadedEventLoopGroup) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: ServerOptions.backlog)
            .serverChannelInitializer { [logger] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptPause(logger: logger))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: ServerOptions.readBytes)
            )
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: ServerOptions.unreadAnswerBytesLow, high: ServerOptions.unreadAnswerBytesHigh)
            )
            .childChannelInitializer { [options, engine, registry, logger] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Connection(options: options, engine: engine, registry: registry, logger: logger))
                }
            }
    }
}
