import Foundation
import TallyPromotions
import Testing

/// The evaluator and its plain twin say the same about everything.
@Suite("The evaluator and its twin")
struct EvaluatorTwinTests {
    /// Pairs of a basket and a rule set: many in every run, ten times as many at night.
    static let pairs = ProcessInfo.processInfo.environment["TALLY_NIGHTLY"] == "1" ? 1_000_000 : 100_000
    static let basketsPerRuleSet = 50

    @Test func `fast and plain decide alike`() {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("promotions: seed \(seed)")
        var baskets = 0
        var run: UInt64 = 0
        var awarded = 0
        while baskets < Self.pairs {
            var random = RandomRules(seed: seed &+ run)
            awarded += compare(&random, "seed \(seed &+ run)")
            baskets += Self.basketsPerRuleSet
            run += 1
        }
        #expect(awarded > Self.pairs / 4, "the baskets are such that promotions apply")
    }

    /// A group with one promotion that does nothing alone, and something when an earlier promotion has counted a unit of its bundle.
    @Test(arguments: [UInt64(420_145_520)]) func `what once was decided in two ways is decided in one`(seed: UInt64) {
        var random = RandomRules(seed: seed)
        #expect(compare(&random, "seed \(seed)") > 0)
    }

    /// Compares the two on the baskets of one rule set.
    ///
    /// - Returns: How many awards there were.
    private func compare(_ random: inout RandomRules, _ name: String) -> Int {
        let ruleSet = random.ruleSet()
        let plain = PlainEvaluator(ruleSet, random.assortment)
        let table = RuleTable(ruleSet, random.assortment, random.schema)
        var evaluator = Evaluator(table)
        var batch = BasketBatch(facts: random.schema.facts.count, lines: 16_384, tokens: 1_024)
        let baskets = (0..<Self.basketsPerRuleSet).map { _ in random.basket() }
        for basket in baskets { batch.append(basket, for: table) }
        var awards = AwardBatch()
        evaluator.evaluate(batch, into: &awards)
        for (number, basket) in baskets.enumerated() {
            let expected = plain.evaluate(basket)
            let found = awards.range(of: number).map { place in
                PlainEvaluator.Decision(award: awards.awards(of: number)[place], parts: Array(awards.parts(of: place)))
            }
            #expect(found == expected, "\(name), basket \(number)")
        }
        return awards.awardCount
    }
}
