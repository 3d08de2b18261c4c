internal import TallyPromotions

/// How the time of a basket grows with what is bought: not with how many pieces, and with the lines as they do.
enum PromotionSizes {
    /// Prints seconds a basket of one piece of each product and of 5,000, then seconds a line in baskets of 10 lines and of 1,000.
    static func measure() {
        let few = bench(lines: 4, quantity: 1)
        let many = bench(lines: 4, quantity: 5_000)
        let short = bench(lines: 10, quantity: 2)
        let long = bench(lines: 1_000, quantity: 2)
        var times: [[Double]] = [[], [], [], []]
        // By turns, because a machine is not as fast in one second as in the next.
        for _ in 0..<5 {
            for (place, bench) in [few, many, short, long].enumerated() { times[place].append(bench.seconds()) }
        }
        let medians = times.map { $0.sorted()[2] }
        print(medians[0], medians[1], medians[2] / 10, medians[3] / 1_000)
    }

    /// Decides a batch of baskets so many times, untimed: for those who count instructions.
    static func repeatOnly(lines: Int, quantity: Int64, passes: Int) {
        let bench = bench(lines: lines, quantity: quantity)
        for _ in 0..<passes { bench.pass() }
        print(passes * bench.basketCount)
    }

    private static let goodsCount = 2_000

    /// Every n-th unit, pairs and bundles, which count units, and shares and points of all goods.
    private static func bench(lines: Int, quantity: Int64) -> SizeBench {
        let assortment = Assortment(
            (0..<goodsCount).map { Goods(sku: "\($0)", categories: ["\($0 % 2)"], brand: "b\($0 % 7)") })
        let effects: [Effect] = [
            .everyNth(.category("0"), NthTerms(every: 2, basisPoints: 5_000), DiscountTerms(shares: true)),
            .bind(
                BindTerms(qualifier: .category("0"), target: .category("1"), basisPoints: 2_000),
                DiscountTerms(shares: true)),
            .bundle([BundlePart(.category("0")), BundlePart(.category("1"))], .basisPoints(1_000), DiscountTerms()),
            .percentOff(.category("1"), basisPoints: 700, DiscountTerms()),
            .pointsPercent(.all, basisPoints: 500, DiscountTerms()),
        ]
        let promotions = effects.enumerated().map { number, effect in
            Promotion(id: "\(number)", rules: [Rule(effects: [effect])])
        }
        let table = RuleTable(RuleSet(promotions: promotions), assortment, FactSchema([]))
        var random = SplitMix(seed: 7)
        let count = min(BasketBatch.capacity, 65_536 / lines)
        var batch = BasketBatch(facts: 0)
        for _ in 0..<count {
            _ = batch.beginBasket()
            // Different goods in any order: steps of a number that shares no factor with the count of goods.
            let start = Int(random.next() % UInt64(goodsCount))
            for line in 0..<lines {
                let sku = (start + line * 1_237) % goodsCount
                let price = Int64(100 + random.next() % 10_000)
                _ = batch.append(
                    BasketLine(
                        item: assortment.item(sku: "\(sku)"), quantity: quantity * 1_000, total: quantity * price))
            }
        }
        return SizeBench(table, batch)
    }
}

/// A batch that is decided again and again.
private final class SizeBench {
    private let batch: BasketBatch
    private var evaluator: Evaluator
    private var awards = AwardBatch()
    var basketCount: Int { batch.count }

    init(_ table: RuleTable, _ batch: consuming BasketBatch) {
        self.batch = batch
        evaluator = Evaluator(table)
    }

    func pass() { evaluator.evaluate(batch, into: &awards) }

    /// Seconds a basket, over at least a tenth of a second.
    func seconds() -> Double {
        let start = ContinuousClock.now
        var passes = 0.0
        repeat {
            pass()
            passes += 1
        } while ContinuousClock.now - start < .milliseconds(100)
        return (ContinuousClock.now - start) / .seconds(1) / passes / Double(basketCount)
    }
}
