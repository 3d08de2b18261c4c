import Logging
import ServiceLifecycle
import TallyEngine
import TallyServer

/// Looks after the engine while the daemon serves: tells the service manager that it lives, and the operator when its log
/// can no longer be written.
struct Heartbeat: Service, CustomStringConvertible {
    /// The engine that is looked after.
    let engine: Engine
    /// Who is told.
    let manager: ServiceManager
    /// Where a failure is noted.
    let logger: Logger
    /// Where clients find the daemon.
    let socket: String

    /// Seconds between two looks when nobody asks for more.
    private static let secondsMax: Int64 = 5

    var description: String { "heartbeat" }

    func run() async throws {
        manager.ready()
        StandardError.write(line: "tallyd ready on \(socket)")
        var hasReported = false
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            if let failure = engine.failure, !hasReported {
                logger.critical(
                    "the log cannot be written; questions are still answered", metadata: ["error": "\(failure)"])
                manager.status("read-only: \(failure)")
                hasReported = true
            }
            manager.alive()
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
        }
        manager.stopping()
    }

    /// Half of what the service manager allows, so that one late beat does no harm.
    private var interval: Duration {
        let halfOfAllowed = manager.watchdogMicroseconds.map { $0 / 2 } ?? .max
        return .microseconds(min(halfOfAllowed, Heartbeat.secondsMax * 1_000_000))
    }
}
