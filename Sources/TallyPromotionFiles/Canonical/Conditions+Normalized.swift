import TallyPromotions

extension GoodsFilter {
    /// The filter in its one form: lists flat, sorted and without repetition, nothing negated twice.
    var normalized: GoodsFilter {
        switch self {
        case .sku(""), .brand(""): return .not(.all)
        case .all, .sku, .category, .brand, .tag, .attribute: return self
        case .not(let filter):
            if case .not(let twice) = filter.normalized { return twice }
            return .not(filter.normalized)
        case .any(let filters):
            let flat = GoodsFilter.flat(filters) { if case .any(let inner) = $0 { inner } else { nil } }
                .filter { $0 != .not(.all) }
            if flat.contains(.all) { return .all }
            return flat.isEmpty ? .not(.all) : flat.count == 1 ? flat[0] : .any(flat)
        case .both(let filters):
            let flat = GoodsFilter.flat(filters) { if case .both(let inner) = $0 { inner } else { nil } }
                .filter { $0 != .all }
            if flat.contains(.not(.all)) { return .not(.all) }
            return flat.isEmpty ? .all : flat.count == 1 ? flat[0] : .both(flat)
        }
    }

    private static func flat(_ filters: [GoodsFilter], _ inner: (GoodsFilter) -> [GoodsFilter]?) -> [GoodsFilter] {
        let parts = filters.map(\.normalized).flatMap { inner($0) ?? [$0] }
        var byText: [String: GoodsFilter] = [:]
        for part in parts { byText[part.canonical.json] = part }
        let texts = byText.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return texts.compactMap { byText[$0] }
    }
}

extension Condition {
    /// Conditions in their one form: one test for each fact, one amount for each measure of goods, sorted; what always holds is
    /// left out.
    static func normalized(_ conditions: [Condition], _ schema: FactSchema) -> [Condition] {
        var tests: [FactColumn: FactTest] = [:]
        var tokens: Set<String> = []
        var amounts: [GoodsAmount: Int64] = [:]
        for condition in conditions {
            switch condition {
            case .fact(let column, let test): tests[column] = tests[column].map { $0.and(test) } ?? test
            case .token(let token): tokens.insert(token)
            case .goods(let filter, let measure, let atLeast) where atLeast > 0:
                let goods = GoodsAmount(filter: filter.normalized, measure: measure)
                amounts[goods] = max(amounts[goods] ?? 0, atLeast)
            case .goods: break
            }
        }
        let facts = tests.keys.sorted { precedes(schema[$0].name, schema[$1].name) }.compactMap { column in
            tests[column]?.normalized(schema[column].domain).map { Condition.fact(column, $0) }
        }
        let goods = amounts.map { (text: $0.key.filter.canonical.json, goods: $0.key, atLeast: $0.value) }.sorted {
            $0.text == $1.text ? $0.goods.measure.rawValue < $1.goods.measure.rawValue : precedes($0.text, $1.text)
        }
        return facts + tokens.sorted(by: precedes).map { .token($0) }
            + goods.map { .goods($0.goods.filter, $0.goods.measure, atLeast: $0.atLeast) }
    }

    private struct GoodsAmount: Hashable {
        var filter: GoodsFilter
        var measure: Measure
    }

    private static func precedes(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }
}

extension FactTest {
    /// The test that no number passes.
    static let never = FactTest.oneOf([])

    /// Both tests at once.
    func and(_ other: FactTest) -> FactTest {
        switch (self, other) {
        case (.between(let low, let high), .between(let otherLow, let otherHigh)):
            .between(max(low, otherLow), min(high, otherHigh))
        case (.oneOf(let values), let test), (let test, .oneOf(let values)): .oneOf(values.filter(test.holds))
        }
    }

    /// The test in its one form; nil when every number passes.
    ///
    /// Numbers in a row are a range; names stay names, because a programme may put others between them.
    func normalized(_ domain: Fact.Domain) -> FactTest? {
        switch self {
        case .between(.min, .max): return nil
        case .between(let low, let high): return low <= high ? self : .never
        case .oneOf(let values):
            guard domain == .number, let low = values.min(), let high = values.max(),
                Int64(high) - Int64(low) == Int64(values.count - 1)
            else { return self }
            return .between(low, high)
        }
    }

    /// True when no number passes.
    var isNever: Bool {
        switch self {
        case .between(let low, let high): low > high
        case .oneOf(let values): values.isEmpty
        }
    }
}
