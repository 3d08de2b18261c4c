/// Makes the table that the evaluator reads.
///
/// 1. Conditions of a rule are gathered; tests with bounds of one fact become one.
/// 2. Filters, sums of all goods and tokens that conditions ask for get a set each.
/// 3. Every product gets the sets of the filters that mean it.
/// 4. Facts get classes, and conditions on them become sets or lists of classes.
/// 5. Every rule gets its row: the set that finds it, and what else it needs; rows that are made alike become neighbours.
struct RuleCompiler {
    private var parts: RuleTableParts
    private var rules: [[Condition]] = []
    private var filters: [FilterUse] = []
    private var filterNumbers: [GoodsFilter: Int] = [:]
    private var totalSets: [Int64: UInt32] = [:]
    private var checkNumbers: [CheckKey: UInt32] = [:]
    private var factPlans: [FactPlan] = []
    /// Tests with two bounds that get a set of their own.
    private var windows: [WindowRow: UInt32] = [:]

    /// A filter that conditions ask for.
    private struct FilterUse {
        var filter: GoodsFilter
        /// The set of the baskets with such goods, when a single unit of them is asked for.
        var one: UInt32?
        /// Checks on more than that.
        var checks: [UInt32] = []
        /// The sets of baskets with such goods and with several lines of them, when there are such checks.
        var pair: (one: UInt32, several: UInt32)?
    }

    private struct CheckKey: Hashable {
        var filter: Int
        var measure: Measure
        var atLeast: Int64
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

    /// Conditions that ask something, with one test with bounds a fact at most, and none twice.
    private static func merged(_ conditions: [Condition]) -> [Condition] {
        var bounds: [FactColumn: (low: Int32, high: Int32)] = [:]
        var order: [FactColumn] = []
        var others: [Condition] = []
        for condition in conditions {
            switch condition {
            case .fact(let column, .between(let low, let high)):
                if bounds[column] == nil { order.append(column) }
                let known = bounds[column] ?? (.min, .max)
                bounds[column] = (max(known.low, low), min(known.high, high))
            case .goods(_, _, let atLeast) where atLeast <= 0:
                // Every basket has at least nothing.
                break
            default:
                if !others.contains(condition) { others.append(condition) }
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
                if parts.tokenSets[token] == nil { parts.tokenSets[token] = newSets(1) }
            case .goods(.all, .sum, let atLeast):
                if totalSets[atLeast] == nil { totalSets[atLeast] = newSets(1) }
            case .goods(let filter, let measure, let atLeast): place(filter, measure, atLeast)
            }
        }
        parts.askedCount = parts.setCount
        placePairs()
        parts.filledCount = parts.setCount
        parts.thresholds = totalSets.map { Threshold(atLeast: $0, set: $1) }.sorted { $0.atLeast < $1.atLeast }
    }

    private mutating func place(_ filter: GoodsFilter, _ measure: Measure, _ atLeast: Int64) {
        let number = filterNumbers[filter] ?? filters.count
        if number == filters.count {
            filterNumbers[filter] = number
            filters.append(FilterUse(filter: filter))
        }
        let key = CheckKey(filter: number, measure: measure, atLeast: atLeast)
        guard checkNumbers[key] == nil else { return }
        let check = UInt32(parts.checks.count)
        checkNumbers[key] = check
        var row = CheckRow(filter: UInt32(number), measure: measure, atLeast: atLeast, set: 0, several: 0)
        // A unit and a product are the same.
        row.set = row.isOne ? filters[number].one ?? newSets(1) : newSets(1)
        parts.checks.append(row)
        if row.isOne { filters[number].one = row.set } else { filters[number].checks.append(check) }
    }

    /// Goods of which more than a unit is asked for get two sets of their own.
    private mutating func placePairs() {
        for number in filters.indices where !filters[number].checks.isEmpty {
            let pair = (one: newSets(1), several: newSets(1))
            filters[number].pair = pair
            for check in filters[number].checks {
                parts.merges.append(Merge(into: parts.checks[Int(check)].set, from: pair.several))
            }
        }
    }

    private mutating func newSets(_ count: Int) -> UInt32 {
        parts.setCount += count
        return UInt32(parts.setCount - count)
    }

    // MARK: 3. Products

    private mutating func placeItems() {
        let index = FilterIndex(filters.map(\.filter))
        let meant = parts.assortment.goods.map { index.filters(of: $0) }
        parts.members = filters.map { _ in [] }
        for (item, numbers) in meant.enumerated() { for number in numbers { parts.members[number].append(item) } }
        let plan = planLevels(meant)
        // The first is what a line does of which there is nothing.
        parts.uses = RuleCompiler.use(pairs: [], puts: [])
        for numbers in meant {
            let pairs = numbers.compactMap { filters[$0].pair }.flatMap { [$0.one, $0.several] }
            for grade in 0..<plan.gradeCount {
                parts.useStarts.append(UInt32(parts.uses.count))
                parts.uses += RuleCompiler.use(pairs: pairs, puts: numbers.flatMap { puts(filters[$0], plan, grade) })
            }
        }
    }

    /// What a line does, filled up and as places of words.
    private static func use(pairs: [UInt32], puts: [UInt32]) -> [UInt32] {
        func filled(_ sets: [UInt32], _ stride: Int) -> [UInt32] {
            // A list is never empty, so that nobody has to guess whether it is.
            let count = max(stride, (sets.count + stride - 1) / stride * stride)
            let more = repeatElement(RuleTable.unaskedSet, count: count - sets.count)
            return (sets + more).map { $0 * UInt32(BasketSet.words) }
        }
        let (pairs, puts) = (filled(pairs, RuleTable.pairStride * 2), filled(puts, RuleTable.putStride))
        return [UInt32(pairs.count), UInt32(puts.count)] + pairs + puts
    }

    private mutating func planLevels(_ meant: [[Int]]) -> LevelPlan {
        let entryCount = meant.reduce(0) { $0 + $1.reduce(4) { $0 + filters[$1].checks.count + 1 } }
        let plan = LevelPlan(parts.checks.filter { !$0.isOne }, entryCount: entryCount)
        parts.gradeCount = plan.gradeCount
        parts.gradeStrides = plan.strides
        parts.cuts = plan.filledCuts
        for use in filters {
            guard let pair = use.pair else { continue }
            for check in use.checks {
                let row = parts.checks[Int(check)]
                parts.checks[Int(check)].several =
                    (plan.isExact(row) ? pair.several : row.set) * UInt32(BasketSet.words)
            }
        }
        return plan
    }

    /// Sets that a line of a grade puts its basket into because of a filter.
    private func puts(_ use: FilterUse, _ plan: LevelPlan, _ grade: Int) -> [UInt32] {
        let checks = use.checks.map { parts.checks[Int($0)] }
        return (use.one.map { [$0] } ?? []) + checks.filter { plan.reaches(grade, $0) }.map(\.set)
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
                classCount: UInt32(plan.classCount), classSets: 0, aboveSets: 0, belowSets: 0,
                keepsClasses: !plan.lists.isEmpty && !plan.unitesLists)
            if plan.isUsed {
                placeClasses(plan, &row)
                row.classSets = newSets(plan.classCount)
                if plan.hasBounds {
                    (row.aboveSets, row.belowSets) = (newSets(plan.classCount), newSets(plan.classCount))
                }
            }
            parts.facts.append(row)
        }
        for column in factPlans.indices { placeLists(column) }
        placeWindows()
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
                let set = newSets(1)
                parts.unions.append(UnionRow(fact: UInt32(column), bits: bits, set: set))
                factPlans[column].places.append(set)
            } else {
                factPlans[column].places.append(bits)
            }
            factPlans[column].numbers[list] = number
        }
    }

    /// Tests with two bounds that several rules share are made once a batch.
    private mutating func placeWindows() {
        var uses: [WindowRow: Int] = [:]
        for case .fact(let column, .between(let low, let high)) in rules.joined()
        where low > .min && high < .max && low <= high {
            let number = Int(column.rawValue)
            let window = window(parts.facts[number], factPlans[number], low, high)
            uses[window, default: 0] += 1
        }
        for (window, count) in uses.sorted(by: { ($0.key.above, $0.key.below) < ($1.key.above, $1.key.below) })
        where count > 1 {
            let set = newSets(1)
            windows[window] = set
            parts.windows.append(WindowRow(above: window.above, below: window.below, set: set))
        }
    }

    /// A test with two bounds, without a set.
    private func window(_ row: FactRow, _ plan: FactPlan, _ low: Int32, _ high: Int32) -> WindowRow {
        WindowRow(
            above: row.aboveSets + UInt32(plan.classOf(low)), below: row.belowSets + UInt32(plan.classOf(high + 1)),
            set: 0)
    }

    // MARK: 5. Rules

    private mutating func placeRules() {
        let drafts = rules.enumerated().map { draft($0, $1) }.sorted { $0.shape.lexicographicallyPrecedes($1.shape) }
        for draft in drafts {
            parts.numbers.append(draft.number)
            parts.unitCheckStarts.append(UInt32(parts.unitChecks.count))
            parts.unitChecks += draft.unitChecks
            parts.rules.append(
                RuleRow(
                    access: draft.access, operands: UInt32(parts.operands.count),
                    setCount: UInt16(draft.sets.count), listCount: UInt16(draft.lists.count),
                    checkCount: UInt16(draft.checks.count)))
            parts.operands += draft.sets + draft.lists.flatMap { [$0.fact, $0.bits] } + draft.checks
        }
        parts.unitCheckStarts.append(UInt32(parts.unitChecks.count))
    }

    private func draft(_ number: Int, _ conditions: [Condition]) -> RuleDraft {
        var draft = RuleDraft(number: UInt32(number))
        // Sets of goods and tokens with the number of products that put a basket into them: a token is rarer than any.
        var filled: [(rareness: Int, set: UInt32)] = []
        for condition in conditions {
            switch condition {
            case .token(let token): if let set = parts.tokenSets[token] { filled.append((0, set)) }
            case .goods(.all, .sum, let atLeast):
                if let set = totalSets[atLeast] { filled.append((parts.assortment.goods.count, set)) }
            case .goods(let filter, let measure, let atLeast):
                guard let number = filterNumbers[filter] else { break }
                let key = CheckKey(filter: number, measure: measure, atLeast: atLeast)
                guard let check = checkNumbers[key] else { break }
                let row = parts.checks[Int(check)]
                filled.append((parts.members[number].count, row.set))
                if row.isOne { draft.unitChecks.append(check) } else { draft.checks.append(check) }
            case .fact(let column, .between(let low, let high)): bound(&draft, Int(column.rawValue), low, high)
            case .fact(let column, .oneOf(let values)): list(&draft, Int(column.rawValue), values)
            }
        }
        filled.sort { ($0.rareness, $0.set) < ($1.rareness, $1.set) }
        draft.access = filled.first?.set ?? 0
        draft.sets = filled.dropFirst().map(\.set) + draft.sets
        // Lists that leave out most come first.
        draft.lists.sort { ($0.count, $0.bits) < ($1.count, $1.bits) }
        return draft
    }

    private func bound(_ draft: inout RuleDraft, _ column: Int, _ low: Int32, _ high: Int32) {
        let (plan, row) = (factPlans[column], parts.facts[column])
        if low > high { return draft.sets.append(RuleTable.emptySet) }
        if low > .min, high < .max, let window = windows[window(row, plan, low, high)] {
            return draft.sets.append(window)
        }
        if low > .min { draft.sets.append(row.aboveSets + UInt32(plan.classOf(low))) }
        if high < .max { draft.sets.append(row.belowSets + UInt32(plan.classOf(high + 1))) }
    }

    private func list(_ draft: inout RuleDraft, _ column: Int, _ values: Set<Int32>) {
        let plan = factPlans[column]
        guard let place = plan.numbers[values.sorted()].map({ plan.places[$0] }) else { return }
        if plan.unitesLists {
            draft.sets.append(place)
        } else {
            draft.lists.append((fact: UInt32(column), bits: place, count: values.count))
        }
    }
}

extension CheckRow {
    /// True when goods of any amount are enough, so that the set of baskets with such goods says everything.
    var isOne: Bool { (measure == .units || measure == .products) && atLeast == 1 }
}

/// A row of the table while it is made.
private struct RuleDraft {
    let number: UInt32
    var access: UInt32 = 0
    var sets: [UInt32] = []
    var lists: [(fact: UInt32, bits: UInt32, count: Int)] = []
    var checks: [UInt32] = []
    var unitChecks: [UInt32] = []

    init(number: UInt32) { self.number = number }

    /// Rows of one shape run through the same loops; of those, rows with one access are found by the same look.
    var shape: [Int] {
        [lists.count, checks.count, sets.count, Int(access), Int(number)]
    }
}
