import CTally
import Synchronization
import TallyBytes
import TallyLog
import TallyProjections
import TallyRing
import TallyTables

/// Changed chunks of a state at the end of one block, copied out so that the engine can go on.
///
/// Sendable because it has one owner at a time: the engine fills it, the checkpointer's thread hashes and saves it.
final class CheckpointCopy: @unchecked Sendable {
    private(set) var sequence: UInt64 = 0
    private(set) var tables: [(table: StateTable, byteCount: Int)] = []
    private(set) var chunks: [(table: StateTable, index: Int, offset: Int, count: Int)] = []
    private var bytes = ByteWriter(capacity: 1 << 20)
    /// Where the log ends at that block; known once the block is durable.
    var position = LogPosition.empty
    /// Events recorded since the last checkpoint.
    var runs: [IndexedRun] = []

    /// True when the copy is worth keeping for its memory.
    var isSmall: Bool { bytes.count <= 1 << 20 }

    /// Copies what changed since the last copy, and notes in the state that it was copied.
    func take(from state: inout ProgrammeState) {
        sequence = state.sequence
        tables.removeAll(keepingCapacity: true)
        chunks.removeAll(keepingCapacity: true)
        bytes.removeAll()
        bytes.reserve(exactly: CheckpointCopy.changedBytes(of: state))
        for table in StateTable.allCases {
            state.withMutableMemory(of: table) { memory in
                tables.append((table, memory.byteCount))
                for index in 0..<memory.chunkCount where memory.isChanged(chunk: index) {
                    let chunk = memory.chunk(index)
                    chunks.append((table, index, bytes.count, chunk.byteCount))
                    bytes.append(bytes: chunk)
                }
                memory.clearChanged()
            }
        }
    }

    private static func changedBytes(of state: borrowing ProgrammeState) -> Int {
        var sum = 0
        for table in StateTable.allCases {
            state.withMemory(of: table) { memory in
                for index in 0..<memory.chunkCount where memory.isChanged(chunk: index) {
                    sum += memory.chunk(index).byteCount
                }
            }
        }
        return sum
    }

    /// Lends one of ``chunks``.
    @_lifetime(borrow self)
    func chunkBytes(_ number: Int) -> RawSpan {
        let chunk = chunks[number]
        let span = bytes.bytes.extracting(chunk.offset..<(chunk.offset + chunk.count))
        return unsafe _overrideLifetime(span, borrowing: self)
    }
}

/// The thread that hashes and saves copies of the state.
final class Checkpointer: Sendable {
    /// How a checkpoint ended.
    struct Result: Sendable {
        var sequence: UInt64
        var digest: SHA256Digest
        /// Why it was not saved; the next one must then hold everything.
        var failure: String?
    }

    private let store: StateStore
    private let incoming = RequestRing<CheckpointCopy>(capacityLog2: 1)
    private let finished = Mutex<(copy: CheckpointCopy, result: Result)?>(nil)
    private let digest: Mutex<StateDigest>
    private let isStopping = Atomic<Bool>(false)
    private let wakeEngine: @Sendable () -> Void

    /// A checkpointer whose thread does not run yet.
    ///
    /// - Parameters:
    ///   - store: Where checkpoints are saved.
    ///   - digest: Digests of the chunks that the last checkpoint holds, to go on from.
    ///   - wakeEngine: Called on the checkpointer's thread when a copy can be taken back.
    init(store: StateStore, digest: StateDigest, wakeEngine: @escaping @Sendable () -> Void) {
        self.store = store
        self.digest = Mutex(digest)
        self.wakeEngine = wakeEngine
    }

    /// Gives a copy to be saved.
    ///
    /// One at a time.
    func save(_ copy: CheckpointCopy) {
        precondition(incoming.tryPush(copy), "The checkpointer has one copy at a time.")
    }

    /// The copy that was saved or failed, once it is.
    func takeBack() -> (copy: CheckpointCopy, result: Result)? {
        finished.withLock { finished in
            defer { finished = nil }
            return finished
        }
    }

    /// Ends ``run()`` after the copy under way.
    func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        incoming.wake()
    }

    /// The thread's loop.
    func run() {
        var holdsFreeMemory = false
        while true {
            if let copy = incoming.tryPop() {
                let result = save(hashing: copy)
                finished.withLock { $0 = (copy, result) }
                wakeEngine()
                holdsFreeMemory = true
            } else if isStopping.load(ordering: .sequentiallyConsistent) {
                return
            } else {
                incoming.wait(timeoutMicroseconds: 1_000_000)
                // By now the engine has let go of the copy. What a burst and a checkpoint needed goes back to the system; it would
                // look like memory of the ledger for ever.
                if holdsFreeMemory { tally_release_free_memory() }
                holdsFreeMemory = false
            }
        }
    }

    private func save(hashing copy: CheckpointCopy) -> Result {
        let value = digest.withLock { digest in
            for (table, byteCount) in copy.tables { digest.setByteCount(byteCount, of: table) }
            for number in copy.chunks.indices {
                digest.note(copy.chunkBytes(number), chunk: copy.chunks[number].index, of: copy.chunks[number].table)
            }
            return digest.value(sequence: copy.sequence)
        }
        let sizes = copy.tables.map { Checkpoint.TableSize(id: $0.table.rawValue, byteCount: UInt64($0.byteCount)) }
        let checkpoint = Checkpoint(position: copy.position, digest: value, tables: sizes)
        var result = Result(sequence: copy.sequence, digest: value, failure: nil)
        do {
            try store.save(checkpoint, runs: copy.runs) { sink in
                for number in copy.chunks.indices {
                    let chunk = copy.chunks[number]
                    try sink(chunk.table.rawValue, UInt32(chunk.index), copy.chunkBytes(number))
                }
            }
        } catch {
            result.failure = "\(error)"
        }
        return result
    }
}
