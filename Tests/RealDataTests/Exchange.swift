import Synchronization
import TallyBytes
import TallyCodec
import TallyEngine

/// A request that comes from a test and not from a socket.
final class Exchange: Request {
    private struct State {
        var frames: [UInt8] = []
        var waiter: CheckedContinuation<[UInt8], Never>?
    }

    private let message: [UInt8]
    private let state: Mutex<State>

    private init(_ message: [UInt8], _ waiter: CheckedContinuation<[UInt8], Never>) {
        self.message = message
        state = Mutex(State(waiter: waiter))
    }

    /// Sends a message to the engine, again and again while its queue is full.
    ///
    /// - Returns: The frames of the answer.
    /// - Throws: ``EngineStopped``.
    static func answer(of engine: Engine, to message: [UInt8]) async throws -> [UInt8] {
        var submission = Submission.busy
        let frames = await withCheckedContinuation { waiter in
            let exchange = Exchange(message, waiter)
            repeat { submission = engine.submit(exchange) } while submission == .busy
            if submission == .stopping { exchange.state.withLock { $0.waiter }?.resume(returning: []) }
        }
        guard submission == .accepted else { throw EngineStopped() }
        return frames
    }

    func withMessage(_ body: (RawSpan) -> Void) {
        let message = message
        unsafe body(message.span.bytes)
    }

    func answer(_ frames: RawSpan, isLast: Bool) {
        let waiter = state.withLock { state in
            state.frames += frames.copied()
            return isLast ? state.waiter : nil
        }
        waiter?.resume(returning: state.withLock { $0.frames })
    }
}

/// The engine takes nothing more.
struct EngineStopped: Error {}

extension RawSpan {
    /// The bytes as an array.
    func copied() -> [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
}

extension ByteWriter {
    /// The message that `body` writes.
    static func message(_ body: (inout ByteWriter) throws -> Void) rethrows -> [UInt8] {
        var writer = ByteWriter()
        try body(&writer)
        return writer.bytes.copied()
    }
}
