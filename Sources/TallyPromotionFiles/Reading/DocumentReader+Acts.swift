import TallyJSON
import TallyModel
import TallyPromotions

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
    /// The key of how long it is good for.
    var minutes: String?
    /// The key of an amount that goes with it, and its unit.
    var amount: (key: String, unit: Unit)?
    /// The key of the way on which somebody is contacted.
    var channel: String?

    /// What an amount is an amount of.
    enum Unit { case money, points }

    /// The words of all acts.
    static let all = [
        ActWords(key: "say", noun: "text", kind: .sayOnReceipt, on: "receipt"),
        ActWords(key: "say", noun: "text", kind: .sayToCashier, on: "cashier"),
        ActWords(key: "say", noun: "text", kind: .sayOnScreen, on: "screen"),
        ActWords(key: "say", noun: "text", kind: .sayAloud, on: "voice"),
        ActWords(key: "issue_coupon", noun: "coupon", kind: .issueCoupon, minutes: "good_for_minutes"),
        ActWords(key: "gift", noun: "sku", kind: .gift),
        ActWords(key: "tag", noun: "name", kind: .tag),
        ActWords(key: "free_delivery", noun: "service", kind: .freeDelivery),
        ActWords(key: "ticket", noun: "draw", kind: .ticket),
        ActWords(key: "benefit", noun: "what", kind: .benefit),
        ActWords(key: "contact", noun: "template", kind: .contact, channel: "by"),
        ActWords(key: "incentive", noun: "name", kind: .incentive, amount: ("amount", .money)),
        ActWords(key: "load_card", noun: "card", kind: .loadCard, amount: ("amount", .money)),
        ActWords(key: "grant_points", noun: "reason", kind: .grantPoints, amount: ("points", .points)),
    ]

    /// The keys of all acts, each once.
    static let keys = all.filter { $0.on == nil || $0.on == "receipt" }.map(\.key)

    /// The keys that the effect may have.
    var objectKeys: [String] {
        [noun] + [on.map { _ in "on" }, amount?.key, minutes, channel, amount == nil ? "count" : nil].compactMap { $0 }
    }

    /// The words of an act.
    static func of(_ kind: Act.Kind) -> ActWords { all.first { $0.kind == kind } ?? all[all.count - 1] }
}

extension DocumentReader {
    mutating func act(_ node: DocumentNode, _ path: String, _ words: ActWords) -> Effect? {
        guard let object = object(node, path, keys: words.objectKeys) else { return nil }
        let (kind, argument) = (actKind(object, words), actArgument(object, words))
        let count = object["count"].map { whole($0, object.path("count"), 1...PromotionLimits.unitsMax, "how many") }
        var minutes: Int32? = 0
        if let key = words.minutes, let node = object[key] {
            minutes = whole(node, object.path(key), 1...PromotionLimits.minutesMax, "a number of minutes")
        }
        var channel: String? = ""
        if let key = words.channel, let node = object[key] {
            channel = text(node, object.path(key), "a way to contact, such as sms")
        }
        let amount = actAmount(object, words)
        guard let kind, let argument, let count = count ?? 1, let minutes, let channel, let amount else { return nil }
        return .act(Act(kind, argument, count: count, minutes: minutes, amount: amount, channel: channel))
    }

    private mutating func actKind(_ object: Object, _ words: ActWords) -> Act.Kind? {
        guard words.on != nil else { return words.kind }
        let places = ActWords.all.compactMap { words in words.on.map { ($0, words.kind) } }
        return required(object, "on", "receipt, cashier, screen or voice").flatMap {
            word($0, object.path("on"), among: places, "where it is said")
        }
    }

    private mutating func actArgument(_ object: Object, _ words: ActWords) -> String? {
        // Delivery is free or it is not; every other act is about something.
        if words.kind == .freeDelivery, object[words.noun] == nil { return "" }
        return required(object, words.noun, "what the effect is about").flatMap {
            text($0, object.path(words.noun), bytesMax: PromotionLimits.textBytesMax, "a text")
        }
    }

    private mutating func actAmount(_ object: Object, _ words: ActWords) -> Int64? {
        guard let (key, unit) = words.amount else { return 0 }
        guard let node = required(object, key, "an amount") else { return nil }
        switch unit {
        case .money: return money(node, object.path(key), 1...Limits.amountMinorMax)
        case .points: return points(node, object.path(key))
        }
    }
}
