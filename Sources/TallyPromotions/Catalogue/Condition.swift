/// What must hold for a promotion to be worth a thought.
public enum Condition: Sendable, Hashable {
    /// A fact passes a test.
    case fact(FactColumn, FactTest)
    /// The basket has at least so much of some goods.
    case goods(GoodsFilter, Measure, atLeast: Int64)
    /// The buyer has shown a code or holds a coupon.
    case token(String)
}

/// How much of some goods a basket has.
public enum Measure: UInt8, Sendable, CaseIterable {
    /// Units: whole pieces; a line of a fraction, as weighed goods are, is one unit.
    case units = 0
    /// What they cost before promotions, in minor units of money.
    case sum = 1
    /// Thousandths of a piece, a kilogram, a litre.
    case quantity = 2
    /// Different products.
    case products = 3
}
