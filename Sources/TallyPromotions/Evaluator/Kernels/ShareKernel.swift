import TallyLedger
import TallyTables

/// Shares a whole among a few parts as `Allocation` does.
///
/// A part gets one of the units that are left when fewer than so many fractions are larger than its own; those are counted, four parts
/// at a time, and nothing has to be guessed. When equal fractions compete for the last unit, and for everything large, `Allocation`
/// decides.
///
/// Parts lie in blocks of four, and those behind the last weigh nothing. Bounds are checked once a share.
@safe
struct ShareKernel {
    /// So many parts at most, and amounts up to this, are shared here.
    static let partsMax = 32
    static let amountMax = Int64(Int32.max)

    private let weights: UnsafePointer<Int64>
    private let shares: UnsafeMutablePointer<Int64>
    private let fractions: UnsafeMutablePointer<Int32>
    private let blocks: Int

    /// A kernel over the first parts of columns; `fractions` has room for 32.
    @inline(__always)
    init(
        _ weights: UnsafePointer<Int64>, _ shares: UnsafeMutablePointer<Int64>,
        _ fractions: UnsafeMutablePointer<Int32>, count: Int
    ) {
        precondition(count <= ShareKernel.partsMax, "A few parts are shared here.")
        unsafe (self.weights, self.shares, self.fractions) = (weights, shares, fractions)
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
        return left == 0 || giveOnes(left)
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
        if count <= ShareKernel.partsMax, max(whole, sum) <= ShareKernel.amountMax, whole > 0, sum > 0 {
            let kernel = unsafe ShareKernel(weights, shares, trial.remainders.pointer, count: count)
            if kernel.share(whole, of: sum) { return }
        }
        let parts = unsafe Span(_unsafeStart: weights, count: count)
        var column = unsafe MutableSpan(_unsafeStart: shares, count: count)
        var fractions = trial.fractions.mutableSpan(count)
        Allocation.allocate(whole, weights: parts, shares: &column, fractions: &fractions)
    }
}
