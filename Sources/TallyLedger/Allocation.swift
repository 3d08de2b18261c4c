/// The one way in which the project shares a whole among parts.
///
/// Every part gets the whole units of its share; the units that are left go one each to the parts with the largest fractions.
/// Ties go to the larger part, then to the one that comes first in an order that the caller gives, so the result depends on
/// what the parts are and not on how they stand.
///
/// The shares add up to the whole, none is negative, and none is larger than its part as long as the whole is not larger than all
/// parts together.
///
/// > Source: Domain model, section 4, rule 3 (largest remainder).
public enum Allocation {
    /// Shares a whole.
    ///
    /// - Parameters:
    ///   - whole: What is shared, in minor units, not negative.
    ///   - weights: The parts, not negative; their sum fits 64 bits and is above 0 unless `whole` is 0.
    ///   - precedes: Whether one part, by its index, comes before another of the same weight and fraction.
    /// - Returns: A share for every part, in minor units; they add up to `whole`.
    ///
    /// ```swift
    /// Allocation.allocate(100, weights: [1, 1, 1]) { $0 < $1 }  // [34, 33, 33]
    /// ```
    public static func allocate(_ whole: Int64, weights: [Int64], precedes: (Int, Int) -> Bool) -> [Int64] {
        precondition(whole >= 0 && weights.allSatisfy { $0 >= 0 }, "A whole and its parts are not negative.")
        let sum = UInt64(weights.reduce(0, +))
        guard whole > 0 else { return Array(repeating: 0, count: weights.count) }
        precondition(sum > 0, "A whole is shared among parts that are more than nothing.")
        var shares: [Int64] = []
        var fractions: [UInt64] = []
        shares.reserveCapacity(weights.count)
        fractions.reserveCapacity(weights.count)
        var left = whole
        for weight in weights {
            // The weight is at most the sum, so the quotient is at most the whole and fits.
            let (share, fraction) = sum.dividingFullWidth(UInt64(whole).multipliedFullWidth(by: UInt64(weight)))
            shares.append(Int64(share))
            fractions.append(fraction)
            left -= Int64(share)
        }
        guard left > 0 else { return shares }
        // Fewer units are left than parts have a fraction, so none gets two and none without a fraction gets one.
        let order = weights.indices.sorted { first, second in
            if fractions[first] != fractions[second] { return fractions[first] > fractions[second] }
            if weights[first] != weights[second] { return weights[first] > weights[second] }
            return precedes(first, second)
        }
        for index in order.prefix(Int(left)) { shares[index] += 1 }
        return shares
    }
}
