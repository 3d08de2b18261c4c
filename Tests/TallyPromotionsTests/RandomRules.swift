import TallyPromotions

/// Random assortments, rule sets and baskets in which everything meets everything: few goods, many promotions on them.
///
/// Every other seed has goods without floors, two of four have so many goods that most lines are of different ones, and one of
/// four has baskets that are long or cost very much.
struct RandomRules {
    var seed: Seed
    let assortment: Assortment
    private let productCount: Int
    private let isExtreme: Bool
    let schema = FactSchema([
        Fact("day", .number), Fact("stage", .choice(["new", "loyal", "churn"])), Fact("store", .number),
    ])

    init(seed: UInt64) {
        self.seed = Seed(seed)
        isExtreme = seed % 4 == 3
        productCount = seed % 4 < 2 ? 8 : 80
        var goods: [Goods] = []
        for number in 0..<productCount {
            goods.append(
                Goods(
                    sku: "s\(number)", categories: ["c\(number % 3)", "all"],
                    brand: number % 8 == 7 ? "" : "b\(number % 2)",
                    tags: number % 4 == 0 ? ["hot"] : [], attributes: ["size": number % 2 == 0 ? "L" : "XL"],
                    floorPrice: number % 8 == 5 && seed % 2 == 0 ? 40 : 0))
        }
        assortment = Assortment(goods)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &seed) }
    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

    mutating func filter() -> GoodsFilter {
        switch number(0...8) {
        case 0: .all
        case 1: .sku("s\(number(0...8))")
        case 2: .brand("b\(number(0...1))")
        case 3: .tag("hot")
        case 4: .attribute("size", chance(50) ? "L" : "XL")
        case 5: .both([.brand("b\(number(0...1))"), .category("c\(number(0...2))")])
        case 6: .any([.sku("s\(number(0...7))"), .category("c\(number(0...2))")])
        case 7: .not(.category("c\(number(0...2))"))
        default: .category("c\(number(0...2))")
        }
    }

    mutating func condition() -> Condition {
        switch number(0...6) {
        case 0:
            let low = Int32(number(0...8))
            return .fact(
                FactColumn(0), .between(chance(20) ? .min : low, chance(20) ? .max : low + Int32(number(0...4))))
        case 1: return .fact(FactColumn(1), .oneOf(Set((0...1).map { _ in Int32(number(0...2)) })))
        case 2: return .fact(FactColumn(2), .oneOf(Set((0..<number(1...40)).map { _ in Int32(number(1...60)) })))
        case 3: return .token("t\(number(0...2))")
        default:
            let measure = Measure.allCases[number(0...3)]
            let most: [Measure: Int] = [.units: 4, .sum: 900, .quantity: 4_000, .products: 3]
            return .goods(filter(), measure, atLeast: Int64(number(1...(most[measure] ?? 1))))
        }
    }

    mutating func terms() -> DiscountTerms {
        DiscountTerms(
            base: chance(50) ? .running : .initial, rounding: chance(50) ? .once : .goods,
            spread: chance(70) ? .goods : .receipt, shares: chance(40))
    }

    mutating func effect() -> Effect {
        let basisPoints = Int32(number(1...20)) * 500
        switch number(0...11) {
        case 0, 1: return .percentOff(filter(), basisPoints: basisPoints, terms())
        case 2: return .amountOff(filter(), amount: Int64(number(1...300)), terms())
        case 3: return .unitPrice(filter(), price: Int64(number(10...90)))
        case 4:
            let nth = NthTerms(
                every: Int32(number(1...4)), basisPoints: basisPoints,
                order: chance(50) ? .dearestFirst : .cheapestFirst,
                most: chance(30) ? Int32(number(1...3)) : 0)
            return .everyNth(filter(), nth, terms())
        case 5, 6:
            let bind = BindTerms(
                qualifier: filter(), units: Int32(number(1...3)), target: filter(), units: Int32(number(1...3)),
                basisPoints: basisPoints, sameBrand: chance(30))
            return .bind(bind, terms())
        case 7:
            let parts = [0, 1, 2].prefix(number(2...3)).map {
                BundlePart(.category("c\($0)"), units: Int32(number(1...2)))
            }
            let price: BundlePrice = chance(50) ? .price(Int64(number(20...200))) : .basisPoints(basisPoints)
            return .bundle(parts, price, terms())
        case 8: return .pointsPercent(filter(), basisPoints: basisPoints, terms())
        case 9: return .points(Int64(number(1...50)))
        case 10:
            return .pointsPerStep(filter(), step: Int64(number(50...200)), points: Int64(number(1...9)), terms())
        default: return chance(50) ? .act(Act(.gift, "cup")) : .pointsTimes(factor: 5, basisPoints: 500, terms())
        }
    }

    mutating func ruleSet() -> RuleSet {
        var groups: [PromotionGroup] = []
        for number in 0..<self.number(0...5) {
            let parent = groups.isEmpty || chance(50) ? nil : groups[self.number(0...groups.count - 1)].id
            groups.append(
                PromotionGroup(
                    id: "g\(number)", parent: parent, lane: chance(70) ? .basket : .earn,
                    priority: Int32(self.number(0...2)), mode: PromotionGroup.Mode.allCases[self.number(0...3)],
                    most: chance(40) ? Int32(self.number(1...3)) : 0,
                    capBasisPoints: chance(40) ? Int32(self.number(1...10)) * 1_000 : 10_000))
        }
        var promotions: [Promotion] = []
        for number in 0..<self.number(1...12) {
            let group = groups.isEmpty || chance(40) ? nil : groups[self.number(0...groups.count - 1)].id
            let rules = (0..<self.number(1...2)).map { _ in
                Rule(
                    conditions: (0..<self.number(0...1)).map { _ in condition() },
                    effects: (0..<(chance(80) ? 1 : 2)).map { _ in effect() })
            }
            promotions.append(
                Promotion(
                    id: "p\(number)", lane: chance(70) ? .basket : .earn, group: group,
                    priority: Int32(self.number(0...3)), conditions: (0..<self.number(0...2)).map { _ in condition() },
                    rules: rules, exclusive: chance(20) ? ["x\(self.number(0...1))"] : []))
        }
        let mode = PromotionGroup.Mode.allCases[number(0...3)]
        return RuleSet(
            promotions: promotions, groups: groups,
            lanes: chance(50)
                ? [:] : [.basket: RuleSet.LaneTerms(mode: mode, most: Int32(number(0...3)), capBasisPoints: 6_000)],
            pointValue: chance(50) ? 10_000 : 5_000)
    }

    mutating func basket() -> Basket {
        let most = productCount == 8 ? 6 : isExtreme && chance(5) ? 200 : 14
        let scale: Int64 = isExtreme && chance(5) ? 100_000_000 : 1
        let lines = (0..<number(1...most)).map { _ in
            let quantity = chance(85) ? Int64(number(0...4)) * 1_000 : Int64(number(1...2_500))
            return BasketLine(
                item: assortment.item(
                    sku: "s\(number(0...productCount + 1))", category: chance(30) ? "c1" : ""), quantity: quantity,
                total: quantity == 0 && chance(80) ? 0 : Int64(number(0...400)) * scale)
        }
        return Basket(
            facts: [Int32(number(0...9)), Int32(number(0...2)), Int32(number(1...60))],
            tokens: (0..<number(0...2)).map { _ in "t\(number(0...3))" }, lines: lines)
    }
}
