public import TallyLog
public import TallyProjections

/// How far a replay has come: the last record applied and the one to reach.
public typealias ReplayProgress = (_ sequence: UInt64, _ last: UInt64) -> Void

/// Applies the log to a state, block by block.
public enum Replayer {
    /// Applies all records behind the state's own, up to a bound.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - state: Starts where it stands; ends at the last record applied.
    ///   - through: The last record to apply; nil for the end of the log.
    ///   - check: How closely blocks are looked at.
    ///   - onBlock: Called with each block before it is applied.
    ///   - progress: Called after each block.
    /// - Throws: ``ReplayError``. The state then holds the records before the bad one and is of no more use.
    public static func replay(
        _ log: some RecordLog, into state: inout ProgrammeState, through: UInt64? = nil, check: BlockCheck = .quick,
        onBlock: ((borrowing BlockView) throws -> Void)? = nil, progress: ReplayProgress? = nil
    ) throws(ReplayError) {
        let tip = log.tip().sequence
        let last = through ?? tip
        guard last <= tip else { throw .endsEarly(asked: last, tip: tip) }
        guard state.sequence < last else { return }
        do {
            try log.forEachBlock(from: state.sequence + 1, through: last, check: check) { block in
                try onBlock?(block)
                try apply(block, through: last, to: &state)
                progress?(state.sequence, last)
                return state.sequence < last
            }
        } catch {
            throw ReplayError(error)
        }
        guard state.sequence == last else {
            throw .log(.corrupt(sequence: state.sequence + 1, what: "the log ends before its tip \(last)"))
        }
    }

    /// Applies the records of a block that the state does not know yet.
    public static func apply(
        _ block: borrowing BlockView, through last: UInt64, to state: inout ProgrammeState
    ) throws(StateError) {
        let first = block.header.firstSequence
        let count = Int(min(UInt64(block.recordCount), last - first + 1))
        // A state inside a block happens only when a replay stopped there.
        let start = state.sequence < first ? 0 : Int(state.sequence + 1 - first)
        guard start < count else { return }
        try state.apply(records: block.records, offsets: block.offsets, range: start..<count, firstSequence: first)
    }
}
