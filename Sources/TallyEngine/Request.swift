/// One frame that waits for an answer.
///
/// The door that received it implements this; the engine knows no sockets.
///
/// The engine reads the message once, on its own thread, and answers once or, for a long answer, in several parts. The
/// answer to a batch comes from the thread that made the batch durable, never before.
public protocol Request: AnyObject, Sendable {
    /// Lends the message: the frame without its four length bytes.
    func withMessage(_ body: (RawSpan) -> Void)

    /// Takes a part of the answer: whole frames, each with its length. The bytes are lent for the call.
    ///
    /// - Parameters:
    ///   - frames: One or more frames.
    ///   - isLast: True for the part that ends the answer.
    func answer(_ frames: RawSpan, isLast: Bool)
}

/// Whether the engine took a request.
public enum Submission: Sendable, Hashable {
    /// It will be answered.
    case accepted
    /// The queue is full; nothing was kept. The door stops reading until an answer has left.
    case busy
    /// The engine takes nothing more.
    case stopping
}
