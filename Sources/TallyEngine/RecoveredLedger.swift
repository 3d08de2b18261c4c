import TallyBytes
import TallyCodec
import TallyDecisions
import TallyLog
import TallyProjections
import TallyReplay

/// A ledger opened and brought up to the end of its log.
struct RecoveredLedger: ~Copyable {
    let log: EventLog
    let store: StateStore
    var state: ProgrammeState
    /// Digests of the chunks that the last checkpoint holds.
    var digest: StateDigest
    /// The checkpoint that the state is, when nothing was replayed behind it.
    var saved: (sequence: UInt64, digest: SHA256Digest)?
    /// Events that no checkpoint holds.
    var recent: RecentRuns

    /// Opens the ledger of a data directory, or creates it.
    ///
    /// - Parameters:
    ///   - data: The directory, held by this process.
    ///   - progress: Receives sentences for the operator.
    /// - Returns: The log, the store of checkpoints, and the state after the last record.
    /// - Throws: ``EngineError``.
    static func open(_ data: DataDirectory, progress: @escaping (String) -> Void) throws(EngineError) -> RecoveredLedger
    {
        do throws(LogError) {
            let log = try openOrCreate(data)
            if log.tip().sequence == 0 { try writeFirstRecord(log) }
            return try recover(log, data, progress)
        } catch {
            throw EngineError(error)
        }
    }

    private static func openOrCreate(_ data: DataDirectory) throws(LogError) -> EventLog {
        guard data.hasLog else { return try EventLog.create(directory: data.layout.directory, ledgerID: .random()) }
        return try EventLog.open(directory: data.layout.directory)
    }

    /// The first record names the ledger; everything derived from the log begins with it.
    private static func writeFirstRecord(_ log: EventLog) throws(LogError) {
        let draft = BlockDraft(firstSequence: 1)
        let now = SystemClock.microseconds()
        let envelope = RecordEnvelope(recordedAt: now, source: 0, number: 1, commandDigest: 0)
        draft.records.append(ledgerCreated: (log.ledgerID.high, log.ledgerID.low), envelope)
        draft.noteRecord(offset: 0, source: 0, number: 1)
        draft.lastRecordedAt = now
        _ = try log.append(draft, expecting: .empty)
    }

    private static func recover(
        _ log: EventLog, _ data: DataDirectory, _ progress: @escaping (String) -> Void
    ) throws(LogError) -> RecoveredLedger {
        let store: StateStore
        do throws(StateStoreError) {
            store = try openStore(data, progress)
        } catch {
            throw .unavailable(cause: "\(error)")
        }
        var state = ProgrammeState()
        var digest: StateDigest?
        var recent = RecentRuns()
        let tip = log.tip().sequence
        var percent: UInt64 = 0
        let origin: RecoveryOrigin
        do throws(ReplayError) {
            origin = try Recovery.recover(log, store: store, into: &state, digest: &digest) { block in
                block.forEachRun { run, first in recent.add(run, firstSequence: first) }
            } progress: { sequence, last in
                guard last > 0, sequence * 100 / last > percent else { return }
                percent = sequence * 100 / last
                progress("replaying: \(percent) % (\(sequence) of \(last) records)")
            }
        } catch {
            throw error.asLogError
        }
        var saved: (sequence: UInt64, digest: SHA256Digest)?
        switch origin {
        case .checkpoint(let sequence):
            progress("loaded the checkpoint at record \(sequence), replayed \(tip - sequence) records")
            if sequence == tip { saved = digest.map { (sequence, $0.value(sequence: sequence)) } }
        case .beginning(let reason): progress("replayed all \(tip) records: \(reason)")
        }
        return RecoveredLedger(
            log: log, store: store, state: state, digest: digest ?? StateDigest(), saved: saved, recent: recent)
    }

    /// Opens the checkpoints; a damaged set is thrown away, because the log has everything.
    private static func openStore(_ data: DataDirectory, _ progress: (String) -> Void) throws(StateStoreError)
        -> StateStore
    {
        do throws(StateStoreError) {
            return try StateStore(directory: data.layout.directory)
        } catch {
            // A disk that cannot be read now may be later; only what is damaged or foreign is thrown away.
            if case .unavailable = error { throw error }
            progress("the checkpoints cannot be used and are made anew: \(error)")
            try StateStore.deleteFiles(directory: data.layout.directory)
            return try StateStore(directory: data.layout.directory)
        }
    }
}

extension ReplayError {
    /// The same failure as an error of the log.
    fileprivate var asLogError: LogError {
        switch self {
        case .log(let error): error
        case .state(let error): .corrupt(sequence: error.sequence, what: "\(error)")
        case .endsEarly(let asked, let tip): .corrupt(sequence: tip + 1, what: "record \(asked) is missing")
        }
    }
}
