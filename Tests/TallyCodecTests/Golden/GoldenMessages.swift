import TallyCodec
import TallyModel

extension GoldenMessage {
    /// Every message of the schema.
    ///
    /// No two neighbouring fields have the same value, so a swap is seen.
    static let all: [GoldenMessage] =
        session + questions + commands + records + instrumentCommands + instrumentRecords + manualCommands
        + manualRecords + mergeCommands + mergeRecords + promotionQuestions + promotionCommands + promotionRecords

    /// The conversation.
    static let session: [GoldenMessage] = [
        GoldenMessage(
            "Hello", HelloLayout.shape, Hello(protocolVersion: 1, client: "till 3"),
            ["protocolVersion": 1, "clientLength": 6, "text": "till 3"]),
        GoldenMessage(
            "Welcome", WelcomeLayout.shape,
            Welcome(
                durability: .synced, ledgerID: (high: 0x0123_4567_89AB_CDEF, low: .max),
                tip: LogSequence(9_007_199_254_740_993),
                server: "tallyd 1.0"),
            [
                "protocolVersion": 1, "durability": "synced", "serverLength": 10, "ledgerHigh": 0x0123_4567_89AB_CDEF,
                "ledgerLow": 0xFFFF_FFFF_FFFF_FFFF, "tip": 9_007_199_254_740_993, "frameBytesMax": 8_388_608,
                "batchEventsMax": 8_192, "linesMax": 2_000, "credit": 16, "text": "tallyd 1.0",
            ]),
        GoldenMessage(
            "OpenSource", OpenSourceLayout.shape, OpenSource(name: "store-17/till-3"),
            ["nameLength": 15, "text": "store-17/till-3"]),
        GoldenMessage(
            "SourceOpened", SourceOpenedLayout.shape,
            SourceOpened(source: SourceNumber(7), lastNumber: 41, lastSequence: LogSequence(1_000_000)),
            ["source": 7, "lastNumber": 41, "lastSequence": 1_000_000]),
        batch,
        GoldenMessage("BatchResults", BatchResultsLayout.shape, results, resultsFields),
        GoldenMessage(
            "Refusal", RefusalLayout.shape,
            Refusal(.busy, isClosing: false, retryAfterMilliseconds: 250, text: "Too much is under way."),
            ["code": 7, "closing": 0, "retryAfterMilliseconds": 250, "text": "Too much is under way."]),
    ]

    private static let results = BatchResults(
        source: SourceNumber(7), firstNumber: 42, tip: LogSequence(1_000_002), nextNumber: 44, credit: 15,
        outcomes: [
            Outcome(
                status: .recorded, isRepeated: true, member: 12, sequence: 1_000_001, points: -150, balance: 4_850),
            Outcome(status: .rejected, code: 36, line: 3, sequence: 1_000_002),
        ])

    private static let resultsFields: [String: Reading] = [
        "source": 7, "firstNumber": 42, "tip": 1_000_002, "nextNumber": 44, "credit": 15,
        "outcomes": [
            [
                "sequence": 1_000_001, "points": -150, "balance": 4_850, "member": 12, "code": 0, "line": 0,
                "status": "recorded", "repeated": 1,
            ],
            [
                "sequence": 1_000_002, "points": 0, "balance": 0, "member": 0, "code": 36, "line": 3,
                "status": "rejected",
                "repeated": 0,
            ],
        ],
    ]

    /// A batch is a head and its events, so it is written and read in its own way.
    private static let batch = GoldenMessage(
        name: "Batch", shape: BatchLayout.shape, fields: ["source": 7, "count": 2, "firstNumber": 42],
        write: { writer in
            writer.append(batchOf: 2, source: SourceNumber(7), firstNumber: 42)
            try writer.appendEvent(.registerMember(Registration(externalID: "m-1")))
            try writer.appendEvent(.purchase(coffee))
        },
        isRead: { bytes in
            let view = try BatchView(bytes)
            try view.checkEvents()
            var offset = 0
            let first = try Command(view.event(at: &offset))
            let second = try Command(view.event(at: &offset))
            return view.source == SourceNumber(7) && view.firstNumber == 42 && view.count == 2
                && first == .registerMember(Registration(externalID: "m-1")) && second == .purchase(coffee)
        })
}
