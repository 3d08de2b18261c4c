/// How a fraction of a minor unit becomes whole units.
///
/// All four work on amounts that are not negative; a return is rounded as its purchase was, by its magnitude.
@frozen
public enum Rounding: UInt8, Sendable, CaseIterable {
    /// Down to the whole unit.
    case floor = 0
    /// To the nearest unit, a half goes up.
    case halfUp = 1
    /// To the nearest unit, a half goes to the even neighbour ("banker's rounding").
    case halfEven = 2
    /// Up to the whole unit.
    case ceiling = 3
}

/// An exact rate: `numerator / denominator`.
@frozen
public struct Rate: Hashable, Sendable {
    /// Parts taken.
    public var numerator: UInt32
    /// Parts of the whole; never 0.
    public var denominator: UInt32

    /// A rate of `numerator` in `denominator`.
    ///
    /// - Precondition: `denominator` is not 0; whoever reads a rate from outside checks that first.
    @inlinable
    public init(numerator: UInt32, denominator: UInt32) {
        precondition(denominator != 0, "A rate needs a denominator.")
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The rate of an amount, exact to the last unit: 128-bit product, then one division.
    ///
    /// - Parameters:
    ///   - amount: Minor units, not negative.
    ///   - rounding: What happens to the fraction.
    /// - Returns: Minor units, not negative; nil when the result is beyond 64 bits.
    ///
    /// ```swift
    /// Rate(numerator: 5, denominator: 100).of(50, rounding: .halfEven)  // 2: the half of 2.5 goes to the even side
    /// ```
    ///
    /// > Source: `half_even(n, d)` of the reference oracle; the others follow the same quotient and remainder.
    @inlinable
    public func of(_ amount: Int64, rounding: Rounding) -> Int64? {
        precondition(amount >= 0, "A rate is taken of a magnitude.")
        let divisor = UInt64(denominator)
        let quotient: UInt64
        let remainder: UInt64
        let small = UInt64(amount).multipliedReportingOverflow(by: UInt64(numerator))
        if small.overflow {
            let product = UInt64(amount).multipliedFullWidth(by: UInt64(numerator))
            guard product.high < divisor else { return nil }
            (quotient, remainder) = divisor.dividingFullWidth(product)
        } else {
            // Nearly every receipt: the product fits one word, and the processor divides it by itself.
            (quotient, remainder) = small.partialValue.quotientAndRemainder(dividingBy: divisor)
        }
        let up: Bool
        switch rounding {
        case .floor: up = false
        case .ceiling: up = remainder != 0
        // The remainder is below 2^32, so doubling it cannot overflow.
        case .halfUp: up = 2 * remainder >= divisor
        case .halfEven: up = 2 * remainder > divisor || (2 * remainder == divisor && quotient & 1 == 1)
        }
        let whole = quotient.addingReportingOverflow(up ? 1 : 0)
        guard !whole.overflow else { return nil }
        return Int64(exactly: whole.partialValue)
    }
}

/// The share of a whole that belongs to the first `taken` of `total` parts, so that any series of partial takings adds
/// up to the whole exactly.
///
/// Give back `cumulativeShare(whole, taken: after, total:) − cumulativeShare(whole, taken: before, total:)` for each step:
/// the floors cancel, and the last step leaves nothing behind.
///
/// - Parameters:
///   - whole: What is shared out, in minor units, not negative.
///   - taken: Parts taken so far, between 0 and `total`.
///   - total: All parts; more than 0.
/// - Returns: `⌊whole · taken / total⌋`.
///
/// > Source: Domain model, section 4, rule 5 (returns of k of Q units).
@inlinable
public func cumulativeShare(_ whole: Int64, taken: Int64, total: Int64) -> Int64 {
    precondition(whole >= 0 && taken >= 0 && taken <= total && total > 0, "A share is a part of a whole.")
    let product = UInt64(whole).multipliedFullWidth(by: UInt64(taken))
    // taken <= total, so the quotient is at most `whole` and fits.
    return Int64(UInt64(total).dividingFullWidth(product).quotient)
}
