import TallyBytes
import TallyCodec
import TallyDecisions
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// Receipts that ask the promotions.
@Suite("Priced purchases")
struct PricedPurchaseTests {
    private typealias Sound = SoundPromotions

    @Test func `what promotions take off is not paid and earns nothing`() throws {
        let desk = DecisionDesk.withPromotions()
        let before = desk.active(1)
        let outcome = desk.send(Sound.receipt([("cake", 10_000), ("oil", 2_000)]))
        #expect(outcome.status == .recorded)
        #expect(desk.paid.lines == [9_000, 2_000] && desk.paid.total == 11_000)
        // Five per cent of what is paid, and five points for a hundred.
        #expect(outcome.points == 550 + 500 && desk.active(1) == before + 1_050)
        #expect(desk.account?.awards.map(\.discount) == [1_000, 0])
        #expect(desk.tally("cakes")?.discount == 1_000 && desk.tally("hundred")?.points == 500)
        try desk.state.checkInvariants()
    }

    @Test func `a receipt without promotions in force costs what the shelf says`() {
        let desk = DecisionDesk.withProgramme()
        #expect(desk.send(Sound.receipt([("cake", 10_000)])).status == .recorded)
        #expect(desk.paid.total == 10_000 && desk.account?.awards == [])
    }

    @Test func `a buyer who is nobody gets discounts and no points`() throws {
        let desk = DecisionDesk.withPromotions()
        let outcome = desk.send(Sound.receipt([("cake", 20_000)]) { $0.member = .anonymous })
        #expect(outcome.points == 0 && desk.paid.total == 18_000)
        #expect(desk.tally("hundred")?.points == 0 && desk.tally("hundred")?.uses == 1)
        try desk.state.checkInvariants()
    }

    // MARK: What the customer was told

    @Test func `another price than the customer was told is refused with the difference`() {
        let desk = DecisionDesk.withPromotions()
        let outcome = desk.send(Sound.receipt([("cake", 10_000)], Pricing(payable: Money(minor: 9_500))))
        #expect(outcome.rejection == .priceChanged)
        #expect(outcome.points == -500 && outcome.balance == 9_000)
        #expect(desk.send(Sound.receipt([("cake", 10_000)], Pricing(payable: Money(minor: 9_000)))).status == .recorded)
    }

    @Test(
        arguments: [(8_000, [7_200, 800]), (9_999, [8_999, 1_000]), (10_900, [9_900, 1_000]), (0, [0, 0])]
            as [(Int64, [Int64])])
    func `a receipt that is over keeps what was paid, and says the difference`(paid: Int64, lines: [Int64]) throws {
        let desk = DecisionDesk.withPromotions()
        let pricing = Pricing(payable: Money(minor: paid), isSettled: true)
        let outcome = desk.send(Sound.receipt([("cake", 10_000), ("oil", 1_000)], pricing))
        #expect(outcome.status == .recorded)
        #expect(desk.paid.total == paid)
        #expect(desk.paid.lines == lines)
        let extras = try #require(desk.account?.extras)
        #expect(extras.reduce(0, +) == paid - 10_000)
        #expect(zip(desk.paid.lines, extras).map { $0 - $1 } == [9_000, 1_000])
        try desk.state.checkInvariants()
    }

    @Test func `what was paid lies between nothing and the shelf`() {
        let desk = DecisionDesk.withPromotions()
        let rows = [
            Pricing(isSettled: true), Pricing(payable: Money(minor: -1)), Pricing(payable: Money(minor: 10_001)),
        ]
        for pricing in rows {
            #expect(desk.send(Sound.receipt([("cake", 10_000)], pricing)).rejection == .payableMalformed)
        }
    }

    // MARK: What is known

    @Test func `facts that the shop states are asked, and those that the ledger knows are not overruled`() {
        let desk = DecisionDesk.withPromotions(
            rules: """
                promotions:
                  - promotion: gold
                    when: {tier: gold, first_receipt: no, channel: till, store: s1}
                    then: [{percent_off: {percent: 50}}]
                """)
        let facts = { (facts: [StatedFact]) -> Int64 in
            desk.send(Sound.receipt([("cake", 10_000)], Pricing(facts: facts)))
            return desk.paid.total
        }
        #expect(facts([StatedFact("tier", "gold")]) == 5_000)
        #expect(facts([StatedFact("tier", "silver")]) == 10_000)
        #expect(facts([]) == 10_000)
        #expect(facts([StatedFact("tier", "gold"), StatedFact("first_receipt", "yes")]) == 5_000)
        #expect(facts([StatedFact("tier", "platinum"), StatedFact("unheard_of", "7")]) == 10_000)
    }

    @Test func `codes that are shown are asked`() {
        let desk = DecisionDesk.withPromotions(
            rules: """
                promotions:
                  - promotion: spring
                    lane: code
                    when: {code: SPRING}
                    then: [{amount_off: {amount: 3.00}}]
                """)
        desk.send(Sound.receipt([("cake", 10_000)], Pricing(codes: ["AUTUMN", "SPRING"])))
        #expect(desk.paid.total == 9_700 && desk.account?.codes == ["AUTUMN", "SPRING"])
        desk.send(Sound.receipt([("cake", 10_000)], Pricing(codes: ["AUTUMN"])))
        #expect(desk.paid.total == 10_000)
    }

    // MARK: Points

    /// S1-73…75: promotions fill wallets of their own, with days of their own.
    @Test func `points go where a promotion says, and live as long`() throws {
        let desk = DecisionDesk.withPromotions(
            rules: """
                promotions:
                  - promotion: extra
                    lane: earn
                    points_to: {wallet: extra, expiry: 10 days}
                    then: [{points_percent: {percent: 10}}]
                  - promotion: later
                    lane: earn
                    points_to: {wallet: extra, pending: 3 days}
                    then: [{points: 1.00}]
                """)
        desk.send(Sound.receipt([("oil", 10_000)]))
        let figures = desk.state.figures(MemberNumber(1), WalletNumber(2))
        #expect(figures.active == 1_000)
        var lots: [LotRow] = []
        desk.state.forEachLot(of: MemberNumber(1), WalletNumber(2)) { _, lot in
            lots.append(lot)
            return true
        }
        #expect(lots.map(\.remaining).sorted() == [100, 1_000])
        // The receipt is of 2024-01-01 03:00 in Moscow; the tenth day after it ends with 2024-01-11.
        #expect(lots.first { $0.remaining == 1_000 }?.endsAt == 1_705_006_800)
        #expect(lots.first { $0.remaining == 100 }?.isPending == 1)
        try desk.state.checkInvariants()
    }

    /// Lessons 1 and 8: what comes back takes exactly what its line was given.
    @Test func `a return takes back what promotions gave for the line`() throws {
        let desk = DecisionDesk.withPromotions(
            rules: """
                promotions:
                  - promotion: oils
                    lane: earn
                    then: [{points_percent: {percent: 20, goods: {category: oils}}}]
                """)
        let start = desk.active(1)
        let bought = desk.send(Sound.receipt([("cake", 10_000), ("oil", 3_333)]))
        #expect(bought.points == 667 + 666)
        let back = { (line: UInt16, minor: Int64) in
            desk.send(
                SoundCommands.slip { slip in
                    slip.purchase = .sequence(LogSequence(bought.sequence))
                    slip.total = Money(minor: minor)
                    slip.lines = [SoundCommands.back(line, 0, minor)]
                })
        }
        // The cake was given five per cent alone, the oil twenty more.
        #expect(back(1, 10_000).points == -500)
        #expect(back(2, 1_111).points + back(2, 1_111).points + back(2, 1_111).points == -833)
        #expect(desk.active(1) == start)
        try desk.state.checkInvariants()
    }

    /// An id may end in any character, also in one that looks like the end of a list.
    @Test func `a promotion with an odd id is met and counted`() throws {
        let desk = DecisionDesk.withPromotions(
            rules: #"{"promotions":[{"promotion":"odd\u0000","then":[{"percent_off":{"percent":10}}]}]}"#)
        for _ in 0..<2 { #expect(desk.send(Sound.receipt([("cake", 1_000)])).status == .recorded) }
        #expect(desk.tally("odd\0")?.uses == 2)
        try desk.state.checkInvariants()
    }

    /// Points beyond all sense end a receipt, not the daemon.
    @Test func `more points than a receipt may give are refused`() throws {
        let desk = DecisionDesk.withPromotions(
            rules: """
                promotions:
                  - promotion: flood
                    lane: earn
                    then: [{points_per_step: {step: 0.01, points: 0.10, goods: all}}]
                """)
        #expect(desk.send(Sound.receipt([("cake", 1_000_000_000_000)])).rejection == .sumTooLarge)
        #expect(desk.send(Sound.receipt([("cake", 100_000_000_001)])).rejection == .sumTooLarge)
        #expect(desk.send(Sound.receipt([("cake", 100_000_000_000)])).status == .recorded)
        try desk.state.checkInvariants()
    }

    // MARK: Limits

    @Test func `a member uses a promotion as often as its limit says, then others take its place`() throws {
        let desk = DecisionDesk.withPromotions(
            rules: """
                lanes: {basket: {mode: best}}
                promotions:
                  - promotion: half
                    limits: [{per: member, uses: 2}]
                    then: [{percent_off: {percent: 50}}]
                  - promotion: tenth
                    then: [{percent_off: {percent: 10}}]
                """)
        let paid = { (member: MemberReference) -> Int64 in
            desk.send(Sound.receipt([("cake", 1_000)]) { $0.member = member })
            return desk.paid.total
        }
        #expect((0..<4).map { _ in paid(.external("anna")) } == [500, 500, 900, 900])
        #expect(paid(.external("boris")) == 500)
        #expect(paid(.anonymous) == 900)
        try desk.state.checkInvariants()
    }

    @Test func `budgets of money and points are not overdrawn by a kopeck`() throws {
        let desk = DecisionDesk.withPromotions(
            rules: """
                promotions:
                  - promotion: off
                    limits: [{per: promotion, discount: 12.00}]
                    then: [{percent_off: {percent: 50}}]
                  - promotion: points
                    lane: earn
                    limits: [{per: store, points: 4.00, every: day}]
                    then: [{points_percent: {percent: 20}}]
                """)
        var totals: [Int64] = []
        for _ in 0..<4 {
            desk.send(Sound.receipt([("cake", 1_000)]))
            totals.append(desk.paid.total)
        }
        #expect(totals == [500, 500, 1_000, 1_000])
        // 1.00 of each of the first two receipts and 2.00 of the third fit a day's four; the next day begins anew.
        #expect(desk.tally("points")?.points == 400)
        desk.send(Sound.receipt([("cake", 1_000)]) { $0.occurredAt.microseconds += 86_400_000_000 })
        #expect(desk.tally("points")?.points == 600)
        #expect(
            desk.decider.promotions(at: .max, state: desk.state, history: desk.log, desk: desk.promotions).rows[0]
                .budget == PromotionStanding.Budget(.discount, most: 1_200, left: 200))
    }

    /// S2-26: what a control group would have had is recorded, and not given.
    @Test func `a control group has nothing, and what it would have had is known`() throws {
        let desk = DecisionDesk.withPromotions(
            rules: """
                promotions:
                  - promotion: half
                    control: {percent: 50, salt: spring}
                    then: [{percent_off: {percent: 50}}]
                """)
        var groups: [Int64: Int] = [:]
        for number in 0..<100 {
            desk.send(.registerMember(Registration(externalID: "m\(number)")))
            let paid = (0..<2).map { _ in
                desk.send(Sound.receipt([("cake", 1_000)]) { $0.member = .external("m\(number)") })
                return desk.paid.total
            }
            #expect(Set(paid).count == 1)
            groups[paid[0], default: 0] += 1
        }
        let control = groups[1_000] ?? 0
        #expect((30...70).contains(control) && groups[500] == 100 - control)
        let tally = try #require(desk.tally("half"))
        #expect(tally.withheldUses == Int64(2 * control) && tally.withheldDiscount == Int64(1_000 * control))
        #expect(tally.uses == Int64(200 - 2 * control) && tally.discount == 500 * tally.uses)
        try desk.state.checkInvariants()
    }

    @Test func `a receipt that asks promotions is no part of an exchange`() throws {
        guard case .purchase(let receipt) = Sound.receipt([("cake", 1_000)]),
            case .return(let slip) = SoundCommands.slip()
        else { return }
        #expect(Command.exchange(Exchange(slip: slip, receipt: receipt)).refusalOfCodec == .exchangePriced)
        // The same in bytes that no encoder writes.
        var plain = receipt
        plain.pricing = nil
        var asking = ByteWriter()
        try Command.purchase(receipt).encode(into: &asking)
        var writer = ByteWriter()
        try Command.exchange(Exchange(slip: slip, receipt: plain)).encode(into: &writer)
        let returnLength = Int(writer.bytes.u16(at: messageHeaderLength + ExchangeLayout.returnLength))
        let textAt = messageHeaderLength + ExchangeLayout.blockLength
        writer.truncate(to: textAt + 2 + returnLength)
        writer.append(bytes: asking.bytes)
        writer.set(u16: UInt16(returnLength + asking.count), at: textAt)
        let bytes = unsafe writer.bytes.withUnsafeBytes { unsafe Array($0) }
        #expect(DecisionDesk.withPromotions().send(SentEvent(command: nil, bytes: bytes)).rejection == .exchangePriced)
    }
}
