internal import LMDB
internal import TallyBytes

extension EventLog {
    /// Lends blocks in order, beginning with the one that holds record `first`.
    ///
    /// The chain is checked from the block in front of the first one on.
    ///
    /// - Throws: ``LogError/corrupt(sequence:what:)``, or what `body` throws.
    public func forEachBlock(
        from first: UInt64, through last: UInt64?, check: BlockCheck, _ body: (borrowing BlockView) throws -> Bool
    ) throws {
        precondition(first > 0, "Sequences start at 1.")
        let end = min(last ?? .max, tip().sequence)
        guard first <= end else { return }
        let scan = LogScan(environment: environment, blocks: blocks, ledgerID: ledgerID, check: check)
        do { try scan.run(from: first, through: end, body) } catch let error as LMDBError {
            throw LogError(reading: error)
        }
    }
}
