import TallyJSON
import TallyModel
import TallyPromotions

extension DocumentReader {
    /// The tests of a document.
    mutating func tests(_ node: DocumentNode, _ path: String) -> [GoldenTest] {
        let form = "a test with the keys test, given, codes, basket and expect"
        let nodes = list(node, path, countMax: PromotionLimits.testsMax, form) ?? []
        return nodes.enumerated().compactMap { test($1, "\(path)[\($0)]") }
    }

    private mutating func test(_ node: DocumentNode, _ path: String) -> GoldenTest? {
        guard let object = object(node, path, keys: ["test", "given", "codes", "basket", "expect"]) else { return nil }
        let name = required(object, "test", "the test's name").flatMap {
            text($0, object.path("test"), bytesMax: PromotionLimits.textBytesMax, "the test's name")
        }
        let basket = basket(of: object)
        let expected = items(object, "expect", countMax: Limits.linesMax) { $0.expectation($1, $2) }
        guard let name, let basket, let expected else { return nil }
        return GoldenTest(
            name: name, place: place(node, path), facts: basket.facts, codes: basket.codes, lines: basket.lines,
            expected: expected)
    }

    /// A basket in a file of its own; what a test has beside it is let through.
    mutating func labBasket(_ node: DocumentNode) -> LabBasket? {
        object(node, "", keys: ["test", "given", "codes", "basket", "expect"]).flatMap { basket(of: $0) }
    }

    private mutating func basket(of object: Object) -> LabBasket? {
        let facts = given(object)
        let codes = object["codes"].map { texts($0, object.path("codes"), "a code or a coupon") ?? [] } ?? []
        guard let lines = items(object, "basket", countMax: Limits.linesMax, { $0.line($1, $2) }) else { return nil }
        if let basket = object["basket"] { judge(lines, basket, object.path("basket")) }
        return LabBasket(facts: facts, codes: codes, lines: lines)
    }

    /// What a list holds, which may be nothing; nil when it is missing or something in it is wrong.
    private mutating func items<T>(
        _ object: Object, _ key: String, countMax: Int,
        _ read: (inout DocumentReader, DocumentNode, String) -> T?
    ) -> [T]? {
        guard let node = required(object, key, "a list, empty for nothing") else { return nil }
        guard case .array(let nodes) = node.value, nodes.count <= countMax else {
            note(node, object.path(key), expected: "a list of at most \(countMax)")
            return nil
        }
        let items = nodes.enumerated().map { read(&self, $1, "\(object.path(key))[\($0)]") }
        return items.contains { $0 == nil } ? nil : items.compactMap { $0 }
    }

    // MARK: What is known

    /// A number for every fact; those that are not given are unknown, 0 or the first of their names.
    private mutating func given(_ object: Object) -> [Int32] {
        var facts = vocabulary.neutralFacts
        guard let node = object["given"] else { return facts }
        var isGiven: Set<FactColumn> = []
        for (column, node, path) in factNodes(node, object.path("given")) {
            guard let value = factValue(node, path, column) else { continue }
            facts[Int(column.rawValue)] = value
            isGiven.insert(column)
        }
        // The day says which day of the week it is.
        if let day = vocabulary.column("day"), isGiven.contains(day), let weekday = vocabulary.column("weekday"),
            !isGiven.contains(weekday), vocabulary.names(weekday) == PromotionVocabulary.weekdays
        {
            // 1970-01-01 was a Thursday, the fourth day.
            let shifted = Int64(facts[Int(day.rawValue)]) + 3
            facts[Int(weekday.rawValue)] = Int32(((shifted % 7) + 7) % 7)
        }
        return facts
    }

    private mutating func factNodes(
        _ node: DocumentNode, _ path: String
    ) -> [(column: FactColumn, node: DocumentNode, path: String)] {
        let entries = entries(node, path, "facts and their values, such as {day: 2025-02-03}") ?? []
        var found: [(column: FactColumn, node: DocumentNode, path: String)] = []
        for entry in entries {
            let place = "\(path).\(entry.key)"
            if let column = vocabulary.column(entry.key) {
                found.append((column, entry.node, place))
            } else if let family = vocabulary.family(entry.key) {
                let names = family.keys.sorted()
                for member in self.entries(entry.node, place, "an object with keys among \(names)") ?? [] {
                    if let column = family[member.key] {
                        found.append((column, member.node, "\(place).\(member.key)"))
                    } else {
                        note(member.place, place, unknown: member.key, among: names, "a name of \(entry.key)")
                    }
                }
            } else {
                note(entry.place, path, unknown: entry.key, among: vocabulary.keys, "a fact")
            }
        }
        return found
    }

    // MARK: What is bought and what comes out

    /// A basket costs no more than a receipt may, and its units can be laid out one by one.
    private mutating func judge(_ lines: [GoldenTest.Line], _ node: DocumentNode, _ path: String) {
        let total = lines.reduce(0) { $0 + $1.total }
        if total > Limits.amountMinorMax {
            let most = Decimals.text(Limits.amountMinorMax, vocabulary.moneyScale)
            note(
                node, path, found: "a basket of \(Decimals.text(total, vocabulary.moneyScale))",
                expected: "at most \(most)")
        }
        let units = lines.reduce(0) {
            $0 + BasketLine(item: .unknown, quantity: $1.quantity, total: $1.total).units
        }
        if units > PromotionLimits.testUnitsMax {
            note(node, path, found: "\(units) units", expected: "at most \(PromotionLimits.testUnitsMax)")
        }
    }

    private mutating func line(_ node: DocumentNode, _ path: String) -> GoldenTest.Line? {
        guard let object = object(node, path, keys: ["sku", "category", "units", "quantity", "sum"]) else { return nil }
        let sku = object["sku"].map { text($0, object.path("sku"), "the id of a product") } ?? ""
        let category = object["category"].map { text($0, object.path("category"), "a category") } ?? ""
        if let sku, !sku.isEmpty, let goods, !goods.skus.contains(sku), let node = object["sku"] {
            note(
                node, object.path("sku"), unknown: sku, among: goods.skus.sorted(), "the id of a product", .warning)
        }
        let total = required(object, "sum", "what the line costs").flatMap {
            money($0, object.path("sum"), 0...Limits.amountMinorMax)
        }
        var quantity: Int64? = 1_000
        switch (object["units"], object["quantity"]) {
        case (nil, nil): break
        case (let node?, nil):
            let most = Limits.quantityThousandthsMax / 1_000
            quantity = decimal(node, object.path("units"), scale: 0, 0...most, "a number of units").map { $0 * 1_000 }
        case (nil, let node?):
            let range = 0...Limits.quantityThousandthsMax
            quantity = decimal(node, object.path("quantity"), scale: 3, range, "a quantity")
        default:
            note(object.node, object.path, found: "units and quantity", expected: "one of them")
        }
        guard let sku, let category, let quantity, let total else { return nil }
        return GoldenTest.Line(sku: sku, category: category, quantity: quantity, total: total)
    }

    private mutating func expectation(_ node: DocumentNode, _ path: String) -> GoldenTest.Expectation? {
        guard let object = object(node, path, keys: ["promotion", "case", "discount", "points"]) else { return nil }
        let promotion = required(object, "promotion", "a promotion's id").flatMap {
            text($0, object.path("promotion"), "a promotion's id")
        }
        let most = Int32(PromotionLimits.rulesMax)
        let rule = object["case"].map { whole($0, object.path("case"), 1...most, "the number of a case") }
        let discount =
            object["discount"].map { money($0, object.path("discount"), 0...Limits.amountMinorMax) } ?? 0
        let points = object["points"].map {
            decimal(
                $0, object.path("points"), scale: vocabulary.pointsScale, 0...PromotionLimits.pointsMax,
                "an amount of points")
        }
        guard let promotion, let discount, let points = points ?? 0 else { return nil }
        return GoldenTest.Expectation(promotion: promotion, rule: rule ?? nil, discount: discount, points: points)
    }
}
