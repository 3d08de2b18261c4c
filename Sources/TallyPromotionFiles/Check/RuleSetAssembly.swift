import TallyJSON
import TallyPromotions

/// Puts the documents of several files together and judges what only shows in the whole.
struct RuleSetAssembly {
    private(set) var diagnostics: [PromotionDiagnostic] = []
    private(set) var promotions: [PlacedPromotion] = []
    private(set) var groups: [PlacedGroup] = []
    private var lanes: [Lane: RuleSet.LaneTerms] = [:]
    private var pointValue: Int64?
    private var groupNumbers: [String: Int] = [:]
    let schema: FactSchema

    init(_ documents: [(name: String, document: PromotionDocument)], _ schema: FactSchema) {
        self.schema = schema
        for (name, document) in documents { add(document, name) }
        if promotions.count > PromotionLimits.promotionsMax, let place = promotions.last?.place {
            note(place, "\(promotions.count) promotions", "at most \(PromotionLimits.promotionsMax)")
        }
        checkGroups()
        for promotion in promotions { check(promotion) }
        checkMarks()
    }

    /// The rule set in its one form; sensible only without mistakes.
    var ruleSet: RuleSet {
        RuleSet(
            promotions: promotions.map(\.promotion), groups: groups.map(\.group), lanes: lanes,
            pointValue: pointValue ?? 10_000
        ).normalized(schema)
    }

    private mutating func note(
        _ place: DocumentPlace, _ found: String, _ expected: String, nearest: String? = nil,
        _ severity: PromotionDiagnostic.Severity = .mistake
    ) {
        diagnostics.append(
            PromotionDiagnostic(severity, at: place, found: found, expected: expected, nearest: nearest))
    }

    // MARK: One name, one thing

    private mutating func add(_ document: PromotionDocument, _ name: String) {
        for group in document.groups {
            if let earlier = groupNumbers[group.group.id] {
                note(
                    group.place, "group \(group.group.id) again, as in \(place(groups[earlier].place))",
                    "ids that differ")
            } else {
                groupNumbers[group.group.id] = groups.count
                groups.append(group)
            }
        }
        for promotion in document.promotions {
            if let earlier = promotionPlaces[promotion.promotion.id] {
                note(
                    promotion.place, "promotion \(promotion.promotion.id) again, as in \(place(earlier))",
                    "ids that differ")
            } else {
                promotionPlaces[promotion.promotion.id] = promotion.place
                promotions.append(promotion)
            }
        }
        let whole = DocumentPlace(file: name, line: 1, column: 1, path: "")
        for (lane, terms) in document.lanes {
            if let known = lanes[lane], known != terms {
                note(whole, "other terms of lane \(GroupWords.name(lane)) than in another file", "one file with them")
            }
            lanes[lane] = terms
        }
        guard let worth = document.pointValue else { return }
        if let pointValue, pointValue != worth {
            note(whole, "another worth of a point than in another file", "one file with it")
        }
        pointValue = worth
    }

    private var promotionPlaces: [String: DocumentPlace] = [:]

    private func place(_ place: DocumentPlace) -> String { "\(place.file):\(place.line)" }

    // MARK: Groups

    private mutating func checkGroups() {
        let ids = groups.map(\.group.id)
        for group in groups {
            guard let parent = group.group.parent, let place = group.parentPlace else { continue }
            if groupNumbers[parent] == nil {
                note(place, JSONText.quoted(parent), "a group", nearest: Spelling.nearest(to: parent, among: ids))
            }
            checkDepth(group, place)
            if let lane = group.lanePlace { checkLane(group.group.lane, lane, of: parent) }
        }
    }

    private mutating func checkDepth(_ group: PlacedGroup, _ place: DocumentPlace) {
        var above = group.group.parent
        for _ in 1..<PromotionLimits.groupDepthMax {
            guard let id = above, let number = groupNumbers[id] else { return }
            if id == group.group.id {
                note(place, "group \(id) in itself", "groups that stand in no circle")
                return
            }
            above = groups[number].group.parent
        }
        guard above != nil else { return }
        note(place, "groups in each other", "at most \(PromotionLimits.groupDepthMax) of them, and no circle")
    }

    /// A lane that is said inside a group must be the group's own.
    private mutating func checkLane(_ lane: Lane, _ place: DocumentPlace, of group: String) {
        var (outermost, steps) = (groupNumbers[group].map { groups[$0].group }, 0)
        while let parent = outermost?.parent, let number = groupNumbers[parent], steps < PromotionLimits.groupDepthMax {
            outermost = groups[number].group
            steps += 1
        }
        guard let own = outermost?.lane, own != lane else { return }
        note(
            place, "lane \(GroupWords.name(lane))",
            "the lane of its group, which is \(GroupWords.name(own)), or no lane at all")
    }

    // MARK: Promotions

    private mutating func check(_ placed: PlacedPromotion) {
        let promotion = placed.promotion
        if let group = promotion.group, let place = placed.groupPlace {
            if groupNumbers[group] == nil {
                let ids = groups.map(\.group.id)
                note(place, JSONText.quoted(group), "a group", nearest: Spelling.nearest(to: group, among: ids))
            } else if let lane = placed.lanePlace {
                checkLane(promotion.lane, lane, of: group)
            }
        }
        checkCases(placed)
    }

    /// Cases that nobody can come to.
    private mutating func checkCases(_ placed: PlacedPromotion) {
        var earlier: [Set<Condition>] = []
        for (rule, place) in zip(placed.promotion.rules, placed.rulePlaces) {
            let all = placed.promotion.conditions + rule.conditions
            if all.count > PromotionLimits.conditionsMax {
                note(
                    place, "\(all.count) conditions of a case and its promotion",
                    "at most \(PromotionLimits.conditionsMax)")
            }
            for case .fact(let column, let test) in Condition.normalized(all, schema) where test.isNever {
                note(
                    place, "conditions on \(schema[column].name) that never hold together", "a case that can apply",
                    .warning)
            }
            let own = Set(Condition.normalized(rule.conditions, schema))
            if let first = earlier.firstIndex(where: { $0.isSubset(of: own) }) {
                note(
                    place, "a case that nobody comes to: case \(first + 1) applies before it",
                    "the narrower case first", .warning)
            }
            earlier.append(own)
        }
    }

    private mutating func checkMarks() {
        var marks: Set<String> = []
        for promotion in promotions {
            let before = marks.count
            marks.formUnion(promotion.promotion.exclusive)
            guard marks.count > PromotionLimits.exclusiveMarksMax, before <= PromotionLimits.exclusiveMarksMax else {
                continue
            }
            note(
                promotion.exclusivePlace ?? promotion.place, "exclusive mark number \(marks.count)",
                "at most \(PromotionLimits.exclusiveMarksMax) different marks in all")
        }
    }
}
