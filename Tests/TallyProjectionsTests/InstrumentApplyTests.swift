import TallyModel
import TallyProjections
import TallyTables
import Testing

@Suite("Records of instruments")
struct InstrumentApplyTests {
    private typealias Step = InstrumentScript.Step

    /// Three gift cards of 100 until second 1,000, two coupons for ever.
    private static let issued: InstrumentScript = {
        var script = InstrumentScript()
        script.issue(1, issue: 1, first: 1, count: 3, faceValue: 100, endsAt: 1_000)
        script.issue(2, issue: 2, first: 4, count: 2)
        return script
    }()

    @Test func `a card's steps are applied, and every count follows`() throws {
        var script = InstrumentApplyTests.issued
        script.take(Step(action: .reserve, instrument: 1, serial: 2, amount: 40, balance: 60, slot: 1, endsAt: 500))
        let hold = UInt64(script.records.count)
        script.take(
            Step(
                action: .redeem, instrument: 1, serial: 2, amount: 30, balance: 70, reference: hold, slot: 1,
                booked: -30))
        let used = UInt64(script.records.count)
        script.take(
            Step(
                action: .restore, instrument: 1, serial: 2, amount: 10, balance: 80, reference: used, booked: 10,
                purpose: .restored))
        script.take(Step(action: .charge, instrument: 1, serial: 3, amount: 5, balance: 105, booked: 5, purpose: .sold))
        script.take(Step(action: .cancel, instrument: 1, serial: 1, lost: 100, booked: -100, purpose: .adjusted))
        script.take(Step(action: .redeem, instrument: 2, serial: 5))
        script.take(Step(action: .redeem, instrument: 3, serial: 0, amount: 7))
        script.expire(1, first: 1, amount: 185)
        var state = ProgrammeState()
        try script.apply(to: &state)
        #expect(state.account(BusinessNumber(1), WalletNumber(1), .cards) == 0)
        #expect(state.account(BusinessNumber(1), WalletNumber(1), .expired) == 185)
        #expect(state.instruments[2].amountTaken == 7)
        #expect(
            (1...5 as ClosedRange<UInt32>).map { state.figures(ofCode: $0)?.state } == [
                .cancelled, .expired, .expired, .active, .redeemed,
            ])
    }

    /// What no decision leads to: the record is refused by the state as well.
    @Test(arguments: faults.indices)
    func `a record that cannot follow is not applied`(index: Int) {
        let (what, change) = InstrumentApplyTests.faults[index]
        var script = InstrumentApplyTests.issued
        #expect(script.fault() == nil)
        let before = script.records.count
        change(&script)
        #expect(script.fault()?.sequence == UInt64(script.records.count), "\(what)")
        #expect(script.records.count > before)
    }

    private static let faults: [(String, @Sendable (inout InstrumentScript) -> Void)] = [
        ("an instrument out of turn", { $0.define(5, .coupon) }),
        ("a coupon in the books", { $0.define(4, .coupon, wallet: 1) }),
        ("a generic card", { $0.define(4, .giftCard, code: "X") }),
        ("an issue out of turn", { $0.issue(1, issue: 4, first: 6, count: 1) }),
        ("a serial twice", { $0.issue(1, issue: 3, first: 5, count: 1) }),
        ("no codes", { $0.issue(1, issue: 3, first: 6, count: 0) }),
        ("copies of a word", { $0.issue(3, issue: 3, first: 6, count: 1) }),
        ("money that was not booked", { $0.issue(1, issue: 3, first: 6, count: 2, faceValue: 5, booked: 9) }),
        (
            "a card below zero",
            { $0.take(Step(action: .redeem, instrument: 1, serial: 1, amount: 101, balance: -1, booked: -101)) }
        ),
        (
            "a wrong balance",
            { $0.take(Step(action: .redeem, instrument: 1, serial: 1, amount: 1, balance: 98, booked: -1)) }
        ),
        (
            "money that stays in the books",
            { $0.take(Step(action: .redeem, instrument: 1, serial: 1, amount: 1, balance: 99)) }
        ),
        ("a serial of another", { $0.take(Step(action: .redeem, instrument: 2, serial: 1)) }),
        ("a serial never issued", { $0.take(Step(action: .redeem, instrument: 2, serial: 6)) }),
        (
            "a coupon twice",
            {
                for _ in 0..<2 { $0.take(Step(action: .redeem, instrument: 2, serial: 4)) }
            }
        ),
        (
            "a reserved coupon used by another",
            {
                $0.take(Step(action: .reserve, instrument: 2, serial: 4, slot: 1, endsAt: 9))
                $0.take(Step(action: .redeem, instrument: 2, serial: 4))
            }
        ),
        (
            "more than is free on a card",
            {
                $0.take(Step(action: .reserve, instrument: 1, serial: 1, amount: 60, balance: 40, slot: 1, endsAt: 9))
                $0.take(Step(action: .redeem, instrument: 1, serial: 1, amount: 50, balance: -10, booked: -50))
            }
        ),
        (
            "a reservation that ended",
            {
                $0.take(Step(action: .reserve, instrument: 2, serial: 4, slot: 1, endsAt: 9))
                let hold = UInt64($0.records.count)
                for _ in 0..<2 { $0.take(Step(action: .release, instrument: 2, serial: 4, reference: hold, slot: 1)) }
            }
        ),
        (
            "a reservation in a wrong place",
            { $0.take(Step(action: .reserve, instrument: 2, serial: 4, slot: 2, endsAt: 9)) }
        ),
        (
            "a charged coupon",
            { $0.take(Step(action: .charge, instrument: 2, serial: 4, amount: 1, booked: 1, purpose: .sold)) }
        ),
        (
            "a use given back that was not made",
            { $0.take(Step(action: .restore, instrument: 2, serial: 4, reference: 1)) }
        ),
        (
            "a use of what was cancelled",
            {
                $0.take(Step(action: .cancel, instrument: 2, serial: 4))
                $0.take(Step(action: .redeem, instrument: 2, serial: 4))
            }
        ),
        ("a wrong breakage", { $0.expire(1, first: 1, amount: 299) }),
        ("breakage that stays in the books", { $0.expire(1, first: 1, amount: 300, booked: 0) }),
        ("the end of what does not end", { $0.expire(2, first: 4, amount: 0) }),
        (
            "an end twice",
            {
                $0.expire(1, first: 1, amount: 300)
                $0.expire(1, first: 1, amount: 0)
            }
        ),
    ]

    @Test func `a state loaded from its tables goes on as the one that was saved`() throws {
        var script = InstrumentApplyTests.issued
        for slot in UInt32(1)...2 {
            script.take(
                Step(action: .reserve, instrument: 1, serial: slot, amount: 10, balance: 90, slot: slot, endsAt: 9))
        }
        let hold = UInt64(script.records.count - 1)
        script.take(Step(action: .release, instrument: 1, serial: 1, balance: 100, reference: hold, slot: 1))
        script.take(Step(action: .redeem, instrument: 3, serial: 0))
        var saved = ProgrammeState()
        try script.apply(to: &saved)
        var loaded = ProgrammeState()
        for table in StateTable.allCases {
            saved.withMemory(of: table) { memory in
                loaded.withMutableMemory(of: table) { target in
                    target.prepareToLoad(byteCount: memory.byteCount)
                    for chunk in 0..<memory.chunkCount { _ = target.load(memory.chunk(chunk), chunk: chunk) }
                }
            }
        }
        loaded.finishLoading(sequence: saved.sequence)
        try loaded.checkInvariants()
        #expect(loaded.digest() == saved.digest())
        script.take(Step(action: .reserve, instrument: 1, serial: 1, amount: 10, balance: 90, slot: 1, endsAt: 9))
        script.expire(1, first: 1, amount: 280)
        try script.apply(to: &saved)
        try script.apply(to: &loaded)
        #expect(loaded.digest() == saved.digest())
    }

    /// What a million codes cost before anybody has used one.
    @Test func `a million unused codes are one row`() throws {
        var script = InstrumentApplyTests.issued
        var state = ProgrammeState()
        try script.apply(to: &state)
        let before = state.byteCount
        script.issue(2, issue: 3, first: 6, count: 1_000_000)
        try script.apply(to: &state)
        #expect(state.byteCount - before == 56)
        #expect(script.records[script.records.count - 1].count == 90)
        let used = state.byteCount
        for serial in UInt32(6)..<106 { script.take(Step(action: .redeem, instrument: 2, serial: serial)) }
        try script.apply(to: &state)
        print("a million unused codes: \(used - before) bytes; a used one \((state.byteCount - used) / 100) bytes more")
        #expect(state.byteCount - used == 100 * 32)
    }
}
