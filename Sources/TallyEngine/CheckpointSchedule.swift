import TallyBytes
import TallyLog
import TallyProjections
import TallyTables

/// When checkpoints are taken, and the one that is under way.
///
/// A copy of the state is taken where a block ends, and saved only after that block is durable: a checkpoint is never
/// ahead of the log.
struct CheckpointSchedule {
    /// The newest checkpoint and the digest of its state.
    private(set) var saved: (sequence: UInt64, digest: SHA256Digest)?
    /// Why the last attempt failed; nil when it did not.
    private(set) var lastFailure: String?
    private let recordsMax: UInt64
    private let intervalMicroseconds: Int64
    private var takenAt: Int64
    /// Taken at the end of a block that is not durable yet.
    private var waiting: CheckpointCopy?
    private var isSaving = false
    private var spare: CheckpointCopy?
    private var isWanted = false

    /// A schedule with nothing under way.
    ///
    /// - Parameters:
    ///   - options: Seconds and records between checkpoints; anything below 1 counts as 1.
    ///   - saved: The checkpoint that the state was loaded from, when nothing was replayed behind it.
    ///   - now: Microseconds of the clock for intervals.
    init(options: EngineOptions, saved: (sequence: UInt64, digest: SHA256Digest)?, now: Int64) {
        self.saved = saved
        recordsMax = UInt64(max(1, options.checkpointRecords))
        intervalMicroseconds = Int64(max(1, options.checkpointSeconds)) * 1_000_000
        takenAt = now
    }

    /// Asks for a checkpoint at the next opportunity.
    mutating func want() { isWanted = true }

    /// True when the newest checkpoint is of this very state, or the last attempt to make it so failed.
    func isSettled(_ sequence: UInt64) -> Bool {
        !isSaving && waiting == nil && (saved?.sequence == sequence || lastFailure != nil)
    }

    private func isDue(_ sequence: UInt64, now: Int64) -> Bool {
        guard waiting == nil, !isSaving, sequence != saved?.sequence else { return false }
        let behind = sequence - (saved?.sequence ?? 0)
        return isWanted || behind >= recordsMax || now - takenAt >= intervalMicroseconds
    }

    /// Copies the state when a checkpoint is due.
    ///
    /// Called where a block ends.
    mutating func copyIfDue(_ state: inout ProgrammeState, now: Int64) {
        guard isDue(state.sequence, now: now) else { return }
        let copy = spare ?? CheckpointCopy()
        spare = nil
        copy.take(from: &state)
        waiting = copy
        takenAt = now
        isWanted = false
        lastFailure = nil
    }

    /// The block at whose end a copy may have been taken is durable: the copy may be saved.
    mutating func blockIsDurable(_ position: LogPosition, runs: RecentRuns, with checkpointer: Checkpointer) {
        guard let copy = waiting, copy.sequence == position.sequence else { return }
        copy.position = position
        copy.runs = runs.all()
        waiting = nil
        isSaving = true
        checkpointer.save(copy)
    }

    /// The log cannot be written any more, so a waiting copy will never be true.
    mutating func abandon() { waiting = nil }

    /// Notes how the checkpoint under way ended.
    mutating func ended(_ copy: CheckpointCopy, _ result: Checkpointer.Result, state: inout ProgrammeState) {
        isSaving = false
        lastFailure = result.failure
        if result.failure == nil {
            saved = (result.sequence, result.digest)
        } else {
            // The changes were taken as saved; the next attempt must hold everything.
            for table in StateTable.allCases { state.withMutableMemory(of: table) { $0.markAllChanged() } }
        }
        // A large copy is as large as the state: it is not kept, so that a daemon at rest holds its state once.
        spare = copy.isSmall ? copy : nil
    }
}

extension Pipeline {
    /// Takes a checkpoint between blocks, when one is due or the engine stops.
    mutating func scheduleCheckpoint() {
        guard writing == nil, filling.draft.isEmpty, failure == nil, state.sequence == durable.sequence else { return }
        if services.isStopping, checkpoints.saved?.sequence != state.sequence, checkpoints.lastFailure == nil {
            checkpoints.want()
        }
        checkpoints.copyIfDue(&state, now: services.monotonic())
        checkpoints.blockIsDurable(durable, runs: recent, with: services.checkpointer)
    }

    /// Takes back the copy that the checkpointer is done with.
    mutating func takeBackFromCheckpointer() {
        guard let (copy, result) = services.checkpointer.takeBack() else { return }
        checkpoints.ended(copy, result, state: &state)
        if let cause = result.failure {
            services.notice("the checkpoint at record \(result.sequence) failed, the log has everything: \(cause)")
        }
        if result.failure == nil {
            recent.forget(through: result.sequence)
            services.metrics.savedCheckpoint()
            // From here on an older copy of the log is noticed even after a power cut.
            try? services.log.syncHead()
        }
        answerDigestWaiters()
    }
}
