import TallyModel
import TallyProjections
import TallyTables
import Testing

/// Points that pass from one member to another, and blocks.
@Suite("Transfers and blocks")
struct TransferTests {
    private typealias Sound = SoundManual

    /// Lesson 21: 20 gifts from 100 points credited 2,000.
    @Test func `twenty gifts of 100 from a member with 500 credit 500`() throws {
        let desk = DecisionDesk.withProgramme()
        #expect(desk.figures(1) == [500, 0])
        let outcomes = (0..<20).map { _ in desk.send(Sound.transfer()) }
        #expect(outcomes.count { $0.status == .recorded } == 5)
        #expect(outcomes.dropFirst(5).allSatisfy { $0.rejection == .pointsInsufficient })
        #expect(desk.figures(1) == [0, 0])
        #expect(desk.figures(2) == [500, 0])
        #expect(desk.state.account(BusinessNumber(1), WalletNumber(1), .transferred) == 0)
        try desk.state.checkInvariants()
    }

    @Test func `the outcome says what the giver lost and has left`() {
        let desk = DecisionDesk.withProgramme()
        let outcome = desk.send(Sound.transfer(120))
        #expect(outcome.points == -120)
        #expect(outcome.balance == 380)
        #expect(outcome.member == 1)
    }

    @Test func `lots keep issuer, beginning and end, and those that agree become one`() throws {
        let desk = DecisionDesk.withProgramme()
        let give = { (points: Int64, business: String, ends: Int32?) in
            desk.send(
                Sound.goodwill(points) {
                    ($0.business, $0.endsOn, $0.member) = (
                        business, ends.map { CivilDay(days: $0) }, .number(MemberNumber(2))
                    )
                })
        }
        for _ in 0..<3 { _ = give(100, "salons", 19_800) }
        _ = give(50, "toys", 19_790)
        _ = give(70, "toys", nil)
        let before = desk.lots(2)
        #expect(before.count == 5)
        let outcome = desk.send(
            Sound.transfer(400) { ($0.member, $0.other) = (.external("boris"), .external("anna")) })
        #expect(outcome.status == .recorded)
        // First what ends first: all of the 19th, the three of the 29th as one lot, and 50 of what never ends.
        let made = desk.lots(1).filter { !$0.isEmpty && $0[0] != 500 }
        #expect(made.map { $0[0] } == [50, 300, 50])
        #expect(made.map { $0[1] } == [1, 2, 1])
        #expect(made.map { $0[3] } == [before[0][3], before[1][3], 0])
        #expect(made.map { $0[2] } == [before[0][2], before[1][2], before[4][2]])
        #expect(desk.lots(2).map { $0[0] } == [20])
        try desk.state.checkInvariants()
    }

    @Test func `what the taker owes is covered first`() throws {
        let desk = DecisionDesk.withProgramme()
        desk.send(Sound.transfer(500))
        // Anna's goods come back and her points are gone: she owes 500.
        desk.send(
            .voidPurchase(
                VoidSlip(
                    store: "s1", number: "v1", occurredAt: Sound.moment, utcOffsetMinutes: 180,
                    purchase: .sequence(SoundCommands.purchaseSequence))))
        #expect(desk.figures(1) == [0, 500])
        let back = { (points: Int64) in
            desk.send(Sound.transfer(points) { ($0.member, $0.other) = (.external("boris"), .external("anna")) })
        }
        #expect(back(200).status == .recorded)
        #expect(desk.figures(1) == [0, 300])
        #expect(desk.lots(1).isEmpty)
        #expect(back(300).status == .recorded)
        #expect(desk.figures(1) == [0, 0])
        #expect(desk.figures(2) == [0, 0])
        try desk.state.checkInvariants()
    }

    @Test func `both members' chains lead to the record`() {
        let desk = DecisionDesk.withProgramme()
        let outcome = desk.send(Sound.transfer())
        for member in 0..<2 { #expect(desk.state.members[member].lastSequence == outcome.sequence) }
        #expect(desk.send(Sound.transfer { swap(&$0.member, &$0.other) }).status == .recorded)
    }

    /// Points spent from a lot that was passed on come back to it, although it is used up.
    @Test func `points of a lot that passed on and was spent come back when the goods do`() throws {
        let desk = DecisionDesk.withProgramme()
        desk.send(Sound.transfer(300))
        let sale = desk.send(
            SoundCommands.purchase(of: 10_000) { receipt in
                receipt.member = .external("boris")
                receipt.redemptions = [Redemption(wallet: "points", points: Points(minor: 300))]
            })
        #expect(sale.status == .recorded)
        let back = desk.send(
            .voidPurchase(
                VoidSlip(
                    store: "s1", number: "v2", occurredAt: Sound.moment, utcOffsetMinutes: 180,
                    purchase: .sequence(LogSequence(sale.sequence)))))
        #expect(back.status == .recorded)
        #expect(desk.figures(2) == [300, 0])
        #expect(desk.lots(2).map { $0[0] } == [300])
        try desk.state.checkInvariants()
    }

    @Test func `a blocked member does not spend, and one who is blocked for all does not earn either`() throws {
        let desk = DecisionDesk.withProgramme()
        let pays = { () -> Rejection? in
            desk.send(
                SoundCommands.purchase(of: 10_000) { receipt in
                    receipt.redemptions = [Redemption(wallet: "points", points: Points(minor: 100))]
                }
            ).rejection
        }
        desk.send(Sound.block(.earnOnly))
        #expect(desk.state.members[0].blocked == 1)
        #expect(pays() == .memberBlocked)
        #expect(desk.send(Sound.transfer()).rejection == .memberBlocked)
        #expect(desk.send(SoundCommands.purchase(of: 10_000)).points == 500)
        desk.send(Sound.block(.all))
        #expect(desk.send(SoundCommands.purchase(of: 10_000)).points == 0)
        let toAnna = Sound.transfer { swap(&$0.member, &$0.other) }
        #expect(desk.send(toAnna).rejection == .memberBlocked)
        desk.send(Sound.block(.none))
        #expect(pays() == nil)
        #expect(desk.send(Sound.transfer()).status == .recorded)
        try desk.state.checkInvariants()
    }
}
