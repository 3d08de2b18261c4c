public import TallyBytes

/// The records of one future block, filled by the engine, sealed and appended by the writer.
///
/// A draft is reused: after ``reset(firstSequence:)`` it keeps its memory, so in steady state recording an event
/// allocates nothing.
///
/// Sendable because a draft is owned by one thread at a time: the engine fills it and hands it over through a
/// queue, the writer hands it back the same way, and each queue orders the memory of both.
@safe
public final class BlockDraft: @unchecked Sendable {
    /// The most bytes of records in one block; far below what a block's 32-bit offsets can address.
    public static let recordBytesMax = 256 << 20

    /// The sequence of the first record.
    public private(set) var firstSequence: UInt64
    /// The records back to back.
    ///
    /// Append one here, then say whose it is with ``noteRecord(offset:source:number:)``. Every access to a property of
    /// a class is checked at run time, so write a record in one `inout` access.
    public var records: ByteWriter
    /// When the last record was recorded, in microseconds since 1970 UTC.
    public var lastRecordedAt: Int64 = 0

    var tables: BlockTables
    /// The sums over the content, computed once; nil while records are being added.
    var seal: BlockSeal?

    /// An empty draft.
    ///
    /// - Parameters:
    ///   - firstSequence: The sequence that its first record will have.
    ///   - recordBytes: Bytes to set aside for records at once.
    public init(firstSequence: UInt64 = 1, recordBytes: Int = 1 << 20) {
        self.firstSequence = firstSequence
        records = ByteWriter(capacity: recordBytes)
        // Records of 64 bytes are short; longer ones need fewer entries.
        tables = BlockTables(recordCapacity: recordBytes / 64)
    }

    /// Empties the draft for the next block and keeps its memory.
    public func reset(firstSequence: UInt64) {
        self.firstSequence = firstSequence
        records.removeAll()
        tables.removeAll()
        lastRecordedAt = 0
        seal = nil
    }

    /// The number of records noted.
    public var recordCount: Int { tables.recordCount }
    /// True while no record is noted.
    public var isEmpty: Bool { tables.recordCount == 0 }
    /// The sequence that the next record will have.
    public var nextSequence: UInt64 { firstSequence + UInt64(recordCount) }

    /// Notes that a record was appended to ``records``.
    ///
    /// - Parameters:
    ///   - offset: Where in ``records`` it starts: the count before it was appended.
    ///   - source: Who numbered the event.
    ///   - number: The source's number of the event.
    public func noteRecord(offset: Int, source: UInt32, number: UInt64) {
        tables.note(offset: offset, source: source, number: number)
    }
}
