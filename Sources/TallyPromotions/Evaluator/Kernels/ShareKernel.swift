import TallyLedger
import TallyTables

/// Shares a whole of a common size as `Allocation` does.
///
/// A part gets one of the units that are left when fewer than so many fractions are larger than its own. Among a few parts those are
/// counted, four at a time, and nothing has to be guessed; among many the fraction from which on parts get one is found digit by
/// digit. When equal fractions compete for the last unit, and for large amounts, `Allocation` decides.
///
/// Parts lie in blocks of four, and those behind the last weigh nothing. Bounds are checked once a share.
@safe
struct ShareKernel {
    /// Among so many parts at most fractions are counted against one another.
    private static let fewMax = 32
    /// Amounts up to this are shared here.
    static let amountMax = Int64(Int32.max)

    private let weights: UnsafePointer<Int64>
    private let shares: UnsafeMutablePointer<Int64>
    private let fractions: UnsafeMutablePointer<Int32>
    private let digits: UnsafeMutablePointer<Int32>
    private let blocks: Int

    /// A kernel over the first parts of columns; `digits` has room for 256.
    @inline(__always)
    init(
        _ weights: UnsafePointer<Int64>, _ shares: UnsafeMutablePointer<Int64>,
        _ fractions: UnsafeMutablePointer<Int32>, _ digits: UnsafeMutablePointer<Int32>, count: Int
    ) {
        unsafe (self.weights, self.shares, self.fractions, self.digits) = (weights, shares, fractions, digits)
        blocks = (count &+ 3) &>> 2
    }

    /// Shares a whole.
    ///
    /// - Parameters:
    ///   - whole: From 1 to `amountMax`.
    ///   - sum: What all parts weigh, from 1 to `amountMax`.
    /// - Returns: False when equal fractions compete; then the shares are of no use.
    @inline(__always)
    func share(_ whole: Int64, of sum: Int64) -> Bool {
        let left = divide(UInt64(bitPattern: whole), UInt64(bitPattern: sum))
        return left == 0 || (blocks &* 4 <= ShareKernel.fewMax ? giveOnes(left) : giveMany(left))
    }

    /// Gives every part the whole units of its share, and notes the fractions.
    ///
    /// - Returns: Units that are left.
    @inline(__always)
    private func divide(_ whole: UInt64, _ sum: UInt64) -> Int32 {
        // A product is below 2⁶², so by this a quotient is estimated at most one too low.
        let reciprocal = UInt64.max / sum
        var left = whole
        var part = 0
        while part < blocks &* 4 {
            for lane in 0..<4 {
                let product = unsafe whole &* UInt64(bitPattern: weights[part &+ lane])
                let share = product.multipliedFullWidth(by: reciprocal).high
                let rest = product &- share &* sum
                let isLow = rest >= sum
                let exact = share &+ (isLow ? 1 : 0)
                unsafe fractions[part &+ lane] = Int32(truncatingIfNeeded: isLow ? rest &- sum : rest)
                unsafe shares[part &+ lane] = Int64(bitPattern: exact)
                left &-= exact
            }
            part &+= 4
        }
        return Int32(truncatingIfNeeded: left)
    }

    /// Gives one unit each to the parts with the largest fractions; fewer are left than parts have one.
    ///
    /// - Returns: False when parts of equal fractions compete.
    @inline(__always)
    private func giveOnes(_ left: Int32) -> Bool {
        let all = unsafe UnsafeMutableRawPointer(fractions).assumingMemoryBound(to: SIMD4<Int32>.self)
        let few = SIMD4<Int32>(repeating: left)
        var given = SIMD4<Int32>.zero
        var block = 0
        while block < blocks {
            let own = unsafe all[block]
            // Larger fractions, counted below zero.
            var larger = SIMD4<Int32>.zero
            var other = 0
            while other < blocks {
                // Each of a block meets each of the other, turn by turn.
                var fraction = unsafe all[other]
                for _ in 0..<4 {
                    larger &+= (own &- fraction) &>> 31
                    fraction = fraction.turned
                }
                other &+= 1
            }
            // All ones where fewer are larger than units are left.
            let gift = (0 &- larger &- few) &>> 31
            given &-= gift
            for lane in 0..<4 { unsafe shares[block &* 4 &+ lane] &-= Int64(gift[lane]) }
            block &+= 1
        }
        return given.wrappedSum() == left
    }
}

extension ShareKernel {
    /// Gives one unit each to the parts with the largest fractions, in steps as many as parts.
    ///
    /// - Returns: False when parts of equal fractions compete.
    @inline(never)
    private func giveMany(_ left: Int32) -> Bool {
        let end = blocks &* 4
        // The digits found so far, how many units are left for fractions that begin with them, and how many of those there are.
        var (prefix, rest, found): (Int32, Int32, Int32) = (0, left, 0)
        for shift: Int32 in [24, 16, 8, 0] {
            for digit in 0..<256 { unsafe digits[digit] = 0 }
            for part in 0..<end {
                let fraction = unsafe fractions[part]
                // Shifted twice: a shift by 32 bits would be none.
                if (fraction &>> shift) &>> 8 == prefix { unsafe digits[Int(fraction &>> shift & 255)] &+= 1 }
            }
            var digit = 255
            while unsafe digits[digit] < rest {
                rest &-= unsafe digits[digit]
                digit &-= 1
            }
            prefix = prefix &<< 8 | Int32(truncatingIfNeeded: digit)
            found = unsafe digits[digit]
        }
        guard found == rest else { return false }
        for part in 0..<end { unsafe shares[part] &+= fractions[part] >= prefix ? 1 : 0 }
        return true
    }
}

extension SIMD4<Int32> {
    /// Its elements, one place further round.
    @inline(__always)
    var turned: SIMD4<Int32> { SIMD4(y, z, w, x) }
}

extension Evaluator {
    /// Shares an amount among the positions by their weights, by largest remainder.
    ///
    /// - Parameters:
    ///   - whole: The amount, not negative.
    ///   - weights: What each position weighs, not negative.
    ///   - sum: What they weigh together; above 0 unless the amount is 0.
    ///   - shares: Receives the shares of the positions.
    mutating func share(
        _ whole: Int64, by weights: UnsafePointer<Int64>, sum: Int64, into shares: UnsafeMutablePointer<Int64>
    ) {
        let count = positions.count
        if max(whole, sum) <= ShareKernel.amountMax, whole > 0, sum > 0 {
            precondition(count <= trial.capacity, "Positions have room.")
            let kernel = unsafe ShareKernel(
                weights, shares, trial.remainders.pointer, trial.digits.pointer, count: count)
            if kernel.share(whole, of: sum) { return }
        }
        let parts = unsafe Span(_unsafeStart: weights, count: count)
        var column = unsafe MutableSpan(_unsafeStart: shares, count: count)
        var fractions = trial.fractions.mutableSpan(count)
        Allocation.allocate(whole, weights: parts, shares: &column, fractions: &fractions)
    }
}
