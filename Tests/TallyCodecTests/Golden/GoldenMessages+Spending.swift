import TallyCodec
import TallyModel

extension GoldenMessage {
    static let setWalletTerms = GoldenMessage(
        "SetWalletTerms", SetWalletTermsLayout.shape,
        Command.setWalletTerms(
            WalletTerms(
                wallet: "points", expiry: .dates([DayOfYear(month: 6, day: 30), DayOfYear(month: 12, day: 31)]),
                pending: .date(CivilDay(days: 17_532)), returnWindowDays: 15, burnOrder: .ownBusinessFirst,
                maxShareBasisPoints: 5_000, maxPerReceipt: Points(minor: 100_000), minReceipt: Money(minor: 50_000),
                negative: .upTo(Points(minor: 700)), graceDays: 16, moneyRate: Rate(numerator: 100, denominator: 3),
                earnFilter: .except(["tobacco"]), burnFilter: .only(["bakery", "хлеб"]), returns: .keep,
                takesBackBlind: false, earnsOnPoints: true)),
        [
            "maxPerReceipt": 100_000, "minReceipt": 50_000, "negativeLimit": 700, "moneyNumerator": 100,
            "moneyDenominator": 3, "pendingDay": 17_532, "expiryCount": 0, "pendingCount": 0, "returnWindowDays": 15,
            "maxShareBasisPoints": 5_000, "graceDays": 16, "expiryKind": "dates", "pendingKind": "date",
            "burnOrder": "ownBusinessFirst", "negativeKind": "upTo", "earnFilter": "except", "burnFilter": "only",
            "keepsOnReturn": 1, "takesBackBlind": 0, "earnsOnPoints": 1, "walletLength": 6,
            "items": [
                ["value": 0, "kind": "earnCategory", "nameLength": 7],
                ["value": 0, "kind": "burnCategory", "nameLength": 6],
                ["value": 0, "kind": "burnCategory", "nameLength": 8],
                ["value": 630, "kind": "expiryDay", "nameLength": 0],
                ["value": 1_231, "kind": "expiryDay", "nameLength": 0],
            ],
            "text": "pointstobaccobakeryхлеб",
        ])

    static let setSettlementTerms = GoldenMessage(
        "SetSettlementTerms", SetSettlementTermsLayout.shape,
        Command.setSettlementTerms(
            SettlementTerms(
                issuer: "grocery", redeemer: "salon", wallet: "points", rate: Rate(numerator: 9, denominator: 10),
                feeBasisPoints: 150, timing: .issue)),
        [
            "numerator": 9, "denominator": 10, "feeBasisPoints": 150, "timing": "issue", "issuerLength": 7,
            "redeemerLength": 5, "walletLength": 6, "text": "grocerysalonpoints",
        ])

    static let placeHold = GoldenMessage(
        "PlaceHold", PlaceHoldLayout.shape,
        Command.placeHold(
            HoldRequest(
                store: "17", member: .external("m-5"), receipt: "A-10",
                occurredAt: Instant(microseconds: 1_483_253_606_000_001), utcOffsetMinutes: -300,
                receiptTotal: Money(minor: 35_050),
                redemption: Redemption(wallet: "points", points: Points(minor: 1_200), isUpTo: true), seconds: 600)),
        [
            "occurredAt": 1_483_253_606_000_001, "points": 1_200, "receiptTotal": 35_050, "member": 0, "seconds": 600,
            "utcOffsetMinutes": -300, "memberKind": "external", "upTo": 1, "storeLength": 2, "memberKeyLength": 3,
            "receiptLength": 4, "walletLength": 6, "text": "17m-5A-10points",
        ])

    static let releaseHold = GoldenMessage(
        "ReleaseHold", ReleaseHoldLayout.shape, Command.releaseHold(.sequence(LogSequence(1_000_003))),
        ["hold": 1_000_003, "holdNumber": 0, "holdSource": 0])

    static let voidPurchase = GoldenMessage(
        "VoidPurchase", VoidPurchaseLayout.shape,
        Command.voidPurchase(
            VoidSlip(
                store: "17", member: .number(MemberNumber(5)), number: "V-30",
                occurredAt: Instant(microseconds: 1_483_253_800_000_000), utcOffsetMinutes: 180,
                channel: .selfCheckout, purchase: .receipt("A-1"))),
        [
            "occurredAt": 1_483_253_800_000_000, "purchaseSequence": 0, "purchaseNumber": 0, "purchaseSource": 0,
            "member": 5, "utcOffsetMinutes": 180, "memberKind": "number", "channel": "selfCheckout", "storeLength": 2,
            "memberKeyLength": 0, "purchaseReceiptLength": 3, "receiptLength": 4, "text": "17A-1V-30",
        ])

    /// Both messages of the text have a file of their own.
    static let exchange: GoldenMessage = {
        let parts = [Command.return(coffeeBack), .purchase(coffee)].map { (try? $0.encoded()) ?? [] }
        return GoldenMessage(
            "Exchange", ExchangeLayout.shape, Command.exchange(Exchange(slip: coffeeBack, receipt: coffee)),
            ["returnLength": .value(String(parts[0].count)), "text": .text("", Array(parts.joined()))])
    }()

    static let adjust = GoldenMessage(
        "Adjust", AdjustLayout.shape,
        Command.adjust(
            Adjustment(
                member: .card("4276"), wallet: "points", business: "grocery", kind: .goodwill,
                points: Points(minor: -300), occurredAt: Instant(microseconds: 1_483_253_606_000_001),
                utcOffsetMinutes: 60, endsOn: CivilDay(days: 17_897), operatorID: "op-9", category: "delay",
                reason: "The coffee was cold.", manifest: LogSequence(1_000_000))),
        [
            "occurredAt": 1_483_253_606_000_001, "points": -300, "manifest": 1_000_000, "member": 0,
            "beginsOn": -2_147_483_648, "endsOn": 17_897, "utcOffsetMinutes": 60, "memberKind": "card",
            "kind": "goodwill", "memberKeyLength": 4, "walletLength": 6, "businessLength": 7, "operatorLength": 4,
            "categoryLength": 5, "reasonLength": 20, "text": "4276pointsgroceryop-9delayThe coffee was cold.",
        ])

    static let advanceClock = GoldenMessage(
        "AdvanceClock", AdvanceClockLayout.shape,
        Command.advanceClock(Instant(microseconds: 1_483_228_800_000_000)), ["to": 1_483_228_800_000_000])
}
