/// The terms of a wallet type: when its points begin and end, where they may be spent, what happens when goods come back.
///
/// A wallet without terms has ``standard(wallet:)``: points are active at once, never expire, may pay for everything, and
/// what was spent is owed. Terms hold for what happens after they were set; a lot keeps the days that it was given.
///
/// > Source: Domain model, section 3.
public struct WalletTerms: Sendable, Hashable {
    /// The wallet's id.
    public var wallet: String
    /// When points end.
    public var expiry: ExpiryTerm
    /// When points begin.
    public var pending: PendingTerm
    /// Days in which goods may come back; ``PendingTerm/returnWindow`` waits for their end.
    public var returnWindowDays: UInt16
    /// Which lots are spent first.
    public var burnOrder: BurnOrder
    /// What points may pay of a receipt, in hundredths of a per cent: 5,000 is half, 10,000 all.
    public var maxShareBasisPoints: UInt16
    /// Points that one receipt may take, in minor units; 0 for no limit.
    public var maxPerReceipt: Points
    /// Receipts below this total take no points.
    public var minReceipt: Money
    /// How far a member may owe points.
    public var negative: NegativeTerm
    /// Days for which a spent point lives that comes back after its lot has expired.
    public var graceDays: UInt16
    /// Minor units of money that a minor unit of points pays.
    public var moneyRate: Rate
    /// Lines that earn.
    public var earnFilter: LineFilter
    /// Lines that points may pay for.
    public var burnFilter: LineFilter
    /// What a return does to the points that the purchase gave.
    public var returns: ReturnTerm
    /// True when a return without its purchase takes points at the rate of its day; false when it moves no points.
    public var takesBackBlind: Bool
    /// True when what was paid with points earns points as well.
    public var earnsOnPoints: Bool

    /// Terms of their parts; what is left out is standard.
    public init(
        wallet: String, expiry: ExpiryTerm = .never, pending: PendingTerm = .none, returnWindowDays: UInt16 = 14,
        burnOrder: BurnOrder = .earliestExpiry, maxShareBasisPoints: UInt16 = 10_000, maxPerReceipt: Points = .zero,
        minReceipt: Money = .zero, negative: NegativeTerm = .unlimited, graceDays: UInt16 = 14,
        moneyRate: Rate = Rate(numerator: 1, denominator: 1), earnFilter: LineFilter = .all,
        burnFilter: LineFilter = .all, returns: ReturnTerm = .reverse, takesBackBlind: Bool = true,
        earnsOnPoints: Bool = false
    ) {
        self.wallet = wallet
        self.expiry = expiry
        self.pending = pending
        self.returnWindowDays = returnWindowDays
        self.burnOrder = burnOrder
        self.maxShareBasisPoints = maxShareBasisPoints
        self.maxPerReceipt = maxPerReceipt
        self.minReceipt = minReceipt
        self.negative = negative
        self.graceDays = graceDays
        self.moneyRate = moneyRate
        self.earnFilter = earnFilter
        self.burnFilter = burnFilter
        self.returns = returns
        self.takesBackBlind = takesBackBlind
        self.earnsOnPoints = earnsOnPoints
    }

    /// The terms of a wallet that has been given none.
    public static func standard(wallet: String) -> WalletTerms { WalletTerms(wallet: wallet) }
}

/// When a lot ends: always at the end of a civil day of the store that gave it.
public enum ExpiryTerm: Sendable, Hashable {
    /// Never.
    case never
    /// At the end of the n-th day after the day on which the lot begins; 1…36,500.
    case days(UInt16)
    /// At the end of the same day n months later, or of that month's last day; 1…1,200.
    case months(UInt16)
    /// At the end of the next of these days of the year after the day on which the lot begins; 1 to 12 of them.
    case dates([DayOfYear])
    /// At the end of the n-th day after the member's latest purchase; 1…36,500.
    case sliding(UInt16)
}

/// A day that comes every year.
public struct DayOfYear: Sendable, Hashable, Comparable {
    /// 1…12.
    public var month: UInt8
    /// 1…31; the 29th of February is the 28th in common years.
    public var day: UInt8

    /// A day of its parts.
    public init(month: UInt8, day: UInt8) { (self.month, self.day) = (month, day) }

    /// Orders days within a year.
    public static func < (a: DayOfYear, b: DayOfYear) -> Bool { (a.month, a.day) < (b.month, b.day) }
}

/// When a lot begins: at once or with the first moment of a civil day of the store that gave it.
public enum PendingTerm: Sendable, Hashable {
    /// At once.
    case none
    /// With the n-th day after the purchase; 1…3,650.
    case days(UInt16)
    /// With that day; at once when it is not to come.
    case date(CivilDay)
    /// With the day after the last day on which the goods may come back.
    case returnWindow
}

/// Which lots are spent first.
public enum BurnOrder: UInt8, Sendable, CaseIterable {
    /// The one that ends first; those without an end last; then the one that began first.
    case earliestExpiry = 0
    /// The one that was made first.
    case firstInFirstOut = 1
    /// Those that the business itself has issued, then the others; each by the end.
    case ownBusinessFirst = 2
}

/// How far a member may owe points.
public enum NegativeTerm: Sendable, Hashable {
    /// Not at all: what cannot be taken back is lost to the business.
    case none
    /// Up to that many.
    case upTo(Points)
    /// Without a limit.
    case unlimited
}

/// What a return does to the points that its purchase gave.
public enum ReturnTerm: UInt8, Sendable, CaseIterable {
    /// They are taken back, line by line.
    case reverse = 0
    /// The member keeps them.
    case keep = 1
}

/// Which lines of a receipt count, by their category.
public enum LineFilter: Sendable, Hashable {
    /// All.
    case all
    /// Those of these categories; 1 to ``Limits/filterNamesMax``.
    case only([String])
    /// Those of other categories; 1 to ``Limits/filterNamesMax``.
    case except([String])
}

/// What a business pays another for points that it issued and the other took.
public struct SettlementTerms: Sendable, Hashable {
    /// Who issued.
    public var issuer: String
    /// Where they are spent.
    public var redeemer: String
    /// In which wallet.
    public var wallet: String
    /// Minor units of money for a minor unit of points.
    public var rate: Rate
    /// What the redeemer gives up of it, in hundredths of a per cent.
    public var feeBasisPoints: UInt16
    /// When the money falls due.
    public var timing: SettlementTiming

    /// Terms of their parts.
    public init(
        issuer: String, redeemer: String, wallet: String, rate: Rate = Rate(numerator: 1, denominator: 1),
        feeBasisPoints: UInt16 = 0, timing: SettlementTiming = .redemption
    ) {
        self.issuer = issuer
        self.redeemer = redeemer
        self.wallet = wallet
        self.rate = rate
        self.feeBasisPoints = feeBasisPoints
        self.timing = timing
    }
}

/// When a business of a coalition pays for its points.
public enum SettlementTiming: UInt8, Sendable, CaseIterable {
    /// When they are spent.
    case redemption = 0
    /// When they are issued: the redeemer has been paid before, so spending is shown but not owed.
    case issue = 1
}
