import TallyCodec
import TallyModel

/// Gift cards, certificates, coupons and promo codes: commands.
extension GoldenMessage {
    static let instrumentCommands = [defineInstrument, issueInstruments, moveInstrument, codedPurchase]

    private static let defineInstrument = GoldenMessage(
        "DefineInstrument", DefineInstrumentLayout.shape,
        Command.defineInstrument(
            InstrumentDefinition(
                id: "flyer", name: "Листовка", kind: .promoCode, codes: .generic, code: "4006381333931",
                checkScheme: .ean13, business: "grocery", wallet: "money", faceValue: Points(minor: 50_000),
                validFrom: CivilDay(days: 17_532), validThrough: CivilDay(days: 17_563), utcOffsetMinutes: 180,
                codesMax: 1_000_000, usesPerCode: 2, usesBudget: 70_000, amountBudget: 9_000_000, memberLimit: 3,
                onReturn: .keep)),
        [
            "faceValue": 50_000, "amountBudget": 9_000_000, "usesBudget": 70_000, "validFrom": 17_532,
            "validThrough": 17_563, "codesMax": 1_000_000, "usesPerCode": 2, "memberLimit": 3,
            "utcOffsetMinutes": 180, "kind": "promoCode", "codes": "generic", "checkScheme": "ean13",
            "onReturn": "keep", "idLength": 5, "nameLength": 16, "codeLength": 13, "businessLength": 7,
            "walletLength": 5, "text": "flyerЛистовка4006381333931grocerymoney",
        ])

    private static let issueInstruments = GoldenMessage(
        "IssueInstruments", IssueInstrumentsLayout.shape,
        Command.issueInstruments(
            InstrumentIssue(
                instrument: "flyer", count: 1_000_000, faceValue: Points(minor: 50_000), member: .external("m-1"),
                occurredAt: Instant(microseconds: 1_483_253_606_000_001), utcOffsetMinutes: -300,
                endsOn: CivilDay(days: 17_563), seconds: 3_600)),
        [
            "occurredAt": 1_483_253_606_000_001, "faceValue": 50_000, "count": 1_000_000, "member": 0,
            "endsOn": 17_563, "seconds": 3_600, "utcOffsetMinutes": -300, "memberKind": "external",
            "instrumentLength": 5, "memberKeyLength": 3, "text": "flyerm-1",
        ])

    private static let moveInstrument = GoldenMessage(
        "MoveInstrument", MoveInstrumentLayout.shape,
        Command.moveInstrument(
            InstrumentMove(
                .charge, .serial(instrument: "card", 70_001), amount: 50_000, store: "17",
                member: .number(MemberNumber(12)), receipt: "A-1",
                occurredAt: Instant(microseconds: 1_483_253_606_000_001), utcOffsetMinutes: 60, seconds: 900,
                reference: .event(source: SourceNumber(7), number: 43))),
        [
            "occurredAt": 1_483_253_606_000_001, "amount": 50_000, "reference": 0, "referenceNumber": 43,
            "referenceSource": 7, "serial": 70_001, "member": 12, "seconds": 900, "utcOffsetMinutes": 60,
            "memberKind": "number", "action": "charge", "storeLength": 2, "memberKeyLength": 0, "receiptLength": 3,
            "codeLength": 0, "instrumentLength": 4, "text": "17A-1card",
        ])

    /// The purchase of the text has a file of its own.
    private static let codedPurchase: GoldenMessage = {
        let purchase = (try? Command.purchase(coffee).encoded()) ?? []
        var receipt = coffee
        receipt.codes = [
            PurchaseCode(.code("SPRING25"), amount: 700),
            PurchaseCode(
                .serial(instrument: "card", 70_001), amount: 300,
                reservation: .event(source: SourceNumber(7), number: 43)),
            PurchaseCode(.byReference, amount: 50, reservation: .sequence(LogSequence(1_000_003))),
        ]
        return GoldenMessage(
            "CodedPurchase", CodedPurchaseLayout.shape, Command.purchase(receipt),
            [
                "purchaseLength": .value(String(purchase.count)),
                "codes": [
                    [
                        "amount": 700, "reference": 0, "referenceNumber": 0, "referenceSource": 0, "serial": 0,
                        "codeLength": 8, "instrumentLength": 0,
                    ],
                    [
                        "amount": 300, "reference": 0, "referenceNumber": 43, "referenceSource": 7, "serial": 70_001,
                        "codeLength": 0, "instrumentLength": 4,
                    ],
                    [
                        "amount": 50, "reference": 1_000_003, "referenceNumber": 0, "referenceSource": 0, "serial": 0,
                        "codeLength": 0, "instrumentLength": 0,
                    ],
                ],
                "text": .text("", purchase + Array("SPRING25card".utf8)),
            ])
    }()
}

/// Gift cards, certificates, coupons and promo codes: records.
extension GoldenMessage {
    static let instrumentRecords = [
        instrumentDefined, instrumentsIssued, instrumentMoved, instrumentsExpired, codedReceiptRecorded,
    ]

    private static let instrumentDefined: GoldenMessage = {
        typealias Layout = InstrumentDefinedLayout
        return GoldenMessage(
            "InstrumentDefined",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.instrument, UInt32(9)), .init(Layout.faceValue, Int64(50_000)),
                    .init(Layout.amountBudget, Int64(9_000_000)), .init(Layout.usesBudget, Int64(70_000)),
                    .init(Layout.beginsAt, UInt32(1_514_754_000)), .init(Layout.endsAt, UInt32(1_517_432_400)),
                    .init(Layout.codesMax, UInt32(1_000_000)), .init(Layout.usesPerCode, UInt32(2)),
                    .init(Layout.memberLimit, UInt32(3)), .init(Layout.business, UInt16(4)),
                    .init(Layout.wallet, UInt16(5)), .init(Layout.kind, UInt8(2)), .init(Layout.codes, UInt8(1)),
                    .init(Layout.checkScheme, UInt8(0)), .init(Layout.onReturn, UInt8(1)),
                    .init(Layout.idLength, UInt8(5)), .init(Layout.nameLength, UInt8(16)),
                    .init(Layout.codeLength, UInt8(8)),
                ], text: "flyerЛистовкаSPRING25"),
            [
                "instrument": 9, "faceValue": 50_000, "amountBudget": 9_000_000, "usesBudget": 70_000,
                "beginsAt": 1_514_754_000, "endsAt": 1_517_432_400, "codesMax": 1_000_000, "usesPerCode": 2,
                "memberLimit": 3, "business": 4, "wallet": 5, "kind": "coupon", "codes": "generic",
                "checkScheme": "none", "onReturn": "keep", "idLength": 5, "nameLength": 16, "codeLength": 8,
                "text": "flyerЛистовкаSPRING25",
            ])
    }()

    private static let instrumentsIssued: GoldenMessage = {
        typealias Layout = InstrumentsIssuedLayout
        return GoldenMessage(
            "InstrumentsIssued",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.occurredAt, Int64(1_483_253_606_000_001)), .init(Layout.faceValue, Int64(50_000)),
                    .init(Layout.instrument, UInt32(9)), .init(Layout.batch, UInt32(8)),
                    .init(Layout.firstSerial, UInt32(70_001)), .init(Layout.count, UInt32(1_000_000)),
                    .init(Layout.endsAt, UInt32(1_517_432_400)), .init(Layout.utcOffsetMinutes, Int16(180)),
                ],
                groups: [.postings(cards(50_000_000_000, .sold))]),
            [
                "occurredAt": 1_483_253_606_000_001, "faceValue": 50_000, "instrument": 9, "batch": 8,
                "firstSerial": 70_001, "count": 1_000_000, "endsAt": 1_517_432_400, "utcOffsetMinutes": 180,
                "postings": [cardPosting(50_000_000_000, "cards"), cardPosting(-50_000_000_000, "sold")],
            ])
    }()

    private static let instrumentMoved: GoldenMessage = {
        typealias Layout = InstrumentMovedLayout
        return GoldenMessage(
            "InstrumentMoved",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.occurredAt, Int64(1_483_253_606_000_001)), .init(Layout.amount, Int64(700)),
                    .init(Layout.lost, Int64(300)), .init(Layout.balanceAfter, Int64(1_443)),
                    .init(Layout.reference, UInt64(1_000_003)), .init(Layout.instrument, UInt32(9)),
                    .init(Layout.serial, UInt32(70_002)), .init(Layout.store, UInt32(70_000)),
                    .init(Layout.slot, UInt32(12)), .init(Layout.endsAt, UInt32(1_483_254_506)),
                    .init(Layout.utcOffsetMinutes, Int16(60)), .init(Layout.action, UInt8(2)),
                    .init(Layout.why, UInt8(1)), .init(Layout.receiptLength, UInt8(3)),
                ],
                groups: [.postings(cards(-300, .expired))], text: "A-1"),
            [
                "occurredAt": 1_483_253_606_000_001, "amount": 700, "lost": 300, "balanceAfter": 1_443,
                "reference": 1_000_003, "instrument": 9, "serial": 70_002, "store": 70_000, "slot": 12,
                "endsAt": 1_483_254_506, "utcOffsetMinutes": 60, "action": "release", "why": "timedOut",
                "receiptLength": 3, "postings": [cardPosting(-300, "cards"), cardPosting(300, "expired")],
                "text": "A-1",
            ])
    }()

    private static let instrumentsExpired: GoldenMessage = {
        typealias Layout = InstrumentsExpiredLayout
        return GoldenMessage(
            "InstrumentsExpired",
            RecordDraft(
                shape: Layout.shape, fields: [],
                groups: [
                    .entries([
                        [
                            .init(Layout.Batches.batch, UInt32(8)), .init(Layout.Batches.firstSerial, UInt32(70_001)),
                            .init(Layout.Batches.amount, Int64(49_999_999_000)),
                        ],
                        [
                            .init(Layout.Batches.batch, UInt32(9)),
                            .init(Layout.Batches.firstSerial, UInt32(1_070_001)),
                            .init(Layout.Batches.amount, Int64(0)),
                        ],
                    ]), .postings(cards(-49_999_999_000, .expired)),
                ]),
            [
                "batches": [
                    ["batch": 8, "firstSerial": 70_001, "amount": 49_999_999_000],
                    ["batch": 9, "firstSerial": 1_070_001, "amount": 0],
                ],
                "postings": [cardPosting(-49_999_999_000, "cards"), cardPosting(49_999_999_000, "expired")],
            ])
    }()

    /// Both records of the text have a file of their own.
    private static let codedReceiptRecorded: GoldenMessage = {
        typealias Layout = CodedReceiptRecordedLayout
        let receipt = (try? purchaseRecorded.encoded()) ?? []
        let step = (try? instrumentMoved.encoded()) ?? []
        return GoldenMessage(
            "CodedReceiptRecorded",
            RecordDraft(
                shape: Layout.shape, fields: [.init(Layout.receiptLength, UInt16(receipt.count))],
                groups: [
                    .entries([
                        [.init(Layout.Steps.length, UInt16(step.count))],
                        [.init(Layout.Steps.length, UInt16(step.count))],
                    ])
                ], tail: receipt + step + step),
            [
                "receiptLength": .value(String(receipt.count)),
                "steps": [["length": .value(String(step.count))], ["length": .value(String(step.count))]],
                "text": .text("", receipt + step + step),
            ])
    }()

    private static func cards(_ amount: Int64, _ purpose: Purpose) -> [Posting] {
        [
            Posting(amount: amount, business: 3, wallet: 4, purpose: .cards),
            Posting(amount: -amount, business: 3, wallet: 4, purpose: purpose),
        ]
    }

    private static func cardPosting(_ amount: Reading, _ purpose: Reading) -> [String: Reading] {
        [
            "amount": amount, "business": 3, "wallet": 4, "purpose": purpose, "lot": 0, "beginsAt": 0, "endsAt": 0,
        ]
    }
}
