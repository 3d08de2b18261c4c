/// A small random generator with a fixed seed: every run does the same work.
///
/// > Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    /// A number from 0 up to `bound`, which is below 2³².
    mutating func next(below bound: Int) -> Int {
        Int(truncatingIfNeeded: ((next() >> 32) * UInt64(bound)) >> 32)
    }
}
