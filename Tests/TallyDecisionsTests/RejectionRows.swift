import TallyModel
import TallyTesting

/// One row a rule: the sound command of its kind with one field changed, the refusal last.
enum RejectionRows {
    private typealias Sound = SoundCommands
    private static let long = String(repeating: "x", count: 65)
    private static let large = Limits.amountMinorMax + 1

    static let all = definitions + members + receipts + returns

    static let definitions = [
        RejectionRow("no kind of command", .unknownKind, .commandUnknown),
        RejectionRow("business without id", Sound.business { $0.id = "" }, .textMalformed),
        RejectionRow("business with a long id", Sound.business { $0.id = long }, .textMalformed),
        RejectionRow("bell in a name", Sound.business { $0.name = "\u{7}" }, .textMalformed),
        RejectionRow("control character beyond ASCII", Sound.business { $0.name = "\u{85}" }, .textMalformed),
        RejectionRow("delete in a name", Sound.business { $0.name = "12345678\u{7F}" }, .textMalformed),
        RejectionRow("currency in small letters", Sound.business { $0.currency = "rub" }, .currencyMalformed),
        RejectionRow("seven decimals", Sound.business { $0.scale = 7 }, .scaleTooLarge),
        RejectionRow("another currency", Sound.business { $0.currency = "EUR" }, .definitionFixed),
        RejectionRow("another scale", Sound.business { $0.scale = 0 }, .definitionFixed),
        RejectionRow("store without id", Sound.store { $0.id = "" }, .textMalformed),
        RejectionRow("line feed in a zone", Sound.store { $0.zone = "\n" }, .textMalformed),
        RejectionRow("store of nobody", Sound.store { $0.business = "none" }, .businessUnknown),
        RejectionRow("store of another business", Sound.store { $0.business = "salons" }, .definitionFixed),
        RejectionRow("wallet with a long id", Sound.wallet { $0.id = long }, .textMalformed),
        RejectionRow("wallet with seven decimals", Sound.wallet { $0.scale = 7 }, .scaleTooLarge),
        RejectionRow("wallet with another scale", Sound.wallet { $0.scale = 0 }, .definitionFixed),
        RejectionRow("rule without id", Sound.accrual { $0.id = "" }, .textMalformed),
        RejectionRow("rule of an unknown business", Sound.accrual { $0.business = "none" }, .businessUnknown),
        RejectionRow("rule of an unknown wallet", Sound.accrual { $0.wallet = "none" }, .walletUnknown),
        RejectionRow(
            "rule before year 1", Sound.accrual { $0.effectiveFrom = Instant(microseconds: .min) }, .timeOutOfRange),
        RejectionRow(
            "more than the whole", Sound.accrual { $0.rate = Rate(numerator: 101, denominator: 100) }, .rateMalformed),
    ]

    static let members = [
        RejectionRow("long external id", Sound.registration { $0.externalID = long }, .textMalformed),
        RejectionRow("tab in a phone", Sound.registration { $0.phone = "\t" }, .textMalformed),
        RejectionRow("no phone", Sound.registration { $0.phone = "12" }, .phoneMalformed),
        RejectionRow("external id of Boris", Sound.registration { $0.externalID = "boris" }, .identifierTaken),
        RejectionRow("phone of Boris", Sound.registration { $0.phone = "8 903 111 11 11" }, .identifierTaken),
        RejectionRow("card of Boris", Sound.registration { $0.card = "card-2" }, .identifierTaken),
        RejectionRow(
            "nothing at all", Sound.registration { ($0.externalID, $0.phone, $0.card) = ("", "", "") },
            .identifierMissing),
        RejectionRow("link of nobody", Sound.link { $0.member = .anonymous }, .memberUnknown),
        RejectionRow("link by an unknown number", Sound.link { $0.member = .number(MemberNumber(3)) }, .memberUnknown),
        RejectionRow("link by number 0", Sound.link { $0.member = .number(.none) }, .memberUnknown),
        RejectionRow("link of no phone", Sound.link { $0.phone = "12" }, .phoneMalformed),
        RejectionRow("link of the phone of Boris", Sound.link { $0.phone = "+79031111111" }, .identifierTaken),
        RejectionRow("link of the card of Boris", Sound.link { $0.card = "card-2" }, .identifierTaken),
        RejectionRow("link of nothing", Sound.link { ($0.phone, $0.card) = ("", "") }, .identifierMissing),
    ]

    static let receipts = [
        RejectionRow("receipt without number", Sound.purchase { $0.number = "" }, .textMalformed),
        RejectionRow("line without SKU", Sound.purchase { $0.lines[1].sku = "" }, .textMalformed, line: 2),
        RejectionRow("line with a long SKU", Sound.purchase { $0.lines[1].sku = long }, .textMalformed, line: 2),
        RejectionRow("line with a bell", Sound.purchase { $0.lines[0].category = "\u{7}" }, .textMalformed, line: 1),
        RejectionRow("unknown store", Sound.purchase { $0.store = "none" }, .storeUnknown),
        RejectionRow("unknown external id", Sound.purchase { $0.member = .external("nobody") }, .memberUnknown),
        RejectionRow("unknown card", Sound.purchase { $0.member = .card("card-7") }, .memberUnknown),
        RejectionRow("a card is no phone", Sound.purchase { $0.member = .card("79031111111") }, .memberUnknown),
        RejectionRow("unknown phone", Sound.purchase { $0.member = .phone("+79037777777") }, .memberUnknown),
        RejectionRow("unknown number", Sound.purchase { $0.member = .number(MemberNumber(.max)) }, .memberUnknown),
        RejectionRow("phone without a country", Sound.purchase { $0.member = .phone("9031111111") }, .phoneMalformed),
        RejectionRow("before year 1", Sound.purchase { $0.occurredAt = Instant(microseconds: .min) }, .timeOutOfRange),
        RejectionRow(
            "after year 9999", Sound.purchase { $0.occurredAt = Instant(microseconds: .max) }, .timeOutOfRange),
        RejectionRow("18 hours and a minute east", Sound.purchase { $0.utcOffsetMinutes = 1081 }, .timeOutOfRange),
        RejectionRow("the lowest offset", Sound.purchase { $0.utcOffsetMinutes = .min }, .timeOutOfRange),
        RejectionRow("no lines", Sound.purchase { ($0.lines, $0.total) = ([], .zero) }, .linesMissing),
        RejectionRow(
            "negative quantity", Sound.purchase { $0.lines[1].quantity.thousandths = -1 }, .quantityNegative, line: 2),
        RejectionRow("negative amount", Sound.purchase { $0.lines[1].total.minor = -200 }, .amountNegative, line: 2),
        RejectionRow("negative total", Sound.purchase { $0.total.minor = -300 }, .amountNegative),
        RejectionRow(
            "large quantity", Sound.purchase { $0.lines[0].quantity.thousandths = .max }, .amountTooLarge, line: 1),
        RejectionRow("large amount", Sound.purchase { $0.lines[0].total.minor = large }, .amountTooLarge, line: 1),
        RejectionRow("large total", Sound.purchase { $0.total.minor = large }, .amountTooLarge),
        RejectionRow("a kopeck too much", Sound.purchase { $0.total.minor += 1 }, .totalMismatch),
    ]

    static let returns = [
        RejectionRow("return at an unknown store", Sound.slip { $0.store = "none" }, .storeUnknown),
        RejectionRow("return by nobody we know", Sound.slip { $0.member = .card("card-7") }, .memberUnknown),
        RejectionRow("return of nothing", Sound.slip { ($0.lines, $0.total) = ([], .zero) }, .linesMissing),
        RejectionRow("return with a wrong total", Sound.slip { $0.total.minor += 1 }, .totalMismatch),
        RejectionRow(
            "return of a later record", Sound.slip { $0.purchase = .sequence(LogSequence(99)) }, .purchaseUnknown),
        RejectionRow(
            "return of the last number", Sound.slip { $0.purchase = .sequence(LogSequence(.max)) }, .purchaseUnknown),
        RejectionRow(
            "return of an event never sent", Sound.slip { $0.purchase = .event(source: SourceNumber(1), number: 99) },
            .purchaseUnknown),
        RejectionRow(
            "return by an unknown source", Sound.slip { $0.purchase = .event(source: SourceNumber(9), number: 1) },
            .purchaseUnknown),
        RejectionRow("return of an unknown receipt", Sound.slip { $0.purchase = .receipt("r9") }, .purchaseUnknown),
        RejectionRow(
            "return by receipt of nobody", Sound.slip { ($0.purchase, $0.member) = (.receipt("r1"), .anonymous) },
            .purchaseUnknown),
        RejectionRow(
            "return by receipt of another",
            Sound.slip { ($0.purchase, $0.member) = (.receipt("r1"), .external("boris")) },
            .purchaseUnknown),
        RejectionRow(
            "return of a definition", Sound.slip { $0.purchase = .sequence(LogSequence(1)) }, .purchaseExpected),
        RejectionRow(
            "return of another's purchase", Sound.slip { $0.member = .external("boris") }, .purchaseOfAnotherMember),
        RejectionRow(
            "return of a third line", Sound.slip { $0.lines[0].purchaseLine = 3 }, .purchaseLineUnknown, line: 1),
        RejectionRow("return of line 0", Sound.slip { $0.lines[0].purchaseLine = 0 }, .purchaseLineUnknown, line: 1),
        RejectionRow(
            "blind return of a line", Sound.blind(100) { $0.lines[0].purchaseLine = 1 }, .purchaseLineUnknown, line: 1),
        RejectionRow(
            "more than was bought", Sound.slip { $0.lines[0].quantity.thousandths = 2_001 }, .returnExceedsPurchase,
            line: 1),
        RejectionRow(
            "dearer than was bought",
            Sound.slip { ($0.lines, $0.total) = ([Sound.back(1, 1_000, 6_001)], Money(minor: 6_001)) },
            .returnExceedsPurchase, line: 1),
        RejectionRow(
            "one line twice, too much together",
            Sound.slip { $0.lines = [Sound.back(1, 1_500, 1_500), Sound.back(1, 501, 1_500)] }, .returnExceedsPurchase,
            line: 2),
    ]
}
