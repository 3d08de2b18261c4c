import TallyModel
import Testing

@Suite("Rate")
struct RateTests {
    /// A row: amount, numerator, denominator, then floor, half up, half even, ceiling.
    private static let rows: [(Int64, UInt32, UInt32, [Int64])] = [
        (0, 5, 100, [0, 0, 0, 0]),
        (100, 5, 100, [5, 5, 5, 5]),
        (10, 5, 100, [0, 1, 0, 1]),
        (30, 5, 100, [1, 2, 2, 2]),
        (50, 5, 100, [2, 3, 2, 3]),
        (49, 5, 100, [2, 2, 2, 3]),
        (51, 5, 100, [2, 3, 3, 3]),
        (1, 1, 3, [0, 0, 0, 1]),
        (2, 1, 3, [0, 1, 1, 1]),
        (7, 0, 1, [0, 0, 0, 0]),
        (7, 3, 1, [21, 21, 21, 21]),
        (1, 1, .max, [0, 0, 0, 1]),
        (.max, 1, 1, [.max, .max, .max, .max]),
        (.max, .max, .max, [.max, .max, .max, .max]),
        (.max, 1, 2, [1 << 62 - 1, 1 << 62, 1 << 62, 1 << 62]),
    ]

    @Test(arguments: rows.indices)
    func `every way of rounding gives its row`(index: Int) {
        let (amount, numerator, denominator, expected) = Self.rows[index]
        let rate = Rate(numerator: numerator, denominator: denominator)
        let found = Rounding.allCases.map { rate.of(amount, rounding: $0) }
        #expect(found == expected.map(Optional.some))
    }

    @Test func `a result beyond 64 bits is nil and never a wrong amount`() {
        #expect(Rate(numerator: 2, denominator: 1).of(.max, rounding: .floor) == nil)
        #expect(Rate(numerator: .max, denominator: 1).of(.max, rounding: .floor) == nil)
        #expect(Rate(numerator: 3, denominator: 2).of(.max, rounding: .ceiling) == nil)
    }

    @Test func `rates agree with arithmetic on paper`() {
        var seed = Seed.printed()
        for _ in 0..<20_000 {
            let amount = Int64(seed.anyMagnitude(below: 63))
            let numerator = UInt32(seed.anyMagnitude(below: 32))
            let denominator = UInt32(max(1, seed.anyMagnitude(below: 32)))
            for rounding in Rounding.allCases {
                let found = Rate(numerator: numerator, denominator: denominator).of(amount, rounding: rounding)
                let expected = paper(amount, numerator, denominator, rounding)
                #expect(found == expected, "\(amount) · \(numerator) / \(denominator) \(rounding)")
            }
        }
    }

    @Test func `halves are met often enough to be tested`() {
        var seed = Seed.printed()
        for _ in 0..<2_000 {
            let amount = Int64(seed.anyMagnitude(below: 40)) | 1
            for rounding in Rounding.allCases {
                #expect(
                    Rate(numerator: 1, denominator: 2).of(amount, rounding: rounding) == paper(amount, 1, 2, rounding))
            }
        }
    }

    private func paper(_ amount: Int64, _ numerator: UInt32, _ denominator: UInt32, _ rounding: Rounding) -> Int64? {
        let (floor, rest) = SchoolArithmetic.divide(UInt64(amount), times: UInt64(numerator), by: UInt64(denominator))
        let isOdd = floor.last.flatMap(\.wholeNumberValue).map { $0 % 2 == 1 } ?? false
        let up =
            switch rounding {
            case .floor: false
            case .ceiling: rest != .none
            case .halfUp: rest == .half || rest == .aboveHalf
            case .halfEven: rest == .aboveHalf || (rest == .half && isOdd)
            }
        return Int64(up ? SchoolArithmetic.successor(of: floor) : floor)
    }
}
