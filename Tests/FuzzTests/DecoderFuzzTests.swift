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
        #"{"source":1,"number":3,"place_hold":{"store":"17","member":{"external":"900"},"receipt":"A-3","occurred_at":"2026-11-23T12:30:00+03:00","receipt_total_minor":20000,"wallet":"points","points_minor":500}}"#,
        #"{"source":1,"number":4,"purchase":{"store":"17","member":{"external":"900"},"receipt":"A-3","occurred_at":"2026-11-23T12:31:00+03:00","total_minor":20000,"lines":[{"sku":"beans","category":"drinks","quantity":1,"total_minor":20000}],"redemptions":[{"wallet":"points","points_minor":500}],"hold":{"source":2,"number":3}}}"#,
        #"{"source":1,"number":5,"place_hold":{"store":"17","member":{"external":"900"},"occurred_at":"2026-11-23T12:40:00+03:00","receipt_total_minor":5000,"wallet":"points","points_minor":5000,"up_to":true,"seconds":300}}"#,
        #"{"source":1,"number":6,"release_hold":{"hold":{"source":2,"number":5}}}"#,
        #"{"source":1,"number":7,"void_purchase":{"store":"17","member":{"external":"900"},"receipt":"V-4","occurred_at":"2026-11-23T12:45:00+03:00","purchase":{"receipt":"A-3"}}}"#,
        #"{"source":1,"number":8,"exchange":{"return":{"store":"17","member":{"external":"900"},"receipt":"R-5","occurred_at":"2026-11-23T12:50:00+03:00","total_minor":17500,"purchase":{"receipt":"A-1"},"lines":[{"line":1,"sku":"coffee","quantity":"0.25","total_minor":17500}]},"purchase":{"store":"17","member":{"external":"900"},"receipt":"A-6","occurred_at":"2026-11-23T12:50:00+03:00","total_minor":12000,"lines":[{"sku":"tea","category":"drinks","quantity":1,"total_minor":12000}]}}}"#,
        #"{"source":1,"number":6,"adjust":{"member":{"external":"900"},"wallet":"points","business":"grocery","kind":"goodwill","points_minor":300,"occurred_at":"2026-11-23T15:00:00+03:00","operator":"op-9","category":"delay","reason":"The coffee was cold."}}"#,
        #"{"source":1,"number":7,"set_wallet_terms":{"wallet":"points","expiry":"6 months","max_share":"50 %","burn":{"except":["tobacco"]}}}"#,
        #"{"source":1,"number":9,"set_settlement_terms":{"issuer":"grocery","redeemer":"salon","wallet":"points","rate":"1/1","fee":"2 %"}}"#,
        #"{"source":1,"number":10,"advance_clock":{"to":"2017-02-01T00:00:00+03:00"}}"#,
        #"{"source":1,"number":1,"set_wallet_terms":{"wallet":"points","expiry":{"dates":["12-31","06-30"]},"pending":{"date":"2026-01-01"},"negative":{"up_to_minor":500},"earn":{"only":["a"]}}}"#,
        #"{"ask":"quote","of":{"store":"17","receipt":"B-1","occurred_at":"2026-11-23T14:00:00+03:00","total_minor":10000,"lines":[{"sku":"beans","quantity":1,"total_minor":10000}],"pricing":{"payable_minor":9000,"settled":true,"offers":true,"facts":{"tier":"gold","rfm.r":5,"vip":true},"codes":["SPRING"]}}}"#,
        #"{"source":1,"number":11,"keep_document":{"digest":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","part":1,"parts":2,"bytes_base64":"e30="}}"#,
        #"{"source":1,"number":12,"set_promotions":{"publish":{"words":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","rules":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},"author":"irina","effective_from":"2026-11-01T00:00:00+03:00"}}"#,
        #"{"source":1,"number":13,"set_promotions":{"pause":["cakes","large"],"author":"irina","note":"sold out"}}"#,
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
