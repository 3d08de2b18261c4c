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

    /// The receipt of a line with a purchase.
    private func receipt(_ line: String) throws -> Receipt {
        let command = try command(line)
        guard case .purchase(let receipt) = command else { throw Refused(step: "\(command)") }
        return receipt
    }

    /// The keys of a purchase that stand before its pricing.
    private static let slip =
        #""store":"17","receipt":"A-1","occurred_at":"2017-01-01T06:53:26-05:00","total_minor":350,"lines":[{"sku":"a","quantity":1,"total_minor":350}]"#

    /// A row: what a purchase says behind its other keys, and what it asks then.
    static let pricings: [(String, Pricing?)] = [
        (
            #","pricing":{"payable_minor":300,"settled":true,"offers":true,"facts":{"tier":"gold","rfm.r":5,"vip":true},"codes":["SPRING"]}"#,
            Pricing(
                payable: Money(minor: 300), isSettled: true,
                facts: [StatedFact("tier", "gold"), StatedFact("rfm.r", "5"), StatedFact("vip", "yes")],
                codes: ["SPRING"], wantsOffers: true)
        ),
        (
            #","pricing":{"payable_minor":-1,"settled":false,"facts":{"age":-7,"vip":false}}"#,
            Pricing(payable: Money(minor: -1), facts: [StatedFact("age", "-7"), StatedFact("vip", "no")])
        ),
        (#","pricing":{}"#, Pricing()), (#","pricing":{"facts":{},"codes":[]}"#, Pricing()),
        (#","pricing":{"payable_minor":null,"settled":null,"offers":null,"facts":null,"codes":null}"#, Pricing()),
        (#","pricing":null"#, nil), ("", nil),
    ]

    @Test(arguments: pricings)
    func `a purchase asks promotions as its pricing says`(keys: String, pricing: Pricing?) throws {
        #expect(try receipt(#""purchase":{\#(Self.slip)\#(keys)}"#).pricing == pricing)
    }

    @Test(arguments: pricings)
    func `a quote asks them in the same way`(keys: String, pricing: Pricing?) throws {
        var session = JSONSession()
        let step = session.frame(forLine: #"{"ask":"quote","of":{\#(Self.slip)\#(keys)}}"#)
        guard case .submit(let bytes) = step else { throw Refused(step: "\(step)") }
        // The purchase is the text of the question, behind its length.
        let purchase = Array(bytes.dropFirst(messageHeaderLength + AskQuoteLayout.blockLength + 2))
        let command = try unsafe Command(purchase.span.bytes)
        guard case .purchase(let receipt) = command else { throw Refused(step: "\(command)") }
        #expect(receipt.pricing == pricing)
    }

    @Test func `a purchase states so many facts and shows so many codes, and no more`() throws {
        func line(_ count: Int) -> String {
            let facts = (0..<count).map { #""f\#($0)":\#($0)"# }.joined(separator: ",")
            let codes = (0..<count).map { #""c\#($0)""# }.joined(separator: ",")
            return #""purchase":{\#(Self.slip),"pricing":{"facts":{\#(facts)},"codes":[\#(codes)]}}"#
        }
        let pricing = try receipt(line(64)).pricing
        #expect(pricing?.facts.count == 64 && pricing?.codes.count == 64)
        #expect(throws: Refused.self) { try command(line(65)) }
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
        let why = String(repeating: "y", count: 255)
        #expect(
            try command(#""set_promotions":{"activate":["a"],"author":"irina","note":"\#(why)"}"#)
                == .setPromotions(PromotionsChange(.activate(["a"]), author: "irina", note: why)))
        #expect(
            try command(#""set_promotions":{"archive":["a"],"author":"irina"}"#)
                == .setPromotions(PromotionsChange(.archive(["a"]), author: "irina")))
    }

    /// A row: base64, and the bytes that it stands for.
    @Test(
        arguments: [
            ("", []), ("AA==", [0]), ("AAA=", [0, 0]), ("AAAA", [0, 0, 0]), ("+/8=", [0xFB, 0xFF]),
            ("TWFu", Array("Man".utf8)), ("0Q==", [0xD1]),
        ] as [(String, [UInt8])])
    func `a part that text cannot hold comes in base64`(base64: String, bytes: [UInt8]) throws {
        let digest = try #require(DocumentDigest(hex: Self.digest))
        #expect(
            try command(#""keep_document":{"digest":"\#(Self.digest)","part":2,"parts":3,"bytes_base64":"\#(base64)"}"#)
                == .keepDocument(DocumentPart(digest: digest, part: 2, parts: 3, bytes: bytes)))
    }

    @Test func `any bytes come back as another encoder writes them, up to the longest part`() throws {
        let digest = try #require(DocumentDigest(hex: Self.digest))
        for count in Array(0..<100) + [Limits.documentPartBytesMax - 1, Limits.documentPartBytesMax] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: ($0 + count) * 167 ^ $0 >> 3) }
            let base64 = Data(bytes).base64EncodedString()
            #expect(
                try command(#""keep_document":{"digest":"\#(Self.digest)","bytes_base64":"\#(base64)"}"#)
                    == .keepDocument(DocumentPart(digest: digest, part: 1, parts: 1, bytes: bytes)))
        }
    }

    /// No digit, no padding where it belongs, padding where it does not, bits that stand for nothing.
    @Test(arguments: [
        "A", "AA", "AAA", "AA=", "A===", "====", "AA==AA==", "AA=A", "T Fu", "-_-_", "AB==", "AAB=", "я===",
    ])
    func `what is no base64 is no part of a document`(base64: String) {
        #expect(throws: Refused.self) {
            try command(#""keep_document":{"digest":"\#(Self.digest)","bytes_base64":"\#(base64)"}"#)
        }
    }

    private static func priced(_ pricing: String) -> String { #""purchase":{\#(slip),"pricing":{\#(pricing)}}"# }

    private static func document(_ rest: String) -> String { #""keep_document":{"digest":"\#(digest)"\#(rest)}"# }

    static let badLines: [(String, String)] = [
        (
            #""set_promotions":{"author":"irina"}"#,
            "set_promotions.publish: is missing; expected exactly one of publish, pause, activate, archive"
        ),
        (
            #""set_promotions":{"pause":["a"],"archive":["a"],"author":"irina"}"#,
            "set_promotions.archive: found a list of 1, expected exactly one of publish, pause, activate, archive"
        ),
        (
            #""set_promotions":{"pause":[],"author":"irina"}"#,
            "set_promotions.pause: found a list of 0, expected a list of 1 to 200, each the id of a promotion"
        ),
        (
            #""set_promotions":{"publish":{"words":"\#(digest)"},"author":"irina"}"#,
            "set_promotions.publish.rules: is missing; expected the document's SHA-256 as 64 hexadecimal digits"
        ),
        (#""set_promotions":{"paus":["a"]}"#, "set_promotions.paus: unknown key; did you mean pause?"),
        (#""set_promotions":{"pause":["a"]}"#, "set_promotions.author: is missing; expected who answers for it"),
        (
            #""set_promotions":{"pause":["a"],"author":"irina","note":"\#(String(repeating: "y", count: 256))"}"#,
            "set_promotions.note: found 256 bytes, expected at most 255"
        ),
        (
            #""keep_document":{"digest":"12","text":"a"}"#,
            #"keep_document.digest: found "12", expected the document's SHA-256 as 64 hexadecimal digits"#
        ),
        (document(""), "keep_document.text: is missing; expected exactly one of text, bytes_base64"),
        (
            document(#","text":"a","bytes_base64":"YQ==""#),
            #"keep_document.bytes_base64: found "YQ==", expected exactly one of text, bytes_base64"#
        ),
        (
            document(#","bytes_base64":"YQ""#),
            #"keep_document.bytes_base64: found "YQ", expected the bytes of the part in base64, with its padding"#
        ),
        (document(#","part":0,"text":"a""#), "keep_document.part: found 0, expected which part, from 1"),
        (document(#","parts":1001,"text":"a""#), "keep_document.parts: found 1001, expected how many parts there are"),
        (
            document(#","text":"\#(String(repeating: "a", count: 48_001))""#),
            "keep_document.text: found 48001 bytes, expected at most 48000"
        ),
        (
            document(#","bytes_base64":"\#(String(repeating: "A", count: 64_004))""#),
            "keep_document.bytes_base64: found 64004 bytes, expected at most 64000"
        ),
        (priced(#""setled":true"#), "purchase.pricing.setled: unknown key; did you mean settled?"),
        (
            priced(#""price":1"#),
            "purchase.pricing.price: unknown key; known are payable_minor, settled, offers, facts, codes"
        ),
        (
            priced(#""facts":{"tier":1.5}"#),
            "purchase.pricing.facts.tier: found 1.5, expected a text or a whole number"
        ),
        (
            priced(#""facts":["tier"]"#),
            #"purchase.pricing.facts: found a list of 1, expected an object of at most 64 facts, each a text or a whole number, for example {"tier":"gold","rfm.r":5}"#
        ),
        (
            priced(#""codes":"SPRING""#),
            #"purchase.pricing.codes: found "SPRING", expected a list of 1 to 64, each a code as text"#
        ),
        (
            #""exchange":{"return":{\#(slip)},"purchase":{\#(slip),"pricing":{}}}"#,
            "exchange: \(Rejection.exchangePriced.advice)"
        ),
    ]

    @Test(arguments: badLines)
    func `a wrong line says what is wrong, where and what to do`(line: String, text: String) {
        var session = JSONSession()
        var expected = JSONText()
        expected.add("error", "malformed")
        expected.add("text", text)
        #expect(session.frame(forLine: #"{"source":1,"number":1,\#(line)}"#) == .answer([expected.object]))
    }

    @Test func `how promotions stand is asked for without more ado`() throws {
        var session = JSONSession()
        guard case .submit(let bytes) = session.frame(forLine: #"{"ask":"promotions"}"#) else {
            Issue.record("the question is not submitted")
            return
        }
        #expect(try unsafe Question(bytes.span.bytes) == .promotions)
        #expect(
            session.frame(forLine: #"{"ask":"promotions","as_of":"@8"}"#)
                == .answer([#"{"error":"malformed","text":"as_of: unknown key; known are ask"}"#]))
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

    @Test func `every kind of act and every measure has a name`() {
        var quote = Quote(sequence: LogSequence(1))
        var promotions = QuotedPromotions(shelfTotal: .zero, payable: .zero)
        promotions.effects = [QuotedEffect(promotion: "a", acts: ActKind.allCases.map { QuotedAct($0, "") })]
        promotions.effects += BasketMeasure.allCases.map {
            QuotedEffect(promotion: "b", missing: QuotedEffect.Missing(1, $0))
        }
        quote.promotions = promotions
        var writer = ByteWriter()
        quote.encode(into: &writer)
        var session = JSONSession()
        let line = session.lines(forAnswer: writer.bytes)[0]
        let kinds = line.matches(of: #/"kind":"(\w+)","argument":"","count":1}/#).map { String($0.output.1) }
        #expect(
            kinds == [
                "say_on_receipt", "say_to_cashier", "say_on_screen", "issue_coupon", "gift", "tag", "free_delivery",
                "ticket", "benefit", "say_aloud", "contact", "incentive", "load_card", "grant_points",
            ])
        let offers = ["units", "sum", "quantity", "products"].map {
            #"{"promotion":"b","missing":1,"measure":"\#($0)"}"#
        }
        #expect(line.hasSuffix(#""offers":[\#(offers.joined(separator: ","))],"lines":[]}}"#), "\(line)")
        #expect(!line.contains("valid_until") && line.contains(#""revision":0"#))
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
