import TallyBytes
import TallyCodec
import TallyModel

/// Promotions: questions and their answers.
extension GoldenMessage {
    static let promotionQuestions = [
        GoldenMessage("AskPromotions", AskPromotionsLayout.shape, Question.promotions, ["flags": 0]), promotionsStand,
        pricedQuote,
    ]

    private static let promotionsStand = GoldenMessage(
        "PromotionsStand", PromotionsStandLayout.shape,
        PromotionsPage(
            sequence: LogSequence(8_123), revision: 3, effectiveFrom: Instant(microseconds: -5), isLast: true,
            rows: [
                PromotionStanding(
                    id: "cakes", title: "Торты", state: .paused,
                    done: PromotionStanding.Figures(uses: 7, discount: 7_000, points: 70),
                    withheld: PromotionStanding.Figures(uses: 2, discount: 2_000, points: 20),
                    lastSequence: LogSequence(8_001),
                    budget: PromotionStanding.Budget(.discount, most: 9_000, left: 1_900)),
                PromotionStanding(id: "old", state: .gone),
            ]),
        [
            "sequence": 8_123, "effectiveFrom": -5, "revision": 3, "last": 1,
            "rows": [
                [
                    "uses": 7, "discount": 7_000, "points": 70, "withheldUses": 2, "withheldDiscount": 2_000,
                    "withheldPoints": 20, "lastSequence": 8_001, "budgetMost": 9_000, "budgetLeft": 1_900,
                    "budgetMeasure": 1, "state": 1, "idLength": 5, "titleLength": 10,
                ],
                [
                    "uses": 0, "discount": 0, "points": 0, "withheldUses": 0, "withheldDiscount": 0,
                    "withheldPoints": 0, "lastSequence": 0, "budgetMost": 0, "budgetLeft": 0, "budgetMeasure": 255,
                    "state": 3, "idLength": 3, "titleLength": 0,
                ],
            ], "text": "cakesТортыold",
        ])

    private static let pricedQuote: GoldenMessage = {
        var quote = Quote(
            sequence: LogSequence(8_123), member: 5, points: Points(minor: 450), earned: Points(minor: 451),
            balance: Points(minor: 452), toPay: Money(minor: 9_000))
        let plain = (try? quote.encoded()) ?? []
        quote.promotions = QuotedPromotions(
            shelfTotal: Money(minor: 10_000), payable: Money(minor: 9_001), revision: 3,
            validUntil: Instant(microseconds: 1_483_253_606_000_123),
            effects: [
                QuotedEffect(
                    promotion: "cakes", title: "Торты", discount: Money(minor: 999), points: Points(minor: 33),
                    acts: [
                        QuotedAct(.sayOnReceipt, "Спасибо", count: 2, minutes: 60, amount: 77, channel: "sms")
                    ]),
                QuotedEffect(promotion: "large", missing: QuotedEffect.Missing(500, .sum)),
            ],
            lines: [
                QuotedLine(discount: Money(minor: 999), points: Points(minor: 33)),
                QuotedLine(discount: .zero, points: Points(minor: 1)),
            ])
        return GoldenMessage(
            "PricedQuote", PricedQuoteLayout.shape, quote,
            [
                "shelfTotal": 10_000, "payable": 9_001, "validUntil": 1_483_253_606_000_123, "revision": 3,
                "quoteLength": .value(String(plain.count)),
                "effects": [
                    [
                        "discount": 999, "points": 33, "missing": 0, "state": 0, "measure": 0, "promotionLength": 5,
                        "titleLength": 10,
                    ],
                    [
                        "discount": 0, "points": 0, "missing": 500, "state": 1, "measure": 1, "promotionLength": 5,
                        "titleLength": 0,
                    ],
                ],
                "acts": [
                    [
                        "amount": 77, "count": 2, "minutes": 60, "effect": 0, "argumentLength": 14, "kind": 0,
                        "channelLength": 3,
                    ]
                ], "lines": [["discount": 999, "points": 33], ["discount": 0, "points": 1]],
                "text": .text("", plain + Array("cakesТортыlargeСпасибоsms".utf8)),
            ])
    }()
}

/// Promotions: commands.
extension GoldenMessage {
    static let promotionCommands = [keepDocument, setPromotions, pricedPurchase]

    private static let words = DocumentDigest(1, 2, 3, .max)
    private static let rules = DocumentDigest(4, 5, 6, 7)

    private static let keepDocument = GoldenMessage(
        "KeepDocument", KeepDocumentLayout.shape,
        Command.keepDocument(DocumentPart(digest: words, part: 2, parts: 3, bytes: Array("stores: [s1]".utf8))),
        [
            "digest0": 1, "digest1": 2, "digest2": 3, "digest3": 18_446_744_073_709_551_615, "part": 2, "parts": 3,
            "text": "stores: [s1]",
        ])

    private static let setPromotions = GoldenMessage(
        "SetPromotions", SetPromotionsLayout.shape,
        Command.setPromotions(
            PromotionsChange(
                .pause(["cakes", "large"]), effectiveFrom: Instant(microseconds: 1_483_253_606_000_123),
                author: "irina", note: "распродано")),
        [
            "effectiveFrom": 1_483_253_606_000_123, "words0": 0, "words1": 0, "words2": 0, "words3": 0, "rules0": 0,
            "rules1": 0, "rules2": 0, "rules3": 0, "action": 1, "authorLength": 5, "noteLength": 20,
            "ids": [["length": 5], ["length": 5]], "text": "irinaраспроданоcakeslarge",
        ])

    /// The purchase of the text has a file of its own.
    private static let pricedPurchase: GoldenMessage = {
        let purchase = (try? Command.purchase(coffee).encoded()) ?? []
        var receipt = coffee
        receipt.pricing = Pricing(
            payable: Money(minor: 33_850), isSettled: true,
            facts: [StatedFact("tier", "gold"), StatedFact("age", "7")],
            codes: ["SPRING"], wantsOffers: true)
        return GoldenMessage(
            "PricedPurchase", PricedPurchaseLayout.shape, Command.purchase(receipt),
            [
                "payable": 33_850, "purchaseLength": .value(String(purchase.count)), "flags": 7,
                "facts": [["nameLength": 4, "valueLength": 4], ["nameLength": 3, "valueLength": 1]],
                "codes": [["length": 6]], "text": .text("", purchase + Array("tiergoldage7SPRING".utf8)),
            ])
    }()
}

/// Promotions: records.
extension GoldenMessage {
    static let promotionRecords = [documentKept, promotionsSet, promotedReceiptRecorded, priceChanged]

    private static let documentKept: GoldenMessage = {
        typealias Layout = DocumentKeptLayout
        return GoldenMessage(
            "DocumentKept",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.digest0, UInt64(1)), .init(Layout.digest1, UInt64(2)),
                    .init(Layout.digest2, UInt64(3)), .init(Layout.digest3, UInt64(4)),
                    .init(Layout.document, UInt32(70_001)), .init(Layout.part, UInt16(2)),
                    .init(Layout.parts, UInt16(3)),
                ], text: "stores: [s1]"),
            [
                "digest0": 1, "digest1": 2, "digest2": 3, "digest3": 4, "document": 70_001, "part": 2, "parts": 3,
                "text": "stores: [s1]",
            ])
    }()

    private static let promotionsSet: GoldenMessage = {
        typealias Layout = PromotionsSetLayout
        return GoldenMessage(
            "PromotionsSet",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.effectiveFrom, Int64(1_483_253_606_000_001)), .init(Layout.revision, UInt32(9)),
                    .init(Layout.words, UInt32(7)), .init(Layout.rules, UInt32(8)), .init(Layout.action, UInt8(3)),
                    .init(Layout.authorLength, UInt8(5)), .init(Layout.noteLength, UInt8(4)),
                ],
                groups: [
                    .entries([
                        [.init(Layout.Resting.state, UInt8(2)), .init(Layout.Resting.length, UInt8(5))],
                        [.init(Layout.Resting.state, UInt8(1)), .init(Layout.Resting.length, UInt8(3))],
                    ])
                ], text: "irinanotecakesold"),
            [
                "effectiveFrom": 1_483_253_606_000_001, "revision": 9, "words": 7, "rules": 8, "action": 3,
                "authorLength": 5, "noteLength": 4,
                "resting": [["state": 2, "length": 5], ["state": 1, "length": 3]], "text": "irinanotecakesold",
            ])
    }()

    /// The purchase of the text has a file of its own; behind it the list of what promotions did, byte by byte.
    private static let promotedReceiptRecorded: GoldenMessage = {
        typealias Layout = PromotedReceiptRecordedLayout
        let receipt = (try? purchaseRecorded.encoded()) ?? []
        var writer = ByteWriter()
        writer.append(
            PromotionAccount(
                awards: [
                    PromotionAward(
                        place: 300, rule: 1, wallet: WalletNumber(2),
                        parts: [
                            PromotionAward.Part(line: 0, discount: 1_000, points: 5),
                            PromotionAward.Part(line: 1, discount: 0, points: 6),
                        ]),
                    PromotionAward(place: 4, rule: 0, isWithheld: true, parts: []),
                ], facts: [0, -1, 17_532], codes: ["SPRING"], extras: [-1, 2],
                names: [PromotionAccount.Name(place: 4, id: "large")]))
        let account: [UInt8] =
            [2, 0xAC, 2, 2, 2, 2, 0, 0xE8, 7, 5, 1, 0, 6, 4, 1, 0, 0, 3, 0, 1, 0xF8, 0x91, 2, 1, 6]
            + Array("SPRING".utf8) + [2, 1, 4, 1, 4, 5] + Array("large".utf8)
        precondition(Array(copying: writer.bytes) == account, "The list is written as it is described.")
        return GoldenMessage(
            "PromotedReceiptRecorded",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.shelfTotal, Int64(35_000)), .init(Layout.difference, Int64(-7)),
                    .init(Layout.revision, UInt32(9)), .init(Layout.receiptLength, UInt16(receipt.count)),
                ],
                groups: [
                    .entries([
                        [
                            .init(Layout.Uses.high, UInt64.max), .init(Layout.Uses.low, UInt64(1)),
                            .init(Layout.Uses.amount, Int64(1_000)),
                        ]
                    ])
                ], tail: receipt + account),
            [
                "shelfTotal": 35_000, "difference": -7, "revision": 9, "receiptLength": .value(String(receipt.count)),
                "uses": [["high": 18_446_744_073_709_551_615, "low": 1, "amount": 1_000]],
                "text": .text("", receipt + account),
            ])
    }()

    private static let priceChanged: GoldenMessage = {
        typealias Layout = PriceChangedLayout
        return GoldenMessage(
            "PriceChanged",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.stated, Int64(9_500)), .init(Layout.payable, Int64(9_000)),
                    .init(Layout.revision, UInt32(9)), .init(Layout.command, UInt16(49)),
                ]), ["stated": 9_500, "payable": 9_000, "revision": 9, "command": 49])
    }()
}
