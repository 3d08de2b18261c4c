import TallyModel
import Testing

@Suite("Cumulative share")
struct CumulativeShareTests {
    /// A row: whole, taken, total, share.
    private static let rows: [(Int64, Int64, Int64, Int64)] = [
        (0, 1, 3, 0),
        (10, 0, 3, 0),
        (10, 1, 3, 3),
        (10, 2, 3, 6),
        (10, 3, 3, 10),
        (.max, 1, 1, .max),
        (.max, .max, .max, .max),
        (.max, .max - 1, .max, .max - 1),
        (1, .max - 1, .max, 0),
    ]

    @Test(arguments: rows.indices)
    func `a share is the floor of its part`(index: Int) {
        let (whole, taken, total, share) = Self.rows[index]
        #expect(cumulativeShare(whole, taken: taken, total: total) == share)
    }

    @Test func `any series of partial takings adds up to the whole`() {
        var seed = Seed.printed()
        for _ in 0..<2_000 {
            let whole = Int64(seed.anyMagnitude(below: 63))
            let total = Int64(max(1, seed.anyMagnitude(below: 63)))
            var (taken, given): (Int64, Int64) = (0, 0)
            while taken < total {
                let next = Int64.random(in: (taken + 1)...total, using: &seed)
                let step =
                    cumulativeShare(whole, taken: next, total: total)
                    - cumulativeShare(whole, taken: taken, total: total)
                #expect(step >= 0, "a taking never gives back less than nothing")
                given += step
                taken = next
            }
            #expect(given == whole, "\(whole) in \(total) parts")
        }
    }

    @Test func `shares agree with arithmetic on paper`() {
        var seed = Seed.printed()
        for _ in 0..<20_000 {
            let whole = Int64(seed.anyMagnitude(below: 63))
            let total = Int64(max(1, seed.anyMagnitude(below: 59)))
            let taken = Int64.random(in: 0...total, using: &seed)
            let paper = SchoolArithmetic.divide(UInt64(whole), times: UInt64(taken), by: UInt64(total)).quotient
            #expect(
                String(cumulativeShare(whole, taken: taken, total: total)) == paper, "\(whole) · \(taken) / \(total)")
        }
    }
}
