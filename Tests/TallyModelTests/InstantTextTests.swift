import TallyModel
import Testing

@Suite("Instant as text")
struct InstantTextTests {
    /// A row: text, microseconds since the epoch, offset in minutes.
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0, 0),
            ("1970-01-01 00:00:00z", 0, 0),
            ("1969-12-31T23:59:59.999999Z", -1, 0),
            ("2017-01-01T06:53:26Z", 1_483_253_606_000_000, 0),
            ("2017-01-01T06:53:26.5-05:00", 1_483_271_606_500_000, -300),
            ("2017-01-01T06:53:26.000001+05:30", 1_483_233_806_000_001, 330),
            ("2017-01-01T06:53:26.123456789Z", 1_483_253_606_123_456, 0),
            ("2017-01-01T00:00:00+18:00", 1_483_164_000_000_000, 1080),
            ("2017-01-01T00:00:00-00:00", 1_483_228_800_000_000, 0),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000, 0),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999, 0),
        ] as [(String, Int64, Int16)])
    func `a moment in RFC 3339 is read`(text: String, microseconds: Int64, offset: Int16) {
        let found = Instant.parse(text)
        #expect(found?.instant.microseconds == microseconds)
        #expect(found?.utcOffsetMinutes == offset)
    }

    @Test(arguments: [
        "", "2017-01-01", "2017-01-01T06:53:26", "2017-01-01T06:53Z", "2017-01-01T06:53:26.Z", "2017-01-01T06:53:26.5",
        "2017-01-01T06:53:26.1234567890Z", "2017-01-01T24:00:00Z", "2017-01-01T06:60:00Z", "2017-01-01T06:53:60Z",
        "2017-02-29T06:53:26Z", "2017-01-01X06:53:26Z", "2017-01-01t06:53:26Z", "2017-01-01T06-53:26Z",
        "2017-01-01T06:53:26ZZ",
        "2017-01-01T06:53:26+0500", "2017-01-01T06:53:26+05", "2017-01-01T06:53:26+05:60", "2017-01-01T06:53:26+19:00",
        "2017-01-01T06:53:26*05:00", "2017-01-01T-6:53:26Z", " 2017-01-01T06:53:26Z", "2017-01-01T06:53:26Z ",
        "２０１７-01-01T06:53:26Z", "2017-01-01T06:53:26.5+05:00x", "zzzzzzzzzzzzzzzzzzzz", "TTTTTTTTTTTTTTTTTTTT:::",
    ])
    func `what is no moment is nil`(text: String) {
        #expect(Instant.parse(text) == nil)
    }

    @Test func `every prefix of a moment is nil or a moment, never a trap`() {
        let text = "2017-01-01T06:53:26.123456+05:30"
        for length in 0..<text.utf8.count {
            #expect(Instant.parse(String(text.prefix(length))) == nil, "\(length) characters")
        }
    }

    /// A row: microseconds, offset in minutes, text.
    @Test(
        arguments: [
            (0, 0, "1970-01-01T00:00:00.000000Z"),
            (-1, 0, "1969-12-31T23:59:59.999999Z"),
            (1_483_253_606_000_000, 0, "2017-01-01T06:53:26.000000Z"),
            (1_483_253_606_000_000, -300, "2017-01-01T01:53:26-05:00"),
            (1_483_253_606_500_000, 330, "2017-01-01T12:23:26.500000+05:30"),
            (-1, 1, "1970-01-01T00:00:59.999999+00:01"),
        ] as [(Int64, Int16, String)])
    func `a moment is written on the clock asked for`(microseconds: Int64, offset: Int16, text: String) {
        #expect(Instant(microseconds: microseconds).text(utcOffsetMinutes: offset) == text)
    }

    @Test func `what is written is read back`() throws {
        var seed = Seed.printed()
        let years =
            Instant.distantPast.microseconds + 86_400_000_000...Instant.distantFuture.microseconds - 86_400_000_000
        for _ in 0..<10_000 {
            let instant = Instant(microseconds: Int64.random(in: years, using: &seed))
            let offset = Int16.random(in: -1080...1080, using: &seed)
            let text = instant.text(utcOffsetMinutes: offset)
            let found = try #require(Instant.parse(text), "\(text)")
            #expect(found == (instant, offset), "\(text)")
        }
    }

    @Test(arguments: [Int64.min, Int64.min + 1, -1, 0, Int64.max - 1, Int64.max])
    func `a moment that no calendar has is still written`(microseconds: Int64) {
        #expect(!Instant(microseconds: microseconds).description.isEmpty)
    }
}
