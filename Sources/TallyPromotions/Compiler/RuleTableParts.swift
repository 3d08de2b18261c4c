/// A rule table while it is made: arrays that grow.
struct RuleTableParts {
    let ruleSet: RuleSet
    let assortment: Assortment
    let schema: FactSchema
    var rules: [RuleRow] = []
    var numbers: [UInt32] = []
    var owners: [RuleOwner] = []
    var operands: [UInt32] = []
    var listBits: [UInt64] = []
    var uses: [UInt32] = []
    var useStarts: [UInt32] = []
    var gradeCount = 1
    var cuts: [LevelPlan.Cuts] = []
    var gradeStrides: [Int] = []
    var merges: [Merge] = []
    var thresholds: [Threshold] = []
    var checks: [CheckRow] = []
    var unitCheckStarts: [UInt32] = []
    var unitChecks: [UInt32] = []
    /// For every filter of a check the items that it means, ascending.
    var members: [[Int]] = []
    var tokenSets: [String: UInt32] = [:]
    var facts: [FactRow] = []
    var classBounds: [Int32] = []
    var classByNumber: [UInt16] = []
    var unions: [UnionRow] = []
    var windows: [WindowRow] = []
    /// The first three sets are all baskets of a batch, none, and one that nobody asks for.
    var askedCount = 3
    var filledCount = 3
    var setCount = 3

    init(_ ruleSet: RuleSet, _ assortment: Assortment, _ schema: FactSchema) {
        (self.ruleSet, self.assortment, self.schema) = (ruleSet, assortment, schema)
    }
}
