import TallyJSON
import TallyModel
import TallyPromotions

/// What the language calls lanes and the ways in which groups decide.
enum GroupWords {
    static let lanes: [(String, Lane)] = [
        ("price", .price), ("basket", .basket), ("code", .code), ("burn", .burn), ("earn", .earn), ("after", .after),
    ]
    static let modes: [(String, PromotionGroup.Mode)] = [
        ("all", .all), ("first", .first), ("best", .best), ("worst", .worst),
    ]

    static func name(_ lane: Lane) -> String { lanes[Int(lane.rawValue)].0 }
    static func name(_ mode: PromotionGroup.Mode) -> String { modes[Int(mode.rawValue)].0 }
}

extension DocumentReader {
    private static let promotionKeys =
        [
            "promotion", "title", "lane", "group", "priority", "exclusive", "when", "then", "rules",
        ] + PromotionTermWords.keys

    /// A promotion.
    mutating func promotion(_ node: DocumentNode, _ path: String, more keys: [String] = []) -> PlacedPromotion? {
        guard let object = object(node, path, keys: DocumentReader.promotionKeys + keys) else { return nil }
        let id = required(object, "promotion", "the promotion's id").flatMap {
            text($0, object.path("promotion"), "the promotion's id")
        }
        var promotion = Promotion(id: id ?? "", rules: [])
        if let title = object["title"] {
            let max = PromotionLimits.textBytesMax
            promotion.title = text(title, object.path("title"), bytesMax: max, "a title") ?? ""
        }
        if let group = object["group"] { promotion.group = text(group, object.path("group"), "a group's id") }
        promotion.lane = lane(object)
        promotion.priority = priority(object)
        if let marks = object["exclusive"] {
            promotion.exclusive = Set(texts(marks, object.path("exclusive"), "a mark") ?? [])
        }
        promotion.conditions = conditions(object["when"], object.path("when"))
        let (rules, places) = rules(object)
        promotion.rules = rules
        promotion.terms = terms(of: object)
        if let node = object["points_to"], !promotion.givesPoints {
            note(node, object.path("points_to"), found: "no points", expected: "an effect that gives points", .warning)
        }
        // Without an id nothing can be said about the promotion as a whole.
        guard id != nil else { return nil }
        return PlacedPromotion(
            promotion: promotion, place: place(of: "promotion", object) ?? place(node, path),
            groupPlace: place(of: "group", object), lanePlace: place(of: "lane", object),
            exclusivePlace: place(of: "exclusive", object), rulePlaces: places)
    }

    private func place(of key: String, _ object: Object) -> DocumentPlace? {
        object[key].map { place($0, object.path(key)) }
    }

    private mutating func lane(_ object: Object) -> Lane {
        object["lane"].flatMap { word($0, object.path("lane"), among: GroupWords.lanes, "a lane") } ?? .basket
    }

    private mutating func priority(_ object: Object) -> Int32 {
        let range = -PromotionLimits.priorityMax...PromotionLimits.priorityMax
        return object["priority"].flatMap { whole($0, object.path("priority"), range, "a priority") } ?? 0
    }

    /// The only case of `then`, or those of `rules`.
    private mutating func rules(_ object: Object) -> (rules: [Rule], places: [DocumentPlace]) {
        switch (object["then"], object["rules"]) {
        case (let node?, nil):
            return ([Rule(effects: effects(node, object.path("then")))], [place(node, object.path("then"))])
        case (nil, let node?):
            let form = "a case with the keys when and then"
            let nodes = list(node, object.path("rules"), countMax: PromotionLimits.rulesMax, form) ?? []
            var (rules, places): ([Rule], [DocumentPlace]) = ([], [])
            for (number, node) in nodes.enumerated() {
                let path = "\(object.path("rules"))[\(number)]"
                guard let rule = rule(node, path) else { continue }
                rules.append(rule)
                places.append(place(node, path))
            }
            return (rules, places)
        case (let then, _):
            note(
                object.node, object.path, found: then == nil ? "neither then nor rules" : "both then and rules",
                expected: "one of them")
            return ([], [])
        }
    }

    private mutating func rule(_ node: DocumentNode, _ path: String) -> Rule? {
        guard let object = object(node, path, keys: ["when", "then"]) else { return nil }
        let conditions = conditions(object["when"], object.path("when"))
        let effects = required(object, "then", "a list of effects").map { self.effects($0, object.path("then")) }
        return effects.map { Rule(conditions: conditions, effects: $0) }
    }

    // MARK: Groups

    private static let termKeys = ["mode", "most", "cap_percent"]

    /// A group.
    mutating func group(_ node: DocumentNode, _ path: String) -> PlacedGroup? {
        let keys = ["group", "parent", "lane", "priority"] + DocumentReader.termKeys
        guard let object = object(node, path, keys: keys) else { return nil }
        let id = required(object, "group", "the group's id").flatMap {
            text($0, object.path("group"), "the group's id")
        }
        let mode = required(object, "mode", "all, first, best or worst")
        let terms = terms(object, mode)
        let parent = object["parent"].flatMap { text($0, object.path("parent"), "a group's id") }
        let (lane, priority) = (lane(object), priority(object))
        guard let id else { return nil }
        return PlacedGroup(
            group: PromotionGroup(
                id: id, parent: parent, lane: lane, priority: priority, mode: terms.mode, most: terms.most,
                capBasisPoints: terms.capBasisPoints),
            place: place(of: "group", object) ?? place(node, path), parentPlace: place(of: "parent", object),
            lanePlace: place(of: "lane", object))
    }

    private mutating func terms(_ object: Object, _ mode: DocumentNode?) -> RuleSet.LaneTerms {
        var terms = RuleSet.LaneTerms()
        if let mode {
            let path = object.path("mode")
            terms.mode = word(mode, path, among: GroupWords.modes, "a way to decide") ?? .all
        }
        if let most = object["most"] {
            let path = object.path("most")
            terms.most = whole(most, path, 1...PromotionLimits.unitsMax, "a number of promotions") ?? 0
        }
        if let cap = object["cap_percent"] {
            let path = object.path("cap_percent")
            terms.capBasisPoints = percent(cap, path, max: PromotionLimits.shareMax) ?? terms.capBasisPoints
        }
        return terms
    }

    /// The terms of lanes by name.
    mutating func lanes(_ node: DocumentNode, _ path: String) -> [Lane: RuleSet.LaneTerms] {
        guard let object = object(node, path, keys: GroupWords.lanes.map(\.0)) else { return [:] }
        var lanes: [Lane: RuleSet.LaneTerms] = [:]
        for (name, lane) in GroupWords.lanes {
            guard let node = object[name],
                let terms = self.object(node, object.path(name), keys: DocumentReader.termKeys)
            else { continue }
            lanes[lane] = self.terms(terms, terms["mode"])
        }
        return lanes
    }
}

extension Promotion {
    /// True when one of its effects gives points.
    fileprivate var givesPoints: Bool {
        rules.flatMap(\.effects).contains { effect in
            switch effect {
            case .pointsPercent, .points, .pointsPerStep, .pointsTimes: true
            case .act(let act): act.kind == .grantPoints
            default: false
            }
        }
    }
}
