import Foundation
import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// One row a rule: the sound command with one field changed, the refusal last.
enum InstrumentRows {
    private typealias Sound = SoundInstruments

    static let definitions = [
        RejectionRow("no id", Sound.definition { $0.id = "" }, .textMalformed),
        RejectionRow("unknown business", Sound.definition { $0.business = "none" }, .businessUnknown),
        RejectionRow("unknown wallet", Sound.card { $0.wallet = "none" }, .walletUnknown),
        RejectionRow("18 hours and a minute", Sound.definition { $0.utcOffsetMinutes = 1_081 }, .timeOutOfRange),
        RejectionRow("negative budget", Sound.definition { $0.usesBudget = -1 }, .amountNegative),
        RejectionRow(
            "dear card", Sound.card { $0.faceValue.minor = Limits.amountMinorMax + 1 }, .amountTooLarge),
        RejectionRow("another kind", Sound.definition { $0.kind = .promoCode }, .definitionFixed),
        RejectionRow("another number of uses", Sound.definition { $0.usesPerCode = 2 }, .definitionFixed),
        RejectionRow("another printed code", Sound.word { $0.code = "SUMMER25" }, .definitionFixed),
        RejectionRow(
            "the last day first",
            Sound.definition { ($0.validFrom, $0.validThrough) = (Sound.lastDay, CivilDay(days: 1)) }, .daysMalformed),
        RejectionRow("after 2105", Sound.definition { $0.validThrough = CivilDay(days: 49_673) }, .daysMalformed),
        RejectionRow("a card in no books", Sound.card { ($0.id, $0.wallet) = ("new", "") }, .instrumentMalformed),
        RejectionRow(
            "a generic card",
            Sound.card { ($0.id, $0.codes, $0.code) = ("new", .generic, "X1") }, .instrumentMalformed),
        RejectionRow(
            "a card for one member", Sound.card { ($0.id, $0.memberLimit) = ("new", 1) }, .instrumentMalformed),
        RejectionRow(
            "a coupon in the books", Sound.definition { ($0.id, $0.wallet) = ("new", "money") }, .instrumentMalformed),
        RejectionRow(
            "a unique printed code", Sound.definition { ($0.id, $0.code) = ("new", "X1") }, .instrumentMalformed),
        RejectionRow("a word without one", Sound.word { ($0.id, $0.code) = ("new", "") }, .instrumentMalformed),
        RejectionRow(
            "the word of another", Sound.word { ($0.id, $0.code) = ("new", "spring25") }, .instrumentMalformed),
        RejectionRow(
            "a wrong check digit (Luhn)",
            Sound.word { ($0.id, $0.code, $0.checkScheme) = ("new", "79927398710", .luhn) }, .instrumentMalformed),
        RejectionRow(
            "a wrong check digit (EAN-13)",
            Sound.word { ($0.id, $0.code, $0.checkScheme) = ("new", "4006381333930", .ean13) }, .instrumentMalformed),
        RejectionRow("fewer codes than issued", Sound.definition { $0.codesMax = 4 }, .instrumentMalformed),
    ]

    static let issues = [
        RejectionRow("issue for nobody we know", Sound.issue("coupon") { $0.member = .external("x") }, .memberUnknown),
        RejectionRow("negative face", Sound.issue("card") { $0.faceValue.minor = -1 }, .amountNegative),
        RejectionRow("no such instrument", Sound.issue("none"), .instrumentUnknown),
        RejectionRow("no codes", Sound.issue("coupon", count: 0), .instrumentMalformed),
        RejectionRow("more than a million", Sound.issue("coupon", count: 1_000_001), .instrumentMalformed),
        RejectionRow("copies of a word", Sound.issue("word"), .instrumentMalformed),
        RejectionRow("a coupon worth money", Sound.issue("coupon") { $0.faceValue.minor = 1 }, .instrumentMalformed),
        RejectionRow("another face", Sound.issue("gift") { $0.faceValue.minor = 1 }, .instrumentMalformed),
        RejectionRow("ended before", Sound.issue("coupon") { $0.endsOn = CivilDay(days: 1) }, .instrumentExpired),
    ]

    /// Steps with the copies of ``DecisionDesk/withInstruments()`` as they were issued.
    static func steps(_ first: [String: UInt32]) -> [RejectionRow] {
        let serial = { (id: String) in first[id] ?? 0 }
        let past = Instant(microseconds: (Int64(Sound.lastDay.days) + 1) * 86_400_000_000)
        return [
            RejectionRow(
                "unknown store", Sound.step(.redeem, "coupon", serial("coupon")) { $0.store = "x" }, .storeUnknown),
            RejectionRow(
                "unknown member", Sound.step(.redeem, "coupon", serial("coupon")) { $0.member = .card("x") },
                .memberUnknown),
            RejectionRow(
                "year 0",
                Sound.step(.redeem, "coupon", serial("coupon")) { $0.occurredAt = Instant(microseconds: .min) },
                .timeOutOfRange),
            RejectionRow("negative", Sound.step(.redeem, "gift", serial("gift"), -1), .amountNegative),
            RejectionRow("large", Sound.step(.redeem, "gift", serial("gift"), .max), .amountTooLarge),
            RejectionRow(
                "release of a definition", Sound.step(.release, "gift", serial("gift"), of: LogSequence(3)),
                .holdUnknown),
            RejectionRow("nothing of a card", Sound.step(.redeem, "gift", serial("gift")), .pointsMalformed),
            RejectionRow("charge of nothing", Sound.step(.charge, "card", serial("card")), .pointsMalformed),
            RejectionRow("a word by nobody", Sound.step(.redeem, "word"), .memberMissing),
            RejectionRow(
                "reserved for no time", Sound.step(.reserve, "coupon", serial("coupon")) { $0.seconds = 0 },
                .holdTimeMalformed),
            RejectionRow("no such instrument", Sound.step(.redeem, "none", 1), .instrumentUnknown),
            RejectionRow("no such code", Sound.step(.redeem, "x") { $0.copy = .code("AUTUMN25") }, .instrumentUnknown),
            RejectionRow("nothing named", Sound.step(.redeem, "x") { $0.copy = .byReference }, .instrumentUnknown),
            RejectionRow("a serial of another", Sound.step(.redeem, "coupon", serial("gift")), .codeUnknown),
            RejectionRow("a serial of the future", Sound.step(.redeem, "coupon", 1_000), .codeUnknown),
            RejectionRow("serial 0", Sound.step(.redeem, "coupon"), .codeUnknown),
            RejectionRow("too early", Sound.step(.redeem, "later", serial("later")), .instrumentNotYetValid),
            RejectionRow(
                "too late", Sound.step(.redeem, "coupon", serial("coupon")) { $0.occurredAt = past }, .instrumentExpired
            ),
            RejectionRow("never charged", Sound.step(.redeem, "card", serial("card"), 1), .codeInactive),
            RejectionRow("too much", Sound.step(.redeem, "gift", serial("gift"), 50_001), .cardInsufficient),
            RejectionRow(
                "charge of a certificate",
                Sound.step(.charge, "certificate", serial("certificate"), 1), .chargeRefused),
            RejectionRow("charge of a coupon", Sound.step(.charge, "coupon", serial("coupon"), 1), .chargeRefused),
            RejectionRow(
                "restore of nothing", Sound.step(.restore, "gift", serial("gift"), 1), .restoreBeyondRedemption),
            RejectionRow(
                "too dear for the budget", Sound.step(.redeem, "word", 0, 1_001) { $0.member = .external("anna") },
                .amountBudgetReached),
        ]
    }
}

@Suite("Refusals about instruments")
struct InstrumentRejectionTests {
    private typealias Sound = SoundInstruments

    @Test(arguments: InstrumentRows.definitions + InstrumentRows.issues)
    func `a definition or issue that breaks one rule is refused`(row: RejectionRow) {
        row.expectIsRefused(by: DecisionDesk.withInstruments().desk)
    }

    @Test func `a step that breaks one rule is refused, and changes nothing`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let cards = desk.money(.cards)
        for row in InstrumentRows.steps(first) { row.expectIsRefused(by: desk) }
        try desk.state.checkInvariants()
        #expect(desk.money(.cards) == cards)
        #expect(desk.state.instrumentCodes.count == 0)
    }

    /// Every arrow that the drawing does not have.
    @Test func `a step that the state machine does not have is refused by its own name`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let serial = { (id: String) in first[id] ?? 0 }
        let refuses = { (action: InstrumentAction, id: String, amount: Int64, of: LogSequence?, rejection: Rejection) in
            let outcome = desk.send(Sound.step(action, id, serial(id), amount, of: of))
            #expect(outcome.rejection == rejection, "\(action) \(id)")
        }
        let takes = { (action: InstrumentAction, id: String, amount: Int64, of: LogSequence?) in
            let outcome = desk.send(Sound.step(action, id, serial(id), amount, of: of))
            #expect(outcome.status == .recorded, "\(action) \(id): \(String(describing: outcome.rejection))")
            return LogSequence(outcome.sequence)
        }
        let hold = takes(.reserve, "coupon", 0, nil)
        for action in [InstrumentAction.reserve, .redeem, .cancel] { refuses(action, "coupon", 0, nil, .codeReserved) }
        refuses(.redeem, "coupon", 1, hold, .redemptionBeyondHold)
        refuses(.redeem, "pair", 0, hold, .holdOfAnother)
        refuses(.restore, "coupon", 0, hold, .restoreBeyondRedemption)
        let used = takes(.redeem, "coupon", 0, hold)
        for action in [InstrumentAction.reserve, .redeem, .cancel] { refuses(action, "coupon", 0, nil, .codeUsedUp) }
        for action in [InstrumentAction.redeem, .release] { refuses(action, "coupon", 0, hold, .reservationEnded) }
        refuses(.restore, "coupon", 1, used, .restoreBeyondRedemption)
        _ = takes(.restore, "coupon", 0, used)
        refuses(.restore, "coupon", 0, used, .restoreBeyondRedemption)
        _ = takes(.cancel, "coupon", 0, nil)
        for action in [InstrumentAction.reserve, .redeem, .cancel] { refuses(action, "coupon", 0, nil, .codeCancelled) }
        let kept = takes(.redeem, "kept", 0, nil)
        refuses(.restore, "kept", 0, kept, .restoreRefused)
        let spent = takes(.redeem, "gift", 50_000, nil)
        refuses(.redeem, "gift", 1, nil, .codeUsedUp)
        refuses(.restore, "gift", 50_001, spent, .restoreBeyondRedemption)
        _ = takes(.restore, "gift", 20_000, spent)
        refuses(.restore, "gift", 30_001, spent, .restoreBeyondRedemption)
        _ = takes(.reserve, "gift", 15_000, nil)
        refuses(.redeem, "gift", 5_001, nil, .codeReserved)
        refuses(.redeem, "gift", 20_001, nil, .cardInsufficient)
        refuses(.cancel, "gift", 0, nil, .codeReserved)
        _ = takes(.cancel, "card", 0, nil)
        refuses(.charge, "card", 1, nil, .codeCancelled)
        _ = takes(.reserve, "certificate", 1, nil)
        refuses(.redeem, "certificate", 1, nil, .codeReserved)
        desk.expireInstruments(by: .max)
        for id in ["pair", "gift"] { refuses(.redeem, id, 1, nil, .instrumentExpired) }
        refuses(.cancel, "pair", 0, nil, .instrumentExpired)
        refuses(.restore, "gift", 1, spent, .instrumentExpired)
        try desk.state.checkInvariants()
    }

    @Test func `a mistyped code is told from one that nobody issued`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let flyer = Sound.word { ($0.id, $0.code, $0.checkScheme) = ("flyer", "4006381333931", .ean13) }
        #expect(desk.send(flyer).status == .recorded)
        let redeem = { (code: String) in desk.send(Sound.step(.redeem, "x") { $0.copy = .code(code) }).rejection }
        #expect(redeem("4006381333931") == nil)
        #expect(redeem("4006381333932") == .codeMistyped)
        #expect(redeem("SPRING24") == .instrumentUnknown)
        let key = try #require(IdentityKey(Array(repeating: 7, count: IdentityKey.byteCount)))
        let codes = IssuedCodes(instrument: 4, first: first["coupon"] ?? 0, count: 2, key: key).map(\.code)
        let (code, other) = (codes[0], codes[1])
        for place in code.indices where code[place] != "-" {
            let letter = code[place] == "0" ? "1" : "0"
            #expect(redeem(code.replacingCharacters(in: place...place, with: letter)) == .codeMistyped)
        }
        #expect(redeem(code) == nil)
        // Of the right form, but of another ledger.
        let foreign = try #require(IdentityKey(Array(repeating: 8, count: IdentityKey.byteCount)))
        for (_, code) in IssuedCodes(instrument: 4, first: first["coupon"] ?? 0, count: 2, key: foreign) {
            #expect(redeem(code) == .instrumentUnknown)
        }
        #expect(redeem(other.lowercased()) == nil)
    }

    @Test func `of several broken rules the lowest number is answered`() {
        let (desk, first) = DecisionDesk.withInstruments()
        let late = Instant(microseconds: (Int64(Sound.lastDay.days) + 1) * 86_400_000_000)
        // Never charged, too late, and nothing is asked for.
        let step = { (amount: Int64) in
            Sound.step(.redeem, "card", first["card"] ?? 0, amount) { $0.occurredAt = late }
        }
        #expect(desk.send(step(0)).rejection == .pointsMalformed)
        #expect(desk.send(step(1)).rejection == .instrumentExpired)
        let definition = Sound.definition { ($0.kind, $0.usesBudget, $0.codesMax) = (.promoCode, -1, 1) }
        #expect(desk.send(definition).rejection == .amountNegative)
    }
}
