/// Why a promotion did nothing for a basket.
public enum WhyNot: Sendable, Hashable {
    /// Conditions do not hold: one of the promotion, or else one of each of its cases.
    case conditions([Shortfall])
    /// The conditions hold, and the goods are not there that its effects need: one shortfall for each effect.
    case goods([Shortfall])
    /// Another promotion, by its place in the rule set, applied and has an exclusive mark in common.
    case shutOut(by: Int, mark: String)
    /// A group, or the lane when the group is nil, chose another promotion, by its place in the rule set.
    case notChosen(group: String?, instead: Int)
    /// It was carried out and did nothing: prices, brands, floors, caps or what was taken off before it left nothing to do.
    case nothingLeft
}

/// A condition that does not hold, and how much is missing for it.
public struct Shortfall: Sendable, Hashable {
    /// The case whose condition it is, counted from 0; nil for a condition of the promotion.
    public var rule: Int?
    /// The condition; for what an effect needs, the goods that it needs.
    public var condition: Condition
    /// What the basket has: the number of the fact, or the amount of the goods; 0 for a code that was not shown.
    public var found: Int64
    /// How much more of it would be enough; nil when more of it does not help.
    public var missing: Int64?

    /// A shortfall of its parts.
    public init(rule: Int?, condition: Condition, found: Int64, missing: Int64?) {
        (self.rule, self.condition, self.found, self.missing) = (rule, condition, found, missing)
    }
}
