import TallyBytes
import TallyCodec
import TallyModel

/// Members who are one person: commands.
extension GoldenMessage {
    static let mergeCommands = [merge, split]

    private static let merge = GoldenMessage(
        "Merge", MergeLayout.shape,
        Command.merge(
            Merge(
                survivor: .number(MemberNumber(12)), absorbed: .card("card-2"), operatorID: "op-9",
                reason: "one person",
                occurredAt: Instant(microseconds: 1_483_253_606_000_001), utcOffsetMinutes: 60)),
        [
            "occurredAt": 1_483_253_606_000_001, "survivor": 12, "absorbed": 0, "utcOffsetMinutes": 60,
            "survivorKind": "number", "absorbedKind": "card", "survivorKeyLength": 0, "absorbedKeyLength": 6,
            "operatorLength": 4, "reasonLength": 10, "text": "card-2op-9one person",
        ])

    private static let split = GoldenMessage(
        "Split", SplitLayout.shape,
        Command.split(
            Split(
                member: .external("m-1"), operatorID: "op-9", reason: "twins",
                occurredAt: Instant(microseconds: 1_483_253_606_000_001), utcOffsetMinutes: -60)),
        [
            "occurredAt": 1_483_253_606_000_001, "member": 0, "utcOffsetMinutes": -60, "memberKind": "external",
            "memberKeyLength": 3, "operatorLength": 4, "reasonLength": 5, "text": "m-1op-9twins",
        ])
}

/// Members who are one person: records.
extension GoldenMessage {
    static let mergeRecords = [membersMerged, membersSplit]

    private static let membersMerged: GoldenMessage = {
        typealias Layout = MembersMergedLayout
        typealias Entry = MembersMergedLayout.Wallets
        return GoldenMessage(
            "MembersMerged",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.occurredAt, Int64(1_483_253_606_000_001)),
                    .init(Layout.previousOfAbsorbed, UInt64(999_998)), .init(Layout.absorbed, UInt32(6)),
                    .init(Layout.utcOffsetMinutes, Int16(60)), .init(Layout.lotsLength, UInt16(coveringLots.count)),
                    .init(Layout.blocked, UInt8(1)), .init(Layout.operatorLength, UInt8(4)),
                    .init(Layout.reasonLength, UInt8(10)),
                ],
                groups: [
                    .entries([
                        [
                            .init(Entry.active, Int64(500)), .init(Entry.pending, Int64(70)),
                            .init(Entry.held, Int64(30)), .init(Entry.debt, Int64(0)),
                            .init(Entry.activeAfter, Int64(193)), .init(Entry.pendingAfter, Int64(71)),
                            .init(Entry.heldAfter, Int64(31)), .init(Entry.debtAfter, Int64(9)),
                            .init(Entry.wallet, UInt16(4)),
                        ]
                    ]),
                    .postings([
                        Posting(amount: -307, business: 3, wallet: 4, purpose: .active),
                        Posting(amount: 307, business: 3, wallet: 4, purpose: .debt),
                    ]),
                ], text: "op-9one person", tail: coveringLots),
            [
                "occurredAt": 1_483_253_606_000_001, "previousOfAbsorbed": 999_998, "absorbed": 6,
                "utcOffsetMinutes": 60, "lotsLength": .value(String(coveringLots.count)), "blocked": "earnOnly",
                "operatorLength": 4, "reasonLength": 10,
                "wallets": [
                    [
                        "active": 500, "pending": 70, "held": 30, "debt": 0, "activeAfter": 193, "pendingAfter": 71,
                        "heldAfter": 31, "debtAfter": 9, "wallet": 4,
                    ]
                ],
                "postings": [covering(-307, "active"), covering(307, "debt")],
                "text": .text("op-9one person", coveringLots),
            ])
    }()

    private static let membersSplit: GoldenMessage = {
        typealias Layout = MembersSplitLayout
        typealias Entry = MembersSplitLayout.Wallets
        return GoldenMessage(
            "MembersSplit",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.occurredAt, Int64(1_483_253_606_000_001)),
                    .init(Layout.previousOfAbsorbed, UInt64(999_998)), .init(Layout.absorbed, UInt32(6)),
                    .init(Layout.utcOffsetMinutes, Int16(60)), .init(Layout.lotsLength, UInt16(partingLots.count)),
                    .init(Layout.blocked, UInt8(2)), .init(Layout.operatorLength, UInt8(4)),
                    .init(Layout.reasonLength, UInt8(5)),
                ],
                groups: [
                    .entries([
                        [
                            .init(Entry.active, Int64(300)), .init(Entry.pending, Int64(7)),
                            .init(Entry.debt, Int64(2)), .init(Entry.activeAfter, Int64(193)),
                            .init(Entry.pendingAfter, Int64(71)), .init(Entry.debtAfter, Int64(9)),
                            .init(Entry.wallet, UInt16(4)),
                        ]
                    ])
                ], text: "op-9twins", tail: partingLots),
            [
                "occurredAt": 1_483_253_606_000_001, "previousOfAbsorbed": 999_998, "absorbed": 6,
                "utcOffsetMinutes": 60, "lotsLength": .value(String(partingLots.count)), "blocked": "all",
                "operatorLength": 4, "reasonLength": 5,
                "wallets": [
                    [
                        "active": 300, "pending": 7, "debt": 2, "activeAfter": 193, "pendingAfter": 71,
                        "debtAfter": 9, "wallet": 4,
                    ]
                ],
                "text": .text("op-9twins", partingLots),
            ])
    }()

    private static let coveringLots = mergeBytes(of: [
        LotMove(wallet: 4, kind: .take, lot: LotID(sequence: 999_990, place: 1), points: 307)
    ])

    private static let partingLots = mergeBytes(of: [
        LotMove(wallet: 4, kind: .take, lot: LotID(sequence: 999_990, place: 1), points: 300),
        LotMove(wallet: 4, kind: .take, lot: LotID(sequence: 999_995, place: 2), points: 7),
    ])

    private static func mergeBytes(of moves: [LotMove]) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(lots: moves)
        return Array(copying: writer.bytes)
    }

    private static func covering(_ amount: Reading, _ purpose: Reading) -> [String: Reading] {
        ["amount": amount, "business": 3, "wallet": 4, "purpose": purpose, "lot": 0, "beginsAt": 0, "endsAt": 0]
    }
}
