import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// What went wrong elsewhere, as tests: lessons 16 to 20 and 22 to 27.
@Suite("Lessons about instruments")
struct InstrumentLessonTests {
    private typealias Sound = SoundInstruments

    /// Lesson 16: a voucher of limit 1 used twice.
    ///
    /// Till 1 and till 2 both look at it, then both use it.
    ///
    /// | till 1 | till 2 |
    /// |---|---|
    /// | reserve: yes | |
    /// | | reserve: no, redeem: no |
    /// | redeem: yes | |
    /// | | redeem: no |
    @Test func `a coupon of one use is used once, whoever comes second`() {
        let (desk, first) = DecisionDesk.withInstruments()
        let coupon = first["coupon"] ?? 0
        let hold = desk.send(Sound.step(.reserve, "coupon", coupon))
        for action in [InstrumentAction.reserve, .redeem] {
            #expect(desk.send(Sound.step(action, "coupon", coupon)).rejection == .codeReserved)
        }
        #expect(desk.send(Sound.step(.redeem, "coupon", coupon, of: LogSequence(hold.sequence))).status == .recorded)
        #expect(desk.send(Sound.step(.redeem, "coupon", coupon)).rejection == .codeUsedUp)
    }

    /// Lesson 20: a gift card redeemed twice in concurrent checkouts; lesson 24: a gift card ends at −10.
    @Test func `two checkouts cannot spend the same money of a card, and it never falls below zero`() {
        let (desk, first) = DecisionDesk.withInstruments()
        let card = first["gift"] ?? 0
        let hold = desk.send(Sound.step(.reserve, "gift", card, 30_000))
        #expect(hold.balance == 20_000)
        #expect(desk.send(Sound.step(.reserve, "gift", card, 30_000)).rejection == .codeReserved)
        #expect(desk.send(Sound.step(.redeem, "gift", card, 20_001)).rejection == .codeReserved)
        #expect(desk.send(Sound.step(.redeem, "gift", card, 20_000)).balance == 0)
        #expect(desk.send(Sound.step(.redeem, "gift", card, 30_000, of: LogSequence(hold.sequence))).balance == 0)
        #expect(desk.send(Sound.step(.redeem, "gift", card, 10)).rejection == .codeUsedUp)
        #expect(desk.state.figures(ofCode: card)?.balance == 0)
    }

    /// Lesson 22: of a total of one, nine were claimed by 64 requests.
    @Test func `of a coupon with ten copies, 64 claims get ten`() throws {
        let (desk, _) = DecisionDesk.withInstruments()
        desk.send(Sound.definition { ($0.id, $0.codesMax) = ("scarce", 10) })
        let outcomes = (0..<64).map { _ in desk.send(Sound.issue("scarce") { $0.member = .external("anna") }) }
        #expect(outcomes.count { $0.status == .recorded } == 10)
        #expect(outcomes.allSatisfy { $0.status == .recorded || $0.rejection == .codesExhausted })
        #expect(Set(outcomes.filter { $0.status == .recorded }.map(\.balance)).count == 10)
        try desk.state.checkInvariants()
    }

    /// Lesson 23: one coupon on five orders.
    @Test func `one coupon goes on one of five orders`() {
        let (desk, first) = DecisionDesk.withInstruments()
        let outcomes = (1...5).map { order in
            desk.send(Sound.step(.redeem, "coupon", first["coupon"] ?? 0, 100) { $0.receipt = "order-\(order)" })
        }
        #expect(outcomes.map(\.status) == [.recorded, .rejected, .rejected, .rejected, .rejected])
    }

    /// Lesson 26: a rejected hold could be committed.
    @Test func `a reservation that was refused, ended or belongs to another copy cannot be redeemed`() {
        let (desk, first) = DecisionDesk.withInstruments()
        let (coupon, pair) = (first["coupon"] ?? 0, first["pair"] ?? 0)
        let hold = LogSequence(desk.send(Sound.step(.reserve, "coupon", coupon)).sequence)
        let refused = LogSequence(desk.send(Sound.step(.reserve, "coupon", coupon)).sequence)
        #expect(desk.send(Sound.step(.redeem, "coupon", coupon, of: refused)).rejection == .holdUnknown)
        #expect(desk.send(Sound.step(.redeem, "pair", pair, of: hold)).rejection == .holdOfAnother)
        desk.send(Sound.step(.release, "coupon", coupon, of: hold))
        #expect(desk.send(Sound.step(.redeem, "coupon", coupon, of: hold)).rejection == .reservationEnded)
        // Its place is taken by another reservation, which the old name must not reach.
        desk.send(Sound.step(.reserve, "coupon", coupon))
        #expect(desk.send(Sound.step(.redeem, "coupon", coupon, of: hold)).rejection == .reservationEnded)
    }

    /// Lesson 27: a counter that is never incremented.
    ///
    /// One test for each kind of limit that it does bind, and that it lets through what
    /// is below it.
    @Test func `every kind of limit binds, and lets through what is below it`() {
        let (desk, first) = DecisionDesk.withInstruments()
        func word(_ member: String, _ amount: Int64) -> Rejection? {
            desk.send(Sound.step(.redeem, "word", 0, amount) { $0.member = .external(member) }).rejection
        }
        #expect(word("anna", 500) == nil)
        #expect(word("anna", 0) == .memberLimitReached)
        #expect(word("boris", 501) == .amountBudgetReached)
        #expect(word("boris", 500) == nil)
        let clara = SoundCommands.registration { ($0.externalID, $0.phone, $0.card) = ("clara", "", "") }
        let dina = SoundCommands.registration { ($0.externalID, $0.phone, $0.card) = ("dina", "", "") }
        for command in [clara, dina] { desk.send(command) }
        #expect(word("clara", 0) == nil)
        #expect(word("dina", 0) == .usesBudgetReached)
        let pair = first["pair"] ?? 0
        #expect((0..<3).map { _ in desk.send(Sound.step(.redeem, "pair", pair)).rejection } == [nil, nil, .codeUsedUp])
        desk.send(Sound.card { ($0.id, $0.amountBudget) = ("capped", 1_000) })
        let capped = UInt32(desk.send(Sound.issue("capped") { $0.faceValue.minor = 400 }).balance)
        #expect(desk.send(Sound.step(.charge, "capped", capped, 601)).rejection == .amountBudgetReached)
        #expect(desk.send(Sound.step(.charge, "capped", capped, 600)).status == .recorded)
        #expect(desk.send(Sound.issue("capped") { $0.faceValue.minor = 1 }).rejection == .amountBudgetReached)
    }

    /// Lesson 27 too: a use that is given back can be made again, once.
    @Test func `a use that is given back is free for one more`() {
        let (desk, _) = DecisionDesk.withInstruments()
        let step = { (action: InstrumentAction, of: LogSequence?) in
            desk.send(
                Sound.step(action, "word", 0, action == .redeem ? 500 : 0, of: of) { $0.member = .external("anna") })
        }
        let used = step(.redeem, nil)
        #expect(step(.redeem, nil).rejection == .memberLimitReached)
        #expect(step(.restore, LogSequence(used.sequence)).points == 500)
        #expect(step(.restore, LogSequence(used.sequence)).rejection == .restoreBeyondRedemption)
        #expect(step(.redeem, nil).status == .recorded)
        #expect(step(.redeem, nil).rejection == .memberLimitReached)
    }
}
