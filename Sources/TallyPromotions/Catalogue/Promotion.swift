/// A promotion: who and what it is for, what it does, and with what else it goes together.
public struct Promotion: Sendable, Hashable {
    /// The programme's own id.
    public var id: String
    /// What people call it.
    public var title: String
    /// When in the pipeline of a receipt it is decided.
    public var lane: Lane
    /// The group that decides about it; nil for the lane itself.
    public var group: String?
    /// Among others that apply, the higher goes first.
    public var priority: Int32
    /// What must hold for all of its rules.
    public var conditions: [Condition]
    /// The first rule whose conditions hold is carried out.
    public var rules: [Rule]
    /// Promotions that share such a mark do not go together; the first one wins.
    public var exclusive: Set<String>
    /// What is agreed about it beside what it decides.
    public var terms: PromotionTerms

    /// A promotion of its parts.
    public init(
        id: String, title: String = "", lane: Lane = .basket, group: String? = nil, priority: Int32 = 0,
        conditions: [Condition] = [], rules: [Rule], exclusive: Set<String> = [],
        terms: PromotionTerms = PromotionTerms()
    ) {
        self.id = id
        self.title = title
        self.lane = lane
        self.group = group
        self.priority = priority
        self.conditions = conditions
        self.rules = rules
        self.exclusive = exclusive
        self.terms = terms
    }
}

/// One case of a promotion.
public struct Rule: Sendable, Hashable {
    /// What must hold beside the conditions of the promotion.
    public var conditions: [Condition]
    /// What is done.
    public var effects: [Effect]

    /// A rule of its parts.
    public init(conditions: [Condition] = [], effects: [Effect]) {
        (self.conditions, self.effects) = (conditions, effects)
    }
}

/// Steps in which a receipt is decided; each sees what those before it left to be paid.
public enum Lane: UInt8, Sendable, CaseIterable, Comparable {
    /// Prices of goods.
    case price = 0
    /// Discounts for what is in the basket.
    case basket = 1
    /// Codes and coupons.
    case code = 2
    /// Points that pay.
    case burn = 3
    /// Points that are given for what was really paid.
    case earn = 4
    /// What happens after the receipt.
    case after = 5

    /// Orders lanes as they are decided.
    public static func < (first: Lane, second: Lane) -> Bool { first.rawValue < second.rawValue }
}

/// How several promotions that could apply are decided.
public struct PromotionGroup: Sendable, Hashable {
    /// The programme's own id.
    public var id: String
    /// The group that this one stands in; nil for the lane itself.
    public var parent: String?
    /// The lane of a group without a parent; groups in groups have that of the outermost.
    public var lane: Lane
    /// Among its neighbours, the higher goes first.
    public var priority: Int32
    /// How it decides.
    public var mode: Mode
    /// How many promotions apply at most.
    ///
    /// 0 for no limit in a group of ``Mode-swift.enum/all``, and for one in the others. A ``Mode-swift.enum/best`` of more than
    /// one is the set of promotions that together are best.
    public var most: Int32
    /// The part of the receipt that its discounts may take, in basis points; 10,000 for all of it.
    public var capBasisPoints: Int32

    /// How a group decides.
    public enum Mode: UInt8, Sendable, CaseIterable {
        /// Everything that goes together, in the order of priority and id.
        case all = 0
        /// The first that does anything.
        case first = 1
        /// What is best for the customer.
        case best = 2
        /// What is best for the shop.
        case worst = 3
    }

    /// A group of its parts.
    public init(
        id: String, parent: String? = nil, lane: Lane = .basket, priority: Int32 = 0, mode: Mode, most: Int32 = 0,
        capBasisPoints: Int32 = 10_000
    ) {
        self.id = id
        self.parent = parent
        self.lane = lane
        self.priority = priority
        self.mode = mode
        self.most = most
        self.capBasisPoints = capBasisPoints
    }
}

/// All promotions that are live at one time, with the groups that decide about them.
public struct RuleSet: Sendable {
    /// The promotions; ids differ, and their order decides when nothing else does.
    public var promotions: [Promotion]
    /// The groups; ids differ.
    public var groups: [PromotionGroup]
    /// How each lane decides; lanes that are not named decide by ``PromotionGroup/Mode-swift.enum/all``.
    public var lanes: [Lane: LaneTerms]
    /// What a minor unit of points is worth to the customer, in ten-thousandths of a minor unit of money: by this the best is
    /// told.
    public var pointValue: Int64

    /// How a lane decides.
    public struct LaneTerms: Sendable, Hashable {
        /// How.
        public var mode: PromotionGroup.Mode
        /// How many promotions apply at most; 0 for no limit.
        public var most: Int32
        /// The part of the receipt that its discounts may take, in basis points.
        public var capBasisPoints: Int32

        /// Terms of their parts.
        public init(mode: PromotionGroup.Mode = .all, most: Int32 = 0, capBasisPoints: Int32 = 10_000) {
            (self.mode, self.most, self.capBasisPoints) = (mode, most, capBasisPoints)
        }
    }

    /// A rule set of its parts.
    public init(
        promotions: [Promotion], groups: [PromotionGroup] = [], lanes: [Lane: LaneTerms] = [:],
        pointValue: Int64 = 10_000
    ) {
        (self.promotions, self.groups, self.lanes, self.pointValue) = (promotions, groups, lanes, pointValue)
    }
}
