import Foundation

/// Numbers that look random and are the same for the same seed.
struct Seed: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// The seed of `TALLY_SEED`, or a new one; printed so that a failing run can be repeated.
    static func printed(_ test: String = #function) -> Seed {
        let given = ProcessInfo.processInfo.environment["TALLY_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 0...UInt64.max)
        print("\(test): TALLY_SEED=\(seed)")
        return Seed(seed)
    }

    /// True in the long runs of the night.
    static var isNight: Bool { ProcessInfo.processInfo.environment["TALLY_NIGHTLY"] == "1" }

    /// > Source: SplitMix64, Steele, Lea and Flood, "Fast splittable pseudorandom number generators".
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
