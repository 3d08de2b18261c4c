/// Numbers that look random and are the same for the same seed.
struct Seed: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// A new seed, printed so that a failing run can be repeated.
    static func printed(_ test: String = #function) -> Seed {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("\(test): seed \(seed)")
        return Seed(seed)
    }

    /// > Source: SplitMix64, Steele, Lea and Flood, "Fast splittable pseudorandom number generators".
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A number with any count of significant bits, so that small and huge ones are equally frequent.
    mutating func anyMagnitude(below bits: UInt64) -> UInt64 {
        next() >> (64 - next() % bits - 1)
    }
}
