import NIOCore
import TallyEngine

/// One frame on its way through the engine, and the way back for its answer.
final class FrameRequest: Request {
    private let message: ByteBuffer
    private let channel: any Channel
    private let connection: NIOLoopBound<Connection>
    /// Where the answer stands among the answers of the connection.
    let place: AnswerQueue.Place

    /// The request of `connection` at `place`.
    ///
    /// - Parameters:
    ///   - message: The frame without its length.
    ///   - place: Where the answer stands among the answers of the connection.
    ///   - channel: Where the answer goes.
    ///   - connection: Who asks.
    init(_ message: ByteBuffer, place: AnswerQueue.Place, channel: any Channel, connection: NIOLoopBound<Connection>) {
        self.message = message
        self.place = place
        self.channel = channel
        self.connection = connection
    }

    func withMessage(_ body: (RawSpan) -> Void) {
        let message = message
        body(message.readableBytesSpan)
    }

    func answer(_ frames: RawSpan, isLast: Bool) {
        // Nobody is there to read it any more, and the event loop may have ended with the server.
        guard channel.isActive else { return }
        var copy = channel.allocator.buffer(capacity: frames.byteCount)
        copy.writeBytes(frames)
        // The engine may answer from within `submit`, on the connection's own thread: the answer then waits its turn too.
        channel.eventLoop.execute { [connection, place, copy] in
            connection.value.answered(copy, place: place, isLast: isLast)
        }
    }
}
