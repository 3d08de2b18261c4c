import TallyModel
public import TallyPromotions

extension RuleSet {
    /// The rule set in its one form: what a document can say in several ways is said in one.
    ///
    /// Conditions of one fact are one test, lists whose order means nothing are sorted, terms that an effect does not use are the
    /// usual ones, and everything in a group is in the group's lane. It decides every basket as the rule set itself does.
    ///
    /// - Parameter schema: The facts of its conditions.
    /// - Returns: The same rule set, said in the one way.
    public func normalized(_ schema: FactSchema) -> RuleSet {
        var ruleSet = self
        let lanes = groupLanes
        for place in ruleSet.groups.indices { ruleSet.groups[place].lane = lanes[ruleSet.groups[place].id] ?? .basket }
        for place in ruleSet.promotions.indices {
            let promotion = ruleSet.promotions[place]
            ruleSet.promotions[place] = promotion.normalized(schema)
            let lane = promotion.group.flatMap { lanes[$0] }
            ruleSet.promotions[place].lane = lane ?? promotion.lane
        }
        ruleSet.lanes = ruleSet.lanes.filter { $0.value != LaneTerms() }
        return ruleSet
    }

    /// For every group the lane of the outermost group above it.
    var groupLanes: [String: Lane] {
        let known = Dictionary(groups.map { ($0.id, $0) }) { first, _ in first }
        return known.mapValues { group in
            var group = group
            // A circle of groups ends the walk, too: it is found elsewhere.
            for _ in 0..<PromotionLimits.groupDepthMax {
                guard let parent = group.parent.flatMap({ known[$0] }) else { break }
                group = parent
            }
            return group.lane
        }
    }
}

extension Promotion {
    /// The promotion in its one form.
    func normalized(_ schema: FactSchema) -> Promotion {
        var promotion = self
        promotion.conditions = Condition.normalized(conditions, schema)
        promotion.rules = rules.map { rule in
            Rule(conditions: Condition.normalized(rule.conditions, schema), effects: rule.effects.map(\.normalized))
        }
        if case .dates(let dates)? = terms.points.expiry {
            promotion.terms.points.expiry = .dates(Set(dates).sorted())
        }
        return promotion
    }
}

extension Effect {
    /// The effect in its one form: terms that it does not use are the usual ones.
    var normalized: Effect {
        switch self {
        case .percentOff(let filter, let basisPoints, let terms):
            return .percentOff(
                filter.normalized, basisPoints: basisPoints, terms.using(base: true, rounding: true, spread: true))
        case .amountOff(let filter, let amount, let terms):
            return .amountOff(filter.normalized, amount: amount, terms.using(base: true, spread: true))
        case .unitPrice(let filter, let price): return .unitPrice(filter.normalized, price: price)
        case .everyNth(let filter, let nth, let terms):
            return .everyNth(filter.normalized, nth, terms.using(base: true, spread: true, shares: true))
        case .bind(var bind, let terms):
            (bind.qualifier, bind.target) = (bind.qualifier.normalized, bind.target.normalized)
            return .bind(bind, terms.using(base: true, spread: true, shares: true))
        case .bundle(let parts, let price, let terms):
            return .bundle(
                parts.map { BundlePart($0.filter.normalized, units: $0.units) }, price,
                terms.using(base: true, spread: true, shares: true))
        case .pointsPercent(let filter, let basisPoints, let terms):
            return .pointsPercent(filter.normalized, basisPoints: basisPoints, terms.using(base: true, rounding: true))
        case .pointsPerStep(let filter, let step, let points, let terms):
            return .pointsPerStep(filter.normalized, step: step, points: points, terms.using(base: true))
        case .pointsTimes(let factor, let basisPoints, let terms):
            return .pointsTimes(factor: factor, basisPoints: basisPoints, terms.using(base: true))
        case .points, .act: return self
        }
    }
}

extension DiscountTerms {
    /// The terms that are used, the others as usual.
    fileprivate func using(
        base: Bool = false, rounding: Bool = false, spread: Bool = false, shares: Bool = false
    ) -> DiscountTerms {
        let usual = DiscountTerms()
        return DiscountTerms(
            base: base ? self.base : usual.base, rounding: rounding ? self.rounding : usual.rounding,
            spread: spread ? self.spread : usual.spread, shares: shares ? self.shares : usual.shares)
    }
}
