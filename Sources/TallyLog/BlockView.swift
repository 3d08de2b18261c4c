public import TallyBytes

/// A block in place: in the map of the log or in memory, never copied.
///
/// ```
/// header | records back to back | offsets, u32 a record | runs, 16 bytes each
/// ```
/// The tables stand behind the records, because they are complete only when the last record is.
public struct BlockView: ~Copyable, ~Escapable {
    /// What stands in front of the block, checked.
    public let header: BlockHeader
    @usableFromInline let bytes: RawSpan
    @usableFromInline let offsetsStart: Int
    @usableFromInline let runsStart: Int

    /// A view of a block whose header was checked; the content is trusted.
    @_lifetime(copy bytes)
    init(trusting bytes: RawSpan, header: BlockHeader) {
        self.header = header
        self.bytes = bytes
        runsStart = bytes.byteCount - SourceRun.byteCount * Int(header.runCount)
        offsetsStart = runsStart - 4 * Int(header.recordCount)
    }

    /// All records back to back.
    public var records: RawSpan {
        @_lifetime(copy self) get { bytes.extracting(blockHeaderByteCount..<offsetsStart) }
    }

    /// Where each record starts in ``records``: four bytes a record, little-endian.
    public var offsets: RawSpan {
        @_lifetime(copy self) get { bytes.extracting(offsetsStart..<runsStart) }
    }

    /// The number of records.
    @inlinable public var recordCount: Int { (runsStart &- offsetsStart) &>> 2 }

    /// The position at the end of the block.
    public var position: LogPosition {
        LogPosition(sequence: header.lastSequence, blockHash: blockHash, recordedAt: header.lastRecordedAt)
    }

    /// The hash of the block: the SHA-256 of its header.
    public var blockHash: SHA256Digest { SHA256.digest(of: bytes.extracting(0..<BlockHeader.byteCount)) }

    /// The bytes of a record.
    ///
    /// - Parameter index: 0..<``recordCount``.
    /// - Returns: The bytes in place, valid as long as those of the block.
    @inlinable
    @_lifetime(copy self)
    public func record(at index: Int) -> RawSpan {
        let start = recordStart(index)
        let end = index &+ 1 == recordCount ? offsetsStart : recordStart(index &+ 1)
        return bytes.extracting(start..<end)
    }

    /// The sequence of a record.
    ///
    /// - Parameter index: 0..<``recordCount``.
    /// - Returns: The block's first sequence and the index.
    public func sequence(at index: Int) -> UInt64 { header.firstSequence + UInt64(index) }

    /// The number of runs.
    public var runCount: Int { Int(header.runCount) }

    /// A run; the first record of run *k* follows the last one of run *k* - 1.
    ///
    /// - Parameter index: 0..<``runCount``.
    /// - Returns: The run's source, first number and count of records.
    public func run(at index: Int) -> SourceRun {
        SourceRun(at: runsStart + SourceRun.byteCount * index, of: bytes)
    }

    /// Calls `body` with every run and the sequence of its first record.
    public func forEachRun(_ body: (_ run: SourceRun, _ firstSequence: UInt64) throws -> Void) rethrows {
        var sequence = header.firstSequence
        for index in 0..<runCount {
            let run = run(at: index)
            try body(run, sequence)
            sequence += UInt64(run.count)
        }
    }

    @inlinable @inline(__always)
    func recordStart(_ index: Int) -> Int {
        precondition(index >= 0 && index < recordCount, "A block has no record of this index.")
        return blockHeaderByteCount &+ Int(bytes.u32(at: offsetsStart &+ 4 &* index))
    }
}

/// ``BlockHeader/byteCount``, visible to inlined code.
@usableFromInline let blockHeaderByteCount = 136
