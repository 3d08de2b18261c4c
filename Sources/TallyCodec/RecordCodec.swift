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
    @inlinable
    public var envelope: RecordEnvelope {
        typealias Layout = LedgerCreatedLayout
        return RecordEnvelope(
            recordedAt: i64(Layout.recordedAt), source: u32(Layout.source), number: u64(Layout.number),
            commandDigest: u64(Layout.commandDigest), previousOfMember: u64(Layout.previousOfMember),
            member: u32(Layout.member))
    }
}

/// One movement between accounts: the amounts of a record's postings add up to zero.
@frozen
public struct PostingEntry: Sendable, Hashable, BitwiseCopyable {
    /// Points in minor units; positive increases what members hold or what a business has got back.
    public var amount: Int64
    /// Whose account.
    public var business: UInt16
    /// In which wallet.
    public var wallet: UInt16
    /// What the account is for: the raw value of a ``TallyModel/Purpose``.
    public var purpose: UInt8

    /// A posting of its parts.
    @inlinable
    public init(amount: Int64, business: UInt16, wallet: UInt16, purpose: Purpose) {
        self.amount = amount
        self.business = business
        self.wallet = wallet
        self.purpose = purpose.rawValue
    }

    /// Reads the posting at `offset`.
    @inlinable
    public init(_ bytes: RawSpan, at offset: Int) {
        typealias Layout = PurchaseRecordedLayout.Postings
        amount = bytes.i64(at: offset + Layout.amount)
        business = bytes.u16(at: offset + Layout.business)
        wallet = bytes.u16(at: offset + Layout.wallet)
        purpose = bytes.u8(at: offset + Layout.purpose)
    }
}

/// The postings of one record: at most four, kept without allocation.
@frozen
public struct PostingList: Sendable, BitwiseCopyable {
    @usableFromInline var entries: (PostingEntry, PostingEntry, PostingEntry, PostingEntry)
    /// How many there are.
    public var count: Int

    /// No postings.
    @inlinable
    public init() {
        let none = PostingEntry(amount: 0, business: 0, wallet: 0, purpose: .issued)
        entries = (none, none, none, none)
        count = 0
    }

    /// Adds a posting; an amount of zero moves nothing and is left out.
    @inlinable
    public mutating func add(_ entry: PostingEntry) {
        guard entry.amount != 0 else { return }
        switch count {
        case 0: entries.0 = entry
        case 1: entries.1 = entry
        case 2: entries.2 = entry
        case 3: entries.3 = entry
        default: preconditionFailure("A record has at most four postings.")
        }
        count += 1
    }

    /// The posting at `index`, which is below ``count``.
    @inlinable
    public subscript(index: Int) -> PostingEntry {
        switch index {
        case 0: entries.0
        case 1: entries.1
        case 2: entries.2
        default: entries.3
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
        for index in 0..<postings.count {
            let entry = postings[index]
            append(i64: entry.amount)
            append(u16: entry.business)
            append(u16: entry.wallet)
            append(u8: entry.purpose)
        }
    }
}
