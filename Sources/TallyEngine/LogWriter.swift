import Synchronization
import TallyBytes
import TallyCodec
import TallyLog
import TallyRing

/// The thread that makes blocks durable and lets their answers leave.
///
/// It has at most one block at a time. While it syncs, the engine fills the next: whatever has gathered meanwhile shares
/// one sync, so a thousand tills cost no more flushes than one.
final class LogWriter: Sendable {
    private let log: any RecordLog
    private let incoming = RequestRing<OpenBlock>(capacityLog2: 2)
    private let outgoing = RequestRing<OpenBlock>(capacityLog2: 2)
    private let isStopping = Atomic<Bool>(false)
    /// Wakes the engine, which waits for requests and for us alike.
    private let wakeEngine: @Sendable () -> Void

    init(log: any RecordLog, wakeEngine: @escaping @Sendable () -> Void) {
        self.log = log
        self.wakeEngine = wakeEngine
    }

    /// Gives a block to be written.
    ///
    /// The engine gives the next one only after it has taken this one back.
    func write(_ block: OpenBlock) {
        precondition(incoming.tryPush(block), "The writer has one block at a time.")
    }

    /// The block that was written or failed; nil while it is under way.
    func takeBack() -> OpenBlock? { outgoing.tryPop() }

    /// Ends ``run()`` after the block under way.
    func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        incoming.wake()
    }

    /// The thread's loop.
    func run() {
        while true {
            if let block = incoming.tryPop() {
                append(block)
                precondition(outgoing.tryPush(block), "The engine takes every block back.")
                wakeEngine()
            } else if isStopping.load(ordering: .sequentiallyConsistent) {
                return
            } else {
                incoming.wait(timeoutMicroseconds: 1_000_000)
            }
        }
    }

    /// Makes a block durable on the calling thread and lets its answers leave; afterwards the block says how it ended.
    ///
    /// The engine calls it for a small block when nobody else waits: a till that is alone is spared two changes of thread.
    /// Only while this writer has no block.
    func append(_ block: OpenBlock) {
        do throws(LogError) {
            block.position = try log.append(block.draft, expecting: block.expected)
            block.answerAll()
        } catch {
            // Fail-stop: nobody is told that anything of this block happened.
            block.failure = error
            block.refuseAll(LogWriter.refusal(error).bytes)
        }
    }

    /// The frame that refuses whatever cannot be made durable.
    static func refusal(_ error: LogError) -> ByteWriter {
        var writer = ByteWriter(capacity: 1024)
        let text = "Nothing of this was stored for certain: \(error). Ask where the source stands after the restart."
        writer.appendFrame { Refusal(.readOnly, isClosing: true, text: text).encode(into: &$0) }
        return writer
    }
}
