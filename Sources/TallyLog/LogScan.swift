internal import LMDB
internal import TallyBytes

/// A walk over blocks in order that checks the chain from block to block.
///
/// It changes to a new transaction now and then: a reader holds back the reuse of pages, and a long one makes
/// files grow. In a log that only grows, the next transaction sees the same blocks.
struct LogScan {
    /// The most blocks read in one transaction.
    private static let blocksPerTransaction = 256
    /// The longest that one transaction lasts, up to the block at hand.
    private static let transactionTime = Duration.milliseconds(500)

    let environment: Environment
    let blocks: Table<UInt64>
    let ledgerID: LedgerID
    let check: BlockCheck

    /// Lends the blocks that hold the records from `first` to `end`, all of which must be there.
    ///
    /// - Throws: ``LogError/corrupt(sequence:what:)``, `LMDBError`, or what `body` throws.
    func run(from first: UInt64, through end: UInt64, _ body: (borrowing BlockView) throws -> Bool) throws {
        var position = try environment.read { transaction in try start(inFrontOf: first, in: transaction) }
        var goesOn = true
        while goesOn && position.sequence < end {
            goesOn = try environment.read { transaction in try walk(transaction, from: &position, through: end, body) }
        }
    }

    /// The header of the last block.
    ///
    /// - Returns: nil in an empty log.
    /// - Throws: ``LogError/corrupt(sequence:what:)`` or `LMDBError`.
    static func end(of blocks: Table<UInt64>, in transaction: borrowing ReadTransaction) throws -> BlockHeader? {
        var cursor = try transaction.cursor(over: blocks)
        guard try cursor.last() else { return nil }
        return try BlockHeader(of: cursor.value, blamedOn: cursor.key ?? 0)
    }

    /// The end of the block in front of the one that holds `sequence`.
    private func start(inFrontOf sequence: UInt64, in transaction: borrowing ReadTransaction) throws -> LogPosition {
        guard sequence > 1 else { return .empty }
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
    private func walk(
        _ transaction: borrowing ReadTransaction, from position: inout LogPosition, through end: UInt64,
        _ body: (borrowing BlockView) throws -> Bool
    ) throws -> Bool {
        let deadline = ContinuousClock.now + Self.transactionTime
        var cursor = try transaction.cursor(over: blocks)
        var isThere = try cursor.seek(toOrAfter: position.sequence + 1)
        for _ in 0..<Self.blocksPerTransaction {
            guard isThere else {
                throw LogError.corrupt(sequence: position.sequence + 1, what: "the next block is missing")
            }
            let view = try BlockView.decode(cursor.value, behind: position, ledgerID: ledgerID, check: check)
            position = view.position
            guard try body(view) else { return false }
            if position.sequence >= end || ContinuousClock.now >= deadline { return true }
            isThere = try cursor.next()
        }
        return true
    }
}
