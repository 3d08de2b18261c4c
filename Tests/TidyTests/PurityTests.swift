import Testing

@Suite("Purity")
struct PurityTests {
    private static let exactRooms: Set = [
        "TallyModel", "TallyLedger", "TallyLog", "TallyCodec", "TallyProjections", "TallyDecisions",
    ]
    private static let timelessRooms: Set = [
        "TallyModel", "TallyCodec", "TallyLedger", "TallyProjections", "TallyDecisions", "TallyReplay",
    ]

    @Test func `points and money never meet floating point`() {
        let files = SourceTree.rooms.filter { Self.exactRooms.contains($0.room) }
        expectNone(
            of: #/\b(?:Double|Float|Float16|Float32|Float64|Float80|CGFloat)\b/#, in: files, "amounts are integers")
    }

    @Test func `time is data`() {
        let files = SourceTree.rooms.filter { Self.timelessRooms.contains($0.room) }
        expectNone(
            of:
                #/\b(?:clock_gettime|gettimeofday|ContinuousClock|SuspendingClock|Date\(|Date\.now|Instant\.now|Clock\.now)/#,
            in: files, "only the engine's clock reader looks at a clock")
    }

    @Test func `a replay meets no chance`() {
        let files = SourceTree.rooms.filter { Self.timelessRooms.contains($0.room) }
        expectNone(
            of:
                #/\brandom\(|\brandomElement\b|\bshuffled?\(|SystemRandomNumberGenerator|\bhashValue\b|\bHasher\(|\bgetenv\(/#,
            in: files, "the same log gives the same state on every machine")
    }
}
