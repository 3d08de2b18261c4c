/// Tells why promotions did not apply, in plain steps.
///
/// It walks the conditions of one promotion in their order. Its cost grows with conditions and lines, never with quantities.
public struct PromotionTrace: Sendable {
    private let ruleSet: RuleSet
    private let plain: PlainEvaluator

    /// A trace of a rule set.
    public init(_ ruleSet: RuleSet, _ assortment: Assortment) {
        (self.ruleSet, plain) = (ruleSet, PlainEvaluator(ruleSet, assortment))
    }

    /// Why a promotion did nothing.
    ///
    /// - Parameters:
    ///   - promotion: Its place in the rule set.
    ///   - basket: The basket that was decided.
    ///   - awards: What was decided for it.
    /// - Returns: The first reason that there is; nil when the promotion is among the awards.
    public func whyNot(_ promotion: Int, _ basket: Basket, given awards: [Award]) -> WhyNot? {
        if awards.contains(where: { Int($0.promotion) == promotion }) { return nil }
        let shortfalls = conditions(of: promotion, basket)
        if !shortfalls.isEmpty { return .conditions(shortfalls) }
        let applied = awards.map { Int($0.promotion) }
        if let reason = shutOut(promotion, by: applied) { return reason }
        let missing = goods(for: promotion, basket)
        if !missing.isEmpty { return .goods(missing) }
        return notChosen(promotion, among: applied) ?? .nothingLeft
    }

    // MARK: 1. Conditions

    /// The first condition of the promotion that fails; when all of them hold, the first that fails of every case.
    ///
    /// - Returns: Nothing when the promotion fits.
    private func conditions(of promotion: Int, _ basket: Basket) -> [Shortfall] {
        let promotion = ruleSet.promotions[promotion]
        if let own = firstShortfall(promotion.conditions, rule: nil, basket) { return [own] }
        let cases = promotion.rules.enumerated().map { firstShortfall($1.conditions, rule: $0, basket) }
        return cases.contains { $0 == nil } ? [] : cases.compactMap { $0 }
    }

    private func firstShortfall(_ conditions: [Condition], rule: Int?, _ basket: Basket) -> Shortfall? {
        let failing = conditions.first { !plain.holds($0, basket) }
        return failing.map { shortfall($0, rule: rule, basket) }
    }

    private func shortfall(_ condition: Condition, rule: Int?, _ basket: Basket) -> Shortfall {
        var (found, missing): (Int64, Int64?) = (0, nil)
        switch condition {
        case .token: break
        case .goods(let filter, let measure, let atLeast):
            found = plain.amount(of: filter, measure, basket)
            missing = atLeast - found
        case .fact(let column, let test):
            found = Int64(basket.facts[Int(column.rawValue)])
            if case .between(let low, let high) = test, found < low, low <= high { missing = Int64(low) - found }
        }
        return Shortfall(rule: rule, condition: condition, found: found, missing: missing)
    }

    // MARK: 2. Marks

    private func shutOut(_ promotion: Int, by applied: [Int]) -> WhyNot? {
        let marks = ruleSet.promotions[promotion].exclusive
        for other in applied {
            let common = marks.intersection(ruleSet.promotions[other].exclusive)
            if let mark = common.min() { return .shutOut(by: other, mark: mark) }
        }
        return nil
    }

    // MARK: 3. Goods

    /// What each effect of the case that fits lacks; nothing when one of them lacks nothing.
    private func goods(for promotion: Int, _ basket: Basket) -> [Shortfall] {
        let promotion = ruleSet.promotions[promotion]
        let fitting = promotion.rules.firstIndex { $0.conditions.allSatisfy { plain.holds($0, basket) } }
        guard let fitting else { return [] }
        let lacking = promotion.rules[fitting].effects.map { effect in
            firstShortfall(effect.needs, rule: fitting, basket)
        }
        return lacking.contains { $0 == nil } ? [] : lacking.compactMap { $0 }
    }

    // MARK: 4. Choice

    /// Looks from the innermost group to the lane for one that lets few apply, and for who applied in it.
    private func notChosen(_ promotion: Int, among applied: [Int]) -> WhyNot? {
        let own = groups(above: ruleSet.promotions[promotion].group)
        for group in own where group.mode != .all || group.most > 0 {
            let rival = applied.first { other in
                groups(above: ruleSet.promotions[other].group).contains { $0.id == group.id }
            }
            if let rival { return .notChosen(group: group.id, instead: rival) }
        }
        let lane = own.last?.lane ?? ruleSet.promotions[promotion].lane
        let terms = ruleSet.lanes[lane] ?? RuleSet.LaneTerms()
        guard terms.mode != .all || terms.most > 0 else { return nil }
        let rival = applied.first { other in
            (groups(above: ruleSet.promotions[other].group).last?.lane ?? ruleSet.promotions[other].lane) == lane
        }
        return rival.map { .notChosen(group: nil, instead: $0) }
    }

    /// A group and those above it, the innermost first.
    private func groups(above id: String?) -> [PromotionGroup] {
        var (groups, id): ([PromotionGroup], String?) = ([], id)
        while let known = id, let group = ruleSet.groups.first(where: { $0.id == known }) {
            groups.append(group)
            id = group.parent
        }
        return groups
    }
}

extension Effect {
    /// The goods without which the effect does nothing; no conditions for acts, which need none.
    fileprivate var needs: [Condition] {
        switch self {
        case .percentOff(let filter, _, _), .amountOff(let filter, _, _), .unitPrice(let filter, _),
            .pointsPercent(let filter, _, _):
            [.goods(filter, .sum, atLeast: 1)]
        case .everyNth(let filter, let nth, _): [.goods(filter, .units, atLeast: Int64(nth.every))]
        case .bind(let bind, _):
            [
                .goods(bind.qualifier, .units, atLeast: Int64(bind.qualifierUnits)),
                .goods(bind.target, .units, atLeast: 1),
            ]
        case .bundle(let parts, _, _): parts.map { .goods($0.filter, .units, atLeast: Int64($0.units)) }
        case .pointsPerStep(let filter, let step, _, _): [.goods(filter, .sum, atLeast: step)]
        case .points, .pointsTimes: [.goods(.all, .sum, atLeast: 1)]
        case .act: []
        }
    }
}
