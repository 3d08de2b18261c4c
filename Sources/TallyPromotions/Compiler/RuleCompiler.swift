/// Makes the table that the evaluator reads.
///
/// 1. Conditions of a rule are gathered; tests with bounds of one fact become one.
/// 2. Conditions on goods and tokens get a set each; equal ones share it.
/// 3. Every product gets the sets and sums that it counts for.
/// 4. Facts get classes, and conditions on them become bounds or lists of classes.
/// 5. Every rule gets its row: the set that finds it, and what else it needs.
struct RuleCompiler {
    private var parts: RuleTableParts
    private var rules: [[Condition]] = []
    private var goodsSets: [GoodsCondition: UInt32] = [:]
    private var filters: [FilterUse] = []
    private var filterNumbers: [GoodsFilter: Int] = [:]
    /// For sets of goods, how many products put a basket into them.
    private var rareness: [UInt32: Int] = [:]
    private var factPlans: [FactPlan] = []

    private struct GoodsCondition: Hashable {
        var filter: GoodsFilter
        var measure: Measure
        var atLeast: Int64
    }

    /// What conditions want to know of a filter.
    private struct FilterUse {
        var filter: GoodsFilter
        var presence: UInt32?
        var gauges: [Measure: Int] = [:]
    }

    /// Compiles a rule set for an assortment and a schema of facts.
    static func parts(_ ruleSet: RuleSet, _ assortment: Assortment, _ schema: FactSchema) -> RuleTableParts {
        var compiler = RuleCompiler(RuleTableParts(ruleSet, assortment, schema))
        compiler.gather()
        compiler.placeGoodsAndTokens()
        compiler.placeItems()
        compiler.planFacts()
        compiler.placeRules()
        return compiler.parts
    }

    private init(_ parts: RuleTableParts) { self.parts = parts }

    // MARK: 1. Conditions

    private mutating func gather() {
        for (number, promotion) in parts.ruleSet.promotions.enumerated() {
            for (place, rule) in promotion.rules.enumerated() {
                rules.append(RuleCompiler.merged(promotion.conditions + rule.conditions))
                parts.owners.append(RuleOwner(promotion: Int32(number), rule: Int32(place)))
            }
        }
    }

    /// Conditions with one test with bounds a fact at most, and none twice.
    private static func merged(_ conditions: [Condition]) -> [Condition] {
        var bounds: [FactColumn: (low: Int32, high: Int32)] = [:]
        var order: [FactColumn] = []
        var others: [Condition] = []
        for condition in conditions {
            if case .fact(let column, .between(let low, let high)) = condition {
                if bounds[column] == nil { order.append(column) }
                let known = bounds[column] ?? (.min, .max)
                bounds[column] = (max(known.low, low), min(known.high, high))
            } else if !others.contains(condition) {
                others.append(condition)
            }
        }
        return others
            + order.map { column in
                let (low, high) = bounds[column] ?? (.min, .max)
                return .fact(column, .between(low, high))
            }
    }

    // MARK: 2. Goods and tokens

    private mutating func placeGoodsAndTokens() {
        for condition in rules.joined() {
            switch condition {
            case .fact: break
            case .token(let token):
                if parts.tokenSets[token] == nil { parts.tokenSets[token] = newSet() }
            case .goods(let filter, let measure, let atLeast):
                let condition = GoodsCondition(filter: filter, measure: measure, atLeast: atLeast)
                if goodsSets[condition] == nil { place(condition) }
            }
        }
        parts.filledCount = parts.setCount
        for gauge in parts.gauges {
            parts.thresholdStarts.append(UInt32(parts.thresholds.count))
            parts.thresholds += gauge.thresholds.sorted { $0.atLeast < $1.atLeast }
        }
        parts.thresholdStarts.append(UInt32(parts.thresholds.count))
    }

    private mutating func place(_ condition: GoodsCondition) {
        let set = newSet()
        goodsSets[condition] = set
        let number = filterNumbers[condition.filter] ?? filters.count
        if number == filters.count {
            filterNumbers[condition.filter] = number
            filters.append(FilterUse(filter: condition.filter))
        }
        if condition.measure == .units, condition.atLeast == 1 {
            filters[number].presence = set
            return
        }
        let gauge = gauge(condition, of: number)
        parts.gauges[gauge].thresholds.append(Threshold(atLeast: condition.atLeast, set: set))
    }

    /// The gauge of a measure of some goods.
    private mutating func gauge(_ condition: GoodsCondition, of filter: Int) -> Int {
        if condition.filter == .all, condition.measure == .sum { return 0 }
        if let known = filters[filter].gauges[condition.measure] { return known }
        let gauge = parts.gauges.count
        parts.gauges.append(GaugePlan(filter: condition.filter, measure: condition.measure))
        filters[filter].gauges[condition.measure] = gauge
        return gauge
    }

    private mutating func newSet() -> UInt32 {
        parts.setCount += 1
        return UInt32(parts.setCount - 1)
    }

    // MARK: 3. Products

    private mutating func placeItems() {
        let index = FilterIndex(filters.map(\.filter))
        var counts = Array(repeating: 0, count: filters.count)
        for product in parts.assortment.goods {
            parts.presenceStarts.append(UInt32(parts.presence.count))
            parts.gaugeStarts.append(UInt32(parts.gaugeUses.count))
            for number in index.filters(of: product) {
                counts[number] += 1
                if let set = filters[number].presence { parts.presence.append(set) }
                for measure in Measure.allCases {
                    guard let gauge = filters[number].gauges[measure] else { continue }
                    parts.gaugeUses.append(UInt32(gauge) << 2 | UInt32(measure.rawValue))
                }
            }
            while !parts.presence.count.isMultiple(of: RuleTable.presenceStride) { parts.presence.append(2) }
        }
        parts.presenceStarts.append(UInt32(parts.presence.count))
        parts.gaugeStarts.append(UInt32(parts.gaugeUses.count))
        for (condition, set) in goodsSets {
            let number = filterNumbers[condition.filter] ?? 0
            rareness[set] = counts[number]
        }
    }

    // MARK: 4. Facts

    private mutating func planFacts() {
        factPlans = parts.schema.facts.indices.map { _ in FactPlan() }
        for case .fact(let column, let test) in rules.joined() { factPlans[Int(column.rawValue)].note(test) }
        for column in factPlans.indices {
            factPlans[column].close()
            let plan = factPlans[column]
            var row = FactRow(
                low: 0, tableCount: 0, start: 0, boundCount: UInt32(plan.cuts.count),
                classCount: UInt32(plan.classCount), classSets: 0, aboveSets: 0)
            if plan.isUsed {
                placeClasses(plan, &row)
                row.classSets = newSets(plan.classCount)
                if plan.hasBounds { row.aboveSets = newSets(plan.classCount) }
            }
            parts.facts.append(row)
        }
        for column in factPlans.indices { placeLists(column) }
    }

    private mutating func placeClasses(_ plan: FactPlan, _ row: inout FactRow) {
        guard let first = plan.cuts.first, let last = plan.cuts.last else { return }
        let span = Int(last) - Int(first) + 2
        if span <= FactPlan.tableMax {
            // One number below the first cut stands for all below, the last for all above.
            row.low = first == .min ? first : first - 1
            row.tableCount = Int32(Int(last) - Int(row.low) + 1)
            row.start = UInt32(parts.classByNumber.count)
            for number in row.low...last { parts.classByNumber.append(UInt16(plan.classOf(number))) }
        } else {
            row.start = UInt32(parts.classBounds.count)
            parts.classBounds += plan.cuts
        }
    }

    private mutating func newSets(_ count: Int) -> UInt32 {
        parts.setCount += count
        return UInt32(parts.setCount - count)
    }

    private mutating func placeLists(_ column: Int) {
        let unites = factPlans[column].unitesLists
        for (number, list) in factPlans[column].lists.enumerated() {
            let bits = UInt32(parts.listBits.count)
            var words = Array(repeating: UInt64(0), count: (factPlans[column].classCount + 63) / 64)
            for value in list {
                let place = factPlans[column].classOf(value)
                words[place / 64] |= 1 << UInt64(place % 64)
            }
            parts.listBits += words
            if unites {
                let set = newSet()
                parts.unions.append(UnionRow(fact: UInt32(column), bits: bits, set: set))
                factPlans[column].places.append(set)
            } else {
                factPlans[column].places.append(bits)
            }
            factPlans[column].numbers[list] = number
        }
    }

    // MARK: 5. Rules

    private mutating func placeRules() {
        for conditions in rules { place(conditions) }
    }

    private mutating func place(_ conditions: [Condition]) {
        var filled: [UInt32] = []
        var united: [UInt32] = []
        var bounds: [Bounds] = []
        var lists: [(row: ListRow, count: Int)] = []
        for condition in conditions {
            switch condition {
            case .token(let token): if let set = parts.tokenSets[token] { filled.append(set) }
            case .goods(let filter, let measure, let atLeast):
                let condition = GoodsCondition(filter: filter, measure: measure, atLeast: atLeast)
                if let set = goodsSets[condition] { filled.append(set) }
            case .fact(let column, .between(let low, let high)):
                bounds.append(self.bounds(Int(column.rawValue), low, high))
            case .fact(let column, .oneOf(let values)):
                let plan = factPlans[Int(column.rawValue)]
                let place = plan.numbers[values.sorted()].map { plan.places[$0] } ?? 0
                if plan.unitesLists {
                    united.append(place)
                } else {
                    lists.append((ListRow(fact: UInt32(column.rawValue), bits: place), values.count))
                }
            }
        }
        // What few baskets have is looked at first; a token is rarer than any product.
        filled.sort { (rareness[$0] ?? 0, $0) < (rareness[$1] ?? 0, $1) }
        // Lists that leave out most come first.
        lists.sort { ($0.count, $0.row.bits) < ($1.count, $1.row.bits) }
        let needed = filled.dropFirst() + united
        parts.rules.append(
            RuleRow(
                access: filled.first ?? 0, neededStart: UInt32(parts.needed.count),
                boundsStart: UInt32(parts.bounds.count), listsStart: UInt32(parts.lists.count),
                neededCount: UInt16(needed.count), boundsCount: UInt8(bounds.count), listsCount: UInt8(lists.count)))
        parts.needed += needed
        parts.bounds += bounds
        parts.lists += lists.map(\.row)
    }

    private func bounds(_ column: Int, _ low: Int32, _ high: Int32) -> Bounds {
        let (plan, row) = (factPlans[column], parts.facts[column])
        guard low <= high else { return Bounds(inside: 1, outside: 1) }
        let inside = row.aboveSets + UInt32(plan.classOf(low))
        return Bounds(inside: inside, outside: high == .max ? 1 : row.aboveSets + UInt32(plan.classOf(high + 1)))
    }
}
