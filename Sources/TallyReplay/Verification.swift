public import TallyBytes
public import TallyLog
public import TallyProjections

/// What a verification of a whole data directory found.
public struct LedgerVerification: Sendable {
    /// The log: every page, block and hash.
    public var logReport: LogVerifier.Report
    /// The last record that was rebuilt.
    public var rebuiltSequence: UInt64 = 0
    /// The digest of the state rebuilt from the log alone.
    public var rebuiltDigest = SHA256Digest.zero
    /// Whether the checkpoint has the same state at its place; nil when there is none.
    public var checkpoint: (sequence: UInt64, agrees: Bool)?
    /// A record that cannot follow those before it: postings that do not add up, a broken chain, a number out of order.
    public var stateFault: StateError?
    /// What does not hold about the whole state.
    public var invariantFault: InvariantFault?
    /// What kept the verification from reading on, beside damage.
    public var otherFault: String?

    /// True when everything is as it was recorded.
    public var isSound: Bool {
        logReport.isSound && stateFault == nil && invariantFault == nil && otherFault == nil
            && checkpoint?.agrees != false
    }

    /// The first record that cannot be trusted; nil in a sound ledger and when the damage is not in a record.
    public var firstBadSequence: UInt64? { logReport.firstBadSequence ?? stateFault?.sequence }
}

/// Verifies a data directory from nothing: walks the log with every check, rebuilds the state from the records alone
/// and compares its digest with the checkpoint's.
///
/// Works beside a running daemon, on a copy, and on damaged files.
///
/// - Parameters:
///   - directory: The data directory.
///   - through: Rebuild up to this record, to compare with a digest that the daemon gave for it; nil for the end.
///   - progress: Called after each block that is rebuilt.
/// - Returns: What was found; damage is a finding, not an error.
public func verifyLedger(
    directory: String, through: UInt64? = nil, progress: ReplayProgress? = nil
) -> LedgerVerification {
    var result = LedgerVerification(logReport: LogVerifier(directory: directory).verify())
    guard result.logReport.isSound else { return result }
    do {
        let log = try EventLog.open(directory: directory, isReadOnly: true)
        let saved = try? StateStore(directory: directory, isReadOnly: true).checkpoint()
        try rebuild(log, saved: saved, through: through, into: &result, progress: progress)
    } catch let error as ReplayError {
        if case .state(let fault) = error { result.stateFault = fault } else { result.otherFault = "\(error)" }
    } catch {
        result.otherFault = "\(error)"
    }
    return result
}

/// Rebuilds in two legs, so that the state can be compared where the checkpoint stands.
private func rebuild(
    _ log: EventLog, saved: Checkpoint?, through: UInt64?, into result: inout LedgerVerification,
    progress: ReplayProgress?
) throws {
    var state = ProgrammeState()
    let last = min(through ?? log.tip().sequence, log.tip().sequence)
    if let saved {
        if saved.position.sequence <= last {
            try Replayer.replay(log, into: &state, through: saved.position.sequence, progress: progress)
            result.checkpoint = (saved.position.sequence, state.digest() == saved.digest)
        } else if saved.position.sequence > log.tip().sequence {
            result.checkpoint = (saved.position.sequence, false)
        }
    }
    try Replayer.replay(log, into: &state, through: last, progress: progress)
    result.rebuiltSequence = state.sequence
    result.rebuiltDigest = state.digest()
    do throws(InvariantFault) { try state.checkInvariants() } catch { result.invariantFault = error }
}

/// What a rebuild came to.
public struct ReplayResult: Sendable {
    /// The digest of the rebuilt state.
    public var digest: SHA256Digest
    /// The last record applied.
    public var sequence: UInt64
}

/// Rebuilds the state of a data directory in memory, from the log alone.
///
/// - Parameters:
///   - directory: The data directory; nothing in it is changed.
///   - through: The last record to apply; nil for the end of the log.
///   - progress: Called after each block.
/// - Returns: The digest of the state, and the last record applied.
/// - Throws: ``ReplayError``.
public func rebuildState(
    directory: String, through: UInt64? = nil, progress: ReplayProgress? = nil
) throws(ReplayError) -> ReplayResult {
    let log: EventLog
    do throws(LogError) { log = try EventLog.open(directory: directory, isReadOnly: true) } catch { throw .log(error) }
    var state = ProgrammeState()
    try Replayer.replay(log, into: &state, through: through, progress: progress)
    return ReplayResult(digest: state.digest(), sequence: state.sequence)
}
