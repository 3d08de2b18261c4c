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
        guard whole != 0 else { return Array(repeating: 0, count: weights.count) }
        // Ties go by an order of the caller; the parts are laid out in it, and go back to their places with their shares.
        let order = weights.indices.sorted(by: precedes)
        let laidOut = order.map { weights[$0] }
        var shares = Array(repeating: Int64(0), count: weights.count)
        var fractions = Array(repeating: UInt64(0), count: weights.count)
        var target = shares.mutableSpan
        var scratch = fractions.mutableSpan
        allocate(whole, weights: laidOut.span, shares: &target, fractions: &scratch)
        var result = shares
        for (place, index) in order.enumerated() { result[index] = shares[place] }
        return result
    }

    /// Shares a whole without memory of its own; ties of equal parts go to the one that stands first.
    ///
    /// - Parameters:
    ///   - whole: What is shared, in minor units, not negative.
    ///   - weights: The parts, not negative; their sum fits 64 bits and is above 0 unless `whole` is 0.
    ///   - shares: Receives a share for every part, in minor units; they add up to `whole`.
    ///   - fractions: Memory for as many numbers as there are parts.
    public static func allocate(
        _ whole: Int64, weights: Span<Int64>, shares: inout MutableSpan<Int64>, fractions: inout MutableSpan<UInt64>
    ) {
        var sum: UInt64 = 0
        for index in weights.indices {
            precondition(weights[index] >= 0, "A part is not negative.")
            sum += UInt64(weights[index])
            shares[index] = 0
        }
        precondition(whole >= 0, "A whole is not negative.")
        guard whole > 0 else { return }
        precondition(sum > 0, "A whole is shared among parts that are more than nothing.")
        let divisor = Divisor(sum)
        var left = whole
        for index in weights.indices {
            let (share, fraction) = divisor.portion(UInt64(whole), UInt64(weights[index]))
            shares[index] = Int64(share)
            fractions[index] = fraction
            left -= Int64(share)
        }
        // Fewer units are left than parts have a fraction, so none gets two and none without a fraction gets one.
        guard weights.count <= fewMax else { return giveMany(left, weights: weights, &shares, fractions) }
        while left > 0 {
            let best = largest(fractions, weights)
            shares[best] += 1
            fractions[best] = 0
            left -= 1
        }
    }

    /// Up to so many parts the largest fraction is looked for once for every unit that is left.
    private static let fewMax = 32

    /// Gives one unit each to the parts with the largest fractions, in time linear in the parts.
    ///
    /// The fraction, and among equal ones the part, above which everybody gets a unit are found bit by bit.
    private static func giveMany(
        _ left: Int64, weights: Span<Int64>, _ shares: inout MutableSpan<Int64>,
        _ fractions: borrowing MutableSpan<UInt64>
    ) {
        let most = bound(reachedBy: left) { bound in
            weights.indices.count { fractions[$0] >= bound }
        }
        var rest = left
        for index in weights.indices where fractions[index] > most {
            shares[index] += 1
            rest -= 1
        }
        let heaviest = bound(reachedBy: rest) { bound in
            weights.indices.count { fractions[$0] == most && UInt64(weights[$0]) >= bound }
        }
        for index in weights.indices where fractions[index] == most && UInt64(weights[index]) > heaviest {
            shares[index] += 1
            rest -= 1
        }
        for index in weights.indices where rest > 0 {
            guard fractions[index] == most, UInt64(weights[index]) == heaviest else { continue }
            shares[index] += 1
            rest -= 1
        }
    }

    /// The largest bound that at least so many reach, when whoever reaches one reaches every lower one.
    private static func bound(reachedBy count: Int64, reaching: (UInt64) -> Int) -> UInt64 {
        var bound: UInt64 = 0
        for bit in (0..<64).reversed() {
            let higher = bound | 1 << UInt64(bit)
            if reaching(higher) >= Int(count) { bound = higher }
        }
        return bound
    }

    /// The part with the largest fraction; of equal ones the largest, then the first.
    ///
    /// Written without branches: which part is ahead cannot be guessed, and a wrong guess costs more than both answers.
    @inline(__always)
    private static func largest(_ fractions: borrowing MutableSpan<UInt64>, _ weights: Span<Int64>) -> Int {
        var (best, fraction, weight) = (0, fractions[0], weights[0])
        for index in 1..<weights.count {
            let (nextFraction, nextWeight) = (fractions[index], weights[index])
            let isMore: UInt8 = nextFraction > fraction ? 1 : 0
            let isSame: UInt8 = nextFraction == fraction ? 1 : 0
            let isLarger: UInt8 = nextWeight > weight ? 1 : 0
            let isAhead = isMore | (isSame & isLarger) != 0
            best = isAhead ? index : best
            fraction = isAhead ? nextFraction : fraction
            weight = isAhead ? nextWeight : weight
        }
        return best
    }

    /// Divides by one sum many times: one division is made, the others are multiplications.
    private struct Divisor {
        private let sum: UInt64
        /// `(2⁶⁴ − 1) / sum`: by it a quotient is estimated at most two too low.
        private let reciprocal: UInt64

        init(_ sum: UInt64) { (self.sum, reciprocal) = (sum, .max / sum) }

        /// `whole · weight / sum` and what is left over, for a weight that is not above the sum.
        @inline(__always)
        func portion(_ whole: UInt64, _ weight: UInt64) -> (share: UInt64, fraction: UInt64) {
            let (product, overflow) = whole.multipliedReportingOverflow(by: weight)
            // The quotient is at most the whole and fits.
            guard !overflow else {
                let (share, fraction) = sum.dividingFullWidth(whole.multipliedFullWidth(by: weight))
                return (share, fraction)
            }
            var share = product.multipliedFullWidth(by: reciprocal).high
            var fraction = product &- share &* sum
            while fraction >= sum {
                fraction &-= sum
                share &+= 1
            }
            return (share, fraction)
        }
    }
}
