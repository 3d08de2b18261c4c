import TallyJSON
import TallyModel
public import TallyPromotions

extension ProgrammeWords {
    /// Reads a file with the words of a programme and its goods, YAML or JSON.
    ///
    /// ```yaml
    /// stores: [s1, s2]
    /// stages: [new, loyal, churn]
    /// profile: {hobby: [fishing, music]}
    /// goods:
    ///   - {sku: oil-1, categories: [oils, food], brand: sun, attributes: {size: L}, floor_price: 90.00}
    /// ```
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - moneyScale: Decimals of money.
    /// - Returns: The words, the goods, and everything that is wrong with the file.
    public static func read(
        _ source: PromotionSource, moneyScale: Int = 2
    ) -> (words: ProgrammeWords, assortment: Assortment, diagnostics: [PromotionDiagnostic]) {
        let nothing = PromotionVocabulary(schema: FactSchema([]), moneyScale: moneyScale)
        var reader = DocumentReader(file: source.name, nothing)
        guard let node = reader.root(source.text, "the words of a programme") else {
            return (ProgrammeWords(), Assortment([]), reader.diagnostics)
        }
        let (words, goods) = reader.words(node)
        return (words, Assortment(goods), reader.diagnostics)
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
    fileprivate mutating func words(_ node: DocumentNode) -> (words: ProgrammeWords, goods: [Goods]) {
        var words = ProgrammeWords()
        let keys = ProgrammeWords.lists.map(\.key) + ["profile", "goods"]
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
