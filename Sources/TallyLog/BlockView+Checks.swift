internal import TallyBytes

extension BlockView {
    /// Takes a block from anywhere: a file, a message, memory.
    ///
    /// - Parameters:
    ///   - bytes: The whole block.
    ///   - position: Where the log ends in front of it; it must continue there.
    ///   - ledgerID: The ledger it must belong to.
    ///   - check: How closely to look at the content.
    /// - Returns: A view of the block, checked.
    /// - Throws: ``LogError/corrupt(sequence:what:)`` or ``LogError/unsupportedFormat(found:supported:)``.
    @_lifetime(copy bytes)
    public static func decode(
        _ bytes: RawSpan, behind position: LogPosition, ledgerID: LedgerID, check: BlockCheck
    ) throws(LogError) -> BlockView {
        let header = try BlockHeader(of: bytes, blamedOn: position.sequence + 1)
        try header.check(follows: position, ledgerID: ledgerID)
        return try BlockView(checking: bytes, header: header, check: check)
    }

    /// Takes a block by itself, wherever it belongs.
    ///
    /// - Returns: A view of the block, checked.
    /// - Throws: ``LogError/corrupt(sequence:what:)`` or ``LogError/unsupportedFormat(found:supported:)``.
    @_lifetime(copy bytes)
    public static func decode(_ bytes: RawSpan, check: BlockCheck) throws(LogError) -> BlockView {
        let header = try BlockHeader(of: bytes, blamedOn: 0)
        return try BlockView(checking: bytes, header: header, check: check)
    }

    /// A view of a block after its content was checked.
    ///
    /// - Parameters:
    ///   - bytes: The whole block.
    ///   - header: Its header, checked.
    ///   - check: How closely to look at the content.
    /// - Throws: ``LogError/corrupt(sequence:what:)`` naming the block's first sequence.
    @_lifetime(copy bytes)
    init(checking bytes: RawSpan, header: BlockHeader, check: BlockCheck) throws(LogError) {
        self.init(trusting: bytes, header: header)
        try checkChecksum()
        if check == .full { try checkContentHash() }
        try checkOffsets()
        try checkRuns()
    }

    private var content: RawSpan {
        @_lifetime(copy self) get { bytes.extracting(BlockHeader.byteCount..<bytes.byteCount) }
    }

    private func checkChecksum() throws(LogError) {
        guard CRC32C.checksum(content) == header.contentChecksum else {
            throw damaged("the records do not fit their checksum")
        }
    }

    private func checkContentHash() throws(LogError) {
        guard SHA256.digest(of: content) == header.contentHash else {
            throw damaged("the records do not fit their hash, but fit their checksum: they were changed on purpose")
        }
    }

    /// Records lie back to back, so offsets start at 0, never fall, and stay in front of the tables.
    private func checkOffsets() throws(LogError) {
        let areaByteCount = UInt32(offsetsStart - BlockHeader.byteCount)
        var previous: UInt32 = 0
        var areInOrder = bytes.u32(at: offsetsStart) == 0
        for index in 0..<recordCount {
            let offset = bytes.u32(at: offsetsStart + 4 * index)
            areInOrder = areInOrder && offset >= previous
            previous = offset
        }
        guard areInOrder, previous <= areaByteCount else {
            throw damaged("the offsets of its records are out of order")
        }
    }

    private func checkRuns() throws(LogError) {
        var total: UInt64 = 0
        for index in 0..<runCount {
            let run = run(at: index)
            guard run.count > 0, run.firstNumber <= UInt64.max - UInt64(run.count) else {
                throw damaged("an impossible run of source \(run.source)")
            }
            total += UInt64(run.count)
        }
        guard total == UInt64(header.recordCount) else { throw damaged("its runs do not cover its records") }
    }

    private func damaged(_ what: String) -> LogError { .corrupt(sequence: header.firstSequence, what: what) }
}
