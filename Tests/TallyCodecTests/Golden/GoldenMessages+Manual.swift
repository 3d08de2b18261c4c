import TallyBytes
import TallyCodec
import TallyModel

/// What people do by hand: commands.
extension GoldenMessage {
    static let manualCommands = [setOperator, approve, transfer, block, closePeriod]

    private static let setOperator = GoldenMessage(
        "SetOperator", SetOperatorLayout.shape,
        Command.setOperator(
            OperatorDefinition(
                id: "olga", name: "Ольга", rights: [.give, .approve], limitPerAct: 50_000, limitPerDay: 200_000)),
        [
            "limitPerAct": 50_000, "limitPerDay": 200_000, "rights": 6, "idLength": 4, "nameLength": 10,
            "text": "olgaОльга",
        ])

    private static let approve = GoldenMessage(
        "Approve", ApproveLayout.shape,
        Command.approve(
            Approval(
                proposal: .event(source: SourceNumber(7), number: 43), verdict: .declined, operatorID: "max",
                reason: "too much", occurredAt: Instant(microseconds: 1_483_253_606_000_001), utcOffsetMinutes: -300)),
        [
            "occurredAt": 1_483_253_606_000_001, "proposal": 0, "proposalNumber": 43, "proposalSource": 7,
            "utcOffsetMinutes": -300, "verdict": "declined", "operatorLength": 3, "reasonLength": 8,
            "text": "maxtoo much",
        ])

    private static let transfer = GoldenMessage(
        "Transfer", TransferLayout.shape,
        Command.transfer(
            Transfer(
                member: .number(MemberNumber(12)), other: .external("m-1"), wallet: "points",
                points: Points(minor: 4_700), occurredAt: Instant(microseconds: 1_483_253_606_000_001),
                utcOffsetMinutes: 60, operatorID: "op-9", reason: "present")),
        [
            "occurredAt": 1_483_253_606_000_001, "points": 4_700, "member": 12, "otherMember": 0,
            "utcOffsetMinutes": 60, "memberKind": "number", "otherKind": "external", "memberKeyLength": 0,
            "otherKeyLength": 3, "walletLength": 6, "operatorLength": 4, "reasonLength": 7,
            "text": "m-1pointsop-9present",
        ])

    private static let block = GoldenMessage(
        "Block", BlockLayout.shape,
        Command.block(
            Block(
                member: .card("card-2"), mode: .earnOnly, operatorID: "op-9", reason: "stolen",
                occurredAt: Instant(microseconds: 1_483_253_606_000_001), utcOffsetMinutes: 60)),
        [
            "occurredAt": 1_483_253_606_000_001, "member": 0, "utcOffsetMinutes": 60, "memberKind": "card",
            "mode": "earnOnly", "memberKeyLength": 6, "operatorLength": 4, "reasonLength": 6,
            "text": "card-2op-9stolen",
        ])

    private static let closePeriod = GoldenMessage(
        "ClosePeriod", ClosePeriodLayout.shape,
        Command.closePeriod(PeriodClose(year: 2_017, month: 11, utcOffsetMinutes: 180, operatorID: "op-9")),
        ["year": 2_017, "utcOffsetMinutes": 180, "month": 11, "operatorLength": 4, "text": "op-9"])
}

/// What people do by hand: records.
extension GoldenMessage {
    static let manualRecords = [operatorSet, proposed, declined, transferred, memberBlocked, periodClosed]

    private static let operatorSet: GoldenMessage = {
        typealias Layout = OperatorSetLayout
        return GoldenMessage(
            "OperatorSet",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.operatorNumber, UInt32(9)), .init(Layout.limitPerAct, Int64(50_000)),
                    .init(Layout.limitPerDay, Int64(200_000)), .init(Layout.rights, UInt8(6)),
                    .init(Layout.idLength, UInt8(4)), .init(Layout.nameLength, UInt8(10)),
                ], text: "olgaОльга"),
            [
                "operatorNumber": 9, "limitPerAct": 50_000, "limitPerDay": 200_000, "rights": 6, "idLength": 4,
                "nameLength": 10, "text": "olgaОльга",
            ])
    }()

    private static let proposed: GoldenMessage = {
        typealias Layout = ProposedLayout
        return GoldenMessage(
            "Proposed",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.occurredAt, Int64(1_483_253_606_000_001)), .init(Layout.points, Int64(90_000)),
                    .init(Layout.balance, Int64(1_443)), .init(Layout.manifest, UInt64(1_000_000)),
                    .init(Layout.operatorNumber, UInt32(9)), .init(Layout.beginsOn, Int32(17_532)),
                    .init(Layout.endsOn, Int32.min), .init(Layout.utcOffsetMinutes, Int16(60)),
                    .init(Layout.business, UInt16(3)), .init(Layout.wallet, UInt16(4)),
                    .init(Layout.kind, UInt8(1)), .init(Layout.operatorLength, UInt8(4)),
                    .init(Layout.categoryLength, UInt8(5)), .init(Layout.reasonLength, UInt8(8)),
                ], text: "olgadelaymistyped"),
            [
                "occurredAt": 1_483_253_606_000_001, "points": 90_000, "balance": 1_443, "manifest": 1_000_000,
                "operatorNumber": 9, "beginsOn": 17_532, "endsOn": -2_147_483_648, "utcOffsetMinutes": 60,
                "business": 3, "wallet": 4, "kind": "goodwill", "operatorLength": 4, "categoryLength": 5,
                "reasonLength": 8, "text": "olgadelaymistyped",
            ])
    }()

    private static let declined: GoldenMessage = {
        typealias Layout = DeclinedLayout
        return GoldenMessage(
            "Declined",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.occurredAt, Int64(1_483_253_606_000_001)), .init(Layout.proposal, UInt64(999_990)),
                    .init(Layout.balance, Int64(1_443)), .init(Layout.operatorNumber, UInt32(8)),
                    .init(Layout.utcOffsetMinutes, Int16(60)), .init(Layout.operatorLength, UInt8(3)),
                    .init(Layout.reasonLength, UInt8(8)),
                ], text: "maxtoo much"),
            [
                "occurredAt": 1_483_253_606_000_001, "proposal": 999_990, "balance": 1_443, "operatorNumber": 8,
                "utcOffsetMinutes": 60, "operatorLength": 3, "reasonLength": 8, "text": "maxtoo much",
            ])
    }()

    private static let transferred: GoldenMessage = {
        typealias Layout = TransferredLayout
        return GoldenMessage(
            "Transferred",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.occurredAt, Int64(1_483_253_606_000_001)), .init(Layout.points, Int64(307)),
                    .init(Layout.balanceAfter, Int64(1_443)), .init(Layout.otherBalanceAfter, Int64(300)),
                    .init(Layout.previousOfOther, UInt64(999_998)), .init(Layout.otherMember, UInt32(6)),
                    .init(Layout.utcOffsetMinutes, Int16(60)), .init(Layout.wallet, UInt16(4)),
                    .init(Layout.lotsLength, UInt16(passedLots.count)), .init(Layout.madeLength, UInt16(newLots.count)),
                    .init(Layout.operatorLength, UInt8(4)), .init(Layout.reasonLength, UInt8(7)),
                ],
                groups: [
                    .postings([
                        Posting(amount: -307, business: 3, wallet: 4, purpose: .active),
                        Posting(amount: 307, business: 3, wallet: 4, purpose: .transferred),
                    ]),
                    .postings([
                        Posting(amount: -307, business: 3, wallet: 4, purpose: .transferred),
                        Posting(amount: 7, business: 3, wallet: 4, purpose: .debt),
                        Posting(amount: 300, business: 3, wallet: 4, purpose: .active),
                    ]),
                ], text: "op-9present", tail: newLots + passedLots),
            [
                "occurredAt": 1_483_253_606_000_001, "points": 307, "balanceAfter": 1_443, "otherBalanceAfter": 300,
                "previousOfOther": 999_998, "otherMember": 6, "utcOffsetMinutes": 60, "wallet": 4,
                "lotsLength": .value(String(passedLots.count)),
                "madeLength": .value(String(newLots.count)), "operatorLength": 4, "reasonLength": 7,
                "postings": [passing(-307, "active"), passing(307, "transferred")],
                "received": [passing(-307, "transferred"), passing(7, "debt"), passing(300, "active")],
                "text": .text("op-9present", newLots + passedLots),
            ])
    }()

    private static let memberBlocked: GoldenMessage = {
        typealias Layout = MemberBlockedLayout
        return GoldenMessage(
            "MemberBlocked",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.occurredAt, Int64(1_483_253_606_000_001)), .init(Layout.utcOffsetMinutes, Int16(60)),
                    .init(Layout.mode, UInt8(2)), .init(Layout.operatorLength, UInt8(4)),
                    .init(Layout.reasonLength, UInt8(6)),
                ], text: "op-9stolen"),
            [
                "occurredAt": 1_483_253_606_000_001, "utcOffsetMinutes": 60, "mode": "all", "operatorLength": 4,
                "reasonLength": 6, "text": "op-9stolen",
            ])
    }()

    private static let periodClosed: GoldenMessage = {
        typealias Layout = PeriodClosedLayout
        typealias Entry = PeriodClosedLayout.Accounts
        return GoldenMessage(
            "PeriodClosed",
            RecordDraft(
                shape: Layout.shape,
                fields: [
                    .init(Layout.endsAt, Int64(1_485_896_400_000_000)), .init(Layout.firstDay, Int32(17_167)),
                    .init(Layout.lastDay, Int32(17_197)), .init(Layout.utcOffsetMinutes, Int16(180)),
                    .init(Layout.operatorLength, UInt8(4)),
                ],
                groups: [
                    .entries([
                        [
                            .init(Entry.balance, Int64(-1_443)), .init(Entry.business, UInt16(3)),
                            .init(Entry.wallet, UInt16(4)), .init(Entry.purpose, UInt8(0)),
                        ],
                        [
                            .init(Entry.balance, Int64(1_443)), .init(Entry.business, UInt16(3)),
                            .init(Entry.wallet, UInt16(4)), .init(Entry.purpose, UInt8(1)),
                        ],
                    ])
                ], text: "op-9"),
            [
                "endsAt": 1_485_896_400_000_000, "firstDay": 17_167, "lastDay": 17_197, "utcOffsetMinutes": 180,
                "operatorLength": 4,
                "accounts": [
                    ["balance": -1_443, "business": 3, "wallet": 4, "purpose": "issued"],
                    ["balance": 1_443, "business": 3, "wallet": 4, "purpose": "active"],
                ], "text": "op-9",
            ])
    }()

    private static let passedLots = bytes(of: [
        LotMove(wallet: 4, kind: .take, lot: LotID(sequence: 999_990, place: 1), points: 300),
        LotMove(wallet: 4, kind: .take, lot: LotID(sequence: 999_995, place: 2), points: 7),
    ])

    private static let newLots = bytes(of: [
        LotMove(
            wallet: 4, kind: .make, lot: LotID(sequence: 1_000_001, place: 1), points: 300, issuer: 3,
            beginsAt: 1_483_253_606, endsAt: 1_500_066_000)
    ])

    private static func bytes(of moves: [LotMove]) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(lots: moves)
        return Array(copying: writer.bytes)
    }

    private static func passing(_ amount: Reading, _ purpose: Reading) -> [String: Reading] {
        [
            "amount": amount, "business": 3, "wallet": 4, "purpose": purpose, "lot": 0, "beginsAt": 0, "endsAt": 0,
        ]
    }
}
