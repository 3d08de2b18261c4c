import TallyCodec
import TallyModel

extension GoldenMessage {
    /// What a source asks for.
    static let commands: [GoldenMessage] = [
        GoldenMessage(
            "DefineBusiness", DefineBusinessLayout.shape,
            Command.defineBusiness(BusinessDefinition(id: "grocery", name: "Бакалея", currency: "RUB", scale: 2)),
            ["currency": "RUB", "scale": 2, "idLength": 7, "nameLength": 14, "text": "groceryБакалея"]),
        GoldenMessage(
            "DefineStore", DefineStoreLayout.shape,
            Command.defineStore(
                StoreDefinition(id: "17", business: "grocery", name: "On the corner", zone: "Europe/Moscow")),
            [
                "idLength": 2, "businessLength": 7, "nameLength": 13, "zoneLength": 13,
                "text": "17groceryOn the cornerEurope/Moscow",
            ]),
        GoldenMessage(
            "DefineWallet", DefineWalletLayout.shape,
            Command.defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)),
            ["scale": 2, "idLength": 6, "nameLength": 6, "text": "pointsPoints"]),
        GoldenMessage(
            "DefineAccrual", DefineAccrualLayout.shape,
            Command.defineAccrual(
                AccrualDefinition(
                    id: "base", wallet: "points", business: "grocery",
                    effectiveFrom: Instant(microseconds: 1_483_228_800_000_000),
                    rate: Rate(numerator: 5, denominator: 100),
                    rounding: .halfEven)),
            [
                "effectiveFrom": 1_483_228_800_000_000, "numerator": 5, "denominator": 100, "rounding": "halfEven",
                "idLength": 4, "walletLength": 6, "businessLength": 7, "text": "basepointsgrocery",
            ]),
        GoldenMessage(
            "RegisterMember", RegisterMemberLayout.shape,
            Command.registerMember(Registration(externalID: "m-5", phone: "+79161234567", card: "4276")),
            ["externalLength": 3, "phoneLength": 12, "cardLength": 4, "text": "m-5+791612345674276"]),
        GoldenMessage(
            "LinkIdentifier", LinkIdentifierLayout.shape,
            Command.linkIdentifier(IdentifierLink(member: .number(MemberNumber(5)), phone: "+7916", card: "4276000")),
            [
                "member": 5, "memberKind": "number", "memberKeyLength": 0, "phoneLength": 5, "cardLength": 7,
                "text": "+79164276000",
            ]),
        GoldenMessage("Purchase", PurchaseLayout.shape, Command.purchase(coffee), coffeeFields),
        GoldenMessage("Return", ReturnLayout.shape, Command.return(coffeeBack), coffeeBackFields),
        setWalletTerms, setSettlementTerms, placeHold, releaseHold, voidPurchase, exchange, adjust, advanceClock,
    ]

    static let coffee = Receipt(
        store: "17", member: .card("4276"), number: "A-1", occurredAt: Instant(microseconds: 1_483_253_606_000_001),
        utcOffsetMinutes: -300, channel: .app, total: Money(minor: 35_050),
        lines: [
            ReceiptLine(
                sku: "coffee", category: "drinks", quantity: Quantity(thousandths: 1_500), total: Money(minor: 35_000)),
            ReceiptLine(sku: "bag", quantity: Quantity(thousandths: 1_000), total: Money(minor: 50)),
        ],
        redemptions: [
            Redemption(wallet: "points", points: Points(minor: 1_200), isUpTo: true),
            Redemption(wallet: "stars", points: Points(minor: 3)),
        ],
        hold: .event(source: SourceNumber(9), number: 41))

    private static let coffeeFields: [String: Reading] = [
        "occurredAt": 1_483_253_606_000_001, "total": 35_050, "member": 0, "utcOffsetMinutes": -300,
        "memberKind": "card",
        "channel": "app", "storeLength": 2, "memberKeyLength": 4, "receiptLength": 3, "hold": 0, "holdNumber": 41,
        "holdSource": 9,
        "lines": [
            ["quantity": 1_500, "total": 35_000, "skuLength": 6, "categoryLength": 6],
            ["quantity": 1_000, "total": 50, "skuLength": 3, "categoryLength": 0],
        ],
        "redemptions": [
            ["points": 1_200, "upTo": 1, "walletLength": 6], ["points": 3, "upTo": 0, "walletLength": 5],
        ],
        "text": "174276A-1coffeedrinksbagpointsstars",
    ]

    static let coffeeBack = ReturnSlip(
        store: "18", member: .external("m-5"), number: "R-2", occurredAt: Instant(microseconds: 1_483_253_700_000_000),
        utcOffsetMinutes: 180, channel: .selfCheckout, total: Money(minor: 17_500),
        purchase: .event(source: SourceNumber(7), number: 43),
        lines: [
            ReturnLine(
                purchaseLine: 1, sku: "coffee", category: "drinks", quantity: Quantity(thousandths: 750),
                total: Money(minor: 17_500))
        ])

    private static let coffeeBackFields: [String: Reading] = [
        "occurredAt": 1_483_253_700_000_000, "total": 17_500, "purchaseSequence": 0, "purchaseNumber": 43,
        "purchaseSource": 7, "member": 0, "utcOffsetMinutes": 180, "memberKind": "external", "channel": "selfCheckout",
        "storeLength": 2, "memberKeyLength": 3, "purchaseReceiptLength": 0, "receiptLength": 3,
        "lines": [
            ["quantity": 750, "total": 17_500, "skuLength": 6, "categoryLength": 6, "purchaseLine": 1]
        ],
        "text": "18m-5R-2coffeedrinks",
    ]
}
