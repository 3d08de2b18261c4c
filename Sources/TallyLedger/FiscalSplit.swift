/// A line's total as rows of one unit price each, for fiscal receipts.
///
/// A line's total is authoritative. When it cannot be divided by the number of units, two rows with unit prices that differ by one
/// minor unit say it exactly.
///
/// > Source: Domain model, section 4, rule 6.
public enum FiscalSplit {
    /// So many units at one price.
    public struct Row: Hashable, Sendable {
        /// Units, above 0.
        public var units: Int64
        /// Minor units of money for each.
        public var price: Int64

        /// A row of its parts.
        public init(units: Int64, price: Int64) { (self.units, self.price) = (units, price) }
    }

    /// Splits a line.
    ///
    /// - Parameters:
    ///   - total: Minor units of money, not negative.
    ///   - units: How many, above 0.
    /// - Returns: One or two rows that add up to the total and the units exactly; the dearer one first.
    public static func rows(total: Int64, units: Int64) -> [Row] {
        precondition(total >= 0 && units > 0, "A line has units, and a total that is not negative.")
        let (price, dearer) = total.quotientAndRemainder(dividingBy: units)
        return [Row(units: dearer, price: price + 1), Row(units: units - dearer, price: price)].filter { $0.units > 0 }
    }
}
