import Foundation
import TallyBytes
import TallyCodec
import TallyJSON
import TallyModel
import Testing

/// Promotions in lines of JSON: what tills send, what is answered, what the log prints.
@Suite("Lines of promotions")
struct PromotionLineTests {
    private static let digest = String(repeating: "0a", count: 32)

    /// The command of a line; the line that is sent back when it is wrong.
    private func command(_ line: String) throws -> Command {
        var session = JSONSession()
        let step = session.frame(forLine: #"{"source":1,"number":1,\#(line)}"#)
        guard case .submit = step else { throw Refused(step: "\(step)") }
        return try commands(of: step).command
    }

    private struct Refused: Error { var step: String }

    @Test func `a purchase may ask the promotions`() throws {
        let line =
            #""purchase":{"store":"17","receipt":"A-1","occurred_at":"2017-01-01T06:53:26-05:00","total_minor":350,"lines":[{"sku":"a","quantity":1,"total_minor":350}],"pricing":{"payable_minor":300,"settled":true,"offers":true,"facts":{"tier":"gold","rfm.r":5,"vip":true},"codes":["SPRING"]}}"#
        guard case .purchase(let receipt) = try command(line) else { return }
        #expect(
            receipt.pricing
                == Pricing(
                    payable: Money(minor: 300), isSettled: true,
                    facts: [StatedFact("tier", "gold"), StatedFact("rfm.r", "5"), StatedFact("vip", "yes")],
                    codes: ["SPRING"], wantsOffers: true))
    }

    @Test func `documents and changes are lines`() throws {
        let part = try command(#""keep_document":{"digest":"\#(Self.digest)","part":2,"parts":3,"text":"stores: [я]"}"#)
        let digest = try #require(DocumentDigest(hex: Self.digest))
        #expect(
            part == .keepDocument(DocumentPart(digest: digest, part: 2, parts: 3, bytes: Array("stores: [я]".utf8))))
        let publication = try command(
            #""set_promotions":{"publish":{"words":"\#(Self.digest)","rules":"\#(Self.digest)"},"effective_from":"2017-01-01T00:00:00Z","author":"irina"}"#
        )
        #expect(
            publication
                == .setPromotions(
                    PromotionsChange(
                        .publish(words: digest, rules: digest),
                        effectiveFrom: Instant(microseconds: 1_483_228_800_000_000), author: "irina")))
        let pause = try command(#""set_promotions":{"pause":["a","b"],"author":"irina","note":"sold out"}"#)
        #expect(pause == .setPromotions(PromotionsChange(.pause(["a", "b"]), author: "irina", note: "sold out")))
    }

    @Test(arguments: [
        (#""set_promotions":{"author":"irina"}"#, "exactly one of publish, pause, activate, archive"),
        (#""set_promotions":{"pause":["a"],"archive":["a"],"author":"irina"}"#, "exactly one of"),
        (#""keep_document":{"digest":"12","text":"a"}"#, "64 hexadecimal digits"),
        (
            #""purchase":{"store":"17","receipt":"A-1","occurred_at":"2017-01-01T06:53:26-05:00","total_minor":0,"lines":[],"pricing":{"facts":{"tier":1.5}}}"#,
            "purchase.pricing.facts.tier: found"
        ),
    ])
    func `a wrong line says what is wrong`(line: String, text: String) {
        do {
            _ = try command(line)
            Issue.record("\(line) was taken")
        } catch {
            #expect("\(error)".contains(text), "\(error)")
        }
    }

    @Test func `a price that changed is answered with the difference and the price`() {
        var writer = ByteWriter()
        BatchResults(
            source: SourceNumber(1), firstNumber: 1, tip: LogSequence(13), nextNumber: 2, credit: 16,
            outcomes: [
                Outcome(
                    status: .rejected, code: Rejection.priceChanged.rawValue, sequence: 13, points: -500,
                    balance: 9_000)
            ]
        ).encode(into: &writer)
        var session = JSONSession()
        let advice = Rejection.priceChanged.advice
        #expect(
            session.lines(forAnswer: writer.bytes) == [
                #"{"number":1,"status":"rejected","code":128,"rejection":"price_changed","line":0,"advice":"\#(advice)","difference_minor":-500,"payable_minor":9000,"sequence":13}"#
            ])
    }

    @Test(arguments: [
        (
            "PricedQuote",
            #"{"sequence":8123,"status":"quoted","member":5,"points_minor":450,"earned_minor":451,"balance_minor":452,"to_pay_minor":9000,"redemptions":[],"promotions":{"shelf_total_minor":10000,"payable_minor":9001,"revision":3,"valid_until":"2017-01-01T06:53:26.000123Z","valid_until_microseconds":1483253606000123,"effects":[{"promotion":"cakes","title":"Торты","discount_minor":999,"points_minor":33,"acts":[{"kind":"say_on_receipt","argument":"Спасибо","count":2,"good_for_minutes":60,"amount_minor":77,"channel":"sms"}]}],"offers":[{"promotion":"large","missing":500,"measure":"sum"}],"lines":[{"discount_minor":999,"points_minor":33},{"discount_minor":0,"points_minor":1}]}}"#
        ),
        (
            "PromotionsStand",
            #"{"sequence":8123,"revision":3,"effective_from":"1969-12-31T23:59:59.999995Z","effective_from_microseconds":-5,"last":true,"promotions":[{"promotion":"cakes","title":"Торты","state":"paused","uses":7,"discount_minor":7000,"points_minor":70,"withheld":{"uses":2,"discount_minor":2000,"points_minor":20},"budget":{"measure":"discount","most":9000,"left":1900},"last_sequence":8001},{"promotion":"old","state":"gone","uses":0,"discount_minor":0,"points_minor":0}]}"#
        ),
    ])
    func `answers are lines`(name: String, line: String) throws {
        var session = JSONSession()
        let bytes = try Self.golden(name)
        #expect(unsafe session.lines(forAnswer: bytes.span.bytes) == [line])
    }

    /// A row: the golden file, and how the line ends.
    @Test(arguments: [
        (
            "DocumentKept",
            #""document":70001,"digest":"0100000000000000020000000000000003000000000000000400000000000000","part":2,"parts":3,"bytes":12}"#
        ),
        (
            "PromotionsSet",
            #""action":"archive","words":7,"rules":8,"author":"irina","note":"note","resting":[{"promotion":"cakes","state":"archived"},{"promotion":"old","state":"paused"}]}"#
        ),
        (
            "PromotedReceiptRecorded",
            #""promotions":{"revision":9,"shelf_total_minor":35000,"difference_minor":-7,"awards":[{"place":300,"case":2,"wallet":2,"lines":[{"line":1,"discount_minor":1000,"points_minor":5},{"line":2,"discount_minor":0,"points_minor":6}]},{"place":4,"case":1,"withheld":true,"lines":[]}],"facts":[0,-1,17532],"codes":["SPRING"],"extras_minor":[-1,2],"names":[{"place":4,"promotion":"large"}],"uses":1}}"#
        ),
        (
            "PriceChanged",
            #""code":128,"rejection":"price_changed","stated_minor":9500,"payable_minor":9000,"revision":9,"command":49}"#
        ),
    ])
    func `records are lines`(name: String, end: String) throws {
        let bytes = try Self.golden(name)
        let line = try unsafe RecordJSON.line(bytes.span.bytes, sequence: 7)
        #expect(line.hasSuffix(end), "\(line)")
    }

    private static func golden(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TallyCodecTests/Fixtures")
        let text = try String(contentsOf: folder.appending(path: "\(name).hex"), encoding: .utf8)
        return try #require(Hex.decode(text.filter { !$0.isWhitespace }))
    }
}
