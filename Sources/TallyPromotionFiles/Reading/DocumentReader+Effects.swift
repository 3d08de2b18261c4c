import TallyJSON
import TallyModel
import TallyPromotions

/// What the language calls the ways in which an effect reckons.
enum TermWords {
    static let bases: [(String, DiscountTerms.Base)] = [("running", .running), ("initial", .initial)]
    static let roundings: [(String, DiscountTerms.Rounding)] = [("once", .once), ("goods", .goods)]
    static let spreads: [(String, DiscountTerms.Spread)] = [("goods", .goods), ("receipt", .receipt)]
    static let orders: [(String, UnitOrder)] = [("dearest", .dearestFirst), ("cheapest", .cheapestFirst)]

    /// Keys of discounts on a sum, on units, and of points.
    static let sumKeys = ["base", "rounding", "taken_off"]
    static let amountKeys = ["base", "taken_off"]
    static let unitKeys = ["base", "taken_off", "shares_units"]
    static let rateKeys = ["base", "rounding"]
    static let stepKeys = ["base"]
}

extension DocumentReader {
    /// The effects of `then`, in their order.
    mutating func effects(_ node: DocumentNode, _ path: String) -> [Effect] {
        let form = "an effect, such as {percent_off: {percent: 15, goods: {category: oils}}}"
        let nodes = list(node, path, countMax: PromotionLimits.effectsMax, form) ?? []
        return nodes.enumerated().compactMap { effect($1, "\(path)[\($0)]", form) }
    }

    private static let effectKeys =
        [
            "percent_off", "amount_off", "unit_price", "every_nth", "bind", "bundle", "points_percent", "points",
            "points_per_step", "points_times",
        ] + ActWords.keys

    private mutating func effect(_ node: DocumentNode, _ path: String, _ form: String) -> Effect? {
        guard case .object(let entries) = node.value, entries.count == 1, let entry = entries.first else {
            note(node, path, expected: form + "; every effect is an item of its own")
            return nil
        }
        let place = "\(path).\(entry.key)"
        switch entry.key {
        case "percent_off": return percentOff(entry.node, place)
        case "amount_off": return amountOff(entry.node, place)
        case "unit_price": return unitPrice(entry.node, place)
        case "every_nth": return everyNth(entry.node, place)
        case "bind": return bind(entry.node, place)
        case "bundle": return bundle(entry.node, place)
        case "points_percent": return pointsPercent(entry.node, place)
        case "points": return fixedPoints(entry.node, place)
        case "points_per_step": return pointsPerStep(entry.node, place)
        case "points_times": return pointsTimes(entry.node, place)
        default:
            if let words = ActWords.all.first(where: { $0.key == entry.key }) { return act(entry.node, place, words) }
            note(entry.place, path, unknown: entry.key, among: DocumentReader.effectKeys, "an effect")
            return nil
        }
    }

    /// How an effect reckons; what is not said is the usual.
    mutating func terms(_ object: Object) -> DiscountTerms {
        var terms = DiscountTerms()
        if let node = object["base"] {
            terms.base = word(node, object.path("base"), among: TermWords.bases, "a price") ?? terms.base
        }
        if let node = object["rounding"] {
            let place = object.path("rounding")
            terms.rounding = word(node, place, among: TermWords.roundings, "where to round") ?? terms.rounding
        }
        if let node = object["taken_off"] {
            let place = object.path("taken_off")
            terms.spread = word(node, place, among: TermWords.spreads, "what to take it off") ?? terms.spread
        }
        if let node = object["shares_units"] { terms.shares = flag(node, object.path("shares_units")) ?? false }
        return terms
    }

    private mutating func percent(_ object: Object, max: Int32 = PromotionLimits.shareMax) -> Int32? {
        required(object, "percent", "a percentage").flatMap { percent($0, object.path("percent"), max: max) }
    }

    private mutating func units(_ object: Object, _ key: String) -> Int32? {
        guard let node = object[key] else { return 1 }
        return whole(node, object.path(key), 1...PromotionLimits.unitsMax, "a number of units")
    }

    // MARK: Discounts

    private mutating func percentOff(_ node: DocumentNode, _ path: String) -> Effect? {
        guard let object = object(node, path, keys: ["percent", "goods"] + TermWords.sumKeys) else { return nil }
        let (percent, goods, terms) = (percent(object), goods(object), terms(object))
        guard let percent, let goods else { return nil }
        return .percentOff(goods, basisPoints: percent, terms)
    }

    private mutating func amountOff(_ node: DocumentNode, _ path: String) -> Effect? {
        guard let object = object(node, path, keys: ["amount", "goods"] + TermWords.amountKeys) else { return nil }
        let amount = required(object, "amount", "an amount of money").flatMap {
            money($0, object.path("amount"), 1...Limits.amountMinorMax)
        }
        let (goods, terms) = (goods(object), terms(object))
        guard let amount, let goods else { return nil }
        return .amountOff(goods, amount: amount, terms)
    }

    private mutating func unitPrice(_ node: DocumentNode, _ path: String) -> Effect? {
        guard let object = object(node, path, keys: ["price", "goods"]) else { return nil }
        let price = required(object, "price", "a price").flatMap {
            money($0, object.path("price"), 0...PromotionLimits.unitPriceMax)
        }
        let goods = goods(object)
        guard let price, let goods else { return nil }
        return .unitPrice(goods, price: price)
    }

    private mutating func everyNth(_ node: DocumentNode, _ path: String) -> Effect? {
        let keys = ["every", "percent", "goods", "first", "most"] + TermWords.unitKeys
        guard let object = object(node, path, keys: keys) else { return nil }
        let every = required(object, "every", "every how many units").flatMap {
            whole($0, object.path("every"), 1...PromotionLimits.unitsMax, "a number of units")
        }
        let (percent, goods, terms) = (percent(object), goods(object), terms(object))
        let most = object["most"] == nil ? 0 : units(object, "most")
        let order = object["first"].map {
            word($0, object.path("first"), among: TermWords.orders, "which units are laid out first")
        }
        guard let every, let percent, let goods, let most else { return nil }
        let nth = NthTerms(
            every: every, basisPoints: percent, order: (order ?? .dearestFirst) ?? .dearestFirst, most: most)
        return .everyNth(goods, nth, terms)
    }

    private mutating func bind(_ node: DocumentNode, _ path: String) -> Effect? {
        let keys = ["buy", "buy_units", "get", "get_units", "percent", "same_brand"] + TermWords.unitKeys
        guard let object = object(node, path, keys: keys) else { return nil }
        let (buy, get, percent) = (requiredGoods(object, "buy"), requiredGoods(object, "get"), percent(object))
        let (buyUnits, getUnits) = (units(object, "buy_units"), units(object, "get_units"))
        let sameBrand = object["same_brand"].map { flag($0, object.path("same_brand")) ?? false } ?? false
        let terms = terms(object)
        guard let buy, let get, let percent, let buyUnits, let getUnits else { return nil }
        return .bind(
            BindTerms(
                qualifier: buy, units: buyUnits, target: get, units: getUnits, basisPoints: percent,
                sameBrand: sameBrand), terms)
    }

    private mutating func bundle(_ node: DocumentNode, _ path: String) -> Effect? {
        guard let object = object(node, path, keys: ["parts", "price", "percent"] + TermWords.unitKeys) else {
            return nil
        }
        let form = "goods and how many of them, such as {goods: {category: oils}, units: 2}"
        let nodes = required(object, "parts", "a list of parts").flatMap {
            list($0, object.path("parts"), countMax: PromotionLimits.bundlePartsMax, form)
        }
        let parts = (nodes ?? []).enumerated().compactMap { part($1, "\(object.path("parts"))[\($0)]") }
        if let nodes { noteSharedGoods(parts, nodes, object.path("parts")) }
        let (price, terms) = (bundlePrice(object), terms(object))
        guard let price, let nodes, parts.count == nodes.count else { return nil }
        return .bundle(parts, price, terms)
    }

    private mutating func part(_ node: DocumentNode, _ path: String) -> BundlePart? {
        guard let object = object(node, path, keys: ["goods", "units"]) else { return nil }
        let (goods, units) = (requiredGoods(object, "goods"), units(object, "units"))
        guard let goods, let units else { return nil }
        return BundlePart(goods, units: units)
    }

    private mutating func bundlePrice(_ object: Object) -> BundlePrice? {
        switch (object["price"], object["percent"]) {
        case (let node?, nil):
            return money(node, object.path("price"), 0...PromotionLimits.bundlePriceMax).map { .price($0) }
        case (nil, let node?):
            return percent(node, object.path("percent"), max: PromotionLimits.shareMax).map { .basisPoints($0) }
        case (let first, _):
            note(
                object.node, object.path, found: first == nil ? "neither price nor percent" : "price and percent",
                expected: "one of the two")
            return nil
        }
    }

    /// A product of two parts would be counted twice.
    private mutating func noteSharedGoods(_ parts: [BundlePart], _ nodes: [DocumentNode], _ path: String) {
        guard let goods, parts.count == nodes.count else { return }
        for later in parts.indices {
            for earlier in 0..<later {
                guard let product = goods.shared(parts[earlier].filter, parts[later].filter) else { continue }
                note(
                    nodes[later], "\(path)[\(later)]",
                    found: "goods of part \(earlier + 1) again: \(product)", expected: "parts that share no goods")
            }
        }
    }
}
