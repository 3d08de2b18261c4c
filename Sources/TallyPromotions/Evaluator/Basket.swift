/// A receipt that is to be decided, with everything that promotions may ask about.
///
/// This is the plain form: for tests, for explanations and for one basket. Many go into a ``BasketBatch``.
public struct Basket: Sendable, Hashable {
    /// A number for each fact of the schema, in its order.
    public var facts: [Int32]
    /// Codes that were shown and coupons that are held.
    public var tokens: [String]
    /// What is bought.
    public var lines: [BasketLine]

    /// A basket of its parts.
    public init(facts: [Int32], tokens: [String] = [], lines: [BasketLine]) {
        (self.facts, self.tokens, self.lines) = (facts, tokens, lines)
    }
}

/// A line of a basket.
public struct BasketLine: Sendable, Hashable {
    /// Which goods.
    public var item: ItemNumber
    /// How much, in thousandths; not negative.
    public var quantity: Int64
    /// What it costs before promotions, in minor units of money; not negative.
    public var total: Int64

    /// A line of its parts.
    public init(item: ItemNumber, quantity: Int64, total: Int64) {
        (self.item, self.quantity, self.total) = (item, quantity, total)
    }

    /// Units that promotions count: whole pieces; a fraction is one unit, nothing is none.
    public var units: Int64 { BasketLine.units(quantity) }

    /// Units of a quantity in thousandths.
    @inline(__always)
    static func units(_ quantity: Int64) -> Int64 {
        let (whole, fraction) = quantity.quotientAndRemainder(dividingBy: 1_000)
        return quantity <= 0 ? 0 : fraction == 0 ? whole : 1
    }
}

/// What one promotion did for a basket.
public struct Award: Sendable, Hashable {
    /// The promotion, by its place in the rule set.
    public var promotion: Int32
    /// The rule of the promotion, counted from 0.
    public var rule: Int32
    /// What is taken off, in minor units of money.
    public var discount: Int64
    /// Points that are given, in minor units.
    public var points: Int64

    /// An award of its parts.
    public init(promotion: Int32, rule: Int32 = 0, discount: Int64, points: Int64) {
        (self.promotion, self.rule, self.discount, self.points) = (promotion, rule, discount, points)
    }
}
