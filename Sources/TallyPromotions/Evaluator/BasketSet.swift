/// Which of the 512 baskets of a batch: one bit for each, one cache line for all.
public typealias BasketSet = SIMD8<UInt64>

extension BasketSet {
    /// Baskets of a batch.
    @inlinable static var capacity: Int { 512 }
    /// Words of a set, a bit for each basket.
    @inlinable static var words: Int { 8 }

    /// True when no basket is in it.
    @inlinable var isEmptySet: Bool {
        @inline(__always) get {
            let half = lowHalf | highHalf
            let quarter = half.lowHalf | half.highHalf
            return quarter[0] | quarter[1] == 0
        }
    }

    /// The first `count` baskets.
    static func first(_ count: Int) -> BasketSet {
        var set = BasketSet.zero
        for word in 0..<8 {
            let bits = count - word * 64
            set[word] = bits >= 64 ? .max : bits <= 0 ? 0 : (1 << UInt64(bits)) - 1
        }
        return set
    }

    /// How many baskets are in it.
    @inlinable var population: Int {
        var sum = 0
        for word in 0..<8 { sum &+= self[word].nonzeroBitCount }
        return sum
    }
}
