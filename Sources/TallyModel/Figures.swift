/// The key figures of a programme, in the order in which they are reported.
///
/// Money in minor units; a figure whose name ends in `_x1000` or `_x10000` is a ratio multiplied by that, rounded half
/// to even.
///
/// A receipt is a *purchase* when its total is above zero, a *return* when it is below, *empty* when it is zero.
/// Anonymous receipts enter the receipt figures only.
///
/// > Source: Domain model, section 10; definitions of the reference oracle.
public enum KPIFigure: Int, Sendable, CaseIterable {
    /// All receipts.
    case receiptsAll
    /// Lines of all receipts.
    case linesAll
    /// Receipts with a total above zero.
    case purchases
    /// Receipts with a total below zero.
    case returns
    /// Receipts with a total of zero.
    case empty
    /// Sum of all totals; returns subtract.
    case turnoverMinor
    /// Sum of the totals of purchases.
    case grossMinor
    /// Stores with at least one receipt.
    case stores
    /// Members with at least one receipt.
    case membersAny
    /// Members with at least one purchase.
    case membersActive
    /// Purchases of members.
    case memberPurchases
    /// Sum of the totals of members' purchases.
    case memberGrossMinor
    /// Lines of purchases.
    case purchaseLines
    /// Whole units of purchases, on the lines that cost something.
    case purchaseItems
    /// Members with a purchase in the window before the day of the report.
    case membersInWindow
    /// Members' purchases in the window before the day of the report.
    case purchasesInWindow
    /// Points given to members less points taken back.
    case cashbackTotalMinor
    /// Points given to members for purchases.
    case cashbackGrossTotalMinor
    /// Mean total of a purchase. S1-09.
    case averageReceiptMinor
    /// Purchases per active member. S1-10.
    case receiptsPerMemberX1000
    /// Lines per purchase.
    case linesPerReceiptX1000
    /// Units per purchase. S1-11.
    case itemsPerReceiptX1000
    /// Share of purchases with a member.
    case cardShareX10000

    /// The figure's name in reports and files.
    ///
    /// - Parameter windowDays: Days of the window that two figures look back.
    /// - Returns: The name in snake case; what looks back has the days in it, such as `members_last_30d`.
    public func name(windowDays: Int) -> String {
        switch self {
        case .receiptsAll: "receipts_all"
        case .linesAll: "lines_all"
        case .purchases: "purchases"
        case .returns: "returns"
        case .empty: "empty"
        case .turnoverMinor: "turnover_minor"
        case .grossMinor: "gross_minor"
        case .stores: "stores"
        case .membersAny: "members_any"
        case .membersActive: "members_active"
        case .memberPurchases: "member_purchases"
        case .memberGrossMinor: "member_gross_minor"
        case .purchaseLines: "purchase_lines"
        case .purchaseItems: "purchase_items"
        case .membersInWindow: "members_last_\(windowDays)d"
        case .purchasesInWindow: "purchases_last_\(windowDays)d"
        case .cashbackTotalMinor: "cashback_total_minor"
        case .cashbackGrossTotalMinor: "cashback_gross_total_minor"
        case .averageReceiptMinor: "avg_receipt_minor"
        case .receiptsPerMemberX1000: "receipts_per_member_x1000"
        case .linesPerReceiptX1000: "lines_per_receipt_x1000"
        case .itemsPerReceiptX1000: "items_per_receipt_x1000"
        case .cardShareX10000: "card_share_x10000"
        }
    }
}

/// The key figures as of a day and a place in the log.
public struct KPIReport: Sendable, Hashable {
    /// The last record that the figures know.
    public var sequence: LogSequence
    /// Receipts of earlier days count; nil when all do.
    public var asOfDay: CivilDay?
    /// Days of the window that two figures look back.
    public var windowDays: UInt16
    /// The figures in the order of ``KPIFigure``; nil for a ratio without a denominator.
    public var values: [Int64?]

    /// A report of its parts.
    public init(sequence: LogSequence, asOfDay: CivilDay?, windowDays: UInt16, values: [Int64?]) {
        (self.sequence, self.asOfDay, self.windowDays, self.values) = (sequence, asOfDay, windowDays, values)
    }

    /// One figure.
    public subscript(figure: KPIFigure) -> Int64? { values[figure.rawValue] }
}

/// As of when a question is asked.
///
/// Both bounds may be set; then both hold.
public struct AsOf: Sendable, Hashable {
    /// The last record that counts; nil for all.
    public var sequence: LogSequence?
    /// Receipts of earlier civil days count; nil for all.
    ///
    /// Definitions and registrations always count.
    public var day: CivilDay?

    /// Bounds of their parts; none stands for now.
    public init(sequence: LogSequence? = nil, day: CivilDay? = nil) { (self.sequence, self.day) = (sequence, day) }

    /// Now: everything recorded so far.
    public static var now: AsOf { AsOf() }

    /// Reads `2018-01-01` (a day, exclusive) or `@8123` (a place in the log, inclusive, from 1).
    ///
    /// - Returns: nil when the text is neither.
    public init?(text: String) {
        if text.hasPrefix("@") {
            // A sign is not part of a place, and 0 would mean "no bound" in the bytes of a question.
            let digits = text.dropFirst()
            guard digits.first != "+", let sequence = UInt64(digits), sequence > 0 else { return nil }
            self.init(sequence: LogSequence(sequence))
        } else {
            guard let day = CivilDay(text: text) else { return nil }
            self.init(day: day)
        }
    }
}

/// A member's points in one wallet, in minor units.
public struct BalanceRow: Sendable, Hashable {
    /// The member's number.
    public var member: MemberNumber
    /// The id under which other systems know the member; empty when there is none.
    public var externalID: String
    /// The wallet's id.
    public var wallet: String
    /// Points that can be spent, held ones included.
    public var active: Int64
    /// Points that are given but cannot be spent yet.
    public var pending: Int64
    /// Points set aside for purchases under way.
    public var held: Int64
    /// Points owed, not negative.
    public var debt: Int64

    /// A row of its parts.
    public init(
        member: MemberNumber, externalID: String, wallet: String, active: Int64, pending: Int64, held: Int64,
        debt: Int64
    ) {
        self.member = member
        self.externalID = externalID
        self.wallet = wallet
        self.active = active
        self.pending = pending
        self.held = held
        self.debt = debt
    }
}

/// How the daemon stands.
public struct DaemonStatus: Sendable, Hashable {
    /// The last record of the log.
    public var tip = LogSequence.none
    /// When it was recorded.
    public var recordedAt = Instant(microseconds: 0)
    /// The last record that a checkpoint holds.
    public var checkpoint = LogSequence.none
    /// Up to which record the digest speaks.
    public var digestSequence = LogSequence.none
    /// Digest of the state after that record, as four words of eight bytes, first byte lowest.
    public var digest: [UInt64] = [0, 0, 0, 0]
    /// Members registered.
    public var members: UInt32 = 0
    /// Stores defined.
    public var stores: UInt32 = 0
    /// Businesses defined.
    public var businesses: UInt32 = 0
    /// Wallet types defined.
    public var wallets: UInt32 = 0
    /// Sources opened.
    public var sources: UInt32 = 0
    /// Accrual revisions in force, past or to come.
    public var accruals: UInt32 = 0
    /// Bytes of the state's tables.
    public var stateBytes: UInt64 = 0
    /// Up to when lots of points have begun and ended; the epoch before the first time.
    public var clock = Instant(microseconds: 0)
    /// Lots of points that are not used up.
    public var lots: UInt32 = 0
    /// Holds under way.
    public var holds: UInt32 = 0

    /// An empty ledger's status.
    public init() {}
}
