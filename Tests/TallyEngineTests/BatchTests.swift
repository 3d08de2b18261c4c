import TallyBytes
import TallyCodec
import TallyEngine
import TallyModel
import TallyTesting
import Testing

@Suite("Batches")
struct BatchTests {
    private static let one = [SentEvent(EngineFixture.registration(1))]

    /// A batch that is refused as a whole, and whether its connection is closed.
    private static let refused: [(what: String, message: [UInt8], code: Refusal.Code, isClosing: Bool)] = [
        ("no events", batch([]), .batchSize, false),
        ("too many", batch(Array(repeating: one[0], count: Limits.batchEventsMax + 1)), .batchSize, false),
        ("unknown source", SentMessage.batch(one, source: SourceNumber(2), firstNumber: 1), .sourceUnknown, false),
        ("the ledger itself", SentMessage.batch(one, source: .ledger, firstNumber: 2), .sourceUnknown, false),
        ("number 0", SentMessage.batch(one, source: SourceNumber(1), firstNumber: 0), .malformed, true),
        ("the last number", SentMessage.batch(one, source: SourceNumber(1), firstNumber: .max), .malformed, true),
        ("fewer events than said", batch(one, saying: 2), .malformed, true),
        ("more events than said", batch(one + one, saying: 1), .malformed, true),
        ("cut in the last event", Array(batch(one).dropLast()), .malformed, true),
        ("a byte behind the last event", batch(one) + [0], .malformed, true),
        ("an event without a header", batch(one + [SentEvent(command: nil, bytes: [1, 2, 3])]), .malformed, true),
        ("an event of a foreign schema", batch(one + [foreign]), .malformed, true),
        ("an event that is too short for its kind", batch(one + [short]), .malformed, true),
        ("nothing at all", [], .malformed, true),
        ("a message that only the daemon sends", Array(BatchTests.welcome), .malformed, true),
    ]

    @Test(arguments: refused.indices)
    func `a batch with one fault is refused whole, and nothing of it is stored`(row: Int) throws {
        let row = Self.refused[row]
        let fixture = try EngineFixture()
        try fixture.openTill()
        let answer = try fixture.ask(row.message)
        guard case .refused(let refusal) = answer else {
            Issue.record("\(row.what): \(answer)")
            return
        }
        #expect(refusal.code == row.code, "\(row.what): \(refusal.text)")
        #expect(refusal.isClosing == row.isClosing, "\(row.what)")
        #expect(try fixture.status().tip == LogSequence(2), "\(row.what)")
        #expect(try fixture.outcomes([EngineFixture.registration(1)], firstNumber: 1)[0].member == 1, "\(row.what)")
    }

    @Test func `the largest batch is taken whole`() throws {
        let fixture = try EngineFixture()
        try fixture.openTill()
        let commands = (1...Limits.batchEventsMax).map { EngineFixture.registration($0) }
        let outcomes = try fixture.outcomes(commands, firstNumber: 1)
        #expect(outcomes.map(\.member) == (1...UInt32(Limits.batchEventsMax)).map { $0 })
        #expect(try fixture.status().members == UInt32(Limits.batchEventsMax))
    }

    @Test(arguments: ["", String(repeating: "x", count: 65), "till\n", "\u{85}"])
    func `a source needs a name that is an identifier`(name: String) throws {
        let fixture = try EngineFixture()
        guard case .refused(let refusal) = try fixture.ask(SentMessage.openSource(name)) else { throw Unanswered() }
        #expect(refusal.code == .sourceUnknown)
        #expect(try fixture.status().sources == 0)
    }

    @Test func `a source is numbered once, and told where it stands`() throws {
        let fixture = try EngineFixture()
        #expect(try fixture.openTill("a").source == SourceNumber(1))
        #expect(try fixture.openTill("b").source == SourceNumber(2))
        _ = try fixture.outcomes([EngineFixture.registration(1), EngineFixture.registration(2)], firstNumber: 1)
        let again = try fixture.openTill("a")
        #expect(again == SourceOpened(source: SourceNumber(1), lastNumber: 2, lastSequence: LogSequence(5)))
    }

    private static func batch(_ events: [SentEvent], saying count: Int? = nil) -> [UInt8] {
        SentMessage.batch(events, source: SourceNumber(1), firstNumber: 1, saying: count)
    }

    private static var foreign: SentEvent {
        var event = one[0]
        event.bytes[4] ^= 0xFF
        return event
    }

    /// The header promises a block that does not follow.
    private static var short: SentEvent { SentEvent(command: nil, bytes: Array(one[0].bytes.prefix(9))) }

    private static var welcome: [UInt8] {
        var message = SentMessage.openSource("till")
        message[2] = UInt8(WelcomeLayout.templateID)
        return message
    }
}
