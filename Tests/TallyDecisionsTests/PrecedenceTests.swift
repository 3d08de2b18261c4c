import TallyModel
import TallyTesting
import Testing

/// Numbers of refusals are in order of precedence: two faults in one command still have one answer, on every version.
@Suite("Precedence of refusals")
struct PrecedenceTests {
    private typealias Sound = SoundCommands

    private static let rows = [
        RejectionRow(
            "text, store", Sound.purchase { ($0.number, $0.store) = ("", "none") }, .textMalformed),
        RejectionRow(
            "store, member", Sound.purchase { ($0.store, $0.member) = ("none", .card("card-7")) }, .storeUnknown),
        RejectionRow(
            "member, time", Sound.purchase { ($0.member, $0.utcOffsetMinutes) = (.card("card-7"), .max) },
            .memberUnknown),
        RejectionRow(
            "time, lines", Sound.purchase { ($0.utcOffsetMinutes, $0.lines) = (.max, []) }, .timeOutOfRange),
        RejectionRow(
            "quantity in line 2, amount in line 1",
            Sound.purchase { ($0.lines[0].total.minor, $0.lines[1].quantity.thousandths) = (-1, -1) },
            .quantityNegative,
            line: 2),
        RejectionRow(
            "negative in line 2, large in line 1",
            Sound.purchase { ($0.lines[0].total.minor, $0.lines[1].total.minor) = (.max, -1) }, .amountNegative, line: 2
        ),
        RejectionRow(
            "negative total, large line",
            Sound.purchase { ($0.lines[0].total.minor, $0.total.minor) = (.max, -1) }, .amountNegative),
        RejectionRow(
            "negative total, negative line: the line is named",
            Sound.purchase { ($0.lines[1].total.minor, $0.total.minor) = (-1, -1) }, .amountNegative, line: 2),
        RejectionRow(
            "large line, wrong total",
            Sound.purchase {
                $0.lines[1].quantity.thousandths = .max; $0.total.minor += 1
            },
            .amountTooLarge, line: 2),
        RejectionRow(
            "total, purchase",
            Sound.slip {
                $0.total.minor += 1; $0.purchase = .receipt("r9")
            }, .totalMismatch),
        RejectionRow(
            "another member, unknown line",
            Sound.slip { ($0.member, $0.lines[0].purchaseLine) = (.external("boris"), 9) }, .purchaseOfAnotherMember),
        RejectionRow(
            "unknown line 2, too much of line 1",
            Sound.slip { $0.lines = [Sound.back(1, 9_000, 1_500), Sound.back(9, 1, 1_500)] }, .purchaseLineUnknown,
            line: 2),
        RejectionRow(
            "phone, card", Sound.registration { ($0.phone, $0.card) = ("12", "card-2") }, .phoneMalformed),
        RejectionRow(
            "business, wallet", Sound.accrual { ($0.business, $0.wallet) = ("none", "none") }, .businessUnknown),
        RejectionRow(
            "wallet, rate", Sound.accrual { ($0.wallet, $0.rate.numerator) = ("none", 101) }, .walletUnknown),
        RejectionRow(
            "currency, scale", Sound.business { ($0.currency, $0.scale) = ("rub", 7) }, .currencyMalformed),
        RejectionRow("scale, fixed", Sound.business { ($0.currency, $0.scale) = ("EUR", 7) }, .scaleTooLarge),
    ]

    @Test(arguments: rows)
    func `of two faults the lower code is answered`(row: RejectionRow) { row.expectIsRefused(by: .withProgramme()) }
}
