public import TallyBytes
public import TallyModel

/// What stands at the front of every record of the log.
@frozen
public struct RecordEnvelope: Sendable, Hashable, BitwiseCopyable {
    /// When the ledger recorded it: microseconds since the epoch, larger than in every record before.
    public var recordedAt: Int64
    /// Whose event it was.
    public var source: UInt32
    /// The source's number for the event.
    public var number: UInt64
    /// Keyed hash of the command: the same number with the same hash is the same event.
    public var commandDigest: UInt64
    /// The member's record before this one; 0 when there is none.
    public var previousOfMember: UInt64
    /// The member; 0 for nobody.
    public var member: UInt32

    /// An envelope of its parts.
    @inlinable
    public init(
        recordedAt: Int64, source: UInt32, number: UInt64, commandDigest: UInt64, previousOfMember: UInt64 = 0,
        member: UInt32 = 0
    ) {
        self.recordedAt = recordedAt
        self.source = source
        self.number = number
        self.commandDigest = commandDigest
        self.previousOfMember = previousOfMember
        self.member = member
    }
}

extension Message {
    /// The envelope of a record; every record has it at the front of its block.
    @inlinable @inline(__always)
    public var envelope: RecordEnvelope {
        typealias Layout = LedgerCreatedLayout
        return RecordEnvelope(
            recordedAt: i64(Layout.recordedAt), source: u32(Layout.source), number: u64(Layout.number),
            commandDigest: u64(Layout.commandDigest), previousOfMember: u64(Layout.previousOfMember),
            member: u32(Layout.member))
    }
}

extension Posting {
    /// Reads the posting at `offset`.
    ///
    /// - Returns: nil when the purpose is not in the schema.
    @inlinable @inline(__always)
    public init?(_ bytes: RawSpan, at offset: Int) {
        typealias Layout = PurchaseRecordedLayout.Postings
        guard let purpose = Purpose(rawValue: bytes.u8(at: offset &+ Layout.purpose)) else { return nil }
        self.init(
            amount: bytes.i64(at: offset &+ Layout.amount), business: bytes.u16(at: offset &+ Layout.business),
            wallet: bytes.u16(at: offset &+ Layout.wallet), purpose: purpose,
            lot: bytes.u8(at: offset &+ Layout.lot), beginsAt: bytes.u32(at: offset &+ Layout.beginsAt),
            endsAt: bytes.u32(at: offset &+ Layout.endsAt))
    }
}

extension Message {
    /// The posting at `index` of a group of postings; nil when its purpose is not in the schema.
    @inlinable @inline(__always)
    public func posting(_ index: Int, of group: Group) -> Posting? {
        Posting(bytes, at: group.offset &+ index &* group.stride)
    }

    /// The group of postings of a record, wherever its kind has it; empty for a record that moves no points by postings.
    public var postings: Group {
        switch bytes.u16(at: 2) {
        case PurchaseRecordedLayout.templateID, ReturnRecordedLayout.templateID, ClockAdvancedLayout.templateID,
            MembersMergedLayout.templateID:
            secondGroup
        case HoldPlacedLayout.templateID, HoldReleasedLayout.templateID, AdjustedLayout.templateID,
            InstrumentsIssuedLayout.templateID, InstrumentMovedLayout.templateID, TransferredLayout.templateID:
            firstGroup
        case InstrumentsExpiredLayout.templateID: secondGroup
        default: Group(offset: 0, stride: 0, count: 0)
        }
    }
}

extension ByteWriter {
    /// Appends the front of every record.
    @inlinable
    public mutating func append(envelope: RecordEnvelope) {
        append(i64: envelope.recordedAt)
        append(u32: envelope.source)
        append(u64: envelope.number)
        append(u64: envelope.commandDigest)
        append(u64: envelope.previousOfMember)
        append(u32: envelope.member)
    }

    /// Appends the postings of a record as a group.
    @inlinable
    public mutating func append(postings: PostingList) {
        append(groupOf: postings.count, entryLength: PurchaseRecordedLayout.Postings.entryLength)
        for index in 0..<postings.count { append(posting: postings[index]) }
    }

    /// Appends the postings of a record as a group.
    public mutating func append(postings: [Posting]) {
        append(groupOf: postings.count, entryLength: PurchaseRecordedLayout.Postings.entryLength)
        for posting in postings { append(posting: posting) }
    }

    @inlinable @inline(__always)
    mutating func append(posting: Posting) {
        append(i64: posting.amount)
        append(u16: posting.business)
        append(u16: posting.wallet)
        append(u8: posting.purpose.rawValue)
        append(u8: posting.lot)
        append(u32: posting.beginsAt)
        append(u32: posting.endsAt)
    }
}
