import TallyPromotionFiles
import TallyPromotions
import TallyTesting
import Testing

@Suite("Canonical promotions")
struct CanonicalTests {
    private let writer = PromotionWriter(Examples.vocabulary)

    private static let canonical =
        #"{"promotions":[{"exclusive":["a","b"],"promotion":"p","then":[{"percent_off":{"goods":{"all":[{"brand":"sun"},"#
        + #"{"category":"oils"}]},"percent":12.5}}],"when":{"age":{"from":18,"to":30},"basket":[{"sum_at_least":5000}],"#
        + #""day":{"from":"2025-02-01","to":"2025-02-28"},"segment":{"vip":["yes"]},"stage":["churn","loyal"],"#
        + #""time":{"before":"12:00","from":"08:00"}}}]}"#

    /// Ways to say the same.
    static let ways = [
        """
        promotion: p
        exclusive: [a, b]
        when:
          age: 18..30
          day: 2025-02-01..2025-02-28
          time: 08:00..12:00
          stage: [loyal, churn]
          segment: {vip: yes}
          basket: [{sum_at_least: 5000.00}]
        then:
          - percent_off: {percent: 12.50, goods: {category: oils, brand: sun}}
        """,
        """
        promotions:
          - then: [{percent_off: {goods: {all: [{all: [{brand: sun}]}, all, {category: [oils]}]}, percent: 12.5, base: running}}]
            when:
              basket: {goods: all, sum_at_least: 5000}
              segment: {vip: [yes]}
              stage: [churn, loyal, churn]
              time: {from: 08:00, before: 12:00}
              day: {to: 2025-02-28, from: 2025-02-01}
              age: {from: 18, to: 30}
            exclusive: [b, a]
            lane: basket
            priority: 0
            promotion: p
        """,
        """
        {"promotion": "p", "exclusive": ["b", "a"],
         "rules": [{"then": [{"percent_off": {"percent": 12.5, "goods": {"category": "oils", "brand": "sun"}}}]}],
         "when": {"age": "18..30", "day": "2025-02-01..2025-02-28", "time": "08:00..12:00", "stage": ["loyal", "churn"],
           "segment": {"vip": true}, "basket": [{"sum_at_least": 5000.00}]}}
        """,
        canonical,
    ]

    @Test(arguments: ways.indices) func `what means the same is written the same`(way: Int) throws {
        let check = Examples.check(Self.ways[way])
        let ruleSet = try #require(check.ruleSet, "\(check.report(Examples.vocabulary))")
        #expect(try writer.json(ruleSet) == Self.canonical)
        // Written once and for all: a hash that changes would make every published revision look edited.
        #expect("\(try writer.digest(ruleSet))" == "5c6747934f61d973c9a65ce71cf23ba013427a2ca7f8b8f6a48e68460bd7265c")
    }

    @Test func `what means something else is written otherwise`() throws {
        let others = [
            Self.ways[0].replacing("12.50", with: "12.51"), Self.ways[0].replacing("5000.00", with: "5000.01"),
            Self.ways[0].replacing("08:00", with: "08:01"), Self.ways[0].replacing("[loyal, churn]", with: "[loyal]"),
            Self.ways[0].replacing("promotion: p", with: "promotion: q"),
            Self.ways[0].replacing("brand: sun", with: "tag: elite"),
        ]
        var digests: Set<String> = []
        for text in others + [Self.canonical] {
            digests.insert("\(try writer.digest(#require(Examples.check(text).ruleSet)))")
        }
        #expect(digests.count == others.count + 1)
    }

    @Test func `a promotion without a word for a number cannot be written`() {
        let stage = Examples.vocabulary.schema.column("stage") ?? FactColumn(0)
        let promotion = Promotion(
            id: "p", conditions: [.fact(stage, .oneOf([99]))], rules: [Rule(effects: [.points(1)])])
        let error = #expect(throws: PromotionWriter.Unwritable.self) { try writer.json(promotion) }
        #expect(error?.description == "stage has no word for 99")
    }

    @Test func `what is written reads back to the same syntax, and decides every basket alike`() throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("random rule sets: seed \(seed)")
        for run in UInt64(0)..<400 {
            var random = RandomPromotions(seed: seed &+ run)
            let ruleSet = random.ruleSet()
            let json = try writer.json(ruleSet)
            let check = Examples.check(json, name: "a.json")
            let again = try #require(check.ruleSet, "seed \(seed &+ run): \(check.report(Examples.vocabulary)) \(json)")
            let normalized = ruleSet.normalized(Examples.vocabulary.schema)
            #expect(again.promotions == normalized.promotions, "seed \(seed &+ run)")
            #expect(again.groups == normalized.groups && again.lanes == normalized.lanes, "seed \(seed &+ run)")
            #expect(again.pointValue == ruleSet.pointValue, "seed \(seed &+ run)")
            #expect(try writer.json(again) == json, "seed \(seed &+ run)")
            for _ in 0..<4 {
                let basket = random.basket()
                let first = PlainEvaluator(ruleSet, Examples.assortment).evaluate(basket)
                let second = PlainEvaluator(again, Examples.assortment).evaluate(basket)
                #expect(first == second, "seed \(seed &+ run)")
            }
        }
    }

    @Test func `damaged documents are refused or read, and never end the program`() throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("damaged documents: seed \(seed)")
        var random = SeededRandom(seed: seed)
        let texts = Examples.names.map { Examples.source($0).text }
        var read = 0
        for _ in 0..<600 {
            var bytes = Array(texts[Int(random.next(below: UInt64(texts.count)))].utf8)
            for _ in 0..<random.next(below: 4) + 1 {
                let place = Int(random.next(below: UInt64(bytes.count)))
                let other = Int(random.next(below: UInt64(bytes.count)))
                bytes[place] = random.next(below: 2) == 0 ? bytes[other] : UInt8(random.next(below: 128))
            }
            let check = Examples.check(String(decoding: bytes, as: UTF8.self))
            #expect(check.ruleSet != nil || !check.diagnostics.isEmpty)
            read += check.ruleSet == nil ? 0 : 1
        }
        #expect(read > 20, "some damage changes a meaning only, and what it says is decided")
    }
}
