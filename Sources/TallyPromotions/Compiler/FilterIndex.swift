/// Finds for a product the filters that mean it, without asking all of them.
///
/// A filter can mean a product only if the product has one of the filter's *handles*: an id, a category, a brand, a tag or a
/// property. Filters without handles, like those on all goods but some, are asked about every product.
struct FilterIndex {
    private enum Handle: Hashable {
        case sku(String)
        case category(String)
        case brand(String)
        case tag(String)
        case attribute(String, String)
    }

    private let filters: [GoodsFilter]
    private var byHandle: [Handle: [Int]] = [:]
    private var others: [Int] = []

    /// An index over filters; they are numbered by their places.
    init(_ filters: [GoodsFilter]) {
        self.filters = filters
        for (number, filter) in filters.enumerated() {
            guard let handles = FilterIndex.handles(filter) else {
                others.append(number)
                continue
            }
            for handle in handles { byHandle[handle, default: []].append(number) }
        }
    }

    /// The filters that mean a product, ascending.
    func filters(of goods: Goods) -> [Int] {
        var handles: [Handle] = [.sku(goods.sku), .brand(goods.brand)]
        handles += goods.categories.map { .category($0) }
        handles += goods.tags.map { .tag($0) }
        handles += goods.attributes.map { .attribute($0, $1) }
        var candidates = Set(others)
        for handle in handles { candidates.formUnion(byHandle[handle] ?? []) }
        return candidates.filter { filters[$0].contains(goods) }.sorted()
    }

    /// Handles of which a product must have one; nil when a product may have none of them.
    private static func handles(_ filter: GoodsFilter) -> Set<Handle>? {
        switch filter {
        case .all, .not: return nil
        case .sku(let sku): return [.sku(sku)]
        case .category(let category): return [.category(category)]
        case .brand(let brand): return [.brand(brand)]
        case .tag(let tag): return [.tag(tag)]
        case .attribute(let name, let value): return [.attribute(name, value)]
        case .any(let filters):
            var all: Set<Handle> = []
            for filter in filters {
                guard let handles = handles(filter) else { return nil }
                all.formUnion(handles)
            }
            return all
        case .both(let filters):
            // One of the operands must be met anyway; the one with the fewest handles finds the fewest products.
            return filters.compactMap(handles).min { $0.count < $1.count }
        }
    }
}
