import TallyModel
import TallyPromotionFiles
import TallyPromotions
import TallyTesting
import Testing

/// What the compiler or an evaluator could not carry is a diagnostic, and what no diagnostic can see ends no program.
@Suite("Limits of promotions")
struct LimitTests {
    private static let then = "then: [{points: 1}]"

    @Test func `a case has at most sixty-four conditions, with those of its promotion`() {
        func amounts(_ range: ClosedRange<Int>) -> String {
            range.map { "{goods: {category: oils}, sum_at_least: \($0)}" }.joined(separator: ", ")
        }
        let text = "promotion: p\nwhen: {basket: [\(amounts(1...40))]}\nrules:\n"
        let allowed = Examples.check(text + "- {when: {basket: [\(amounts(101...124))]}, \(Self.then)}\n")
        #expect(allowed.diagnostics == [] && allowed.ruleSet != nil)
        let tooMany = Examples.check(text + "- {when: {basket: [\(amounts(101...125))]}, \(Self.then)}\n")
        #expect(
            tooMany.diagnostics.map(\.description) == [
                "a.yaml:4:3: mistake: rules[0]: found 65 conditions of a case and its promotion, expected at most 64"
            ])
    }

    @Test func `a basket of a test costs no more than a receipt may, and has units that can be laid out`() {
        func found(_ lines: String) -> [String] {
            Examples.check("promotion: p\n\(Self.then)\ntests: [{test: t, basket: [\(lines)], expect: []}]\n")
                .diagnostics.map(\.description)
        }
        #expect(
            found("{sum: 9000000000}, {sum: 2000000000}") == [
                "a.yaml:3:27: mistake: tests[0].basket: found a basket of 11000000000, expected at most 10000000000"
            ])
        #expect(
            found("{units: 5000, sum: 1}, {sum: 1}") == [
                "a.yaml:3:27: mistake: tests[0].basket: found 5001 units, expected at most 5000"
            ])
        #expect(found("{units: 5000, sum: 1}") == [])
    }

    @Test func `the largest amounts of a document end no evaluator, and fast and plain decide alike`() throws {
        let most = """
            point_worth: 2
            lanes: {basket: {mode: best, most: 40}, earn: {mode: worst}}
            promotions:
              - {promotion: price, then: [{unit_price: {price: 90000}}]}
              - {promotion: bundle, then: [{bundle: {parts: [{goods: all}], price: 90000000}}]}

            """
        let points = (0..<30).map { "  - {promotion: p\($0), then: [\(Self.points)]}\n" }.joined()
        let groups = "groups: [{group: g, mode: all, lane: earn}]\n"
        let earn = (0..<30).map { "  - {promotion: e\($0), group: g, then: [\(Self.points)]}\n" }.joined()
        let alone = "  - {promotion: alone, lane: earn, then: [\(Self.points)]}\n"
        let check = Examples.check(groups + most + points + earn + alone)
        let ruleSet = try #require(check.ruleSet, "\(check.report(Examples.vocabulary))")
        // Goods that cost nothing, in quantities that no product with a price fits; and a receipt of the largest total.
        let lines = (0..<2_000).map { number in
            BasketLine(
                item: Examples.assortment.item(sku: "cake"), quantity: Limits.quantityThousandthsMax,
                total: number == 0 ? Limits.amountMinorMax : 0)
        }
        let huge = Basket(facts: Examples.vocabulary.neutralFacts, lines: lines)
        let schema = Examples.vocabulary.schema
        #expect(!Evaluator.awards(huge, ruleSet, Examples.assortment, schema).isEmpty)
        let dear = Basket(
            facts: Examples.vocabulary.neutralFacts,
            lines: [BasketLine(item: .unknown, quantity: 1_000, total: Limits.amountMinorMax)])
        let fast = Evaluator.awards(dear, ruleSet, Examples.assortment, schema)
        #expect(fast == PlainEvaluator(ruleSet, Examples.assortment).evaluate(dear).map(\.award))
    }

    private static let points = Array(repeating: "{points: 100000000000}", count: 16).joined(separator: ", ")

    @Test func `what a document says can be compiled and decided, whatever it is`() {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("documents that are compiled: seed \(seed)")
        for run in UInt64(0)..<150 {
            var random = RandomPromotions(seed: seed &+ run)
            let ruleSet = random.ruleSet()
            guard let json = try? PromotionWriter(Examples.vocabulary).json(ruleSet),
                let read = Examples.check(json, name: "a.json").ruleSet
            else {
                Issue.record("seed \(seed &+ run) cannot be written and read")
                continue
            }
            let basket = random.basket()
            let fast = Evaluator.awards(basket, read, Examples.assortment, Examples.vocabulary.schema)
            let plain = PlainEvaluator(read, Examples.assortment).evaluate(basket).map(\.award)
            #expect(fast == plain, "seed \(seed &+ run)")
        }
    }
}
