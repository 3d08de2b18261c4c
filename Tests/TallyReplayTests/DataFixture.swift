import TallyBytes
import TallyLog
import TallyProjections
import TallyReplay
import TallyTables
import TallyTesting

/// A data directory with a hand-written history and, where a test wants it, a checkpoint.
struct DataFixture {
    let directory = TemporaryDirectory()
    let script: RecordScript

    /// A log of `count` records.
    init(seed: UInt64 = 7, count: Int = 200) throws {
        script = RecordScript.drawn(seed: seed, count: count)
        let log = try EventLog.create(directory: directory.path, ledgerID: .random())
        try script.write(to: log)
        try log.syncHead()
    }

    /// The digest of the state after some records, from the records alone.
    func digest(through last: Int) throws -> SHA256Digest {
        var state = ProgrammeState()
        for record in script.records.prefix(last) {
            try unsafe state.apply(record.span.bytes, sequence: state.sequence + 1)
        }
        return state.digest()
    }

    /// Saves a checkpoint at the end of the block that holds a record.
    ///
    /// - Parameters:
    ///   - log: Which log it is of.
    ///   - record: A record of the block.
    ///   - spoil: Changes the state before it is saved, behind the back of its digest.
    /// - Returns: The record at which it stands.
    /// - Throws: Whatever keeps the log from being read or the checkpoint from being saved.
    @discardableResult
    func saveCheckpoint(
        _ log: some RecordLog, through record: UInt64, spoil: (inout ProgrammeState) -> Void = { _ in }
    ) throws -> UInt64 {
        var position = LogPosition.empty
        try log.forEachBlock(from: record, through: record, check: .full) { block in
            position = block.position
            return false
        }
        var state = ProgrammeState()
        try Replayer.replay(log, into: &state, through: position.sequence)
        let digest = state.digest()
        spoil(&state)
        let tables = StateTable.allCases.map { table in
            Checkpoint.TableSize(id: table.rawValue, byteCount: UInt64(state.withMemory(of: table) { $0.byteCount }))
        }
        let store = try StateStore(directory: directory.path)
        try store.save(Checkpoint(position: position, digest: digest, tables: tables), runs: []) { sink in
            for table in StateTable.allCases {
                let count = state.withMemory(of: table) { $0.chunkCount }
                for chunk in 0..<count {
                    var copy = ByteWriter()
                    state.withMemory(of: table) { copy.append(bytes: $0.chunk(chunk)) }
                    try sink(table.rawValue, UInt32(chunk), copy.bytes)
                }
            }
        }
        return position.sequence
    }

    /// Recovers and compares with the state that follows from the records alone.
    func recover(_ log: some RecordLog) throws -> (origin: RecoveryOrigin, replayed: Int, isRight: Bool) {
        var state = ProgrammeState()
        var digest: StateDigest?
        var replayed = 0
        let store = try StateStore(directory: directory.path)
        let origin = try Recovery.recover(log, store: store, into: &state, digest: &digest) {
            replayed += $0.recordCount
        }
        try state.checkInvariants()
        return (origin, replayed, try state.digest() == self.digest(through: Int(log.tip().sequence)))
    }
}
