import Logging
import NIOCore

/// Stops accepting for a second when it fails, as it does while no file descriptor is free.
///
/// The waiting connection keeps the listening socket readable, so the event loop would try again at once and for ever.
/// NIO's own backoff only holds back its next request to read and leaves the failed one registered; here the socket is
/// taken off the event loop.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// Seconds until the next attempt.
    static let seconds: Int64 = 1

    private let logger: Logger
    private var isPaused = false

    init(logger: Logger) { self.logger = logger }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isPaused else { return }
        isPaused = true
        logger.warning(
            "a connection could not be accepted; trying again in a second",
            metadata: ["error": "\(error)", "remedy": "raise the limit of open files (LimitNOFILE)"])
        setAccepting(false, context.channel)
        context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(AcceptPause.seconds)) {
            self.isPaused = false
            self.setAccepting(true, context.channel)
        }
    }

    /// A channel that is closed meanwhile refuses the option, and needs it no more.
    private func setAccepting(_ isAccepting: Bool, _ channel: any Channel) {
        try? channel.syncOptions?.setOption(.autoRead, value: isAccepting)
    }
}
