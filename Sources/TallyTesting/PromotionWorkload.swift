public import TallyPromotions

/// The workload that every engine of promotions is measured on: `Benchmarks/promotions/workload.py` writes it.
///
/// What a promotion is worth is reckoned from the shelf prices, position by position, and taken off the receipt; units may serve
/// several promotions. Promotions of one group exclude each other: the best for the customer stays. What is left applies by priority
/// until eight have applied or half of the receipt is gone. The best of those that stand alone replaces all that when it is worth
/// more. A point is worth a minor unit of money.
public struct PromotionWorkload: Sendable {
    /// The facts, without the sum of the receipt.
    public static let facts = [
        "day", "wd", "store", "biz", "ch", "cvm", "g", "r", "f", "m", "tier", "age", "bd", "p30", "cu", "risk", "ctl",
        "member",
    ]
    /// The facts as a schema.
    public let schema = FactSchema(PromotionWorkload.facts.map { Fact($0, .number) })
    /// All goods of the baskets.
    public let assortment: Assortment
    /// The promotions and groups.
    public let ruleSet: RuleSet
    /// The baskets.
    public let baskets: [Basket]

    /// Reads a workload.
    ///
    /// - Parameters:
    ///   - directory: Where the files are.
    ///   - promotions: How many promotions are live, from the first on.
    ///   - count: How many baskets are read at most.
    public init(directory: String, promotions: Int, baskets count: Int = .max) {
        var lines = Numbers(directory + "/lines.i32")
        var goods: [Int32: Goods] = [:]
        var carts: [[(sku: Int32, quantity: Int32, price: Int32)]] = []
        while carts.count < count, let lineCount = lines.next() {
            carts.append(
                (0..<lineCount).map { _ in
                    let (quantity, price) = (lines.take(), lines.take())
                    let keys = (0..<lines.take()).map { _ in lines.take() }
                    let sku = keys[2] - 2_000
                    if goods[sku] == nil { goods[sku] = PromotionWorkload.goods(keys) }
                    return (sku, quantity, price)
                })
        }
        let assortment = Assortment(goods.keys.sorted().compactMap { goods[$0] })
        self.assortment = assortment
        var facts = Numbers(directory + "/baskets.i32")
        baskets = carts.map { cart in
            _ = facts.take()
            let values = PromotionWorkload.facts.map { _ in facts.take() }
            // The sum, and what keys come to, follow from the lines.
            _ = facts.take()
            for _ in 0..<facts.take() * 3 { _ = facts.take() }
            let tokens = (0..<2).flatMap { _ in (0..<facts.take()).map { _ in "\(facts.take())" } }
            return Basket(
                facts: values, tokens: tokens,
                lines: cart.map { line in
                    BasketLine(
                        item: assortment.item(sku: "\(line.sku)"), quantity: Int64(line.quantity) * 1_000,
                        total: Int64(line.quantity) * Int64(line.price))
                })
        }
        ruleSet = PromotionWorkload.ruleSet(directory, promotions)
    }

    /// Batches of the baskets for a table.
    public func batches(for table: RuleTable) -> [PromotionBatch] {
        var batches: [PromotionBatch] = []
        for basket in baskets {
            if batches.last?.add(basket, table) != true {
                batches.append(PromotionBatch(facts: schema.facts.count))
                _ = batches.last?.add(basket, table)
            }
        }
        return batches
    }

    private static func goods(_ keys: [Int32]) -> Goods {
        Goods(
            sku: "\(keys[2] - 2_000)", categories: ["\(keys[0])"], brand: "\(keys[1] - 1_000)",
            tags: Set(keys[4...].map { "\($0 - 8_000)" }))
    }

    private static func filter(_ key: Int32) -> GoodsFilter {
        switch key {
        case ..<0: .all
        case ..<1_000: .category("\(key)")
        case ..<2_000: .brand("\(key - 1_000)")
        case ..<8_000: .sku("\(key - 2_000)")
        case ..<10_000: .tag("\(key - 8_000)")
        default: .both([.brand("\((key - 10_000) / 200)"), .category("\((key - 10_000) % 200)")])
        }
    }

    private static func ruleSet(_ directory: String, _ count: Int) -> RuleSet {
        var numbers = Numbers(directory + "/promotions.i32")
        var rewards = Numbers(directory + "/rewards.i32")
        var promotions: [Promotion] = []
        var groups = [
            PromotionGroup(id: "stack", mode: .all, most: 8, capBasisPoints: 5_000),
            PromotionGroup(id: "alone", mode: .best, capBasisPoints: 5_000),
        ]
        while promotions.count < count, let id = numbers.next() {
            let conditions = (0..<numbers.take()).flatMap { _ in condition(&numbers) }
            let reward = Reward(&rewards)
            let group = reward.isAlone ? "alone" : reward.group < 0 ? "stack" : "x\(reward.group)"
            if !groups.contains(where: { $0.id == group }) {
                groups.append(PromotionGroup(id: group, parent: "stack", mode: .best))
            }
            promotions.append(
                Promotion(
                    id: "\(id)", group: group, priority: reward.priority, conditions: conditions,
                    rules: [Rule(effects: [reward.effect])]))
        }
        return RuleSet(
            promotions: promotions, groups: groups, lanes: [.basket: RuleSet.LaneTerms(mode: .best)])
    }

    private static func condition(_ numbers: inout Numbers) -> [Condition] {
        let (kind, fact) = (numbers.take(), numbers.take())
        let values = (0..<numbers.take()).map { _ in numbers.take() }
        let isSum = Int(fact) == facts.count
        switch kind {
        case 0 where isSum: return [.goods(.all, .sum, atLeast: Int64(values[0]))]
        case 0: return [.fact(FactColumn(fact), .between(values[0], .max))]
        case 1: return [.fact(FactColumn(fact), .between(.min, values[0]))]
        case 2: return [.fact(FactColumn(fact), .oneOf([values[0]]))]
        case 3: return [.fact(FactColumn(fact), .oneOf(Set(values)))]
        case 4:
            let goods = filter(values[0])
            let units = Condition.goods(goods, .units, atLeast: Int64(values[1]))
            return values[2] == 0 ? [units] : [units, .goods(goods, .sum, atLeast: Int64(values[2]))]
        default: return [.token("\(values[0])")]
        }
    }

    /// What a promotion gives, as the file says it.
    private struct Reward {
        let effect: Effect
        let priority: Int32
        let group: Int32
        let isAlone: Bool

        init(_ numbers: inout Numbers) {
            let (kind, value, key) = (numbers.take(), numbers.take(), filter(numbers.take()))
            let (every, qualifier) = (numbers.take(), filter(numbers.take()))
            (priority, group) = (numbers.take(), numbers.take())
            isAlone = numbers.take() != 0
            let terms = DiscountTerms(base: .initial, rounding: .goods, spread: .receipt, shares: true)
            switch kind {
            case 0: effect = .percentOff(key, basisPoints: value, terms)
            case 1: effect = .pointsPercent(key, basisPoints: value, terms)
            case 2: effect = .everyNth(key, NthTerms(every: every, basisPoints: value), terms)
            case 3: effect = .bind(BindTerms(qualifier: qualifier, target: key, basisPoints: value), terms)
            case 4: effect = .points(Int64(value))
            default:
                effect = .pointsTimes(factor: value, basisPoints: 500, DiscountTerms(base: .initial))
            }
        }
    }
}

/// A batch that can be kept with others.
public final class PromotionBatch {
    /// The baskets.
    public private(set) var batch: BasketBatch

    init(facts: Int) { batch = BasketBatch(facts: facts, lines: 16_384, tokens: 8_192) }

    func add(_ basket: Basket, _ table: RuleTable) -> Bool { batch.append(basket, for: table) }
}

/// Whole numbers of a file, one after the other.
private struct Numbers {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ path: String) { bytes = FileBytes.read(path) }

    /// The next number; nil at the end of the file.
    mutating func next() -> Int32? { offset < bytes.count ? take() : nil }

    mutating func take() -> Int32 {
        let value = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << UInt32($1 * 8) }
        offset += 4
        return Int32(bitPattern: value)
    }
}
