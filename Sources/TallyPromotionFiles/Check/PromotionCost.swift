public import TallyPromotions

/// What a promotion costs at most: a bound that follows from its text alone.
///
/// Matching costs *set operations*, each of which decides a condition for 512 baskets at once. Only for baskets in which the
/// promotion applies, awards cost *line visits*: how many times each line of the basket is looked at. Quantities cost nothing,
/// and there is no loop that a document could make longer.
public struct PromotionCost: Sendable, Hashable {
    /// Set operations of all cases for each batch of 512 baskets.
    public var setOperations = 0
    /// Visits of each line that conditions on the basket ask for, over all cases.
    public var conditionVisits = 0
    /// Visits of each line by the effects of the dearest case.
    public var effectVisits = 0
    /// How many times the dearest case puts the units of the basket in the order of their prices.
    public var sortings = 0
    /// True when visits and sortings count once for every brand in the basket.
    public var isByBrand = false

    /// The bound of a promotion.
    ///
    /// - Parameters:
    ///   - promotion: The promotion.
    ///   - schema: The facts of its conditions.
    public init(_ promotion: Promotion, _ schema: FactSchema) {
        for rule in promotion.rules {
            for condition in Condition.normalized(promotion.conditions + rule.conditions, schema) {
                add(condition)
            }
            // The set of all baskets that a case begins with.
            setOperations += 1
            var dearest = PromotionCost()
            for effect in rule.effects { dearest.add(effect) }
            if (dearest.effectVisits, dearest.sortings) > (effectVisits, sortings) {
                (effectVisits, sortings) = (dearest.effectVisits, dearest.sortings)
            }
            isByBrand = isByBrand || dearest.isByBrand
        }
    }

    private init() {}

    private mutating func add(_ condition: Condition) {
        switch condition {
        case .token: setOperations += 1
        case .goods:
            setOperations += 1
            conditionVisits += 1
        // In the set of the lower bound and above, and not in that above the upper.
        case .fact(_, .between): setOperations += 2
        // At worst every value has a class of its own.
        case .fact(_, .oneOf(let values)): setOperations += values.count + 1
        }
    }

    private mutating func add(_ effect: Effect) {
        switch effect {
        // What the goods cost, their shares, their floors.
        case .percentOff, .amountOff: effectVisits += 3
        case .unitPrice, .pointsPercent, .points, .pointsPerStep, .pointsTimes: effectVisits += 2
        // Units laid out, counted, and kept above their floors.
        case .everyNth: (effectVisits, sortings) = (effectVisits + 3, sortings + 1)
        // Targets laid out, both kinds counted, targets taken, qualifiers laid out and taken twice over, floors.
        case .bind(let bind, _):
            (effectVisits, sortings) = (effectVisits + 7, sortings + 2)
            isByBrand = isByBrand || bind.sameBrand
        // Every part counted, laid out and taken; then shares and floors.
        case .bundle(let parts, _, _):
            (effectVisits, sortings) = (effectVisits + 3 * parts.count + 2, sortings + parts.count)
        case .act: break
        }
    }
}

extension PromotionCost: CustomStringConvertible {
    /// In words: `5 set operations; 1 + 3 visits a line, 1 sorting`.
    public var description: String {
        let sets = "\(setOperations) set operation\(setOperations == 1 ? "" : "s")"
        let visits = "\(conditionVisits) + \(effectVisits) visits a line"
        let sorting = sortings == 0 ? "" : ", \(sortings) sorting\(sortings == 1 ? "" : "s")"
        return "\(sets); \(visits)\(sorting)\(isByBrand ? ", by brand" : "")"
    }
}
