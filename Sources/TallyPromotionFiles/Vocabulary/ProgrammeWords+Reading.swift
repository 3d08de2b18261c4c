import TallyJSON
import TallyModel
public import TallyPromotions

extension ProgrammeWords {
    /// Reads a file with the words of a programme and its goods, YAML or JSON.
    ///
    /// ```yaml
    /// money_scale: 2
    /// points_scale: 2
    /// stores: [s1, s2]
    /// stages: [new, loyal, churn]
    /// profile: {hobby: [fishing, music]}
    /// goods:
    ///   - {sku: oil-1, categories: [oils, food], brand: sun, attributes: {size: L}, floor_price: 90.00}
    /// ```
    ///
    /// - Parameters:
    /// - Parameter source: The file.
    /// - Returns: The words, the goods, and everything that is wrong with the file.
    public static func read(
        _ source: PromotionSource
    ) -> (words: ProgrammeWords, assortment: Assortment, diagnostics: [PromotionDiagnostic]) {
        var reader = DocumentReader(file: source.name, PromotionVocabulary(schema: FactSchema([])))
        guard let node = reader.root(source.text, "the words of a programme") else {
            return (ProgrammeWords(), Assortment([]), reader.diagnostics)
        }
        let (moneyScale, pointsScale) = reader.scales(node)
        // Prices of goods are read with the decimals that the file itself says.
        var second = DocumentReader(
            file: source.name, PromotionVocabulary(schema: FactSchema([]), moneyScale: moneyScale))
        var (words, goods) = second.words(node)
        (words.moneyScale, words.pointsScale) = (moneyScale, pointsScale)
        return (words, Assortment(goods), reader.diagnostics + second.diagnostics)
    }

    static var lists: [(key: String, path: WritableKeyPath<ProgrammeWords, [String]>)] {
        [
            ("stores", \.stores), ("regions", \.regions), ("channels", \.channels), ("businesses", \.businesses),
            ("stages", \.stages), ("tiers", \.tiers), ("segments", \.segments), ("interests", \.interests),
            ("counters", \.counters), ("experiments", \.experiments), ("wallets", \.wallets),
            ("activities", \.activities), ("complaints", \.complaints), ("surveys", \.surveys),
        ]
    }
}

extension DocumentReader {
    /// Decimals of money and of points; 2 where the file does not say.
    fileprivate mutating func scales(_ node: DocumentNode) -> (money: Int, points: Int) {
        guard case .object(let entries) = node.value else { return (2, 2) }
        func scale(_ key: String, _ reader: inout DocumentReader) -> Int {
            guard let node = entries.first(where: { $0.key == key })?.node else { return 2 }
            return Int(reader.whole(node, key, 0...4, "how many decimals there are") ?? 2)
        }
        return (scale("money_scale", &self), scale("points_scale", &self))
    }

    fileprivate mutating func words(_ node: DocumentNode) -> (words: ProgrammeWords, goods: [Goods]) {
        var words = ProgrammeWords()
        let keys = ProgrammeWords.lists.map(\.key) + ["profile", "goods", "money_scale", "points_scale"]
        guard let object = object(node, "", keys: keys) else { return (words, []) }
        for (key, path) in ProgrammeWords.lists {
            if let node = object[key] { words[keyPath: path] = names(node, key) }
        }
        if let profile = object["profile"] {
            for entry in entries(profile, "profile", "fields of the profile with their values") ?? [] {
                words.profile[entry.key] = names(entry.node, "profile.\(entry.key)")
            }
        }
        var goods: [Goods] = []
        var seen: Set<String> = []
        if let node = object["goods"] {
            let nodes = list(node, "goods", countMax: 1_000_000, "a product with its sku") ?? []
            for (number, node) in nodes.enumerated() {
                guard let product = product(node, "goods[\(number)]") else { continue }
                if seen.insert(product.sku).inserted {
                    goods.append(product)
                } else {
                    note(node, "goods[\(number)].sku", found: "\(product.sku) again", expected: "ids that differ")
                }
            }
        }
        return (words, goods)
    }

    /// Names that differ.
    private mutating func names(_ node: DocumentNode, _ path: String) -> [String] {
        let names = texts(node, path, "a name") ?? []
        for (number, name) in names.enumerated()
        where names[..<number].contains(name) || name == PromotionVocabulary.none || name.contains(".") {
            note(
                node, path, found: name,
                expected: "names that differ, without dots, and not \(PromotionVocabulary.none)")
        }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    private mutating func product(_ node: DocumentNode, _ path: String) -> Goods? {
        let keys = ["sku", "categories", "brand", "tags", "attributes", "floor_price"]
        guard let object = object(node, path, keys: keys) else { return nil }
        guard let sku = required(object, "sku", "the id of the product").flatMap({ text($0, path, "an id") }) else {
            return nil
        }
        var goods = Goods(sku: sku)
        if let node = object["categories"] {
            goods.categories = texts(node, object.path("categories"), "a category") ?? []
        }
        if let node = object["brand"] { goods.brand = text(node, object.path("brand"), "a brand") ?? "" }
        if let node = object["tags"] { goods.tags = Set(texts(node, object.path("tags"), "a mark") ?? []) }
        for entry in object["attributes"].flatMap({ entries($0, object.path("attributes"), "properties") }) ?? [] {
            goods.attributes[entry.key] = text(entry.node, "\(path).attributes.\(entry.key)", "a value")
        }
        if let node = object["floor_price"] {
            goods.floorPrice = money(node, object.path("floor_price"), 0...PromotionLimits.unitPriceMax) ?? 0
        }
        return goods
    }
}
