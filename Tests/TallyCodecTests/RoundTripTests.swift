import TallyBytes
import TallyCodec
import TallyModel
import Testing

@Suite("Round trip")
struct RoundTripTests {
    @Test func `commands come back as they were`() throws {
        try roundTrip(times: 8_000) { $0.command() }
    }

    @Test func `the conversation comes back as it was`() throws {
        try roundTrip { Hello(protocolVersion: $0.number(), client: $0.text(255)) }
        try roundTrip { $0.welcome() }
        try roundTrip { OpenSource(name: $0.text(255)) }
        try roundTrip {
            SourceOpened(
                source: SourceNumber($0.number()), lastNumber: $0.number(), lastSequence: LogSequence($0.number()))
        }
        try roundTrip { $0.refusal() }
    }

    @Test func `results come back as they were`() throws {
        try roundTrip { $0.results() }
    }

    @Test func `questions and answers come back as they were`() throws {
        try roundTrip { $0.question() }
        try roundTrip { $0.status() }
        try roundTrip(times: 50) { $0.balances() }
        try roundTrip { $0.figures() }
        try roundTrip { $0.quote() }
        try roundTrip { seed in
            var quote = seed.quote()
            quote.promotions = seed.quotedPromotions()
            return quote
        }
        try roundTrip(times: 100) { $0.promotionsPage() }
    }

    @Test func `what promotions did comes back as it was, and no part of it is read as a whole`() throws {
        var seed = Seed.printed("accounts of promotions")
        for round in 0..<500 {
            let account = seed.account()
            var writer = ByteWriter()
            writer.append(account)
            let details = Array(copying: writer.bytes)
            #expect(try account == PromotedRecord(details: details).account())
            #expect(try account.names == PromotedRecord(details: details).names())
            // Every cut of the first few; a cut list is an error, never a shorter list.
            for count in round < 20 ? 0..<details.count : 0..<0 {
                #expect(throws: CodecError.self) { try PromotedRecord(details: Array(details[..<count])).account() }
            }
        }
    }

    private func roundTrip<Value: WireValue>(
        times: Int = 500, _ make: (inout Seed) -> Value, test: String = #function
    ) throws {
        var seed = Seed.printed("\(test) \(Value.self)")
        for _ in 0..<times {
            let value = make(&seed)
            let bytes = try value.encoded()
            guard try bytes.read({ try value.isRead(from: $0) }) else {
                Issue.record("\(value) is read otherwise from \(bytes.hexDigits)")
                return
            }
        }
    }
}
