import TallyBytes
public import TallyLog
public import TallyProjections
import TallyTables

/// What a start began with.
public enum RecoveryOrigin: Sendable, Hashable {
    /// The checkpoint at that record; the log was replayed from there.
    case checkpoint(sequence: UInt64)
    /// Nothing: the log was replayed from its first record, for the reason given.
    case beginning(reason: String)
}

/// Brings a state up to the end of the log: checkpoint and tail.
///
/// A checkpoint is taken only when its bytes have the digest that was saved with them and the log has, at its place, the
/// very block that it was computed from. Otherwise it is erased and the log alone decides: it always can.
public enum Recovery {
    /// Loads the newest checkpoint and replays the rest of the log.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - store: Where checkpoints are kept.
    ///   - state: Must be empty.
    ///   - digest: Receives the digests of the chunks that were loaded, to go on from; nil after a replay from the beginning.
    ///   - onBlock: Called with each block that is replayed.
    ///   - progress: Called after each block.
    /// - Returns: Where the state came from.
    /// - Throws: ``ReplayError`` when the log cannot be replayed.
    public static func recover(
        _ log: some RecordLog, store: StateStore, into state: inout ProgrammeState, digest: inout StateDigest?,
        onBlock: ((borrowing BlockView) throws -> Void)? = nil, progress: ReplayProgress? = nil
    ) throws(ReplayError) -> RecoveryOrigin {
        var origin = RecoveryOrigin.beginning(reason: "there is no checkpoint")
        do {
            if let loaded = try load(log, store: store) {
                state = loaded.state
                digest = loaded.digest
                origin = .checkpoint(sequence: state.sequence)
            }
        } catch {
            origin = .beginning(reason: "the checkpoint cannot be used: \(error)")
            // What cannot be used must not stay: its run index would answer for records that it does not know.
            try? store.erase()
        }
        try Replayer.replay(log, into: &state, onBlock: onBlock, progress: progress)
        return origin
    }

    /// A state with the digests of its chunks.
    struct Loaded: ~Copyable {
        var state: ProgrammeState
        var digest: StateDigest
    }

    /// Loads a checkpoint and checks it against itself and the log.
    ///
    /// - Returns: nil when none is saved.
    private static func load(_ log: some RecordLog, store: StateStore) throws -> Loaded? {
        var state = ProgrammeState()
        let checkpoint = try store.load { checkpoint in
            for size in checkpoint.tables {
                guard let table = StateTable(rawValue: size.id) else {
                    throw StateStoreError.damaged(what: "table \(size.id) is not known")
                }
                state.withMutableMemory(of: table) { $0.prepareToLoad(byteCount: Int(size.byteCount)) }
            }
        } takeChunk: { table, index, bytes in
            guard let table = StateTable(rawValue: table),
                state.withMutableMemory(of: table, { $0.load(bytes, chunk: Int(index)) })
            else { throw StateStoreError.damaged(what: "chunk \(index) of table \(table) does not fit its table") }
        }
        guard let checkpoint else { return nil }
        // Before the indexes are built: they follow places in the tables, which must be known to be right.
        let digest = state.fullDigest()
        guard digest.value(sequence: checkpoint.position.sequence) == checkpoint.digest else {
            throw StateStoreError.damaged(what: "the tables do not have the digest saved with them")
        }
        try checkPlace(checkpoint, in: log)
        state.finishLoading(sequence: checkpoint.position.sequence)
        return Loaded(state: state, digest: digest)
    }

    /// Checks that the log has, where the checkpoint ends, the block that the checkpoint was computed from.
    private static func checkPlace(_ checkpoint: Checkpoint, in log: some RecordLog) throws {
        let place = checkpoint.position
        guard place.sequence <= log.tip().sequence else {
            throw StateStoreError.damaged(what: "it is ahead of the log")
        }
        guard place.sequence > 0 else { return }
        var found: LogPosition?
        try log.forEachBlock(from: place.sequence, through: place.sequence, check: .quick) { block in
            found = block.position
            return false
        }
        guard found == place else { throw StateStoreError.damaged(what: "it belongs to another log") }
    }
}
