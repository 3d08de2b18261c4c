/// What promotions would do with a purchase that asks them.
public struct QuotedPromotions: Sendable, Hashable {
    /// What the goods cost before promotions.
    public var shelfTotal: Money
    /// What would be left to pay in money and points.
    public var payable: Money
    /// The revision of the promotions that say so; 0 when none are in force.
    public var revision: UInt32
    /// When others come into force; nil when none are known yet.
    public var validUntil: Instant?
    /// What applies, in the order in which it does, then what would apply with a little more in the basket.
    public var effects: [QuotedEffect]
    /// For every line what is taken off and given.
    public var lines: [QuotedLine]

    /// Quoted promotions of their parts.
    public init(
        shelfTotal: Money, payable: Money, revision: UInt32 = 0, validUntil: Instant? = nil,
        effects: [QuotedEffect] = [], lines: [QuotedLine] = []
    ) {
        self.shelfTotal = shelfTotal
        self.payable = payable
        self.revision = revision
        self.validUntil = validUntil
        self.effects = effects
        self.lines = lines
    }
}

/// What one promotion would do.
public struct QuotedEffect: Sendable, Hashable {
    /// Its id.
    public var promotion: String
    /// What people call it.
    public var title: String
    /// What is taken off.
    public var discount: Money
    /// Points that are given.
    public var points: Points
    /// What is said and done beside that.
    public var acts: [QuotedAct]
    /// How much more of some goods it needs; nil when it applies.
    public var missing: Missing?

    /// How much of some goods a basket lacks.
    public struct Missing: Sendable, Hashable {
        /// How much: units, minor units of money, thousandths of a quantity, or products.
        public var amount: Int64
        /// In what it is measured.
        public var measure: BasketMeasure

        /// A lack of its parts.
        public init(_ amount: Int64, _ measure: BasketMeasure) { (self.amount, self.measure) = (amount, measure) }
    }

    /// An effect of its parts.
    public init(
        promotion: String, title: String = "", discount: Money = .zero, points: Points = .zero,
        acts: [QuotedAct] = [], missing: Missing? = nil
    ) {
        self.promotion = promotion
        self.title = title
        self.discount = discount
        self.points = points
        self.acts = acts
        self.missing = missing
    }
}

/// What somebody is to do because a promotion applies.
public struct QuotedAct: Sendable, Hashable {
    /// What kind.
    public var kind: ActKind
    /// What it is about: a text, the id of an instrument, a product.
    public var argument: String
    /// How many.
    public var count: Int32
    /// How long it is good for, in minutes; 0 for as long as such things usually are.
    public var minutes: Int32
    /// Minor units of money or of points that go with it.
    public var amount: Int64
    /// The way on which somebody is contacted; may be empty.
    public var channel: String

    /// An act of its parts.
    public init(
        _ kind: ActKind, _ argument: String, count: Int32 = 1, minutes: Int32 = 0, amount: Int64 = 0,
        channel: String = ""
    ) {
        (self.kind, self.argument, self.count) = (kind, argument, count)
        (self.minutes, self.amount, self.channel) = (minutes, amount, channel)
    }
}

/// What promotions would do with one line.
public struct QuotedLine: Sendable, Hashable {
    /// What is taken off.
    public var discount: Money
    /// Points that are given.
    public var points: Points

    /// A line of its parts.
    public init(discount: Money, points: Points) { (self.discount, self.points) = (discount, points) }
}

/// Kinds of what people and machines do because a promotion applies; none moves money or points by itself.
public enum ActKind: UInt8, Sendable, CaseIterable {
    /// A line on the receipt.
    case sayOnReceipt = 0
    /// A hint to the cashier.
    case sayToCashier = 1
    /// A text on the customer's screen.
    case sayOnScreen = 2
    /// A coupon after the receipt.
    case issueCoupon = 3
    /// Goods as a present.
    case gift = 4
    /// A mark on the member.
    case tag = 5
    /// Delivery for nothing.
    case freeDelivery = 6
    /// A ticket of a draw.
    case ticket = 7
    /// Another benefit, as the shop understands it.
    case benefit = 8
    /// What the till or the self-checkout says aloud.
    case sayAloud = 9
    /// A letter, a call, a push: by template.
    case contact = 10
    /// Money for the staff.
    case incentive = 11
    /// Money on a gift card.
    case loadCard = 12
    /// Points that are given without goods.
    case grantPoints = 13
}

/// How much of some goods a basket has.
public enum BasketMeasure: UInt8, Sendable, CaseIterable {
    /// Units: whole pieces; a line of a fraction, as weighed goods are, is one unit.
    case units = 0
    /// What they cost before promotions, in minor units of money.
    case sum = 1
    /// Thousandths of a piece, a kilogram, a litre.
    case quantity = 2
    /// Different products.
    case products = 3
}
