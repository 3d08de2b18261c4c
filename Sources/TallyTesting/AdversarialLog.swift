internal import Synchronization
internal import TallyBytes
public import TallyLog

/// A log that misbehaves in every way its protocol allows, decided by a seed.
///
/// It drops blocks and says `unknownOutcome`, keeps blocks and says `unknownOutcome`, lets somebody else append
/// first (`conflict`), and refuses (`unavailable`). What it acknowledges is kept; everything it lends is true.
/// A caller that survives it acknowledges nothing that is lost and writes nothing twice.
public final class AdversarialLog: RecordLog {
    /// What happens to one append.
    public enum Fate: Sendable, Hashable, CaseIterable {
        /// Kept and acknowledged.
        case kept
        /// Kept, and nobody is told.
        case keptUnknown
        /// Lost, and nobody is told.
        case lostUnknown
        /// Lost, and said so.
        case refused
        /// Lost, because another writer's block came first.
        case overtaken
    }

    /// The ledger whose records these are.
    public var ledgerID: LedgerID { kept.ledgerID }
    /// What is really kept: where a restart finds the truth.
    public let kept: MemoryLog

    private let state: Mutex<State>

    private struct State: Sendable {
        var random: SeededRandom
        let faultPercent: Int
        var fates: [Fate] = []
        var isStopped = false
    }

    /// A log with a fate for every append.
    ///
    /// - Parameters:
    ///   - kept: Where blocks are kept; a restart gives the same one to a new adversary.
    ///   - seed: Decides every fate; print it.
    ///   - faultPercent: How many of a hundred appends go wrong.
    public init(kept: MemoryLog = MemoryLog(), seed: UInt64, faultPercent: Int = 20) {
        self.kept = kept
        state = Mutex(State(random: SeededRandom(seed: seed), faultPercent: faultPercent))
    }

    /// The fates so far, in order.
    public var fates: [Fate] { state.withLock { $0.fates } }

    /// The end of the log.
    public func tip() -> LogPosition { kept.tip() }

    /// Adds one block, or does not.
    ///
    /// - Throws: ``LogError``; after `unknownOutcome` and `unavailable` every further append is refused.
    public func append(_ draft: BlockDraft, expecting expected: LogPosition) throws(LogError) -> LogPosition {
        switch drawFate() {
        case .kept:
            return try kept.append(draft, expecting: expected)
        case .keptUnknown:
            _ = try kept.append(draft, expecting: expected)
            throw .unknownOutcome(cause: "the adversary kept the block and tells nobody")
        case .lostUnknown:
            throw .unknownOutcome(cause: "the adversary lost the block and tells nobody")
        case .refused:
            throw .unavailable(cause: "the adversary refuses")
        case .overtaken:
            try overtake()
            throw .conflict(expected: expected, actual: kept.tip())
        }
    }

    private func drawFate() -> Fate {
        state.withLock { state in
            guard !state.isStopped else { return .refused }
            let goesWrong = state.random.next(below: 100) < UInt64(state.faultPercent)
            let faults: [Fate] = [.keptUnknown, .lostUnknown, .refused, .overtaken]
            let fate = goesWrong ? faults[Int(state.random.next(below: UInt64(faults.count)))] : .kept
            state.fates.append(fate)
            state.isStopped = [.keptUnknown, .lostUnknown, .refused].contains(fate)
            return fate
        }
    }

    /// Appends a block of somebody else: one record of a source that no test uses.
    private func overtake() throws(LogError) {
        let tip = kept.tip()
        let draft = BlockDraft(firstSequence: tip.sequence + 1, recordBytes: 64)
        draft.noteRecord(offset: 0, source: .max, number: tip.sequence + 1)
        draft.records.append(u64: tip.sequence + 1)
        draft.lastRecordedAt = tip.recordedAt + 1
        _ = try kept.append(draft, expecting: tip)
    }

    /// Lends one record that is really kept.
    ///
    /// - Throws: ``LogError/notFound(sequence:)``, or what `body` throws.
    public func read<Result>(sequence: UInt64, _ body: (RawSpan) throws -> Result) throws -> Result {
        try kept.read(sequence: sequence, body)
    }

    /// Lends blocks that are really kept.
    ///
    /// - Throws: What `body` throws.
    public func forEachBlock(
        from first: UInt64, through last: UInt64?, check: BlockCheck, _ body: (borrowing BlockView) throws -> Bool
    ) throws {
        try kept.forEachBlock(from: first, through: last, check: check, body)
    }
}

/// Random numbers that a seed repeats (SplitMix64).
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The numbers of a seed.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number from 0 to `bound` - 1.
    public mutating func next(below bound: UInt64) -> UInt64 { UInt64.random(in: 0..<bound, using: &self) }
}
