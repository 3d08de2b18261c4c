import TallyCodec
import TallyModel

extension GoldenMessage {
    /// What the log keeps.
    static let records: [GoldenMessage] = [
        ledgerCreated, sourceRecorded, businessDefined, storeDefined, walletDefined, accrualDefined, memberRegistered,
        identifierLinked, purchaseRecorded, returnRecorded, rejected, walletTermsSet, settlementTermsSet, holdPlaced,
        holdReleased, exchangeRecorded, adjusted, clockSet, clockAdvanced,
    ]

    private static let ledgerCreated = {
        typealias Layout = LedgerCreatedLayout
        return GoldenMessage(
            "LedgerCreated",
            RecordDraft(
                shape: Layout.shape,
                fields: [.init(Layout.ledgerHigh, UInt64(0xAABB)), .init(Layout.ledgerLow, UInt64(0xCCDD))]),
            ["ledgerHigh": 0xAABB, "ledgerLow": 0xCCDD])
    }()

    private static let sourceRecorded = {
        typealias Layout = SourceRecordedLayout
        return GoldenMessage(
            "SourceRecorded",
            RecordDraft(
                shape: Layout.shape, fields: [.init(Layout.opened, UInt32(8)), .init(Layout.nameLength, UInt8(6))],
                text: "till-3"),
            ["opened": 8, "nameLength": 6, "text": "till-3"])
    }()

    private static let businessDefined = {
        typealias Layout = BusinessDefinedLayout
        return GoldenMessage(
            "BusinessDefined",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.business, UInt16(3)), .init(Layout.currency, text: "RUB"),
                    .init(Layout.scale, UInt8(2)),
                    .init(Layout.idLength, UInt8(7)), .init(Layout.nameLength, UInt8(4)),
                ],
                text: "groceryFood"),
            ["business": 3, "currency": "RUB", "scale": 2, "idLength": 7, "nameLength": 4, "text": "groceryFood"])
    }()

    private static let storeDefined = {
        typealias Layout = StoreDefinedLayout
        return GoldenMessage(
            "StoreDefined",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.store, UInt32(70_000)), .init(Layout.business, UInt16(3)),
                    .init(Layout.idLength, UInt8(2)),
                    .init(Layout.nameLength, UInt8(6)), .init(Layout.zoneLength, UInt8(3)),
                ],
                text: "17CornerUTC"),
            ["store": 70_000, "business": 3, "idLength": 2, "nameLength": 6, "zoneLength": 3, "text": "17CornerUTC"])
    }()

    private static let walletDefined = {
        typealias Layout = WalletDefinedLayout
        return GoldenMessage(
            "WalletDefined",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.wallet, UInt16(4)), .init(Layout.scale, UInt8(2)), .init(Layout.idLength, UInt8(6)),
                    .init(Layout.nameLength, UInt8(5)),
                ],
                text: "pointsStars"),
            ["wallet": 4, "scale": 2, "idLength": 6, "nameLength": 5, "text": "pointsStars"])
    }()

    private static let accrualDefined = {
        typealias Layout = AccrualDefinedLayout
        return GoldenMessage(
            "AccrualDefined",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.effectiveFrom, Int64(-62_135_596_800_000_000)), .init(Layout.numerator, UInt32(5)),
                    .init(Layout.denominator, UInt32(100)), .init(Layout.revision, UInt16(9)),
                    .init(Layout.wallet, UInt16(4)), .init(Layout.business, UInt16(3)),
                    .init(Layout.rounding, UInt8(2)),
                    .init(Layout.idLength, UInt8(4)),
                ],
                text: "base"),
            [
                "effectiveFrom": -62_135_596_800_000_000, "numerator": 5, "denominator": 100, "revision": 9,
                "wallet": 4,
                "business": 3, "rounding": "halfEven", "idLength": 4, "text": "base",
            ])
    }()

    private static let memberRegistered = {
        typealias Layout = MemberRegisteredLayout
        return GoldenMessage(
            "MemberRegistered",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.phoneHigh, UInt64(11)), .init(Layout.phoneLow, UInt64(12)),
                    .init(Layout.cardHigh, UInt64(13)), .init(Layout.cardLow, UInt64(14)),
                    .init(Layout.externalLength, UInt8(3)),
                ],
                text: "m-5"),
            ["phoneHigh": 11, "phoneLow": 12, "cardHigh": 13, "cardLow": 14, "externalLength": 3, "text": "m-5"])
    }()

    private static let identifierLinked = {
        typealias Layout = IdentifierLinkedLayout
        return GoldenMessage(
            "IdentifierLinked",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.phoneHigh, UInt64(21)), .init(Layout.phoneLow, UInt64(22)),
                    .init(Layout.cardHigh, UInt64(23)), .init(Layout.cardLow, UInt64(24)),
                ]),
            ["phoneHigh": 21, "phoneLow": 22, "cardHigh": 23, "cardLow": 24])
    }()

    private static let rejected = {
        typealias Layout = RejectedLayout
        return GoldenMessage(
            "Rejected",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.code, UInt16(36)), .init(Layout.line, UInt16(2)), .init(Layout.command, UInt16(26)),
                ]),
            ["code": 36, "line": 2, "command": 26])
    }()
}
