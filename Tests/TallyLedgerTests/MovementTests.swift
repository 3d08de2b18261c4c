import TallyLedger
import TallyModel
import TallyTesting
import Testing

/// > Source: Domain model, section 3: debt is an account of its own, and new credits cover it first.
@Suite("Movements of points")
struct MovementTests {
    /// Active and debt before, points, then the postings: issued, active, debt.
    @Test(arguments: [
        [0, 0, 100, -100, 100, 0],
        [40, 0, 100, -100, 100, 0],
        [0, 30, 100, -100, 70, 30],
        [0, 100, 100, -100, 0, 100],
        [0, 300, 100, -100, 0, 100],
        [0, 0, 0, 0, 0, 0],
        [0, 0, .max, -.max, .max, 0],
    ])
    func `points given cover debt first`(row: [Int64]) {
        let figures = WalletFigures(active: row[0], debt: row[1])
        let list = Movement.accrual(row[2], to: figures, business: BusinessNumber(3), wallet: WalletNumber(4))
        #expect(Self.amounts(list) == Array(row[3...]))
    }

    @Test func `points that begin later cover nothing yet`() {
        let list = Movement.accrual(
            100, to: WalletFigures(active: 0, debt: 30), business: BusinessNumber(3), wallet: WalletNumber(4),
            isPending: true, beginsAt: 7, endsAt: 9)
        #expect(list.count == 2)
        #expect(list[0] == Posting(amount: -100, business: 3, wallet: 4, purpose: .issued))
        #expect(
            list[1] == Posting(amount: 100, business: 3, wallet: 4, purpose: .pending, lot: 1, beginsAt: 7, endsAt: 9))
    }

    @Test func `postings add up to zero, move the net by the points and make one lot of what no debt took`() {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("movements: seed \(seed)")
        var random = SeededRandom(seed: seed)
        for _ in 0..<10_000 {
            let points = Int64(random.next(below: 1_000))
            let figures = WalletFigures(active: 0, debt: Int64(random.next(below: 1_000)))
            let list = Movement.accrual(points, to: figures, business: BusinessNumber(1), wallet: WalletNumber(1))
            let amounts = Self.amounts(list)
            let after = WalletFigures(active: figures.active + amounts[1], debt: figures.debt - amounts[2])
            #expect(amounts.reduce(0, +) == 0, "seed \(seed)")
            #expect(after.net == figures.net + points, "seed \(seed)")
            #expect(after.active == 0 || after.debt == 0, "seed \(seed)")
            let lots = (0..<list.count).filter { list[$0].lot != 0 }
            #expect(lots.map { list[$0].amount } == (amounts[1] == 0 ? [] : [amounts[1]]), "seed \(seed)")
        }
    }

    /// Amounts by purpose; every posting is of the business and wallet asked for, and none is of zero.
    private static func amounts(_ list: PostingList) -> [Int64] {
        var amounts: [Int64] = [0, 0, 0]
        for index in 0..<list.count {
            let posting = list[index]
            #expect(posting.amount != 0 && posting.business != 0 && posting.wallet != 0)
            amounts[Int(posting.purpose.rawValue)] += posting.amount
        }
        return amounts
    }
}
