public import TallyModel

/// What is agreed about a promotion beside what it decides: who pays, where its points go, how often it applies, whom it leaves
/// out.
///
/// No evaluator reads any of it. Whoever records what was decided does, and so do reports.
public struct PromotionTerms: Sendable, Hashable {
    /// Who answers for it; may be empty.
    public var owner: String
    /// What it is for; nil when nobody says.
    public var goal: Goal?
    /// What each use costs beside discounts and points, in minor units of money: a letter, a present.
    public var costPerUse: Int64
    /// Who pays for it: shares that add up to 10,000, or none when the business of the receipt pays.
    public var funding: [FundingShare]
    /// Where its points go and how long they live.
    public var points: PointsTerms
    /// How often it applies.
    public var limits: [UseLimit]
    /// Who is left out, so that what it brings can be told; nil for nobody.
    public var control: ControlGroup?

    /// What a promotion is for.
    public enum Goal: UInt8, Sendable, CaseIterable {
        /// New members.
        case acquire = 0
        /// More that is known about members.
        case enrich = 1
        /// Members who stay.
        case retain = 2
        /// A larger average check.
        case averageCheck = 3
        /// Demand at other hours.
        case spreadDemand = 4
    }

    /// Terms of their parts; what is left out is the usual.
    public init(
        owner: String = "", goal: Goal? = nil, costPerUse: Int64 = 0, funding: [FundingShare] = [],
        points: PointsTerms = PointsTerms(), limits: [UseLimit] = [], control: ControlGroup? = nil
    ) {
        self.owner = owner
        self.goal = goal
        self.costPerUse = costPerUse
        self.funding = funding
        self.points = points
        self.limits = limits
        self.control = control
    }
}

/// What one payer pays of a promotion.
public struct FundingShare: Sendable, Hashable {
    /// A business of the coalition, or a partner.
    public var payer: String
    /// The share, in basis points, from 1.
    public var basisPoints: Int32

    /// A share of its parts.
    public init(payer: String, basisPoints: Int32) { (self.payer, self.basisPoints) = (payer, basisPoints) }
}

/// Where the points of a promotion go and how long they live.
public struct PointsTerms: Sendable, Hashable {
    /// The wallet's id; empty for the programme's usual one.
    public var wallet: String
    /// When they begin; nil for the wallet's own term.
    public var pending: PendingTerm?
    /// When they end; nil for the wallet's own term.
    public var expiry: ExpiryTerm?

    /// Terms of their parts.
    public init(wallet: String = "", pending: PendingTerm? = nil, expiry: ExpiryTerm? = nil) {
        (self.wallet, self.pending, self.expiry) = (wallet, pending, expiry)
    }
}

/// How often a promotion applies: so much for each of something in a time.
public struct UseLimit: Sendable, Hashable {
    /// For each of what.
    public var scope: Scope
    /// What is counted.
    public var measure: Measure
    /// How much at most, from 1: uses, or minor units of money or points.
    public var most: Int64
    /// In which time.
    public var period: Period

    /// For each of what a limit holds.
    public enum Scope: UInt8, Sendable, CaseIterable {
        /// The promotion as a whole.
        case promotion = 0
        /// Every member.
        case member = 1
        /// Every store.
        case store = 2
    }

    /// What a limit counts.
    public enum Measure: UInt8, Sendable, CaseIterable {
        /// Receipts and occasions to which the promotion applied.
        case uses = 0
        /// What was taken off.
        case discount = 1
        /// Points that were given.
        case points = 2
    }

    /// In which time a limit counts; days are those of the store.
    public enum Period: UInt8, Sendable, CaseIterable {
        /// As long as the promotion lives.
        case ever = 0
        /// A day.
        case day = 1
        /// A week from Monday.
        case week = 2
        /// A month of the calendar.
        case month = 3
        /// A year of the calendar.
        case year = 4
    }

    /// A limit of its parts.
    public init(per scope: Scope, _ measure: Measure, atMost most: Int64, every period: Period = .ever) {
        (self.scope, self.measure, self.most, self.period) = (scope, measure, most, period)
    }
}

/// Members for whom a promotion only notes what it would have done.
public struct ControlGroup: Sendable, Hashable {
    /// Their part, in basis points, from 1.
    public var basisPoints: Int32
    /// What the draw begins with; empty for the promotion's own id.
    ///
    /// Promotions with one salt leave out the same members.
    public var salt: String

    /// A group of its parts.
    public init(basisPoints: Int32, salt: String = "") { (self.basisPoints, self.salt) = (basisPoints, salt) }
}
