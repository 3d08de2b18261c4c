internal import LMDB
internal import TallyBytes

extension EventLog {
    /// The most blocks read in one transaction.
    private static let blocksPerTransaction = 256
    /// The longest that one transaction lasts, up to the block at hand. A reader holds back the reuse of pages, and
    /// a long one makes files grow.
    private static let transactionTime = Duration.milliseconds(500)

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
        do {
            var position = try environment.read { transaction in try start(inFrontOf: first, in: transaction) }
            var goesOn = true
            while goesOn && position.sequence < end {
                goesOn = try environment.read { transaction in
                    try scan(transaction, from: &position, through: end, check, body)
                }
            }
        } catch let error as LMDBError {
            throw LogError(reading: error)
        }
    }

    /// The end of the block in front of the one that holds `sequence`.
    private func start(inFrontOf sequence: UInt64, in transaction: borrowing ReadTransaction) throws -> LogPosition {
        var cursor = try transaction.cursor(over: blocks)
        guard try cursor.seek(toOrBefore: sequence) else {
            throw LogError.corrupt(sequence: 1, what: "the first block is missing")
        }
        guard try cursor.previous() else { return .empty }
        let header = try BlockHeader(of: cursor.value, blamedOn: cursor.key ?? sequence)
        return BlockView(trusting: cursor.value, header: header).position
    }

    /// Lends the blocks behind `position`, until the transaction is old.
    ///
    /// - Returns: Whether to go on.
    private func scan(
        _ transaction: borrowing ReadTransaction, from position: inout LogPosition, through end: UInt64,
        _ check: BlockCheck, _ body: (borrowing BlockView) throws -> Bool
    ) throws -> Bool {
        let deadline = ContinuousClock.now + Self.transactionTime
        var cursor = try transaction.cursor(over: blocks)
        var isThere = try cursor.seek(toOrAfter: position.sequence + 1)
        for _ in 0..<Self.blocksPerTransaction {
            guard isThere else { throw LogError.corrupt(sequence: position.sequence + 1, what: "the next block is missing") }
            let header = try BlockHeader(of: cursor.value, blamedOn: position.sequence + 1)
            try header.check(follows: position, ledgerID: ledgerID)
            let view = try BlockView(checking: cursor.value, header: header, check: check)
            position = view.position
            guard try body(view) else { return false }
            if position.sequence >= end || ContinuousClock.now >= deadline { return true }
            isThere = try cursor.next()
        }
        return true
    }
}
