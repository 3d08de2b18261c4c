import TallyLedger

/// Decides one basket in plain words.
///
/// It says the same as ``Evaluator``: tests compare the two, and explanations are told by this one. Units are laid out one by one,
/// sets of promotions are all tried; nothing is clever.
public struct PlainEvaluator: Sendable {
    let ruleSet: RuleSet
    let assortment: Assortment

    /// An evaluator of a rule set.
    public init(_ ruleSet: RuleSet, _ assortment: Assortment) {
        (self.ruleSet, self.assortment) = (ruleSet, assortment)
    }

    /// What was decided for a basket.
    public struct Decision: Sendable, Hashable {
        /// The award.
        public var award: Award
        /// What it is for each line that it touches.
        public var parts: [AwardPart]

        /// A decision of its parts.
        public init(award: Award, parts: [AwardPart]) { (self.award, self.parts) = (award, parts) }
    }

    /// Decides a basket.
    ///
    /// - Returns: Awards in the order in which they apply.
    public func evaluate(_ basket: Basket) -> [Decision] {
        var shelf = PlainShelf(basket, assortment)
        let fitting = fittingRules(basket)
        var decisions: [Decision] = []
        var left = shelf.lineTotals
        for lane in Lane.allCases {
            let node = PlainNode(lane: lane, ruleSet, fitting)
            var trial = PlainTrial(shelf, ruleSet)
            for choice in choose(node, shelf) {
                guard let outcome = trial.carryOut(choice, assortment) else { continue }
                decisions.append(
                    Decision(
                        award: Award(
                            promotion: Int32(choice.promotion), rule: Int32(choice.rule), discount: outcome.discount,
                            points: outcome.points),
                        parts: shelf.parts(outcome, &left)))
            }
            shelf = trial.shelf
        }
        return decisions
    }

    /// For every promotion the first rule that fits.
    func fittingRules(_ basket: Basket) -> [(promotion: Int, rule: Int)] {
        ruleSet.promotions.indices.compactMap { number in
            let promotion = ruleSet.promotions[number]
            let rule = promotion.rules.firstIndex { rule in
                (promotion.conditions + rule.conditions).allSatisfy { holds($0, basket) }
            }
            return rule.map { (number, $0) }
        }
    }

    /// Whether a condition holds for a basket.
    public func holds(_ condition: Condition, _ basket: Basket) -> Bool {
        switch condition {
        case .fact(let column, let test): test.holds(basket.facts[Int(column.rawValue)])
        case .token(let token): basket.tokens.contains(token)
        case .goods(let filter, let measure, let atLeast): amount(of: filter, measure, basket) >= atLeast
        }
    }

    /// How much of some goods a basket has.
    public func amount(of filter: GoodsFilter, _ measure: Measure, _ basket: Basket) -> Int64 {
        let lines = basket.lines.filter { filter.contains(assortment.goods[Int($0.item.rawValue)]) }
        return switch measure {
        case .units: lines.reduce(0) { $0 + $1.units }
        case .sum: lines.reduce(0) { $0 + $1.total }
        case .quantity: lines.reduce(0) { $0 + $1.quantity }
        case .products: Int64(Set(lines.filter { $0.quantity > 0 }.map(\.item)).count)
        }
    }

    // MARK: Groups

    /// What a lane or group wants, in the order in which it applies.
    private func choose(_ node: PlainNode, _ shelf: PlainShelf) -> [PlainChoice] {
        let wanted = node.children.map { child in
            (child: child, choices: child.group.map { choose($0, shelf) } ?? child.promotion.map { [$0] } ?? [])
        }
        func benefit(_ choices: [PlainChoice]) -> Int64? {
            var trial = PlainTrial(shelf, ruleSet)
            let outcomes = choices.compactMap { trial.carryOut($0, assortment) }
            guard !outcomes.isEmpty else { return nil }
            return outcomes.reduce(0) {
                $0.saturatingSum(
                    Benefit.of(discount: $1.discount, points: $1.points, pointValue: ruleSet.pointValue))
            }
        }
        let all = wanted.flatMap(\.choices).sorted { $0.precedes($1) }
        if node.mode == .all { return all }
        if node.mode == .best, node.most > 1 { return best(all.filter { benefit([$0]) != nil }, node.most, benefit) }
        // Who has no rival is chosen untried: after others it may do what it would not do alone.
        if wanted.count == 1 { return all }
        let worth = wanted.compactMap { child in benefit(child.choices).map { (child, $0) } }
        let first = worth.min { one, other in
            switch node.mode {
            case .best where one.1 != other.1: one.1 > other.1
            case .worst where one.1 != other.1: one.1 < other.1
            default: one.0.child.precedes(other.0.child)
            }
        }
        return first?.0.choices ?? []
    }

    /// The best of all sets of at most `most`; of equal ones the first, when sets with an earlier promotion come before those
    /// without.
    private func best(_ all: [PlainChoice], _ most: Int, _ benefit: ([PlainChoice]) -> Int64?) -> [PlainChoice] {
        guard all.count <= Evaluator.exactMax else { return greedy(all, most, benefit) }
        var best: (choices: [PlainChoice], benefit: Int64) = ([], 0)
        func extend(_ taken: [PlainChoice], _ next: Int) {
            let worth = benefit(taken) ?? 0
            if worth > best.benefit { best = (taken, worth) }
            guard next < all.count, taken.count < most else { return }
            extend(taken + [all[next]], next + 1)
            extend(taken, next + 1)
        }
        extend([], 0)
        return best.choices
    }

    /// Beyond so many promotions that all sets could be tried: what adds most, as long as something does.
    private func greedy(_ all: [PlainChoice], _ most: Int, _ benefit: ([PlainChoice]) -> Int64?) -> [PlainChoice] {
        var (taken, worth): (Set<Int>, Int64) = ([], 0)
        func choices(_ places: Set<Int>) -> [PlainChoice] { all.indices.filter(places.contains).map { all[$0] } }
        while taken.count < most {
            var best: (place: Int, benefit: Int64)?
            for place in all.indices where !taken.contains(place) {
                let benefit = benefit(choices(taken.union([place]))) ?? 0
                if benefit > best?.benefit ?? worth { best = (place, benefit) }
            }
            guard let best else { break }
            taken.insert(best.place)
            worth = best.benefit
        }
        return choices(taken)
    }
}

/// A promotion that fits.
struct PlainChoice {
    var promotion: Int
    var rule: Int
    var priority: Int32
    /// The groups that it stands in, the innermost first; the lane is not among them.
    var groups: [Int]
    var lane: Lane

    func precedes(_ other: PlainChoice) -> Bool {
        priority != other.priority ? priority > other.priority : promotion < other.promotion
    }
}

/// A lane or group with what fits in it.
struct PlainNode {
    var mode: PromotionGroup.Mode
    var most: Int
    var children: [PlainChild] = []

    struct PlainChild {
        var priority: Int32
        var number: Int
        var promotion: PlainChoice?
        var group: PlainNode?

        func precedes(_ other: PlainChild) -> Bool {
            if priority != other.priority { return priority > other.priority }
            if (group == nil) != (other.group == nil) { return group == nil }
            return number < other.number
        }
    }

    init(lane: Lane, _ ruleSet: RuleSet, _ fitting: [(promotion: Int, rule: Int)]) {
        let terms = ruleSet.lanes[lane] ?? RuleSet.LaneTerms()
        self.init(nil, lane, terms.mode, Int(terms.most), ruleSet, fitting)
    }

    private init(
        _ group: PromotionGroup?, _ lane: Lane, _ mode: PromotionGroup.Mode, _ most: Int, _ ruleSet: RuleSet,
        _ fitting: [(promotion: Int, rule: Int)]
    ) {
        (self.mode, self.most) = (mode, most)
        for (number, rule) in fitting {
            let promotion = ruleSet.promotions[number]
            let groups = PlainNode.groups(promotion.group, ruleSet)
            let own = groups.last.map { ruleSet.groups[$0].lane } ?? promotion.lane
            guard own == lane, promotion.group == group?.id else { continue }
            let choice = PlainChoice(
                promotion: number, rule: rule, priority: promotion.priority, groups: groups, lane: lane)
            children.append(PlainChild(priority: promotion.priority, number: number, promotion: choice))
        }
        for (number, child) in ruleSet.groups.enumerated() where child.parent == group?.id {
            guard group != nil || child.lane == lane else { continue }
            let node = PlainNode(child, lane, child.mode, Int(child.most), ruleSet, fitting)
            if node.children.isEmpty { continue }
            children.append(PlainChild(priority: child.priority, number: number, group: node))
        }
    }

    /// The places of a group and those above it.
    private static func groups(_ id: String?, _ ruleSet: RuleSet) -> [Int] {
        var (groups, id): ([Int], String?) = ([], id)
        while let known = id, let place = ruleSet.groups.firstIndex(where: { $0.id == known }) {
            groups.append(place)
            id = ruleSet.groups[place].parent
        }
        return groups
    }
}

/// Promotions carried out one after the other, within the caps of their groups.
struct PlainTrial {
    var shelf: PlainShelf
    private let ruleSet: RuleSet
    private var taken: [Int: Int64] = [:]
    private var applied: [Int: Int] = [:]

    init(_ shelf: PlainShelf, _ ruleSet: RuleSet) { (self.shelf, self.ruleSet) = (shelf, ruleSet) }

    /// Carries out a promotion.
    ///
    /// - Returns: What it does; nil when it does nothing.
    mutating func carryOut(_ choice: PlainChoice, _ assortment: Assortment) -> PlainOutcome? {
        let promotion = ruleSet.promotions[choice.promotion]
        guard shelf.tags.isDisjoint(with: promotion.exclusive) else { return nil }
        let lane = ruleSet.lanes[choice.lane] ?? RuleSet.LaneTerms()
        // The lane itself has no number among groups.
        let limits =
            choice.groups.map { (number: $0, terms: ruleSet.groups[$0]) }
            .map { (number: $0.number, most: $0.terms.most, cap: $0.terms.capBasisPoints) }
            + [(number: -1, most: lane.most, cap: lane.capBasisPoints)]
        for limit in limits where limit.most > 0 && applied[limit.number, default: 0] >= Int(limit.most) { return nil }
        var after = shelf
        var outcome = PlainOutcome(count: shelf.positions.count)
        for effect in promotion.rules[choice.rule].effects { outcome.add(after.apply(effect, assortment)) }
        let left = limits.map { shelf.receiptTotal * Int64($0.cap) / 10_000 - taken[$0.number, default: 0] }.min() ?? 0
        if outcome.discount > left {
            outcome.discounts = Allocation.allocate(left, weights: outcome.discounts, precedes: <)
        }
        guard outcome.discount > 0 || outcome.points > 0 || outcome.acts else { return nil }
        for position in shelf.positions.indices {
            shelf.positions[position].running -= outcome.discounts[position]
            shelf.positions[position].used += outcome.used[position]
        }
        for limit in limits {
            taken[limit.number, default: 0] += outcome.discount
            applied[limit.number, default: 0] += 1
        }
        shelf.tags.formUnion(promotion.exclusive)
        return outcome
    }
}

/// What a promotion does to the positions.
struct PlainOutcome {
    var discounts: [Int64]
    var pointParts: [Int64]
    var used: [Int64]
    var acts = false
    var discount: Int64 { discounts.reduce(0, +) }
    var points: Int64 { pointParts.reduce(0, +) }

    init(count: Int) {
        discounts = Array(repeating: 0, count: count)
        (pointParts, used) = (discounts, discounts)
    }

    mutating func add(_ other: PlainOutcome) {
        discounts = zip(discounts, other.discounts).map(+)
        pointParts = zip(pointParts, other.pointParts).map(+)
        used = zip(used, other.used).map(+)
        acts = acts || other.acts
    }
}
