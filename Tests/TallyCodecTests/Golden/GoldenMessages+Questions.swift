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
        return status
    }()

    private static let statusFields: [String: Reading] = [
        "tip": 1_000_002, "recordedAt": -5, "checkpoint": 900_000, "digestSequence": 900_001, "digest0": 1,
        "digest1": 2,
        "digest2": 3, "digest3": 18_446_744_073_709_551_615, "members": 10, "stores": 11, "businesses": 12,
        "wallets": 13,
        "sources": 14, "accruals": 15, "stateBytes": 1_099_511_627_776,
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
