public import TallyModel

/// One happening of the books: what a report counts.
///
/// Most records are one entry. An exchange is two, its return and its purchase, and each code that a receipt uses or gives back
/// is one more; a record of the clock is one for each
/// lot that it begins, ends or lets live on, because each of them has a day of its own.
///
/// ## Which day an entry counts for
/// | entry | day |
/// |---|---|
/// | purchase, return, void, both halves of an exchange | the receipt's day on the store's clock |
/// | correction, goodwill, award, opening, transfer, merge, split | the day of `occurredAt` on the clock of whoever asked |
/// | hold, its release | the day of `recordedAt` on the clock of the store that gave the first of its lots |
/// | coupons, cards and certificates | the day of `occurredAt`; of `recordedAt` in UTC when they end by themselves |
/// | a lot begins | its first day, on the clock of the store that gave it |
/// | a lot ends | its last day, on the same clock: points that could be spent on the 31st are breakage of the 31st |
///
/// A lot never begins or ends for a day before the one on which points last came to it: a hold that is released behind
/// the end of its lot, or a lot that was given for the past, is breakage of the day on which the points came.
///
/// What is recorded after a month was closed never counts for that month: it counts for the first day that is still open.
public struct BookEntry: Sendable {
    /// What happened.
    public enum Kind: String, Sendable, CaseIterable {
        /// A purchase.
        case purchase
        /// Goods came back.
        case `return`
        /// A purchase was taken back as a whole.
        case void
        /// A correction by hand.
        case correction
        /// An apology of the hotline.
        case goodwill
        /// A present of the programme.
        case award
        /// What promotions gave with a purchase: of lots only, for the entry is the purchase's.
        case promotion
        /// Points brought in from an earlier system.
        case opening
        /// Points were set aside.
        case hold
        /// A till gave points back that were set aside.
        case release
        /// Points were given back that were set aside too long.
        case timeout
        /// A lot can be spent from now on.
        case begin
        /// A lot has ended.
        case expiry
        /// A lot lives on because its member was there.
        case slide
        /// Points passed from one member to another: an entry for either.
        case transfer
        /// One member stands for two: an entry for either, with everything that passes.
        case merge
        /// A merge was taken back: an entry for either, with everything that passes.
        case split
        /// Coupons, cards or certificates were issued, moved or ended: no points of members, but accounts of the books.
        case instrument
    }

    /// The record.
    public var sequence: UInt64
    /// The entry's place among those of its record, from 0.
    public var part = 0
    /// What happened.
    public var kind: Kind
    /// Whose points; 0 for a receipt without a member.
    public var member: UInt32
    /// Where; 0 when it was in no store.
    public var store: UInt32 = 0
    /// The business whose account says why points moved; 0 when it is that of the lot.
    public var business: UInt16 = 0
    /// When, in microseconds since the epoch.
    public var moment: Int64
    /// The day that it counts for.
    public var day: CivilDay
    /// Minutes of the clock that the day was read from.
    public var utcOffsetMinutes: Int16 = 0
    /// Number on the receipt; empty without one.
    public var receipt = ""
    /// Why, in words; empty without.
    public var reason = ""
    /// Money of the receipt in minor units; negative when goods came back.
    public var total: Int64 = 0
    /// The purchase that a return or void takes back; 0 for none.
    public var purchase: UInt64 = 0
    /// What it does to the accounts; adds up to zero for each business and wallet.
    public var postings: [Posting] = []
    /// What it does to what members hold and owe, lot by lot; adds up to the postings on those accounts.
    public var changes: [LotChange] = []
    /// What it does to copies of instruments.
    public var steps: [InstrumentStep] = []

    /// True for purchases, returns and voids.
    public var isReceipt: Bool { kind == .purchase || kind == .return || kind == .void }
}

/// Why points of members became more or less.
public enum Cause: String, Sendable, CaseIterable {
    /// Given: for a purchase, or as a present of the programme.
    case accrued
    /// Brought in from an earlier system.
    case opened
    /// Given as an apology.
    case goodwill
    /// Corrected by hand.
    case corrected
    /// Spent.
    case redeemed
    /// Taken back because goods came back.
    case takenBack
    /// Given back because goods came back that were paid with them.
    case restored
    /// Ended.
    case expired
    /// Set aside or no more: members hold as much as before.
    case held
    /// Begun: members hold as much as before, less what covered a debt.
    case begun
    /// Passed from one member to another.
    case transferred
    /// Passed to the member who stands for another, or back: members hold as much as before, less what covered a debt.
    case merged
    /// Lives on: nothing moved.
    case slid
}

/// What an entry does to one lot, or to what a member owes.
public struct LotChange: Sendable {
    /// Why.
    public var cause: Cause
    /// Which lot; nil for what is owed.
    public var lot: LotID?
    /// The raw value of the wallet.
    public var wallet: UInt16
    /// Whose account moves: who stands for the lot, or who is owed.
    public var business: UInt16
    /// Active, pending, held or debt.
    public var purpose: Purpose
    /// Points in minor units; positive when members have more or owe less.
    public var amount: Int64
    /// Where the lot comes from; for a debt, where the entry does.
    public var origin: LotOriginFacts
}

/// Where a lot comes from and when it can be spent.
public struct LotOriginFacts: Sendable {
    /// The day on which it was given.
    public var madeOn: CivilDay
    /// The day on which points came to it last.
    public var filledOn: CivilDay
    /// Minutes of the clock of the store that gave it.
    public var utcOffsetMinutes: Int16
    /// Who stands for it.
    public var business: UInt16
    /// The store that gave it; 0 for none.
    public var store: UInt32
    /// The accrual revision that gave it; 0 for none.
    public var rule: UInt16
    /// What gave it.
    public var kind: BookEntry.Kind
    /// When it begins, in seconds since 1970.
    public var beginsAt: UInt32
    /// When it ends, in seconds since 1970; 0 for never.
    public var endsAt: UInt32
    /// True while it cannot be spent yet.
    public var isPending: Bool

    /// The first day on which it can be spent.
    public var firstDay: CivilDay {
        CivilDay(of: Instant(microseconds: Int64(beginsAt) * 1_000_000), utcOffsetMinutes: utcOffsetMinutes)
    }

    /// The last day on which it can be spent; nil for never ending.
    public var lastDay: CivilDay? { endsAt == 0 ? nil : lastDay(endingAt: endsAt) }

    /// The last day on which a lot of the same clock can be spent that ends at `second`.
    func lastDay(endingAt second: UInt32) -> CivilDay {
        CivilDay(of: Instant(microseconds: (Int64(second) - 1) * 1_000_000), utcOffsetMinutes: utcOffsetMinutes)
    }
}
