public import TallyTables

// The rows of the state. Each is a struct of integers without padding: its bytes are a function of its values.
// Numbers that the ledger gives count from 1, so row n−1 belongs to number n and 0 stands for none.

/// A source and where it stands.
///
/// Row 0 is the ledger itself, row n source n.
@frozen
public struct SourceRow: BitwiseCopyable, Sendable {
    /// Its name.
    public var name: TextPlace
    /// The last number that the log holds.
    public var lastNumber: UInt64
    /// Where that event stands.
    public var lastSequence: UInt64
}

/// A business of the coalition.
@frozen
public struct BusinessRow: BitwiseCopyable, Sendable {
    /// Its id.
    public var id: TextPlace
    /// What people call it.
    public var name: TextPlace
    /// Three letters of its currency, then the scale, lowest byte first.
    public var currencyAndScale: UInt32
    var reserved: UInt32 = 0
}

/// A store.
@frozen
public struct StoreRow: BitwiseCopyable, Sendable {
    /// Its id.
    public var id: TextPlace
    /// What people call it.
    public var name: TextPlace
    /// Its time zone's name.
    public var zone: TextPlace
    /// Whose it is.
    public var business: UInt16
    var reserved0: UInt16 = 0
    var reserved1: UInt32 = 0
}

/// A wallet type.
@frozen
public struct WalletRow: BitwiseCopyable, Sendable {
    /// Its id.
    public var id: TextPlace
    /// What people call it.
    public var name: TextPlace
    /// Decimals of its minor unit.
    public var scale: UInt32
    /// The revision of its terms that is in force; 0 for the standard ones.
    public var terms: UInt32
}

/// A revision of the accrual rule.
@frozen
public struct AccrualRow: BitwiseCopyable, Sendable {
    /// In force for receipts from this moment on, in microseconds since the epoch.
    public var effectiveFrom: Int64
    /// Points per minor unit of money: numerator.
    public var numerator: UInt32
    /// Points per minor unit of money: denominator.
    public var denominator: UInt32
    /// Its id.
    public var id: TextPlace
    /// The wallet that receives.
    public var wallet: UInt16
    /// The business whose receipts earn; 0 for all.
    public var business: UInt16
    /// Raw value of a rounding.
    public var rounding: UInt16
    var reserved: UInt16 = 0
}

/// A member: one cache line.
@frozen
public struct MemberRow: BitwiseCopyable, Sendable {
    /// The member's latest record; the log leads on from there, backwards.
    public var lastSequence: UInt64
    /// The record of the registration.
    public var registeredSequence: UInt64
    /// Sum of all receipt totals in minor units; returns subtract.
    public var monetary: Int64
    /// Sum of the totals of purchases in minor units.
    public var gross: Int64
    /// The id under which other systems know the member.
    public var externalID: TextPlace
    /// Row of the member's first wallet, plus one.
    public var firstBalance: UInt32
    /// Receipts of any total.
    public var receipts: UInt32
    /// Receipts with a total above zero.
    public var purchases: UInt32
    /// Civil day of the earliest purchase, in days since 1970; meaningless without purchases.
    public var firstDay: Int32
    /// Civil day of the latest purchase.
    public var lastDay: Int32
    /// Identifiers beyond the external id.
    public var identifiers: UInt16
    /// 0 free, 1 may earn but not spend, 2 may do neither: raw values of a block's mode.
    public var blocked: UInt8
    /// 1 when another member stands for this one.
    public var isMerged: UInt8
}

/// What a member holds in one wallet.
///
/// A member's wallets are chained, and so are a wallet's lots, in the order in which they end.
@frozen
public struct BalanceTableRow: BitwiseCopyable, Sendable {
    /// Points that can be spent now, in minor units; what is held is not among them.
    public var active: Int64
    /// Points that cannot be spent yet.
    public var pending: Int64
    /// Points set aside by holds.
    public var held: Int64
    /// Points owed, not negative.
    public var debt: Int64
    /// Whose.
    public var member: UInt32
    /// Row of the member's next wallet, plus one.
    public var next: UInt32
    /// Row of the lot that ends first, plus one.
    public var firstLot: UInt32
    /// Row of the lot that ends last, plus one.
    public var lastLot: UInt32
    /// Where lots end by activity: the second up to which the latest purchase keeps them alive; 0 elsewhere.
    public var slidesTo: UInt32
    /// Which wallet.
    public var wallet: UInt16
    var reserved: UInt16 = 0
}

/// A phone or card: only its keyed hash is known.
@frozen
public struct IdentifierRow: BitwiseCopyable, Sendable {
    /// Upper half of the keyed hash.
    public var high: UInt64
    /// Lower half of the keyed hash.
    public var low: UInt64
    /// Whose.
    public var member: UInt32
    /// 2 phone, 3 card: the schema's member kinds.
    public var kind: UInt32
}

/// What has come back of a line of a purchase; line 0 stands for the whole purchase.
@frozen
public struct ReturnedRow: BitwiseCopyable, Sendable {
    /// The purchase's record.
    public var purchase: UInt64
    /// Thousandths returned so far; for line 0 points taken back so far.
    public var quantity: Int64
    /// Money paid back so far, in minor units.
    public var money: Int64
    /// The line, counted from 1; 0 for the whole.
    public var line: UInt32
    var reserved: UInt32 = 0
}

/// An account of the books: one for each business, wallet and purpose that ever had a posting.
@frozen
public struct AccountRow: BitwiseCopyable, Sendable {
    /// Points in minor units.
    public var balance: Int64
    /// Whose.
    public var business: UInt16
    /// In which wallet.
    public var wallet: UInt16
    /// Raw value of a purpose.
    public var purpose: UInt16
    var reserved: UInt16 = 0
}

/// The one row about the ledger as a whole.
@frozen
public struct LedgerRow: BitwiseCopyable, Sendable {
    /// The ledger's id, first half.
    public var ledgerHigh: UInt64
    /// The ledger's id, second half.
    public var ledgerLow: UInt64
    /// When the latest record was recorded, in microseconds since the epoch.
    public var recordedAt: Int64
    /// Receipts of any kind.
    public var receipts: UInt64
    /// Sum of all receipt totals in minor units; returns subtract.
    public var turnover: Int64
    /// Events that were refused.
    public var rejections: UInt64
    /// Up to when lots have begun and ended, in microseconds since the epoch; 0 before the first time.
    public var clock: Int64
    /// Up to when they are to begin and end, by command; 0 when only the machine's clock says so.
    public var clockTarget: Int64
    /// Row of the first lot to be used again, plus one.
    public var freeLot: UInt32
    /// Row of the first hold to be used again, plus one.
    public var freeHold: UInt32
    /// Row of the first held lot to be used again, plus one.
    public var freeHeldLot: UInt32
    /// Holds under way.
    public var holds: UInt32
}
