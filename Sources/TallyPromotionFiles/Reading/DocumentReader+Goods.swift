import TallyJSON
import TallyPromotions

extension DocumentReader {
    private static let filterKeys = ["sku", "category", "brand", "tag", "attribute", "any", "all", "not"]

    /// Which goods are meant: `all`, or an object whose keys must all be met; a list of names means any of them.
    mutating func filter(_ node: DocumentNode, _ path: String, depth: Int = 1) -> GoodsFilter? {
        if node.value == .plain("all") || node.value == .string("all") { return .all }
        guard depth <= PromotionLimits.filterDepthMax else {
            note(
                node, path, found: "goods in goods",
                expected: "at most \(PromotionLimits.filterDepthMax) of them in each other")
            return nil
        }
        let form = "all, or an object with keys among \(DocumentReader.filterKeys.joined(separator: ", "))"
        guard case .object(let entries) = node.value, !entries.isEmpty else {
            note(node, path, expected: form)
            return nil
        }
        let filters = entries.map { filter($0, "\(path).\($0.key)", depth) }
        guard !filters.contains(nil) else { return nil }
        let known = filters.compactMap { $0 }
        return known.count == 1 ? known[0] : .both(known)
    }

    /// The goods of a key, or all goods when it is missing.
    mutating func goods(_ object: Object, _ key: String = "goods") -> GoodsFilter? {
        object[key].map { filter($0, object.path(key)) } ?? .all
    }

    /// The goods of a key that must be there.
    mutating func requiredGoods(_ object: Object, _ key: String) -> GoodsFilter? {
        required(object, key, "goods, such as {category: oils}").flatMap { filter($0, object.path(key)) }
    }

    private mutating func filter(_ entry: DocumentEntry, _ path: String, _ depth: Int) -> GoodsFilter? {
        switch entry.key {
        case "sku": return named(entry.node, path, "the id of a product", goods?.skus) { .sku($0) }
        case "category": return named(entry.node, path, "a category", goods?.categories) { .category($0) }
        case "brand": return named(entry.node, path, "a brand", goods?.brands) { .brand($0) }
        case "tag": return named(entry.node, path, "a mark of goods", goods?.tags) { .tag($0) }
        case "attribute": return attributes(entry.node, path)
        case "any": return filters(entry.node, path, depth).map { .any($0) }
        case "all": return filters(entry.node, path, depth).map { .both($0) }
        case "not": return filter(entry.node, path, depth: depth + 1).map { .not($0) }
        default:
            note(entry.place, path, unknown: entry.key, among: DocumentReader.filterKeys, "a property of goods")
            return nil
        }
    }

    private mutating func filters(_ node: DocumentNode, _ path: String, _ depth: Int) -> [GoodsFilter]? {
        let nodes = list(node, path, countMax: PromotionLimits.namesMax, "goods, such as {category: oils}") ?? []
        let filters = nodes.enumerated().map { filter($1, "\(path)[\($0)]", depth: depth + 1) }
        return filters.isEmpty || filters.contains(nil) ? nil : filters.compactMap { $0 }
    }

    private mutating func named(
        _ node: DocumentNode, _ path: String, _ what: String, _ known: Set<String>?,
        _ make: (String) -> GoodsFilter
    ) -> GoodsFilter? {
        guard let names = texts(node, path, what), !names.isEmpty else { return nil }
        for name in names { noteUnknown(name, node, path, what, known) }
        return names.count == 1 ? make(names[0]) : .any(names.map(make))
    }

    private mutating func attributes(_ node: DocumentNode, _ path: String) -> GoodsFilter? {
        let form = "properties and their values, such as {size: XXL}"
        guard let entries = entries(node, path, form) else { return nil }
        guard !entries.isEmpty else {
            note(node, path, expected: form)
            return nil
        }
        var filters: [GoodsFilter?] = []
        for entry in entries {
            let what = "a value of \(entry.key)"
            noteUnknown(entry.key, entry.place, path, "a property of goods", goods.map { Set($0.attributes.keys) })
            let known = goods?.attributes[entry.key]
            filters.append(named(entry.node, "\(path).\(entry.key)", what, known) { .attribute(entry.key, $0) })
        }
        guard !filters.contains(nil) else { return nil }
        let known = filters.compactMap { $0 }
        return known.count == 1 ? known[0] : .both(known)
    }

    /// A name that no goods have may come with the next delivery, so it is only suspicious.
    private mutating func noteUnknown(
        _ name: String, _ node: DocumentNode, _ path: String, _ what: String, _ known: Set<String>?
    ) {
        guard let known, !known.contains(name) else { return }
        note(node, path, unknown: name, among: known.sorted(), what, .warning)
    }
}
