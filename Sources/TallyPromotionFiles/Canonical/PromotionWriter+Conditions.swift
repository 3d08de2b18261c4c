import TallyModel
import TallyPromotions

extension PromotionWriter {
    /// Conditions in their one form as the object of `when`.
    func value(_ conditions: [Condition]) throws(Unwritable) -> CanonicalValue {
        var object: [String: CanonicalValue] = [:]
        var families: [String: [String: CanonicalValue]] = [:]
        var codes: [String] = []
        var basket: [CanonicalValue] = []
        for condition in conditions {
            switch condition {
            case .token(let token): codes.append(token)
            case .goods(let filter, let measure, let atLeast): basket.append(value(filter, measure, atLeast))
            case .fact(let column, let test):
                let (family, member) = PromotionVocabulary.parts(of: vocabulary.schema[column].name)
                let value = try value(test, column)
                if let family { families[family, default: [:]][member] = value } else { object[member] = value }
            }
        }
        for (family, members) in families { object[family] = .object(members) }
        if codes.count == 1 { object["code"] = .text(codes[0]) }
        if codes.count > 1 { object["code"] = .object(["all": .names(codes)]) }
        if !basket.isEmpty { object["basket"] = .list(basket) }
        return .object(object)
    }

    private func value(_ filter: GoodsFilter, _ measure: Measure, _ atLeast: Int64) -> CanonicalValue {
        var object: [String: CanonicalValue] = [:]
        if filter != .all { object["goods"] = filter.canonical }
        switch measure {
        case .units: object["units_at_least"] = .number("\(atLeast)")
        case .products: object["products_at_least"] = .number("\(atLeast)")
        case .sum: object["sum_at_least"] = .number(Decimals.text(atLeast, vocabulary.moneyScale))
        case .quantity: object["quantity_at_least"] = .number(Decimals.text(atLeast, 3))
        }
        return .object(object)
    }

    // MARK: Facts

    private func value(_ test: FactTest, _ column: FactColumn) throws(Unwritable) -> CanonicalValue {
        let form = vocabulary.form(column)
        switch test {
        case .oneOf(let values):
            var written: [(order: Int32, value: CanonicalValue)] = []
            for value in values.sorted() { written.append((value, try word(value, column))) }
            // Names have no order that a programme could not change.
            if form == .name { return .names(values.compactMap { vocabulary.name($0, column) }) }
            return .list(written.map(\.value))
        case .between(let low, let high):
            var object: [String: CanonicalValue] = [:]
            // A range that begins below the first known number would mean the unknown, too: it must say so.
            if low != form.openStart { object["from"] = try word(low, column) }
            if high != .max, form == .clock {
                object["before"] = try word(high + 1, column)
            } else if high != .max {
                object["to"] = try word(high, column)
            }
            return .object(object)
        }
    }

    /// A number as people write it.
    private func word(_ number: Int32, _ column: FactColumn) throws(Unwritable) -> CanonicalValue {
        switch vocabulary.form(column) {
        case .name: if let name = vocabulary.name(number, column) { return .text(name) }
        case .number(let range, let mayBeUnknown):
            if range.contains(number) { return .number("\(number)") }
            if mayBeUnknown, number == -1 { return .text("unknown") }
        case .clock: if (0...1_440).contains(number) { return .text(ClockText.text(number)) }
        case .day:
            let day = CivilDay(days: number)
            if let first = CivilDay(year: 1, month: 1, day: 1), let last = CivilDay(year: 9999, month: 12, day: 31),
                first <= day, day <= last
            {
                return .text("\(day)")
            }
        }
        throw Unwritable(fact: vocabulary.schema[column].name, number: number)
    }
}

extension GoodsFilter {
    /// The filter as the value of `goods`.
    var canonical: CanonicalValue {
        switch self {
        case .all: .text("all")
        case .sku(let sku): .object(["sku": .text(sku)])
        case .category(let category): .object(["category": .text(category)])
        case .brand(let brand): .object(["brand": .text(brand)])
        case .tag(let tag): .object(["tag": .text(tag)])
        case .attribute(let name, let value): .object(["attribute": .object([name: .text(value)])])
        case .any(let filters): .object(["any": .list(filters.map(\.canonical))])
        case .both(let filters): .object(["all": .list(filters.map(\.canonical))])
        case .not(let filter): .object(["not": filter.canonical])
        }
    }
}
