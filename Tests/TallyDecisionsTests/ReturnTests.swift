import TallyModel
import TallyProjections
import TallyTesting
import Testing

/// > Source: Domain model, section 4, rule 5, and section 5.
@Suite("Returns")
struct ReturnTests {
    private typealias Sound = SoundCommands

    /// Anna bought for 100.00 and got 5.00; what comes back, and what she is answered: points and balance.
    @Test(
        arguments: [
            ([Sound.back(1, 2_000, 6_000), Sound.back(2, 1_000, 4_000)], -500, 0),
            ([Sound.back(1, 1_000, 3_000)], -150, 350),
            ([Sound.back(2, 1_000, 4_000)], -200, 300),
            ([Sound.back(1, 500, 1)], 0, 500),
            ([Sound.back(1, 0, 0)], 0, 500),
            ([Sound.back(1, 500, 1_500), Sound.back(1, 500, 1_500)], -150, 350),
        ] as [([ReturnLine], Int64, Int64)])
    func `a return takes back the points of its part`(lines: [ReturnLine], points: Int64, balance: Int64) {
        let desk = DecisionDesk.withProgramme()
        let total = lines.reduce(0) { $0 + $1.total.minor }
        let outcome = desk.send(Sound.slip { ($0.lines, $0.total) = (lines, Money(minor: total)) })
        #expect(outcome == Outcome(status: .recorded, member: 1, sequence: 11, points: points, balance: balance))
    }

    @Test(arguments: [
        PurchaseReference.sequence(Sound.purchaseSequence), .event(source: SourceNumber(1), number: 8), .receipt("r1"),
    ])
    func `a purchase is found by each of its names`(purchase: PurchaseReference) {
        let outcome = DecisionDesk.withProgramme().send(Sound.slip { $0.purchase = purchase })
        #expect([outcome.points, outcome.balance] == [-150, 350])
    }

    @Test func `of two purchases with one number on the receipt the latest is meant`() {
        let desk = DecisionDesk.withProgramme()
        desk.send(Sound.purchase(of: 20_000))
        let outcome = desk.send(
            Sound.slip { slip in
                (slip.purchase, slip.total) = (.receipt("r1"), Money(minor: 20_000))
                slip.lines[0].total.minor = 20_000
            })
        #expect([outcome.points, outcome.balance] == [-1_000, 500])
    }

    @Test func `nobody brings back what Anna bought, and Anna's points go`() {
        let outcome = DecisionDesk.withProgramme().send(Sound.slip { $0.member = .anonymous })
        #expect([Int64(outcome.member), outcome.points] == [1, -150])
    }

    @Test func `the rate of the purchase counts, not that of today`() {
        let desk = DecisionDesk.withProgramme()
        desk.send(Sound.accrual { $0.rate = Rate(numerator: 50, denominator: 100) })
        #expect(desk.send(Sound.slip()).points == -150)
    }

    @Test func `a return of a purchase that gave nothing answers with the balance`() {
        let desk = DecisionDesk.withProgramme()
        for total in [Int64(0), 9] {
            let purchase = desk.send(Sound.purchase(of: total))
            let outcome = desk.send(
                Sound.slip { slip in
                    (slip.purchase, slip.total) = (.sequence(LogSequence(purchase.sequence)), Money(minor: total))
                    slip.lines = [Sound.back(1, 1_000, total)]
                })
            #expect([outcome.points, outcome.balance] == [0, 500], "\(total)")
        }
    }

    /// However a purchase is split into returns, what it gave is taken back: not a point more, not a point less.
    @Test func `partial returns add up to the whole`() {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("partial returns: seed \(seed)")
        var random = SeededRandom(seed: seed)
        for _ in 0..<300 {
            let desk = DecisionDesk.withProgramme()
            let total = Int64(1 + random.next(below: 100_000))
            let denominator = UInt32(1 + random.next(below: 1_000))
            desk.send(Sound.accrual { $0.rate = Rate(numerator: denominator / 3, denominator: denominator) })
            let purchase = desk.send(Sound.purchase(of: total) { $0.member = .external("boris") })
            var (left, taken) = (total, Int64(0))
            while left > 0 {
                let part = min(left, Int64(1 + random.next(below: UInt64(total))))
                let outcome = desk.send(
                    Sound.slip { slip in
                        (slip.member, slip.purchase) = (.anonymous, .sequence(LogSequence(purchase.sequence)))
                        (slip.total, slip.lines) = (Money(minor: part), [Sound.back(1, 0, part)])
                    })
                (left, taken) = (left - part, taken - outcome.points)
            }
            #expect(taken == purchase.points, "seed \(seed): \(total) at a third of \(denominator)")
            #expect(desk.figures(2) == [0, 0], "seed \(seed)")
        }
    }

    @Test func `what came back does not come back again`() {
        let desk = DecisionDesk.withProgramme()
        desk.send(Sound.slip { ($0.lines, $0.total) = ([Sound.back(1, 2_000, 6_000)], Money(minor: 6_000)) })
        RejectionRow("again", Sound.slip(), .returnExceedsPurchase, line: 1).expectIsRefused(by: desk)
    }

    // MARK: Debt

    /// Boris has nothing.
    ///
    /// Each step: what happens, then active points and debt.
    @Test func `a blind return goes into debt, and new points cover debt first`() {
        let desk = DecisionDesk.withProgramme()
        let boris = MemberReference.external("boris")
        let steps: [(Command, [Int64])] = [
            (Sound.blind(2_000) { $0.member = boris }, [0, 100]),
            (Sound.purchase(of: 600) { $0.member = boris }, [0, 70]),
            (Sound.purchase(of: 2_000) { $0.member = boris }, [30, 0]),
            (Sound.blind(1_000) { $0.member = boris }, [0, 20]),
            (Sound.purchase(of: 400) { $0.member = boris }, [0, 0]),
        ]
        for (command, figures) in steps {
            let outcome = desk.send(command)
            #expect(desk.figures(2) == figures)
            #expect(outcome.balance == figures[0] - figures[1])
        }
        #expect(throws: Never.self) { try desk.state.checkInvariants() }
    }

    @Test func `a blind return of nobody moves no points`() {
        let outcome = DecisionDesk.withProgramme().send(Sound.blind(2_000) { $0.member = .anonymous })
        #expect(outcome == Outcome(status: .recorded, sequence: 11))
    }
}
