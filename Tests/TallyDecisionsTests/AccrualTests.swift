import TallyModel
import Testing

/// > Source: Checklist S0-02, "5 % of each purchase to the bonus account".
@Suite("Accrual")
struct AccrualTests {
    private typealias Sound = SoundCommands

    /// Five per cent of a total in kopecks: the exact points in hundredths of a kopeck, then each rounding.
    @Test(arguments: [
        // total, floor, halfUp, halfEven, ceiling
        [0, 0, 0, 0, 0],
        [1, 0, 0, 0, 1],
        [9, 0, 0, 0, 1],
        [10, 0, 1, 0, 1],
        [11, 0, 1, 1, 1],
        [20, 1, 1, 1, 1],
        [29, 1, 1, 1, 2],
        [30, 1, 2, 2, 2],
        [50, 2, 3, 2, 3],
        [70, 3, 4, 4, 4],
        [10_000, 500, 500, 500, 500],
        [12_345, 617, 617, 617, 618],
        [12_350, 617, 618, 618, 618],
        [12_370, 618, 619, 618, 619],
        [1_000_000_000_000, 50_000_000_000, 50_000_000_000, 50_000_000_000, 50_000_000_000],
    ])
    func `five per cent, with every rounding`(row: [Int64]) {
        for (index, rounding) in [Rounding.floor, .halfUp, .halfEven, .ceiling].enumerated() {
            let desk = DecisionDesk.withProgramme()
            desk.send(Sound.accrual { $0.rounding = rounding })
            let outcome = desk.send(Sound.purchase(of: row[0]) { $0.member = .external("boris") })
            #expect([outcome.points, outcome.balance] == [row[index + 1], row[index + 1]], "\(rounding)")
        }
    }

    @Test func `the rate is taken of the receipt's total, not of its lines`() {
        let desk = DecisionDesk.withProgramme()
        // Ten lines of 9 kopecks: each alone would give nothing.
        let lines = Array(repeating: Sound.line(1_000, 9), count: 10)
        let outcome = desk.send(Sound.purchase { ($0.lines, $0.total) = (lines, Money(minor: 90)) })
        #expect(outcome.points == 4)
    }

    @Test func `an anonymous receipt earns nothing`() {
        let outcome = DecisionDesk.withProgramme().send(Sound.purchase { $0.member = .anonymous })
        #expect(outcome == Outcome(status: .recorded, sequence: 11))
    }

    /// Rules in the order of their definition, and the rate that a receipt of a moment earns of 100.00.
    @Test(
        arguments: [
            (-1, 500),  // a moment before the change
            (0, 1_000),  // the very moment
            (1, 1_000),
            (10, 700),  // two rules from this moment on: the one defined last
            (20, 700),
        ] as [(Int64, Int64)])
    func `a late receipt earns by the rule of its own time`(seconds: Int64, points: Int64) {
        let desk = DecisionDesk.withProgramme()
        let moment = Sound.moment.microseconds
        for (after, percent) in [(Int64(10), UInt32(20)), (0, 10), (10, 7)] {
            desk.send(
                Sound.accrual { rule in
                    rule.effectiveFrom = Instant(microseconds: moment + after * 1_000_000)
                    rule.rate = Rate(numerator: percent, denominator: 100)
                })
        }
        desk.send(Sound.accrual { ($0.business, $0.rate.numerator) = ("salons", 50) })
        let outcome = desk.send(
            Sound.purchase(of: 10_000) { $0.occurredAt = Instant(microseconds: moment + seconds * 1_000_000) })
        #expect(outcome.points == points)
    }

    @Test func `without a rule in force a purchase is recorded and gives nothing`() {
        let desk = DecisionDesk()
        for command in SoundCommands.programme.prefix(4) { desk.send(command) }
        desk.send(Sound.registration { $0.externalID = "anna" })
        #expect(desk.send(Sound.purchase()) == Outcome(status: .recorded, member: 1, sequence: 8))
    }
}
