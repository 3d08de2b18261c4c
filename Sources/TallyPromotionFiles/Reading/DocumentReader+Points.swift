import TallyJSON
import TallyModel
import TallyPromotions

extension DocumentReader {
    mutating func pointsPercent(_ node: DocumentNode, _ path: String) -> Effect? {
        guard let object = object(node, path, keys: ["percent", "goods"] + TermWords.rateKeys) else { return nil }
        let percent = required(object, "percent", "a percentage").flatMap {
            self.percent($0, object.path("percent"), max: PromotionLimits.pointsRateMax)
        }
        let (goods, terms) = (goods(object), terms(object))
        guard let percent, let goods else { return nil }
        return .pointsPercent(goods, basisPoints: percent, terms)
    }

    mutating func fixedPoints(_ node: DocumentNode, _ path: String) -> Effect? {
        points(node, path).map { .points($0) }
    }

    mutating func pointsPerStep(_ node: DocumentNode, _ path: String) -> Effect? {
        guard let object = object(node, path, keys: ["step", "points", "goods"] + TermWords.stepKeys) else {
            return nil
        }
        let step = required(object, "step", "an amount of money").flatMap {
            money($0, object.path("step"), 1...Limits.amountMinorMax)
        }
        let points = required(object, "points", "an amount of points").flatMap {
            self.points($0, object.path("points"))
        }
        let (goods, terms) = (goods(object), terms(object))
        guard let step, let points, let goods else { return nil }
        let (most, overflow) = (Limits.amountMinorMax / step).multipliedReportingOverflow(by: points)
        guard !overflow, most <= PromotionLimits.pointsMax else {
            note(
                node, path, found: "so many points for so small a step",
                expected: "at most \(Decimals.text(PromotionLimits.pointsMax, vocabulary.pointsScale)) points on the "
                    + "dearest receipt")
            return nil
        }
        return .pointsPerStep(goods, step: step, points: points, terms)
    }

    mutating func pointsTimes(_ node: DocumentNode, _ path: String) -> Effect? {
        guard let object = object(node, path, keys: ["times", "percent"] + TermWords.stepKeys) else { return nil }
        let times = required(object, "times", "how many times the points").flatMap {
            whole($0, object.path("times"), 2...PromotionLimits.timesMax, "how many times the points")
        }
        let percent = required(object, "percent", "the rate that is multiplied").flatMap {
            self.percent($0, object.path("percent"), max: PromotionLimits.pointsRateMax)
        }
        let terms = terms(object)
        guard let times, let percent else { return nil }
        guard Int64(times - 1) * Int64(percent) <= Int64(PromotionLimits.pointsRateMax) else {
            note(
                node, path, found: "\(times) times \(Decimals.text(Int64(percent), 2)) %",
                expected: "at most 1,000 % more")
            return nil
        }
        return .pointsTimes(factor: times, basisPoints: percent, terms)
    }
}

/// What the language calls an act, and what it is about.
struct ActWords {
    /// The key of the effect.
    let key: String
    /// The key of its argument.
    let noun: String
    /// What it stands for.
    let kind: Act.Kind
    /// Where something is said; nil for other acts.
    var on: String?

    /// The words of all acts.
    static let all = [
        ActWords(key: "say", noun: "text", kind: .sayOnReceipt, on: "receipt"),
        ActWords(key: "say", noun: "text", kind: .sayToCashier, on: "cashier"),
        ActWords(key: "say", noun: "text", kind: .sayOnScreen, on: "screen"),
        ActWords(key: "issue_coupon", noun: "coupon", kind: .issueCoupon),
        ActWords(key: "gift", noun: "sku", kind: .gift),
        ActWords(key: "tag", noun: "name", kind: .tag),
        ActWords(key: "free_delivery", noun: "service", kind: .freeDelivery),
        ActWords(key: "ticket", noun: "draw", kind: .ticket),
        ActWords(key: "benefit", noun: "what", kind: .benefit),
    ]

    /// The words of an act.
    static func of(_ kind: Act.Kind) -> ActWords { all.first { $0.kind == kind } ?? all[all.count - 1] }
}

extension DocumentReader {
    mutating func act(_ node: DocumentNode, _ path: String, _ words: ActWords) -> Effect? {
        let keys = words.on == nil ? [words.noun, "count"] : [words.noun, "on", "count"]
        guard let object = object(node, path, keys: keys) else { return nil }
        var kind: Act.Kind? = words.kind
        if words.on != nil {
            let places = ActWords.all.compactMap { words in words.on.map { ($0, words.kind) } }
            kind = required(object, "on", "receipt, cashier or screen").flatMap {
                word($0, object.path("on"), among: places, "where it is said")
            }
        }
        var argument: String? = ""
        // Delivery is free or it is not; every other act is about something.
        if words.kind != .freeDelivery || object[words.noun] != nil {
            argument = required(object, words.noun, "what the effect is about").flatMap {
                text($0, object.path(words.noun), bytesMax: PromotionLimits.textBytesMax, "a text")
            }
        }
        let count = object["count"].map { whole($0, object.path("count"), 1...PromotionLimits.unitsMax, "how many") }
        guard let kind, let argument, let count = count ?? 1 else { return nil }
        return .act(Act(kind, argument, count: count))
    }
}
