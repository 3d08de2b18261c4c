/// How closely a scan looks at each block.
public enum BlockCheck: Sendable {
    /// Header, chain, CRC-32C and tables: finds damage by accident. What every replay does.
    case quick
    /// Also the SHA-256 of the content: finds changes by intent. What a verification does.
    case full
}

/// A log of opaque records with dense sequences from 1, written in blocks.
///
/// The engine knows the log only through this protocol. Whatever keeps it must pass the contract suite in
/// `TallyTesting`.
public protocol RecordLog: AnyObject, Sendable {
    /// The ledger whose records these are.
    var ledgerID: LedgerID { get }

    /// The end of the log: the last block known to be durable.
    func tip() -> LogPosition

    /// Adds one block and waits until it is durable.
    ///
    /// - Parameters:
    ///   - draft: At least one record, starting at the sequence after `expected`.
    ///   - expected: Where the writer believes that the log ends.
    /// - Returns: The new end.
    /// - Throws: ``LogError/conflict(expected:actual:)``, ``LogError/unknownOutcome(cause:)`` or
    ///   ``LogError/unavailable(cause:)``. After the last two every further append fails.
    func append(_ draft: BlockDraft, expecting expected: LogPosition) throws(LogError) -> LogPosition

    /// Lends one record.
    ///
    /// - Parameters:
    ///   - sequence: 1 or more.
    ///   - body: Receives the record's bytes, which are valid until it returns.
    /// - Returns: What `body` returns.
    /// - Throws: ``LogError/notFound(sequence:)``, ``LogError/corrupt(sequence:what:)``, or what `body` throws.
    func read<Result>(sequence: UInt64, _ body: (RawSpan) throws -> Result) throws -> Result

    /// Lends blocks in order, beginning with the one that holds record `first`.
    ///
    /// A gap or a damaged block is an error, never the end.
    ///
    /// - Parameters:
    ///   - first: 1 or more; behind the end there are no blocks.
    ///   - last: The last record of interest; nil for the end of the log. A block that holds it is lent whole.
    ///   - check: How closely each block is looked at before it is lent.
    ///   - body: Returns whether to go on.
    /// - Throws: ``LogError``, or what `body` throws.
    func forEachBlock(
        from first: UInt64, through last: UInt64?, check: BlockCheck, _ body: (borrowing BlockView) throws -> Bool
    ) throws
}
