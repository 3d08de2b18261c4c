import TallyPromotionFiles
import TallyPromotions
import TallyTesting

/// Random rule sets in the words of the example programme, with everything that the syntax can say.
struct RandomPromotions {
    private var random: SeededRandom
    private let schema = Examples.vocabulary.schema
    private static let categories = ["oils", "food", "drinks", "coffee", "clothes", "beds", "mattresses", "fuel"]

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
    mutating func pick<T>(_ values: [T]) -> T { values[number(0...values.count - 1)] }
    mutating func some<T>(_ count: ClosedRange<Int>, _ make: (inout RandomPromotions) -> T) -> [T] {
        (0..<number(count)).map { _ in make(&self) }
    }

    private mutating func filter(_ depth: Int = 0) -> GoodsFilter {
        switch number(0...(depth < 3 ? 8 : 5)) {
        case 0: .all
        case 1: .sku(pick(["cake", "coffee", "oil-sun", "gone"]))
        case 2: .brand(pick(["sun", "luna", "a"]))
        case 3: .tag(pick(["elite", "high_margin"]))
        case 4: .attribute("size", pick(["XXL", "M"]))
        case 5: .category(pick(Self.categories))
        case 6: .any(some(1...3) { $0.filter(depth + 1) })
        case 7: .both(some(1...3) { $0.filter(depth + 1) })
        default: .not(filter(depth + 1))
        }
    }

    // MARK: Conditions

    private mutating func range(_ low: Int32, _ high: Int32, from start: Int32 = .min) -> FactTest {
        let (one, other) = (Int32(number(Int(low)...Int(high))), Int32(number(Int(low)...Int(high))))
        return .between(chance(20) ? start : min(one, other), chance(20) ? .max : max(one, other))
    }

    private mutating func fact() -> Condition {
        func column(_ name: String) -> FactColumn { schema.column(name) ?? FactColumn(0) }
        switch number(0...6) {
        case 0: return .fact(column("day"), range(20_000, 20_010))
        case 1: return .fact(column("time"), range(0, 1_439))
        case 2: return .fact(column("age"), range(16, 40, from: 0))
        case 3: return .fact(column("rfm.r"), .oneOf(Set(some(1...3) { Int32($0.number(1...5)) })))
        case 4: return .fact(column("tier"), range(0, 3))
        case 5: return .fact(column("segment.vip"), .oneOf([Int32(number(0...1))]))
        default: return .fact(column("stage"), .oneOf(Set(some(1...4) { Int32($0.number(0...5)) })))
        }
    }

    private mutating func condition() -> Condition {
        switch number(0...5) {
        case 0: return .token(pick(["A", "B", "Ж \"x\""]))
        case 1, 2:
            let measure = pick(Measure.allCases)
            return .goods(filter(), measure, atLeast: Int64(number(1...(measure == .products ? 3 : 3_000))))
        default: return fact()
        }
    }

    // MARK: Effects

    private mutating func terms() -> DiscountTerms {
        DiscountTerms(
            base: chance(50) ? .running : .initial, rounding: chance(50) ? .once : .goods,
            spread: chance(70) ? .goods : .receipt, shares: chance(40))
    }

    private mutating func effect() -> Effect {
        let share = Int32(number(1...10_000))
        switch number(0...11) {
        case 0: return .percentOff(filter(), basisPoints: share, terms())
        case 1: return .amountOff(filter(), amount: Int64(number(1...50_000)), terms())
        case 2: return .unitPrice(filter(), price: Int64(number(0...9_000)))
        case 3:
            let nth = NthTerms(
                every: Int32(number(1...4)), basisPoints: share,
                order: chance(50) ? .dearestFirst : .cheapestFirst, most: Int32(number(0...3)))
            return .everyNth(filter(), nth, terms())
        case 4:
            let bind = BindTerms(
                qualifier: filter(), units: Int32(number(1...3)), target: filter(), units: Int32(number(1...3)),
                basisPoints: share, sameBrand: chance(40))
            return .bind(bind, terms())
        case 5:
            // Parts share no goods: the language does not allow it.
            let parts = ["oils", "coffee", "beds"].prefix(number(1...3)).map {
                BundlePart(.category($0), units: Int32(number(1...2)))
            }
            return .bundle(parts, chance(50) ? .price(Int64(number(0...20_000))) : .basisPoints(share), terms())
        case 6: return .pointsPercent(filter(), basisPoints: share, terms())
        case 7: return .points(Int64(number(1...50_000)))
        case 8:
            return .pointsPerStep(
                filter(), step: Int64(number(1_000...20_000)), points: Int64(number(1...900)), terms())
        case 9: return .pointsTimes(factor: Int32(number(2...5)), basisPoints: share, terms())
        default:
            return .act(act())
        }
    }

    // MARK: Wholes

    mutating func ruleSet() -> RuleSet {
        var groups: [PromotionGroup] = []
        for number in 0..<number(0...4) {
            let parent = groups.isEmpty || chance(50) ? nil : pick(groups).id
            groups.append(
                PromotionGroup(
                    id: "g\(number)", parent: parent, lane: pick(Lane.allCases), priority: Int32(self.number(-2...2)),
                    mode: pick(PromotionGroup.Mode.allCases), most: Int32(self.number(0...3)),
                    capBasisPoints: chance(40) ? Int32(self.number(1...10_000)) : 10_000))
        }
        var promotions: [Promotion] = []
        for number in 0..<number(1...6) {
            promotions.append(
                Promotion(
                    id: "p\(number)", title: chance(50) ? "Title: \"\(number)\"" : "", lane: pick(Lane.allCases),
                    group: groups.isEmpty || chance(40) ? nil : pick(groups).id, priority: Int32(self.number(-3...3)),
                    conditions: some(0...2) { $0.condition() },
                    rules: some(1...2) { random in
                        Rule(
                            conditions: random.some(0...2) { $0.condition() },
                            effects: random.some(1...2) { $0.effect() })
                    },
                    exclusive: Set(some(0...1) { "x\($0.number(0...1))" }),
                    terms: promotionTerms()))
        }
        let terms = RuleSet.LaneTerms(mode: pick(PromotionGroup.Mode.allCases), most: Int32(number(0...3)))
        return RuleSet(
            promotions: promotions, groups: groups, lanes: chance(50) ? [:] : [.basket: terms],
            pointValue: chance(50) ? 10_000 : Int64(number(0...20_000)))
    }

    mutating func basket() -> Basket {
        var facts = Examples.vocabulary.neutralFacts
        for (name, range) in [
            ("day", 20_000...20_010), ("time", 0...1_439), ("age", -1...40), ("stage", 0...5), ("tier", 0...3),
        ] {
            if let column = schema.column(name) { facts[Int(column.rawValue)] = Int32(number(range)) }
        }
        let lines = some(1...6) { random in
            let quantity = random.chance(80) ? Int64(random.number(1...4)) * 1_000 : Int64(random.number(1...2_500))
            return BasketLine(
                item: Examples.assortment.item(
                    sku: random.pick([
                        "cake", "coffee", "oil-sun", "oil-luna", "bed-a", "mattress-a", "coat-xxl", "new",
                    ]),
                    category: "oils"), quantity: quantity, total: Int64(random.number(0...50_000)))
        }
        return Basket(facts: facts, tokens: some(0...2) { $0.pick(["A", "B", "C"]) }, lines: lines)
    }
}
