import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

@Suite("Instruments")
struct InstrumentTests {
    private typealias Sound = SoundInstruments
    private let desk: DecisionDesk
    private let first: [String: UInt32]

    init() { (desk, first) = DecisionDesk.withInstruments() }

    private func serial(_ id: String) -> UInt32 { first[id] ?? 0 }

    @discardableResult
    private func take(
        _ action: InstrumentAction, _ id: String, _ amount: Int64 = 0, of reference: LogSequence? = nil,
        _ change: (inout InstrumentMove) -> Void = { _ in }
    ) throws -> LogSequence {
        let outcome = desk.send(Sound.step(action, id, serial(id), amount, of: reference, change))
        #expect(outcome.status == .recorded, "\(action) \(id): \(String(describing: outcome.rejection))")
        try desk.state.checkInvariants()
        return LogSequence(outcome.sequence)
    }

    private func state(_ id: String) -> CodeState? { desk.state.figures(ofCode: serial(id))?.state }

    /// The walk through the whole drawing; checklist S1-16, S3-20.
    @Test func `a gift card is issued, charged, used in parts, given back, charged again and cancelled`() throws {
        #expect(state("card") == .issued)
        try take(.charge, "card", 1_000)
        #expect(state("card") == .active)
        let part = try take(.redeem, "card", 400)
        #expect(state("card") == .partlyUsed)
        let hold = try take(.reserve, "card", 500)
        #expect(state("card") == .reserved)
        #expect(desk.state.figures(ofCode: serial("card"))?.balance == 100)
        try take(.redeem, "card", 450, of: hold)
        try take(.redeem, "card", 150)
        #expect(state("card") == .redeemed)
        try take(.restore, "card", 100, of: part)
        #expect(state("card") == .restored)
        try take(.restore, "card", of: part)
        #expect(desk.state.figures(ofCode: serial("card"))?.balance == 400)
        try take(.charge, "card", 50)
        try take(.cancel, "card")
        #expect(state("card") == .cancelled)
        #expect(
            [Purpose.sold, .burnt, .restored, .adjusted].map { desk.money($0) } == [
                -251_050 - 50_000, 1_000, -400, 450,
            ])
        #expect(desk.money(.cards) == 5 * 50_000 + 5 * 10_000)
    }

    @Test func `a certificate is used in one go, and what the purchase does not need is lost`() throws {
        let used = try take(.redeem, "certificate", 7_000)
        #expect(state("certificate") == .redeemed)
        #expect([Purpose.burnt, .expired].map { desk.money($0) } == [7_000, 3_000])
        try take(.restore, "certificate", of: used)
        #expect(desk.state.figures(ofCode: serial("certificate"))?.balance == 7_000)
        try take(.redeem, "certificate", 7_000)
    }

    @Test func `a coupon is reserved, redeemed, given back and used again`() throws {
        let hold = try take(.reserve, "coupon", 300)
        #expect(state("coupon") == .reserved)
        let used = try take(.redeem, "coupon", 200, of: hold)
        #expect(state("coupon") == .redeemed)
        try take(.restore, "coupon", of: used)
        #expect(state("coupon") == .restored)
        try take(.redeem, "coupon", 100)
        #expect(desk.state.instruments[3].amountTaken == 100)
        #expect(desk.state.instruments[3].usesTaken == 1)
    }

    @Test func `a coupon of two uses is partly used after the first`() throws {
        try take(.redeem, "pair")
        #expect(state("pair") == .partlyUsed)
        try take(.redeem, "pair")
        #expect(state("pair") == .redeemed)
    }

    @Test func `a released reservation leaves everything as it was`() throws {
        for (id, amount) in [("gift", 500), ("coupon", 0), ("word", 100)] as [(String, Int64)] {
            let before = (desk.state.figures(ofCode: serial(id)), desk.money(.cards))
            let hold = try take(.reserve, id, amount) { $0.member = .external("anna") }
            try take(.release, id, of: hold)
            #expect(desk.state.figures(ofCode: serial(id)) == before.0)
            #expect(desk.money(.cards) == before.1)
            #expect(desk.state.uses(of: 5, by: MemberNumber(1)) == (0, 0))
        }
    }

    @Test func `a reservation ends by the clock, and its place is used again`() throws {
        let hold = try take(.reserve, "coupon") { $0.seconds = 60 }
        desk.endReservations(by: 59)
        #expect(state("coupon") == .reserved)
        desk.endReservations(by: 60)
        try desk.state.checkInvariants()
        #expect(state("coupon") == .active)
        #expect(desk.send(Sound.step(.redeem, "coupon", serial("coupon"), of: hold)).rejection == .reservationEnded)
        #expect(desk.state.nextReservationSlot == 1)
        try take(.redeem, "coupon")
    }

    /// Checklist S1-16: the liability of gift cards ends by breakage.
    @Test func `a million unused cards end by one record, and what was on them is booked`() throws {
        let outcome = desk.send(Sound.issue("gift", count: 1_000_000) { $0.endsOn = Sound.lastDay })
        #expect(outcome.points == 50_000_000_000)
        let cards = desk.money(.cards)
        let due = desk.state.dueIssues.nextDue
        let end = try #require(due)
        // The last day is whole: it ends at midnight three hours east of Greenwich.
        #expect(end == UInt32(Sound.lastDay.days + 1) * 86_400 - 3 * 3_600)
        #expect(desk.expireInstruments(by: end - 1) == 0)
        #expect(desk.expireInstruments(by: end) == 1)
        try desk.state.checkInvariants()
        #expect(desk.money(.cards) == 0)
        #expect(desk.money(.expired) == cards)
        #expect(state("gift") == .expired)
        #expect(desk.send(Sound.step(.redeem, "gift", serial("gift"), 1)).rejection == .instrumentExpired)
    }

    @Test func `what is reserved outlives the end of its card until the reservation ends`() throws {
        let holds = try (0..<2).map { _ in try take(.reserve, "gift", 300) }
        desk.expireInstruments(by: .max)
        try desk.state.checkInvariants()
        #expect(desk.money(.cards) == 600)
        try take(.redeem, "gift", 200, of: holds[0])
        #expect(desk.money(.cards) == 300)
        desk.endReservations(by: .max)
        try desk.state.checkInvariants()
        #expect([Purpose.cards, .burnt].map { desk.money($0) } == [0, 200])
    }

    @Test func `a card of one business that another takes is settled by clearing`() throws {
        try take(.redeem, "gift", 1_000) { $0.store = "s2" }
        #expect(desk.money(.burnt, of: 2) == 1_000)
        #expect([1, 2].map { desk.money(.clearing, of: $0) } == [1_000, -1_000])
        try take(.charge, "card", 500) { $0.store = "s2" }
        #expect(desk.money(.sold, of: 2) == -500)
        #expect([1, 2].map { desk.money(.clearing, of: $0) } == [500, -500])
    }

    @Test func `a coupon for one member is used by that member alone`() throws {
        let issued = desk.send(
            Sound.issue("coupon") { issue in (issue.member, issue.seconds) = (.external("anna"), 3_600) })
        let serial = UInt32(issued.balance)
        #expect(issued.member == 1)
        for (member, rejection) in [
            (MemberReference.external("boris"), Rejection.codeOfAnother), (.anonymous, .memberMissing),
        ] {
            #expect(desk.send(Sound.step(.redeem, "coupon", serial) { $0.member = member }).rejection == rejection)
        }
        let late = Instant(microseconds: Sound.moment.microseconds + 3_600_000_000)
        let step = { (time: Instant) in
            Sound.step(.redeem, "coupon", serial) { ($0.member, $0.occurredAt) = (.external("anna"), time) }
        }
        #expect(desk.send(step(late)).rejection == .instrumentExpired)
        #expect(desk.send(step(Instant(microseconds: late.microseconds - 1))).status == .recorded)
    }

    /// Checklist S3-19: generic and unique codes; what is printed is all that a till needs.
    @Test func `a code is found by what is printed on it, and nowhere in the log`() throws {
        let key = try #require(IdentityKey(Array(repeating: 7, count: IdentityKey.byteCount)))
        let found = desk.state.instrumentIssue(of: serial("coupon"))
        let place = try #require(found)
        let codes = Array(IssuedCodes(desk.state.instrumentIssues[place], key: key))
        #expect(codes.map(\.serial) == Array(serial("coupon")..<(serial("coupon") + 5)))
        #expect(Set(codes.map(\.code)).count == 5)
        let used = desk.send(Sound.step(.redeem, "x") { $0.copy = .code(codes[2].code) })
        #expect(used.status == .recorded)
        #expect(desk.state.figures(ofCode: codes[2].serial)?.state == .redeemed)
        for record in desk.log.records { #expect(!record.contains(Array(codes[2].code.utf8))) }
        let typed = Sound.step(.redeem, "x") { ($0.copy, $0.member) = (.code("spring25"), .external("anna")) }
        #expect(desk.send(typed).status == .recorded)
    }

    @Test func `a step that names only a reservation finds its copy`() throws {
        let hold = desk.state.sources[1].lastNumber + 1
        try take(.reserve, "gift", 700)
        let redeemed = desk.send(
            Sound.step(.redeem, "x", 0, 700) { move in
                (move.copy, move.reference) = (.byReference, .event(source: SourceNumber(1), number: hold))
            })
        #expect(redeemed.points == -700)
        #expect(redeemed.balance == 49_300)
    }

    /// Lessons 43 and 44, checklist S3-18: a day that people name is good to its end, the first one from its beginning.
    @Test(arguments: [(-1, Rejection.instrumentNotYetValid), (0, nil)] as [(Int64, Rejection?)])
    func `an instrument is good from the first second of its first day`(offset: Int64, rejection: Rejection?) {
        // Days of this instrument are counted at Greenwich.
        let begins = (Int64(Sound.lastDay.days) + 1) * 86_400_000_000
        let time = Instant(microseconds: begins + offset)
        let outcome = desk.send(Sound.step(.redeem, "later", serial("later")) { $0.occurredAt = time })
        #expect(outcome.rejection == rejection)
    }

    @Test func `limits can be raised but never below what has happened`() throws {
        try take(.redeem, "word", 600) { $0.member = .external("anna") }
        let outcome = { (change: @escaping (inout InstrumentDefinition) -> Void) in desk.send(Sound.word(change)) }
        #expect(outcome { ($0.memberLimit, $0.usesBudget, $0.amountBudget) = (1, 1, 600) }.status == .recorded)
        #expect(
            outcome { ($0.memberLimit, $0.usesBudget, $0.amountBudget) = (1, 1, 599) }.rejection == .instrumentMalformed
        )
        #expect(outcome { ($0.memberLimit, $0.usesBudget) = (2, 4) }.status == .recorded)
        #expect(outcome { $0.memberLimit = 1 }.rejection == .instrumentMalformed)
        try take(.redeem, "word") { $0.member = .external("anna") }
    }
}

extension [UInt8] {
    /// True when `part` stands somewhere in the bytes.
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        guard count >= part.count else { return false }
        return (0...(count - part.count)).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
