import TallyModel
public import TallyPromotions

/// Says in words why a promotion did not apply, and what is missing for it.
public struct WhyNotWords: Sendable {
    private let ruleSet: RuleSet
    private let vocabulary: PromotionVocabulary

    /// Words for the promotions of a rule set.
    public init(_ ruleSet: RuleSet, _ vocabulary: PromotionVocabulary) {
        (self.ruleSet, self.vocabulary) = (ruleSet, vocabulary)
    }

    /// A reason as one line: `spend 430.00 more`, `age is 17, asked for 18..30`.
    public func text(_ reason: WhyNot) -> String {
        switch reason {
        case .conditions(let shortfalls): all(shortfalls)
        case .goods(let shortfalls): all(shortfalls)
        case .shutOut(let other, let mark): "shut out by \(id(other)), which has the mark \(mark), too"
        case .notChosen(let group?, let other): "group \(group) chose \(id(other))"
        case .notChosen(nil, let other):
            "lane \(GroupWords.name(ruleSet.promotions[other].lane)) chose \(id(other))"
        case .nothingLeft: "there was nothing left to do: see prices, brands, floors, caps and what applied before"
        }
    }

    private func id(_ promotion: Int) -> String { ruleSet.promotions[promotion].id }

    private func all(_ shortfalls: [Shortfall]) -> String {
        var texts: [String] = []
        let isMany = Set(shortfalls.map(\.rule)).count > 1
        for shortfall in shortfalls {
            let rule = isMany ? shortfall.rule.map { "case \($0 + 1): " } : nil
            let text = (rule ?? "") + text(shortfall)
            // Two effects may need the same goods.
            if !texts.contains(text) { texts.append(text) }
        }
        return texts.joined(separator: "; ")
    }

    // MARK: Shortfalls

    /// A shortfall in words.
    public func text(_ shortfall: Shortfall) -> String {
        switch shortfall.condition {
        case .token(let token): return "show \(token)"
        case .goods(let filter, let measure, _): return goods(filter, measure, shortfall.missing ?? 0, shortfall.found)
        case .fact(let column, let test):
            let name = vocabulary.schema[column].name
            let found = word(Int32(clamping: shortfall.found), column)
            let isKnown = vocabulary.form(column).unknown.map { Int64($0) != shortfall.found } ?? true
            let missing = shortfall.missing.flatMap { isCounted(column) && isKnown ? "; \($0) more" : nil }
            return "\(name) is \(found), asked for \(asked(test, column))\(missing ?? "")"
        }
    }

    private func goods(_ filter: GoodsFilter, _ measure: Measure, _ missing: Int64, _ found: Int64) -> String {
        let name = filter == .all ? "" : filter.words
        let on = name.isEmpty ? "" : " on \(name)"
        let of = name.isEmpty ? "" : " of \(name)"
        switch measure {
        // A sum of one minor unit is asked for by effects: any goods will do.
        case .sum where missing == 1 && found == 0: return name.isEmpty ? "buy something" : "buy \(name)"
        case .sum: return "spend \(Decimals.padded(missing, vocabulary.moneyScale)) more\(on)"
        case .units: return "buy \(missing) more\(of)"
        case .quantity: return "buy \(Decimals.text(missing, 3)) more\(of)"
        case .products: return "buy \(missing) more different product\(missing == 1 ? "" : "s")\(of)"
        }
    }

    // MARK: Facts

    private func isCounted(_ column: FactColumn) -> Bool {
        if case .number = vocabulary.form(column) { true } else { false }
    }

    /// A number as people write it; "not known" for one that stands for that.
    private func word(_ number: Int32, _ column: FactColumn) -> String {
        switch vocabulary.form(column) {
        case .name: return vocabulary.name(number, column) ?? "\(number)"
        case .number(_, mayBeUnknown: true) where number == -1: return "not known"
        case .number: return "\(number)"
        case .day: return "\(CivilDay(days: number))"
        case .clock: return (0...1_440).contains(number) ? ClockText.text(number) : "\(number)"
        }
    }

    private func asked(_ test: FactTest, _ column: FactColumn) -> String {
        switch test {
        case .oneOf(let values) where values.isEmpty: return "nothing that there is"
        case .oneOf(let values):
            let words = values.sorted().map { word($0, column) }
            let more = words.count > 6 ? " or \(words.count - 6) others" : ""
            return words.prefix(6).joined(separator: " or ") + more
        case .between(let low, let high) where low > high: return "nothing that there is"
        case .between(let low, let high) where low == high: return word(low, column)
        case .between(let low, let high):
            // A range of times ends before its second time.
            let end = vocabulary.form(column) == .clock && high < .max ? high + 1 : high
            let from = low == vocabulary.form(column).openStart ? "" : word(low, column)
            return "\(from)..\(high == .max ? "" : word(end, column))"
        }
    }
}

extension GoodsFilter {
    /// The goods in words.
    var words: String {
        switch self {
        case .all: "anything"
        case .sku(let sku): sku
        case .category(let category): category
        case .brand(let brand): "brand \(brand)"
        case .tag(let tag): "goods marked \(tag)"
        case .attribute(let name, let value): "\(name) \(value)"
        case .any(let filters): filters.map(\.part).joined(separator: " or ")
        case .both(let filters): filters.map(\.part).joined(separator: " and ")
        case .not(let filter): "anything but \(filter.part)"
        }
    }

    /// The goods in words, within others.
    private var part: String {
        switch self {
        case .any, .both: "(\(words))"
        default: words
        }
    }
}
