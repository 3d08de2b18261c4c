/// A rule table while it is made: arrays that grow.
struct RuleTableParts {
    let ruleSet: RuleSet
    let assortment: Assortment
    let schema: FactSchema
    var rules: [RuleRow] = []
    var owners: [RuleOwner] = []
    var needed: [UInt32] = []
    var bounds: [Bounds] = []
    var lists: [ListRow] = []
    var listBits: [UInt64] = []
    var presenceStarts: [UInt32] = []
    var presence: [UInt32] = []
    var gaugeStarts: [UInt32] = []
    var gaugeUses: [UInt32] = []
    var thresholdStarts: [UInt32] = []
    var thresholds: [Threshold] = []
    /// Gauges; the first is the sum of all goods.
    var gauges = [GaugePlan(filter: .all, measure: .sum)]
    var tokenSets: [String: UInt32] = [:]
    var facts: [FactRow] = []
    var classBounds: [Int32] = []
    var classByNumber: [UInt16] = []
    var unions: [UnionRow] = []
    /// The first three sets are all baskets of a batch, none, and one that nobody asks for.
    var filledCount = 3
    var setCount = 3

    init(_ ruleSet: RuleSet, _ assortment: Assortment, _ schema: FactSchema) {
        (self.ruleSet, self.assortment, self.schema) = (ruleSet, assortment, schema)
    }
}

/// How much of some goods a basket has, and which sets that puts it into.
struct GaugePlan {
    var filter: GoodsFilter
    var measure: Measure
    var thresholds: [Threshold] = []
}
