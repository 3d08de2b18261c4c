internal import Synchronization
internal import TallyBytes
public import TallyLog

/// A log that keeps its blocks in memory, byte for byte as `EventLog` would write them.
///
/// It is the plain twin of `EventLog`: an array of blocks, no disk, no transactions.
public final class MemoryLog: RecordLog {
    /// The ledger whose records these are.
    public let ledgerID: LedgerID
    private let state = Mutex(State())

    private struct State {
        /// A block and where it ends.
        struct Block {
            let firstSequence: UInt64
            let position: LogPosition
            let bytes: [UInt8]
        }

        var blocks: [Block] = []
        var tip: LogPosition { blocks.last?.position ?? .empty }
    }

    /// An empty log.
    public init(ledgerID: LedgerID = .random()) { self.ledgerID = ledgerID }

    /// The end of the log.
    public func tip() -> LogPosition { state.withLock { $0.tip } }

    /// Adds one block.
    ///
    /// - Throws: ``LogError/conflict(expected:actual:)``.
    public func append(_ draft: BlockDraft, expecting expected: LogPosition) throws(LogError) -> LogPosition {
        try state.withLock { state throws(LogError) in
            let actual = state.tip
            guard actual == expected else { throw .conflict(expected: expected, actual: actual) }
            let bytes = draft.encodedBlock(ledgerID: ledgerID, behind: expected)
            let position = unsafe try BlockView.decode(
                bytes.span.bytes, behind: expected, ledgerID: ledgerID, check: .quick
            ).position
            state.blocks.append(.init(firstSequence: draft.firstSequence, position: position, bytes: bytes))
            return position
        }
    }

    /// Lends one record.
    ///
    /// - Throws: ``LogError/notFound(sequence:)``, or what `body` throws.
    public func read<Result>(sequence: UInt64, _ body: (RawSpan) throws -> Result) throws -> Result {
        let found: [UInt8]? = state.withLock { state in
            guard sequence > 0 else { return nil }
            let index = state.blocks.partitioningIndex { $0.position.sequence >= sequence }
            return index < state.blocks.count ? state.blocks[index].bytes : nil
        }
        guard let found else { throw LogError.notFound(sequence: sequence) }
        let view = unsafe try BlockView.decode(found.span.bytes, check: .quick)
        return try body(view.record(at: Int(sequence - view.header.firstSequence)))
    }

    /// Lends blocks in order, beginning with the one that holds record `first`.
    ///
    /// - Throws: What `body` throws.
    public func forEachBlock(
        from first: UInt64, through last: UInt64?, check: BlockCheck, _ body: (borrowing BlockView) throws -> Bool
    ) throws {
        let blocks = state.withLock { $0.blocks }
        for block in blocks where block.position.sequence >= first && block.firstSequence <= last ?? .max {
            let view = unsafe try BlockView.decode(block.bytes.span.bytes, check: check)
            guard try body(view) else { return }
        }
    }
}

extension Array {
    /// The index of the first element that is true, when all elements behind it are true as well.
    fileprivate func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
