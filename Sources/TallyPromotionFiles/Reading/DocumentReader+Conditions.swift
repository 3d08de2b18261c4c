import TallyJSON
import TallyModel
import TallyPromotions

extension DocumentReader {
    /// The conditions of `when`: all of them must hold.
    mutating func conditions(_ node: DocumentNode?, _ path: String) -> [Condition] {
        let form = "conditions, such as {day: 2025-02-01..2025-02-28, stage: [loyal]}"
        guard let node, let entries = entries(node, path, form) else { return [] }
        var conditions: [Condition] = []
        for entry in entries {
            let place = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            switch entry.key {
            case "code": conditions += codes(entry.node, place)
            case "basket": conditions += basket(entry.node, place)
            default: conditions += facts(entry, place, in: path)
            }
        }
        if conditions.count > PromotionLimits.conditionsMax {
            note(
                node, path, found: "\(conditions.count) conditions",
                expected: "at most \(PromotionLimits.conditionsMax)")
        }
        return conditions
    }

    private mutating func facts(_ entry: DocumentEntry, _ path: String, in parent: String) -> [Condition] {
        if let column = vocabulary.column(entry.key) {
            return factTest(entry.node, path, column).map { [.fact(column, $0)] } ?? []
        }
        guard let family = vocabulary.family(entry.key) else {
            note(
                entry.place, parent, unknown: entry.key, among: vocabulary.keys + PromotionVocabulary.reserved,
                "a condition")
            return []
        }
        let names = family.keys.sorted()
        guard let members = entries(entry.node, path, "an object with keys among \(names.joined(separator: ", "))")
        else { return [] }
        var conditions: [Condition] = []
        for member in members {
            if let column = family[member.key] {
                if let test = factTest(member.node, "\(path).\(member.key)", column) {
                    conditions.append(.fact(column, test))
                }
            } else {
                note(member.place, path, unknown: member.key, among: names, "a name of \(entry.key)")
            }
        }
        return conditions
    }

    /// A code, or several that must all be shown.
    private mutating func codes(_ node: DocumentNode, _ path: String) -> [Condition] {
        guard case .object = node.value else {
            return text(node, path, "a code or a coupon").map { [.token($0)] } ?? []
        }
        guard let object = object(node, path, keys: ["all"]),
            let list = required(object, "all", "a list of codes that must all be shown")
        else { return [] }
        return (texts(list, object.path("all"), "a code or a coupon") ?? []).map { .token($0) }
    }

    // MARK: The basket

    private static let measures: [(String, Measure)] = [
        ("units_at_least", .units), ("sum_at_least", .sum), ("quantity_at_least", .quantity),
        ("products_at_least", .products),
    ]

    private mutating func basket(_ node: DocumentNode, _ path: String) -> [Condition] {
        let form = "goods and how much of them, such as {goods: {category: oils}, units_at_least: 2}"
        // One condition needs no list.
        guard case .array = node.value else { return basketItem(node, path) }
        let nodes = list(node, path, countMax: PromotionLimits.conditionsMax, form) ?? []
        return nodes.enumerated().flatMap { basketItem($1, "\(path)[\($0)]") }
    }

    private mutating func basketItem(_ node: DocumentNode, _ path: String) -> [Condition] {
        let keys = DocumentReader.measures.map(\.0)
        guard let object = object(node, path, keys: ["goods"] + keys) else { return [] }
        let filter = goods(object)
        var conditions: [Condition] = []
        var isAsked = false
        for (key, measure) in DocumentReader.measures {
            guard let node = object[key] else { continue }
            isAsked = true
            guard let amount = amount(node, object.path(key), measure), let filter else { continue }
            conditions.append(.goods(filter, measure, atLeast: amount))
        }
        if !isAsked {
            note(node, path, found: "no amount", expected: "one of \(keys.joined(separator: ", "))")
        }
        return conditions
    }

    private mutating func amount(_ node: DocumentNode, _ path: String, _ measure: Measure) -> Int64? {
        switch measure {
        case .units: decimal(node, path, scale: 0, 1...Int64(PromotionLimits.unitsMax), "a number of units")
        case .products: decimal(node, path, scale: 0, 1...Int64(Limits.linesMax), "a number of products")
        case .sum: money(node, path, 1...Limits.amountMinorMax)
        case .quantity: decimal(node, path, scale: 3, 1...Limits.quantityThousandthsMax, "a quantity")
        }
    }
}
