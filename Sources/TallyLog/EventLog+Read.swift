internal import LMDB
internal import TallyBytes

extension EventLog {
    /// Lends one record, from the map.
    ///
    /// The block that holds it is summed the first time it is read (see ``VerifiedBlocks``), so a flipped bit is
    /// found here too, not only by scans.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: ``LogError/notFound(sequence:)``, ``LogError/corrupt(sequence:what:)``, or what `body` throws.
    public func read<Result>(sequence: UInt64, _ body: (RawSpan) throws -> Result) throws -> Result {
        guard sequence > 0, sequence <= tip().sequence else { throw LogError.notFound(sequence: sequence) }
        do {
            return try environment.read { transaction in
                var cursor = try transaction.cursor(over: blocks)
                guard try cursor.seek(toOrBefore: sequence), let key = cursor.key else { throw Self.gap(at: sequence) }
                let view = try block(cursor.value, startingAt: key)
                guard sequence <= view.header.lastSequence else { throw Self.gap(at: sequence) }
                return try body(view.record(at: Int(sequence - key)))
            }
        } catch let error as LMDBError {
            throw LogError(reading: error)
        }
    }

    /// A view of a block that was found at random, checked at most once.
    @_lifetime(copy bytes)
    private func block(_ bytes: RawSpan, startingAt key: UInt64) throws(LogError) -> BlockView {
        let header = try BlockHeader(of: bytes, blamedOn: key)
        guard header.firstSequence == key, header.ledgerID == ledgerID else {
            throw .corrupt(sequence: key, what: "a block of sequence \(header.firstSequence) in its place")
        }
        if verified.contains(key) { return BlockView(trusting: bytes, header: header) }
        let view = try BlockView(checking: bytes, header: header, check: .quick)
        verified.insert(key)
        return view
    }

    /// A sequence up to the end is always there, so its absence is damage.
    private static func gap(at sequence: UInt64) -> LogError {
        .corrupt(sequence: sequence, what: "the block that holds it is missing")
    }
}
