import TallyLedger
import TallyTables

extension TrialColumns {
    /// So many parts at most, and amounts up to this, are shared without guessing.
    private static var fewMax: Int { 32 }
    private static var amountMax: Int64 { Int64(Int32.max) }

    /// Shares an amount among the first positions by their weights, as `Allocation` does.
    ///
    /// Few parts and common amounts are shared here. A part gets one of the units that are left when fewer than so many fractions are
    /// larger than its own; those are counted, four parts at a time. When equal fractions compete for the last unit, and for
    /// everything large, `Allocation` decides.
    ///
    /// - Parameters:
    ///   - whole: The amount, not negative.
    ///   - weights: What each position weighs, not negative.
    ///   - sum: What they weigh together; above 0 unless the amount is 0.
    ///   - count: How many positions.
    ///   - column: Receives the shares of the positions.
    func share(
        _ whole: Int64, by weights: UnsafePointer<Int64>, sum: Int64, count: Int,
        into column: UnsafeMutablePointer<Int64>
    ) {
        precondition(count <= capacity, "Positions have room.")
        guard count <= TrialColumns.fewMax, max(whole, sum) <= TrialColumns.amountMax, whole > 0, sum > 0 else {
            return unsafe shareAny(whole, by: weights, count: count, into: column)
        }
        let left = unsafe divide(UInt64(whole), by: weights, UInt64(sum), count, into: column)
        if left == 0 { return }
        guard giveOnes(left, count) else { return unsafe shareAny(whole, by: weights, count: count, into: column) }
        let ones = unsafe self.ones.pointer
        for part in 0..<count { unsafe column[part] &+= Int64(ones[part]) }
    }

    /// Gives every part the whole units of its share, and notes the fractions.
    ///
    /// - Returns: Units that are left.
    @inline(__always)
    private func divide(
        _ whole: UInt64, by weights: UnsafePointer<Int64>, _ sum: UInt64, _ count: Int,
        into column: UnsafeMutablePointer<Int64>
    ) -> Int32 {
        // A product is below 2⁶², so by this a quotient is estimated at most one too low.
        let reciprocal = UInt64.max / sum
        let fractions = unsafe remainders.pointer
        var left = whole
        var part = 0
        while part < count {
            let product = unsafe whole &* UInt64(bitPattern: weights[part])
            var share = product.multipliedFullWidth(by: reciprocal).high
            let rest = product &- share &* sum
            let isLow = rest >= sum
            share &+= isLow ? 1 : 0
            unsafe fractions[part] = Int32(truncatingIfNeeded: isLow ? rest &- sum : rest)
            unsafe column[part] = Int64(bitPattern: share)
            left &-= share
            part &+= 1
        }
        while part & 3 != 0 {
            unsafe fractions[part] = 0
            part &+= 1
        }
        return Int32(truncatingIfNeeded: left)
    }

    /// Finds the parts with the largest fractions; fewer units are left than parts have one.
    ///
    /// - Returns: False when parts of equal fractions compete.
    @inline(__always)
    private func giveOnes(_ left: Int32, _ count: Int) -> Bool {
        let fractions = unsafe remainders.pointer
        let blocks = unsafe UnsafeMutableRawPointer(fractions).assumingMemoryBound(to: SIMD4<Int32>.self)
        let gifts = unsafe UnsafeMutableRawPointer(ones.pointer).assumingMemoryBound(to: SIMD4<Int32>.self)
        var given = SIMD4<Int32>.zero
        var block = 0
        while block < (count &+ 3) &>> 2 {
            let own = unsafe blocks[block]
            // Larger fractions, counted below zero.
            var larger = SIMD4<Int32>.zero
            var other = 0
            while other < count {
                larger &+= unsafe (own &- SIMD4<Int32>(repeating: fractions[other])) &>> 31
                other &+= 1
            }
            // All ones where fewer are larger than units are left.
            let gift = (SIMD4<Int32>(repeating: -left) &- larger) &>> 31
            unsafe gifts[block] = 0 &- gift
            given &-= gift
            block &+= 1
        }
        return given.wrappedSum() == left
    }

    private func shareAny(
        _ whole: Int64, by weights: UnsafePointer<Int64>, count: Int, into column: UnsafeMutablePointer<Int64>
    ) {
        let parts = unsafe Span(_unsafeStart: weights, count: count)
        var shares = unsafe MutableSpan(_unsafeStart: column, count: count)
        var fractions = fractions.mutableSpan(count)
        Allocation.allocate(whole, weights: parts, shares: &shares, fractions: &fractions)
    }
}
