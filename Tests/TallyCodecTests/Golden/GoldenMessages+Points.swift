import TallyCodec
import TallyModel

/// Records of terms, holds, corrections and the clock.
extension GoldenMessage {
    static let walletTermsSet: GoldenMessage = {
        typealias Layout = WalletTermsSetLayout
        return GoldenMessage(
            "WalletTermsSet",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.maxPerReceipt, Int64(100_000)), .init(Layout.minReceipt, Int64(50_000)),
                    .init(Layout.negativeLimit, Int64(700)), .init(Layout.moneyNumerator, UInt32(100)),
                    .init(Layout.moneyDenominator, UInt32(3)), .init(Layout.pendingDay, Int32(17_532)),
                    .init(Layout.expiryCount, UInt16(90)), .init(Layout.pendingCount, UInt16(2)),
                    .init(Layout.returnWindowDays, UInt16(15)), .init(Layout.maxShareBasisPoints, UInt16(5_000)),
                    .init(Layout.graceDays, UInt16(16)), .init(Layout.expiryKind, UInt8(4)),
                    .init(Layout.pendingKind, UInt8(2)), .init(Layout.burnOrder, UInt8(1)),
                    .init(Layout.negativeKind, UInt8(0)), .init(Layout.earnFilter, UInt8(2)),
                    .init(Layout.burnFilter, UInt8(1)), .init(Layout.keepsOnReturn, UInt8(1)),
                    .init(Layout.takesBackBlind, UInt8(0)), .init(Layout.earnsOnPoints, UInt8(1)),
                    .init(Layout.wallet, UInt16(4)), .init(Layout.revision, UInt16(11)),
                ],
                groups: [
                    .entries([
                        [
                            .init(Layout.Items.value, UInt16(0)), .init(Layout.Items.kind, UInt8(0)),
                            .init(Layout.Items.nameLength, UInt8(7)),
                        ],
                        [
                            .init(Layout.Items.value, UInt16(1_231)), .init(Layout.Items.kind, UInt8(2)),
                            .init(Layout.Items.nameLength, UInt8(0)),
                        ],
                    ])
                ], text: "tobacco"),
            [
                "maxPerReceipt": 100_000, "minReceipt": 50_000, "negativeLimit": 700, "moneyNumerator": 100,
                "moneyDenominator": 3, "pendingDay": 17_532, "expiryCount": 90, "pendingCount": 2,
                "returnWindowDays": 15, "maxShareBasisPoints": 5_000, "graceDays": 16, "expiryKind": "sliding",
                "pendingKind": "date", "burnOrder": "firstInFirstOut", "negativeKind": "none", "earnFilter": "except",
                "burnFilter": "only", "keepsOnReturn": 1, "takesBackBlind": 0, "earnsOnPoints": 1, "wallet": 4,
                "revision": 11,
                "items": [
                    ["value": 0, "kind": "earnCategory", "nameLength": 7],
                    ["value": 1_231, "kind": "expiryDay", "nameLength": 0],
                ],
                "text": "tobacco",
            ])
    }()

    static let settlementTermsSet: GoldenMessage = {
        typealias Layout = SettlementTermsSetLayout
        return GoldenMessage(
            "SettlementTermsSet",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.numerator, UInt32(9)), .init(Layout.denominator, UInt32(10)),
                    .init(Layout.feeBasisPoints, UInt16(150)), .init(Layout.issuer, UInt16(3)),
                    .init(Layout.redeemer, UInt16(2)), .init(Layout.wallet, UInt16(4)),
                    .init(Layout.timing, UInt8(1)),
                ]),
            [
                "numerator": 9, "denominator": 10, "feeBasisPoints": 150, "issuer": 3, "redeemer": 2, "wallet": 4,
                "timing": "issue",
            ])
    }()

    static let holdPlaced: GoldenMessage = {
        typealias Layout = HoldPlacedLayout
        return GoldenMessage(
            "HoldPlaced",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.store, UInt32(70_000)), .init(Layout.occurredAt, Int64(1_483_253_606_000_001)),
                    .init(Layout.receiptTotal, Int64(35_050)), .init(Layout.balanceAfter, Int64(1_443)),
                    .init(Layout.points, Int64(307)), .init(Layout.slot, UInt32(12)),
                    .init(Layout.endsAt, UInt32(1_483_254_506)), .init(Layout.wallet, UInt16(4)),
                    .init(Layout.lotsLength, UInt16(takenLots.count)), .init(Layout.receiptLength, UInt8(3)),
                ],
                groups: [.postings(held(307))], text: "A-1", tail: takenLots),
            [
                "store": 70_000, "occurredAt": 1_483_253_606_000_001, "receiptTotal": 35_050, "balanceAfter": 1_443,
                "points": 307, "slot": 12, "endsAt": 1_483_254_506, "wallet": 4, "lotsLength": 11, "receiptLength": 3,
                "postings": [posting(-307, "active"), posting(307, "held")],
                "text": .text("A-1", takenLots),
            ])
    }()

    static let holdReleased: GoldenMessage = {
        typealias Layout = HoldReleasedLayout
        return GoldenMessage(
            "HoldReleased",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.hold, UInt64(1_000_003)), .init(Layout.balanceAfter, Int64(1_750)),
                    .init(Layout.points, Int64(307)), .init(Layout.slot, UInt32(12)), .init(Layout.why, UInt8(1)),
                ],
                groups: [.postings(held(-307))]),
            [
                "hold": 1_000_003, "balanceAfter": 1_750, "points": 307, "slot": 12, "why": "timedOut",
                "postings": [posting(307, "active"), posting(-307, "held")],
            ])
    }()

    static let adjusted: GoldenMessage = {
        typealias Layout = AdjustedLayout
        return GoldenMessage(
            "Adjusted",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.occurredAt, Int64(1_483_253_606_000_001)), .init(Layout.points, Int64(-307)),
                    .init(Layout.balanceAfter, Int64(1_443)), .init(Layout.manifest, UInt64(1_000_000)),
                    .init(Layout.proposal, UInt64(999_990)), .init(Layout.utcOffsetMinutes, Int16(60)),
                    .init(Layout.business, UInt16(3)), .init(Layout.wallet, UInt16(4)),
                    .init(Layout.lotsLength, UInt16(takenLots.count)), .init(Layout.kind, UInt8(2)),
                    .init(Layout.operatorLength, UInt8(4)), .init(Layout.categoryLength, UInt8(5)),
                    .init(Layout.reasonLength, UInt8(8)),
                ],
                groups: [
                    .postings([
                        Posting(amount: -307, business: 3, wallet: 4, purpose: .active),
                        Posting(amount: 307, business: 3, wallet: 4, purpose: .adjusted),
                    ])
                ], text: "op-9delaymistyped", tail: takenLots),
            [
                "occurredAt": 1_483_253_606_000_001, "points": -307, "balanceAfter": 1_443, "manifest": 1_000_000,
                "proposal": 999_990, "utcOffsetMinutes": 60, "business": 3, "wallet": 4, "lotsLength": 11,
                "kind": "award", "operatorLength": 4, "categoryLength": 5, "reasonLength": 8,
                "postings": [posting(-307, "active"), posting(307, "adjusted")],
                "text": .text("op-9delaymistyped", takenLots),
            ])
    }()

    static let clockSet = GoldenMessage(
        "ClockSet",
        RecordDraft(
            shape: ClockSetLayout.shape, fields: [.init(ClockSetLayout.to, Int64(1_483_228_800_000_000))]),
        ["to": 1_483_228_800_000_000])

    static let clockAdvanced: GoldenMessage = {
        typealias Layout = ClockAdvancedLayout
        return GoldenMessage(
            "ClockAdvanced",
            RecordDraft(
                shape: Layout.shape, fields: [.init(Layout.to, Int64(1_484_514_000_000_000))],
                groups: [
                    .entries([
                        [
                            .init(Layout.Lots.lot, LotID(sequence: 1_000_001, place: 2).rawValue),
                            .init(Layout.Lots.amount, Int64(1_750)), .init(Layout.Lots.covers, Int64(50)),
                            .init(Layout.Lots.member, UInt32(5)), .init(Layout.Lots.slot, UInt32(77)),
                            .init(Layout.Lots.until, UInt32(0)), .init(Layout.Lots.event, UInt8(0)),
                        ],
                        [
                            .init(Layout.Lots.lot, LotID(sequence: 999_997, place: 1).rawValue),
                            .init(Layout.Lots.amount, Int64(20)), .init(Layout.Lots.covers, Int64(0)),
                            .init(Layout.Lots.member, UInt32(6)), .init(Layout.Lots.slot, UInt32(78)),
                            .init(Layout.Lots.until, UInt32(1_500_066_000)), .init(Layout.Lots.event, UInt8(2)),
                        ],
                    ]),
                    .postings([
                        Posting(amount: -1_750, business: 3, wallet: 4, purpose: .pending),
                        Posting(amount: 1_700, business: 3, wallet: 4, purpose: .active),
                        Posting(amount: 50, business: 3, wallet: 4, purpose: .debt),
                    ]),
                ]),
            [
                "to": 1_484_514_000_000_000,
                "lots": [
                    [
                        "lot": 65_536_065_538, "amount": 1_750, "covers": 50, "member": 5, "slot": 77, "until": 0,
                        "event": "begins",
                    ],
                    [
                        "lot": 65_535_803_393, "amount": 20, "covers": 0, "member": 6, "slot": 78,
                        "until": 1_500_066_000, "event": "slides",
                    ],
                ],
                "postings": [posting(-1_750, "pending"), posting(1_700, "active"), posting(50, "debt")],
            ])
    }()

    /// Points that a hold sets aside, or gives back when negative.
    private static func held(_ amount: Int64) -> [Posting] {
        [
            Posting(amount: -amount, business: 3, wallet: 4, purpose: .active),
            Posting(amount: amount, business: 3, wallet: 4, purpose: .held),
        ]
    }
}
