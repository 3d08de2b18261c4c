import TallyPromotions
import Testing

/// What is decided depends on what is bought, not on how it lies on the belt.
@Suite("Baskets")
struct BasketPropertyTests {
    private static let rounds: UInt64 = 1_500

    private struct Case {
        var random: RandomRules
        let plain: PlainEvaluator
        let basket: Basket

        init(_ seed: UInt64) {
            random = RandomRules(seed: seed)
            plain = PlainEvaluator(random.ruleSet(), random.assortment)
            basket = random.basket()
        }
    }

    private func awards(_ plain: PlainEvaluator, _ basket: Basket) -> [Award] { plain.evaluate(basket).map(\.award) }

    @Test func `the order of lines changes nothing`() {
        var seed = Seed.printed()
        for _ in 0..<Self.rounds {
            let number = seed.next()
            let one = Case(number)
            // Weighed goods are units by line, and equal ones of different prices keep the order of their lines.
            guard one.basket.lines.allSatisfy({ $0.quantity % 1_000 == 0 }) else { continue }
            var shuffled = one.basket
            shuffled.lines.shuffle(using: &seed)
            #expect(awards(one.plain, shuffled) == awards(one.plain, one.basket), "seed \(number)")
        }
    }

    @Test func `a line that is split into lines of one price changes no total`() {
        var seed = Seed.printed()
        var splits = 0
        for _ in 0..<Self.rounds {
            let number = seed.next()
            let one = Case(number)
            guard
                let place = one.basket.lines.firstIndex(where: { line in
                    line.quantity % 1_000 == 0 && line.units > 1 && line.total % line.units == 0
                })
            else { continue }
            let line = one.basket.lines[place]
            var split = one.basket
            let first = 1 + Int64(seed.next() % UInt64(line.units - 1))
            let price = line.total / line.units
            split.lines[place] = BasketLine(item: line.item, quantity: first * 1_000, total: first * price)
            split.lines.append(
                BasketLine(item: line.item, quantity: (line.units - first) * 1_000, total: (line.units - first) * price)
            )
            #expect(awards(one.plain, split) == awards(one.plain, one.basket), "seed \(number)")
            splits += 1
        }
        #expect(splits > 200, "enough baskets had a line to split")
    }

    @Test func `goods that no promotion means change nothing`() {
        var seed = Seed.printed()
        for _ in 0..<Self.rounds {
            let number = seed.next()
            var random = RandomRules(seed: number)
            // Only filters by product, brand and category; the new goods have none of them.
            let ruleSet = RuleSet(
                promotions: (0..<4).map { promotion in
                    let filter: GoodsFilter = random.chance(50) ? .category("c1") : .brand("b0")
                    let terms = DiscountTerms(base: .running, rounding: .goods)
                    return Promotion(
                        id: "p\(promotion)", conditions: [.goods(filter, .units, atLeast: 2)],
                        rules: [Rule(effects: [.percentOff(filter, basisPoints: 1_500, terms)])])
                })
            let plain = PlainEvaluator(ruleSet, random.assortment)
            let basket = random.basket()
            var more = basket
            more.lines.append(BasketLine(item: .unknown, quantity: 3_000, total: 777))
            #expect(awards(plain, more) == awards(plain, basket), "seed \(number)")
        }
    }

    @Test func `no award takes more than there is, and its parts are the whole`() {
        let seed = Seed.printed().word()
        for round in 0..<Self.rounds {
            let one = Case(seed &+ round)
            var taken: [Int32: Int64] = [:]
            for decision in one.plain.evaluate(one.basket) {
                #expect(decision.parts.reduce(0) { $0 + $1.discount } == decision.award.discount)
                #expect(decision.parts.reduce(0) { $0 + $1.points } == decision.award.points)
                for part in decision.parts { taken[part.line, default: 0] += part.discount }
            }
            for (line, discount) in taken {
                #expect(discount >= 0 && discount <= one.basket.lines[Int(line)].total, "seed \(seed &+ round)")
            }
        }
    }

    @Test func `of two lines of a product none is taken below nothing, whatever takes off in which order`() throws {
        let assortment = Assortment([Goods(sku: "clip")])
        let schema = FactSchema([])
        let promotions = (0..<2).map {
            Promotion(id: "p\($0)", rules: [Rule(effects: [.amountOff(.all, amount: 1, DiscountTerms())])])
        }
        let ruleSet = RuleSet(promotions: promotions)
        let line = BasketLine(item: assortment.item(sku: "clip"), quantity: 1_000, total: 1)
        let basket = Basket(facts: [], lines: [line, line])
        let plain = PlainEvaluator(ruleSet, assortment).evaluate(basket).map(\.parts)
        #expect(plain.map { $0.map(\.line) } == [[1], [0]])
        let table = RuleTable(ruleSet, assortment, schema)
        var batch = BasketBatch(facts: 0)
        batch.append(basket, for: table)
        var evaluator = Evaluator(table)
        var awards = AwardBatch()
        evaluator.evaluate(batch, into: &awards)
        #expect(awards.range(of: 0).map { Array(awards.parts(of: $0)) } == plain)
    }

    @Test func `a quantity of five thousand is decided as fast and as exactly as one of one`() {
        let assortment = Assortment([Goods(sku: "cup", categories: ["cups"])])
        let ruleSet = RuleSet(promotions: [
            Promotion(
                id: "third",
                rules: [Rule(effects: [.everyNth(.all, NthTerms(every: 3, basisPoints: 5_000), DiscountTerms())])])
        ])
        let schema = FactSchema([])
        let table = RuleTable(ruleSet, assortment, schema)
        let basket = Basket(
            facts: [], lines: [BasketLine(item: assortment.item(sku: "cup"), quantity: 5_000_000, total: 50_000_000)])
        var batch = BasketBatch(facts: 0, lines: 1, tokens: 0)
        batch.append(basket, for: table)
        var evaluator = Evaluator(table)
        var awards = AwardBatch()
        evaluator.evaluate(batch, into: &awards)
        #expect(Array(awards.awards(of: 0)) == [Award(promotion: 0, discount: 1_666 * 5_000, points: 0)])
    }
}

extension Seed {
    /// The next number, of a seed that is not kept.
    func word() -> UInt64 {
        var copy = self
        return copy.next()
    }
}
