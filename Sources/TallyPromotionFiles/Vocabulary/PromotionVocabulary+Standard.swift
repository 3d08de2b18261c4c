import TallyPromotions

extension PromotionVocabulary {
    /// The name that stands for what is not known or not there, in lists that a programme gives.
    public static let none = "none"
    /// Days of the week, Monday first.
    static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    /// What a basket is decided for: a receipt, or something that happened without one.
    static let occasions = [
        "receipt", "registration", "birthday", "stage_changed", "activity", "referral", "survey_answered",
        "cart_abandoned", "complaint",
    ]

    /// The vocabulary of a programme.
    ///
    /// - Parameter words: The names that it has given, and the decimals of its money and points.
    public init(_ words: ProgrammeWords) {
        let entries = PromotionVocabulary.standard + PromotionVocabulary.given(words)
        let forms = entries.compactMap { entry in entry.form.map { (entry.fact.name, $0) } }
        self.init(
            schema: FactSchema(entries.map(\.fact)), forms: Dictionary(forms) { first, _ in first },
            moneyScale: words.moneyScale, pointsScale: words.pointsScale)
        wallets = words.wallets
    }

    private typealias Entry = (fact: Fact, form: FactForm?)

    private static func count(_ name: String, _ range: ClosedRange<Int32>, mayBeUnknown: Bool = true) -> Entry {
        (Fact(name, .number), .number(range, mayBeUnknown: mayBeUnknown))
    }

    private static func flag(_ name: String) -> Entry { (Fact(name, .choice(["no", "yes"])), nil) }

    private static func names(_ name: String, _ names: [String]) -> Entry { (Fact(name, .choice(names)), nil) }

    /// What every programme knows of a receipt and of its buyer.
    private static var standard: [Entry] {
        [
            names("occasion", occasions), (Fact("day", .number), .day), names("weekday", weekdays),
            (Fact("time", .number), .clock), flag("member"), count("age", 0...150),
            names("gender", [none, "female", "male"]), count("days_to_birthday", 0...366),
            count("days_since_birthday", 0...366), count("days_since_registration", 0...100_000),
            count("days_since_receipt", 0...100_000), count("receipts_30d", 0...100_000, mayBeUnknown: false),
            flag("first_receipt"), count("rfm.r", 1...5), count("rfm.f", 1...5), count("rfm.m", 1...5),
            count("margin_decile", 1...10), count("contacts_30d.opened", 0...10_000, mayBeUnknown: false),
            count("contacts_30d.clicked", 0...10_000, mayBeUnknown: false),
            count("coupons_used", 0...1_000_000, mayBeUnknown: false),
            names("identified_by", [none, "card", "phone", "app", "number"]), count("cart_idle_minutes", 0...1_000_000),
        ]
    }

    /// What a programme has given names for; 0 stands for none of them.
    private static func given(_ words: ProgrammeWords) -> [Entry] {
        let lists = [
            ("store", words.stores), ("region", words.regions), ("channel", words.channels),
            ("business", words.businesses), ("stage", words.stages), ("stage_before", words.stages),
            ("tier", words.tiers), ("activity", words.activities), ("complaint", words.complaints),
        ]
        var entries = lists.map { names($0.0, [none] + $0.1) }
        entries += words.segments.map { flag("segment.\($0)") }
        entries += words.interests.map { flag("interest.\($0)") }
        entries += words.wallets.map { count("balance.\($0)", 0 ... .max, mayBeUnknown: false) }
        entries += words.surveys.map { count("survey.\($0)", 0...10) }
        entries += words.counters.map { count("counter.\($0)", 0 ... .max, mayBeUnknown: false) }
        for field in words.profile.keys.sorted() {
            entries.append(names("profile.\(field)", [none] + (words.profile[field] ?? [])))
        }
        entries += words.experiments.map { names("arm.\($0)", [none, "control", "target"]) }
        return entries
    }
}
