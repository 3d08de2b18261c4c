import Foundation
import TallyBytes
import TallyCodec
import Testing

/// The golden messages and lines, changed at random.
///
/// A trap ends the run; the seed above it repeats the run.
@Suite("Fuzzed decoders", .serialized)
struct DecoderFuzzTests {
    /// Seconds of every test.
    private static let seconds = Seed.isNight ? 60.0 : 5.0

    private static func goldenMessages() throws -> [[UInt8]] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TallyCodecTests/Fixtures")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".hex") }
        return try names.sorted().map { name in
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            return try #require(Hex.decode(text.filter { !$0.isWhitespace }))
        }
    }

    static let lines = [
        #"{"hello":{"client":"socat"}}"#, #"{"open":"store-17/till-3"}"#,
        #"{"ask":"balances","member":{"phone":"+79031234567"},"as_of":"2026-11-22"}"#,
        #"{"ask":"kpi","as_of":"@8","window_days":32}"#,
        #"{"source":1,"number":4,"define_accrual":{"id":"base","wallet":"points","rate":"2.5 %","rounding":"half_even"}}"#,
        #"{"source":1,"number":1,"purchase":{"store":"17","member":{"external":"900"},"receipt":"A-1","occurred_at":"2026-11-22T12:30:00+03:00","total_minor":35000,"lines":[{"sku":"\u043a\ud83d\ude00","quantity":"0.5","total_minor":35000}]}}"#,
        #"{"source":1,"number":2,"return":{"store":"17","receipt":"R-2","occurred_at":"2026-11-22T18:00:00Z","total_minor":1,"purchase":{"receipt":"A-1"},"lines":[{"line":1,"sku":"x","quantity":1,"total_minor":1}]}}"#,
    ]

    @Test func `no change of a golden message is a trap`() throws {
        let messages = try Self.goldenMessages()
        #expect(messages.count == DecoderDrill.shapes.count)
        drill(messages)
    }

    @Test func `no change of a connection is a trap`() throws {
        let frames = try Self.goldenMessages().map { message in
            (0..<4).map { UInt8(truncatingIfNeeded: message.count >> (8 * $0)) } + message
        }
        drill(frames + [Array(frames.joined())])
    }

    @Test func `no change of a line is a trap`() { drill(Self.lines.map { Array($0.utf8) }) }

    private func drill(_ originals: [[UInt8]], test: String = #function) {
        var dice = Seed.printed(test)
        let end = ContinuousClock.now + .seconds(Self.seconds)
        var rounds = 0
        repeat {
            for _ in 0..<100 {
                var bytes = originals[Int(dice.next() % UInt64(originals.count))]
                Mutation.change(&bytes, originals, &dice)
                unsafe DecoderDrill.read(bytes.span.bytes)
            }
            rounds += 100
        } while ContinuousClock.now < end
        print("\(test): \(rounds) inputs")
        #expect(rounds > 100)
    }
}
