/// One movement of points on one account.
///
/// The postings of a record add up to zero for each business and wallet.
@frozen
public struct Posting: Sendable, Hashable, BitwiseCopyable {
    /// Points in minor units; positive increases what the account holds.
    public var amount: Int64
    /// Whose account: the raw value of a ``BusinessNumber``.
    public var business: UInt16
    /// In which wallet: the raw value of a ``WalletNumber``.
    public var wallet: UInt16
    /// What the account is for.
    public var purpose: Purpose
    /// The place of the lot that the posting makes, from 1; 0 when it makes none.
    public var lot: UInt8
    /// When that lot begins, in seconds since 1970; 0 when there is none.
    public var beginsAt: UInt32
    /// When that lot ends, in seconds since 1970; 0 for never and when there is none.
    public var endsAt: UInt32

    /// A posting of its parts.
    @inlinable
    public init(
        amount: Int64, business: UInt16, wallet: UInt16, purpose: Purpose, lot: UInt8 = 0, beginsAt: UInt32 = 0,
        endsAt: UInt32 = 0
    ) {
        self.amount = amount
        self.business = business
        self.wallet = wallet
        self.purpose = purpose
        self.lot = lot
        self.beginsAt = beginsAt
        self.endsAt = endsAt
    }
}

/// The postings of one record: at most four, kept without allocation.
@frozen
public struct PostingList: Sendable, BitwiseCopyable {
    @usableFromInline var entries: (Posting, Posting, Posting, Posting)
    @usableFromInline var used: Int

    /// No postings.
    @inlinable
    public init() {
        let none = Posting(amount: 0, business: 0, wallet: 0, purpose: .issued)
        entries = (none, none, none, none)
        used = 0
    }

    /// How many there are.
    @inlinable public var count: Int { used }

    /// Adds a posting; an amount of zero moves nothing and is left out.
    ///
    /// - Precondition: There are fewer than four.
    @inlinable
    public mutating func add(_ posting: Posting) {
        guard posting.amount != 0 else { return }
        switch used {
        case 0: entries.0 = posting
        case 1: entries.1 = posting
        case 2: entries.2 = posting
        case 3: entries.3 = posting
        default: preconditionFailure("A record has at most four postings.")
        }
        used += 1
    }

    /// The posting at `index`, which is below ``count``.
    @inlinable
    public subscript(index: Int) -> Posting {
        precondition(index >= 0 && index < used, "A posting lies within the list.")
        return switch index {
        case 0: entries.0
        case 1: entries.1
        case 2: entries.2
        default: entries.3
        }
    }
}
