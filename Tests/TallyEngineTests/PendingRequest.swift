import Dispatch
import Synchronization
import TallyEngine
import TallyTesting

/// A request whose answer a test waits for.
final class PendingRequest: Request {
    private let message: [UInt8]
    private let received = Mutex<(frames: [UInt8], isDone: Bool)>(([], false))
    private let done = DispatchSemaphore(value: 0)

    init(_ message: [UInt8]) { self.message = message }

    func withMessage(_ body: (RawSpan) -> Void) {
        let message = message
        unsafe body(message.span.bytes)
    }

    func answer(_ frames: RawSpan, isLast: Bool) {
        let bytes = unsafe frames.withUnsafeBytes { unsafe Array($0) }
        received.withLock { received in
            precondition(!received.isDone, "A request is answered once.")
            received.frames += bytes
            received.isDone = isLast
        }
        if isLast { done.signal() }
    }

    /// True when the whole answer has come.
    var isAnswered: Bool { received.withLock { $0.isDone } }

    /// Waits for the whole answer.
    ///
    /// - Throws: ``Unanswered`` after a minute, or what reading the answer throws.
    func wait() throws -> ReceivedAnswer {
        guard done.wait(timeout: .now() + 60) == .success else { throw Unanswered() }
        done.signal()
        return try ReceivedAnswer(frames: received.withLock { $0.frames })
    }
}

/// An accepted request was not answered.
struct Unanswered: Error {}
