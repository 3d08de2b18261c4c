import TallyCodec
import TallyModel

/// Records of purchases and returns.
extension GoldenMessage {
    static let purchaseRecorded = GoldenMessage("PurchaseRecorded", purchaseDraft, purchaseFields)
    static let returnRecorded = GoldenMessage("ReturnRecorded", returnDraft, returnFields)

    /// A wallet's number, how many lots follow, and for each its head, its place unless it is the first, its points.
    ///
    /// Wallet 4: 300 taken from lot 1,000,000.1 (head 1,000,000 · 2 · 8), 7 from lot 999,997.3 (head 5 · 8 + 4).
    static let takenLots: [UInt8] = [4, 2, 0x80, 0xC8, 0xD0, 0x07, 0xAC, 0x02, 44, 3, 7]

    /// The same as values.
    static let takenMoves = [
        LotMove(wallet: 4, kind: .take, lot: LotID(sequence: 1_000_000, place: 1), points: 300),
        LotMove(wallet: 4, kind: .take, lot: LotID(sequence: 999_997, place: 3), points: 7),
    ]

    /// Wallet 4: 40 given back to lot 999,997.3; 30 of lot 1,000,000.1 made anew for business 3, from second 1,483,253,700 to
    /// second 1,484,513,999.
    static let givenLots: [UInt8] = [
        4, 2, 0xD5, 0xC7, 0xD0, 0x07, 3, 40, 50, 30, 3, 0xC4, 0xCF, 0xA2, 0xC3, 0x05, 0xCF, 0xC5, 0xEF, 0xC3, 0x05,
    ]

    /// The same as values.
    static let givenMoves = [
        LotMove(wallet: 4, kind: .give, lot: LotID(sequence: 999_997, place: 3), points: 40),
        LotMove(
            wallet: 4, kind: .make, lot: LotID(sequence: 1_000_000, place: 1), points: 30, issuer: 3,
            beginsAt: 1_483_253_700, endsAt: 1_484_513_999),
    ]

    static let purchaseDraft: RecordDraft = {
        typealias Layout = PurchaseRecordedLayout
        return RecordDraft(
            shape: Layout.shape,
            fields: [
                .init(Layout.store, UInt32(70_000)), .init(Layout.occurredAt, Int64(1_483_253_606_000_001)),
                .init(Layout.total, Int64(35_000)), .init(Layout.balanceAfter, Int64(-1_750)),
                .init(Layout.utcOffsetMinutes, Int16(-300)), .init(Layout.accrualRevision, UInt16(9)),
                .init(Layout.channel, UInt8(3)), .init(Layout.receiptLength, UInt8(3)),
                .init(Layout.hold, UInt64(999_998)), .init(Layout.holdSlot, UInt32(12)),
                .init(Layout.lotsLength, UInt16(takenLots.count)),
            ],
            groups: [
                .entries([
                    [
                        .init(Layout.Lines.quantity, Int64(1_500)), .init(Layout.Lines.total, Int64(34_950)),
                        .init(Layout.Lines.skuLength, UInt8(6)), .init(Layout.Lines.categoryLength, UInt8(0)),
                        .init(Layout.Lines.earns, UInt8(3)), .init(Layout.Lines.burns, UInt8(1)),
                    ],
                    [
                        .init(Layout.Lines.quantity, Int64(1_000)), .init(Layout.Lines.total, Int64(50)),
                        .init(Layout.Lines.skuLength, UInt8(3)), .init(Layout.Lines.categoryLength, UInt8(5)),
                        .init(Layout.Lines.earns, UInt8(2)), .init(Layout.Lines.burns, UInt8(0)),
                    ],
                ]),
                .postings([
                    Posting(amount: -1_750, business: 3, wallet: 4, purpose: .issued),
                    Posting(
                        amount: 1_750, business: 3, wallet: 4, purpose: .pending, lot: 1, beginsAt: 1_484_514_000,
                        endsAt: 1_500_066_000),
                    Posting(amount: -307, business: 3, wallet: 4, purpose: .active),
                    Posting(amount: 307, business: 3, wallet: 4, purpose: .burnt),
                ]),
                .entries([
                    [
                        .init(Layout.Redemptions.points, Int64(307)), .init(Layout.Redemptions.money, Int64(614)),
                        .init(Layout.Redemptions.wallet, UInt16(4)),
                    ]
                ]),
            ], text: "A-1coffeebagtools", tail: takenLots)
    }()

    private static let purchaseFields: [String: Reading] = [
        "store": 70_000, "occurredAt": 1_483_253_606_000_001, "total": 35_000, "balanceAfter": -1_750,
        "utcOffsetMinutes": -300, "accrualRevision": 9, "channel": "app", "receiptLength": 3, "hold": 999_998,
        "holdSlot": 12, "lotsLength": 11,
        "lines": [
            ["quantity": 1_500, "total": 34_950, "skuLength": 6, "categoryLength": 0, "earns": 3, "burns": 1],
            ["quantity": 1_000, "total": 50, "skuLength": 3, "categoryLength": 5, "earns": 2, "burns": 0],
        ],
        "postings": [
            posting(-1_750, "issued"),
            posting(1_750, "pending", lot: 1, beginsAt: 1_484_514_000, endsAt: 1_500_066_000), posting(-307, "active"),
            posting(307, "burnt"),
        ],
        "redemptions": [["points": 307, "money": 614, "wallet": 4]],
        "text": .text("A-1coffeebagtools", takenLots),
    ]

    static let returnDraft: RecordDraft = {
        typealias Layout = ReturnRecordedLayout
        return RecordDraft(
            shape: Layout.shape,
            fields: [
                .init(Layout.store, UInt32(70_001)), .init(Layout.occurredAt, Int64(1_483_253_700_000_000)),
                .init(Layout.total, Int64(17_500)), .init(Layout.balanceAfter, Int64(875)),
                .init(Layout.utcOffsetMinutes, Int16(180)), .init(Layout.accrualRevision, UInt16(9)),
                .init(Layout.channel, UInt8(1)), .init(Layout.receiptLength, UInt8(3)),
                .init(Layout.purchase, UInt64(1_000_001)), .init(Layout.paidBack, Int64(140)),
                .init(Layout.kind, UInt8(1)), .init(Layout.lotsLength, UInt16(givenLots.count)),
            ],
            groups: [
                .entries([
                    [
                        .init(Layout.Lines.quantity, Int64(750)), .init(Layout.Lines.total, Int64(17_500)),
                        .init(Layout.Lines.skuLength, UInt8(6)), .init(Layout.Lines.categoryLength, UInt8(0)),
                        .init(Layout.Lines.purchaseLine, UInt16(1)),
                    ]
                ]),
                .postings([
                    Posting(amount: 875, business: 3, wallet: 4, purpose: .clawback),
                    Posting(amount: -875, business: 3, wallet: 4, purpose: .active),
                ]),
                .entries([
                    [
                        .init(Layout.Redemptions.points, Int64(70)), .init(Layout.Redemptions.money, Int64(140)),
                        .init(Layout.Redemptions.wallet, UInt16(4)),
                    ]
                ]),
            ], text: "R-2coffee", tail: givenLots)
    }()

    private static let returnFields: [String: Reading] = [
        "store": 70_001, "occurredAt": 1_483_253_700_000_000, "total": 17_500, "balanceAfter": 875,
        "utcOffsetMinutes": 180, "accrualRevision": 9, "channel": "selfCheckout", "receiptLength": 3,
        "purchase": 1_000_001, "paidBack": 140, "kind": "void", "lotsLength": 21,
        "lines": [["quantity": 750, "total": 17_500, "skuLength": 6, "categoryLength": 0, "purchaseLine": 1]],
        "postings": [posting(875, "clawback"), posting(-875, "active")],
        "redemptions": [["points": 70, "money": 140, "wallet": 4]],
        "text": .text("R-2coffee", givenLots),
    ]

    /// Both records of the text have a file of their own.
    static let exchangeRecorded: GoldenMessage = {
        typealias Layout = ExchangeRecordedLayout
        let parts = [returnRecorded, purchaseRecorded].map { (try? $0.encoded()) ?? [] }
        let text = Array(parts.joined())
        return GoldenMessage(
            "ExchangeRecorded",
            RecordDraft(
                shape: Layout.shape, fields: [.init(Layout.returnLength, UInt16(parts[0].count))], tail: text),
            ["returnLength": .value(String(parts[0].count)), "text": .text("", text)])
    }()

    /// A posting of business 3 and wallet 4.
    static func posting(
        _ amount: Int, _ purpose: String, lot: Int = 0, beginsAt: Int = 0, endsAt: Int = 0
    ) -> [String: Reading] {
        [
            "amount": .value(String(amount)), "business": 3, "wallet": 4, "purpose": .value(purpose),
            "lot": .value(String(lot)), "beginsAt": .value(String(beginsAt)), "endsAt": .value(String(endsAt)),
        ]
    }
}
