import TallyPromotions
import Testing

/// S3-13: why a promotion did not apply, and what is missing for it.
@Suite("Why not")
struct PromotionTraceTests {
    private static let assortment = MechanicTests.assortment
    private static let schema = FactSchema([Fact("age", .number), Fact("stage", .choice(["none", "new", "loyal"]))])
    private static let age = FactColumn(0)
    private static let stage = FactColumn(1)

    private static func promotion(
        _ id: String, group: String? = nil, _ conditions: [Condition] = [], _ effects: [Effect], marks: Set<String> = []
    ) -> Promotion {
        Promotion(id: id, group: group, conditions: conditions, rules: [Rule(effects: effects)], exclusive: marks)
    }

    private static func percent(_ basisPoints: Int32, _ filter: GoodsFilter = .all) -> Effect {
        .percentOff(filter, basisPoints: basisPoints, DiscountTerms())
    }

    private static func basket(_ lines: [(sku: String, units: Int64, total: Int64)], _ tokens: [String] = []) -> Basket
    {
        Basket(
            facts: [17, 1], tokens: tokens,
            lines: lines.map {
                BasketLine(item: assortment.item(sku: $0.sku), quantity: $0.units * 1_000, total: $0.total)
            })
    }

    /// The reason for the last promotion of a rule set.
    private static func reason(_ ruleSet: RuleSet, _ basket: Basket) -> WhyNot? {
        let awards = PlainEvaluator(ruleSet, assortment).evaluate(basket).map(\.award)
        let last = ruleSet.promotions.count - 1
        return PromotionTrace(ruleSet, assortment).whyNot(last, basket, given: awards)
    }

    private static let oils = GoodsFilter.category("oils")

    static let conditions: [(condition: Condition, found: Int64, missing: Int64?)] = [
        (.goods(.all, .sum, atLeast: 5_000_00), 4_570_00, 430_00),
        (.goods(oils, .units, atLeast: 3), 2, 1),
        (.goods(.all, .products, atLeast: 3), 2, 1),
        (.goods(oils, .quantity, atLeast: 2_500), 2_000, 500),
        (.token("SPRING"), 0, nil),
        (.fact(age, .between(18, 30)), 17, 1),
        (.fact(age, .between(0, 16)), 17, nil),
        (.fact(age, .between(30, 18)), 17, nil),
        (.fact(stage, .oneOf([2])), 1, nil),
    ]

    @Test(arguments: conditions.indices) func `the first condition that fails is told, and what is missing`(row: Int) {
        let (condition, found, missing) = Self.conditions[row]
        let holds = Condition.goods(.all, .units, atLeast: 1)
        let ruleSet = RuleSet(promotions: [
            Self.promotion("p", [holds, condition, .token("later")], [Self.percent(1_000)])
        ])
        let basket = Self.basket([("oil", 2, 570_00), ("coat", 1, 4_000_00)])
        let shortfall = Shortfall(rule: nil, condition: condition, found: found, missing: missing)
        #expect(Self.reason(ruleSet, basket) == .conditions([shortfall]))
    }

    @Test func `a promotion with cases tells what is missing for each`() {
        let conditions: [Condition] = [.fact(Self.age, .between(18, 30)), .fact(Self.stage, .oneOf([2]))]
        let rules = conditions.map { Rule(conditions: [$0], effects: [Self.percent(1_000)]) }
        let ruleSet = RuleSet(promotions: [Promotion(id: "p", rules: rules)])
        #expect(
            Self.reason(ruleSet, Self.basket([("oil", 1, 100_00)]))
                == .conditions([
                    Shortfall(rule: 0, condition: conditions[0], found: 17, missing: 1),
                    Shortfall(rule: 1, condition: conditions[1], found: 1, missing: nil),
                ]))
    }

    @Test func `who applied is asked no reason`() {
        let ruleSet = RuleSet(promotions: [Self.promotion("p", [], [Self.percent(1_000)])])
        #expect(Self.reason(ruleSet, Self.basket([("oil", 1, 100_00)])) == nil)
    }

    static let goods: [(effect: Effect, need: Condition, found: Int64, missing: Int64)] = [
        (percent(1_000, .category("cakes")), .goods(.category("cakes"), .sum, atLeast: 1), 0, 1),
        (
            .everyNth(oils, NthTerms(every: 3, basisPoints: 10_000), DiscountTerms()), .goods(oils, .units, atLeast: 3),
            2, 1
        ),
        (
            .bind(BindTerms(qualifier: oils, target: .category("beds"), basisPoints: 3_000), DiscountTerms()),
            .goods(.category("beds"), .units, atLeast: 1), 0, 1
        ),
        (
            .bundle([BundlePart(oils), BundlePart(.category("cakes"), units: 2)], .price(100), DiscountTerms()),
            .goods(.category("cakes"), .units, atLeast: 2), 0, 2
        ),
        (
            .pointsPerStep(.all, step: 1_000_00, points: 50, DiscountTerms()), .goods(.all, .sum, atLeast: 1_000_00),
            570_00, 430_00
        ),
    ]

    @Test(arguments: goods.indices) func `goods that an effect needs are told`(row: Int) {
        let (effect, need, found, missing) = Self.goods[row]
        let ruleSet = RuleSet(promotions: [Self.promotion("p", [], [effect])])
        let shortfall = Shortfall(rule: 0, condition: need, found: found, missing: missing)
        #expect(Self.reason(ruleSet, Self.basket([("oil", 2, 570_00)])) == .goods([shortfall]))
    }

    static let choices: [(groups: [PromotionGroup], lane: RuleSet.LaneTerms?, expected: WhyNot)] = [
        ([PromotionGroup(id: "g", mode: .best)], nil, .notChosen(group: "g", instead: 0)),
        ([PromotionGroup(id: "g", mode: .all, most: 1)], nil, .notChosen(group: "g", instead: 0)),
        (
            [PromotionGroup(id: "top", mode: .first), PromotionGroup(id: "g", parent: "top", mode: .all, most: 1)], nil,
            .notChosen(group: "g", instead: 0)
        ),
        (
            [PromotionGroup(id: "g", mode: .all)], RuleSet.LaneTerms(mode: .all, most: 1),
            .notChosen(group: nil, instead: 0)
        ),
        ([PromotionGroup(id: "g", mode: .all, capBasisPoints: 1_000)], nil, .nothingLeft),
    ]

    @Test(arguments: choices.indices) func `who chose another is told, and who it was`(row: Int) {
        let (groups, lane, expected) = Self.choices[row]
        var ruleSet = RuleSet(
            promotions: [
                Self.promotion("more", group: "g", [], [Self.percent(1_000)]),
                Self.promotion("less", group: "g", [], [Self.percent(500)]),
            ], groups: groups)
        if let lane { ruleSet.lanes[.basket] = lane }
        #expect(Self.reason(ruleSet, Self.basket([("oil", 1, 100_00)])) == expected)
    }

    @Test func `a common mark shuts out, and goods of other brands leave nothing to do`() {
        let marked = RuleSet(promotions: [
            Self.promotion("first", [], [Self.percent(1_000)], marks: ["m", "x"]),
            Self.promotion("second", [], [Self.percent(500)], marks: ["m"]),
        ])
        #expect(Self.reason(marked, Self.basket([("oil", 1, 100_00)])) == .shutOut(by: 0, mark: "m"))
        let bind = BindTerms(
            qualifier: .category("beds"), target: .category("mattresses"), basisPoints: 3_000, sameBrand: true)
        let brands = RuleSet(promotions: [Self.promotion("bed", [], [.bind(bind, DiscountTerms())])])
        let basket = Self.basket([("bed-b", 1, 500_00), ("mattress-a", 1, 200_00)])
        #expect(Self.reason(brands, basket) == .nothingLeft)
    }

    @Test func `whatever is decided, who did nothing has a reason and who did has none`() {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("why not: seed \(seed)")
        for run in UInt64(0)..<400 {
            var random = RandomRules(seed: seed &+ run)
            let ruleSet = random.ruleSet()
            let plain = PlainEvaluator(ruleSet, random.assortment)
            let trace = PromotionTrace(ruleSet, random.assortment)
            let basket = random.basket()
            let awards = plain.evaluate(basket).map(\.award)
            for number in ruleSet.promotions.indices {
                let reason = trace.whyNot(number, basket, given: awards)
                let promotion = ruleSet.promotions[number]
                let fits = promotion.rules.contains { rule in
                    (promotion.conditions + rule.conditions).allSatisfy { plain.holds($0, basket) }
                }
                let applied = awards.contains { Int($0.promotion) == number }
                #expect((reason == nil) == applied, "seed \(seed &+ run)")
                if case .conditions(let shortfalls) = reason {
                    #expect(!fits && !shortfalls.isEmpty, "seed \(seed &+ run)")
                } else {
                    #expect(fits, "seed \(seed &+ run)")
                }
            }
        }
    }
}
