internal import Glibc
internal import LMDB
internal import Synchronization
internal import TallyBytes

/// The log on disk: one LMDB environment that only grows, and the head file beside it.
///
/// One thread appends; any thread reads. After a failed append the log takes no more records (`fail-stop`): a disk
/// that lost one write cannot be trusted with the next, and only opening anew tells what is on it.
public final class EventLog: RecordLog {
    /// The ledger whose records these are.
    public let ledgerID: LedgerID
    /// Where the log is.
    public let layout: DataLayout
    /// True when it was opened for reading only.
    public let isReadOnly: Bool

    let environment: Environment
    let blocks: Table<UInt64>
    let verified = VerifiedBlocks()
    let state: Mutex<State>

    /// What changes when a block is appended.
    struct State: ~Copyable, Sendable {
        var tip: LogPosition
        /// Nil in a log opened for reading only.
        var head: HeadFile?
        /// Why the log takes no more records; nil while it does.
        var failure: LogError?
    }

    init(_ opened: consuming OpenedLog, layout: DataLayout, isReadOnly: Bool) {
        ledgerID = opened.ledgerID
        environment = opened.environment
        blocks = opened.blocks
        state = Mutex(State(tip: opened.tip, head: opened.head.take(), failure: nil))
        self.layout = layout
        self.isReadOnly = isReadOnly
    }

    /// The end of the log: the last block known to be durable.
    ///
    /// In a log opened for reading only this is the end at the time of opening.
    public func tip() -> LogPosition { state.withLock { $0.tip } }

    /// Why the log takes no more records, or nil while it does.
    public var failure: LogError? { state.withLock { $0.failure } }

    /// Writes the head file to disk; opening anew does not depend on it, but an old copy is noticed even after a
    /// power cut.
    ///
    /// - Throws: ``LogError/unavailable(cause:)``.
    public func syncHead() throws(LogError) {
        try state.withLock { state throws(LogError) in try state.head?.sync() }
    }
}

/// The parts of a log, opened and checked.
struct OpenedLog: ~Copyable {
    let ledgerID: LedgerID
    let environment: Environment
    let blocks: Table<UInt64>
    let tip: LogPosition
    var head: HeadFile?
}
