import TallyCodec
import TallyModel

extension GoldenMessage {
    /// Questions and answers.
    static let questions: [GoldenMessage] = [
        GoldenMessage("AskStatus", AskStatusLayout.shape, Question.status(wantDigest: true), ["wantDigest": 1]),
        GoldenMessage(
            "AskBalances", AskBalancesLayout.shape,
            Question.balances(asOf: AsOf(sequence: LogSequence(8_123)), member: .phone("+79161234567")),
            [
                "asOfSequence": 8_123, "asOfDay": -2_147_483_648, "member": 0, "memberKind": "phone",
                "memberKeyLength": 12, "text": "+79161234567",
            ]),
        GoldenMessage(
            "AskKPI", AskKPILayout.shape, Question.kpi(asOf: AsOf(day: CivilDay(days: 17_532)), windowDays: 90),
            ["asOfSequence": 0, "asOfDay": 17_532, "windowDays": 90]),
        GoldenMessage("Status", StatusLayout.shape, status, statusFields),
        GoldenMessage("Balances", BalancesLayout.shape, balances, balancesFields),
        GoldenMessage("KPI", KPILayout.shape, figures, figuresFields),
        askQuote,
        GoldenMessage("Quote", QuoteLayout.shape, quote, quoteFields),
        GoldenMessage(
            "AskDefinition", AskDefinitionLayout.shape, Question.definition(.business, id: "salon"),
            ["kind": "business", "idLength": 5, "text": "salon"]),
        GoldenMessage(
            "Definition", DefinitionLayout.shape,
            Definition(sequence: LogSequence(8_123), kind: .wallet, id: "points", scale: 3),
            ["sequence": 8_123, "kind": "wallet", "isDefined": 1, "scale": 3, "idLength": 6, "text": "points"]),
    ]

    private static let status: DaemonStatus = {
        var status = DaemonStatus()
        status.tip = LogSequence(1_000_002)
        status.recordedAt = Instant(microseconds: -5)
        status.checkpoint = LogSequence(900_000)
        status.digestSequence = LogSequence(900_001)
        status.digest = [1, 2, 3, .max]
        status.members = 10
        status.stores = 11
        status.businesses = 12
        status.wallets = 13
        status.sources = 14
        status.accruals = 15
        status.stateBytes = 1 << 40
        status.clock = Instant(microseconds: 1_483_228_800_000_000)
        (status.lots, status.holds) = (16, 17)
        return status
    }()

    private static let statusFields: [String: Reading] = [
        "tip": 1_000_002, "recordedAt": -5, "checkpoint": 900_000, "digestSequence": 900_001, "digest0": 1,
        "digest1": 2,
        "digest2": 3, "digest3": 18_446_744_073_709_551_615, "members": 10, "stores": 11, "businesses": 12,
        "wallets": 13,
        "sources": 14, "accruals": 15, "stateBytes": 1_099_511_627_776, "clock": 1_483_228_800_000_000, "lots": 16,
        "holds": 17,
    ]

    private static let balances = BalancesPage(
        sequence: LogSequence(8_123), isLast: true,
        rows: [
            BalanceRow(
                member: MemberNumber(5), externalID: "m-5", wallet: "points", active: 100, pending: 20, held: 3, debt: 0
            ),
            BalanceRow(
                member: MemberNumber(6), externalID: "", wallet: "stars", active: 0, pending: 0, held: 0, debt: 7),
        ])

    private static let balancesFields: [String: Reading] = [
        "sequence": 8_123, "last": 1,
        "rows": [
            [
                "active": 100, "pending": 20, "held": 3, "debt": 0, "member": 5, "externalLength": 3, "walletLength": 6,
            ],
            ["active": 0, "pending": 0, "held": 0, "debt": 7, "member": 6, "externalLength": 0, "walletLength": 5],
        ],
        "text": "m-5pointsstars",
    ]

    /// A question that holds a purchase as it is sent; the daemon reads it in place.
    private static let askQuote: GoldenMessage = {
        let purchase = (try? Command.purchase(coffee).encoded()) ?? []
        return GoldenMessage(
            name: "AskQuote", shape: AskQuoteLayout.shape, fields: ["text": .text("", purchase)],
            write: { writer in try writer.append(quoteOf: coffee) },
            isRead: { bytes in
                let message = try Message(bytes, shape: AskQuoteLayout.shape)
                guard let text = message.text(at: 0, count: message.textLength) else { return false }
                return try Command(text) == .purchase(coffee)
            })
    }()

    private static let quote = Quote(
        sequence: LogSequence(8_123), code: 74, line: 2, member: 5, points: Points(minor: -250),
        earned: Points(minor: 950), balance: Points(minor: 100), toPay: Money(minor: 33_850),
        payments: [
            Quote.Payment(wallet: "points", points: Points(minor: 1_200), money: Money(minor: 1_100)),
            Quote.Payment(wallet: "stars", points: Points(minor: 1), money: Money(minor: 100)),
        ])

    private static let quoteFields: [String: Reading] = [
        "sequence": 8_123, "points": -250, "earned": 950, "balance": 100, "toPay": 33_850, "member": 5, "code": 74,
        "line": 2,
        "redemptions": [
            ["points": 1_200, "money": 1_100, "walletLength": 6], ["points": 1, "money": 100, "walletLength": 5],
        ],
        "text": "pointsstars",
    ]

    private static let figures = KPIReport(
        sequence: LogSequence(8_123), asOfDay: nil, windowDays: 30,
        values: KPIFigure.allCases.map { $0 == .cardShareX10000 ? nil : Int64($0.rawValue) * -3 })

    private static let figuresFields: [String: Reading] = [
        "sequence": 8_123, "asOfDay": -2_147_483_648, "windowDays": 30,
        "figures": .group(
            KPIFigure.allCases.map {
                ["value": $0 == .cardShareX10000 ? -9_223_372_036_854_775_808 : .value(String($0.rawValue * -3))]
            }),
    ]
}
