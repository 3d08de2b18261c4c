import TallyJSON
import TallyModel
import TallyPromotions

extension DocumentReader {
    /// What is asked of a fact: a value, a list of values, or a range.
    ///
    /// A range is `18..30`, `18..`, `..30`, or an object with `from` and `to`; of times it is `from` and `before`.
    mutating func factTest(_ node: DocumentNode, _ path: String, _ column: FactColumn) -> FactTest? {
        switch node.value {
        case .object: return objectRange(node, path, column)
        case .array(let nodes):
            guard nodes.count <= PromotionLimits.namesMax else {
                note(node, path, expected: "at most \(PromotionLimits.namesMax) values")
                return nil
            }
            if nodes.isEmpty { noteNever(node, path, "an empty list") }
            let values = nodes.enumerated().map { factValue($1, "\(path)[\($0)]", column) }
            return values.contains(nil) ? nil : .oneOf(Set(values.compactMap { $0 }))
        default:
            if let (low, high) = node.value.dots {
                let from = low.isEmpty ? nil : Bound(low, node, path)
                return range(from, high.isEmpty ? nil : Bound(high, node, path), node, path, column)
            }
            return factValue(node, path, column).map { .oneOf([$0]) }
        }
    }

    /// A single value of a fact.
    mutating func factValue(_ node: DocumentNode, _ path: String, _ column: FactColumn) -> Int32? {
        let text: String
        switch node.value {
        case .string(let written), .plain(let written), .number(let written): text = written
        case .bool(let bool): text = bool ? "yes" : "no"
        default:
            note(node, path, expected: expectation(column))
            return nil
        }
        return factValue(text, node, path, column)
    }

    private mutating func factValue(
        _ text: String, _ node: DocumentNode, _ path: String, _ column: FactColumn, isEnd: Bool = false
    ) -> Int32? {
        var value: Int32?
        switch vocabulary.form(column) {
        case .name:
            // YAML's true and false are words to its readers, too.
            let name = text == "true" ? "yes" : text == "false" ? "no" : text
            if let number = vocabulary.number(name, column) { return number }
            note(
                node, path, unknown: text, among: vocabulary.names(column),
                "a value of \(vocabulary.schema[column].name)")
            return nil
        case .number(let range, let mayBeUnknown):
            if mayBeUnknown, text == "unknown" { return -1 }
            value = Int32(text).flatMap { range.contains($0) ? $0 : nil }
        case .day: value = CivilDay(text: text)?.days
        case .clock: value = ClockText.minute(text).flatMap { $0 < 1_440 || isEnd ? $0 : nil }
        }
        if value == nil { note(node, path, found: JSONText.quoted(text), expected: expectation(column)) }
        return value
    }

    private func expectation(_ column: FactColumn) -> String {
        switch vocabulary.form(column) {
        case .name: "one of \(vocabulary.names(column).prefix(12).joined(separator: ", "))"
        case .day: "a date such as 2025-02-28, or a range such as 2025-02-01..2025-02-28"
        case .clock: "a range of times such as 08:00..12:00"
        case .number(let range, _) where range == .min ... .max: "a whole number, or a range such as 18..30"
        case .number(let range, _):
            "a whole number from \(range.lowerBound) to \(range.upperBound), or a range such as "
                + "\(range.lowerBound)..\(range.upperBound)"
        }
    }

    // MARK: Ranges

    private mutating func objectRange(_ node: DocumentNode, _ path: String, _ column: FactColumn) -> FactTest? {
        let end = vocabulary.form(column) == .clock ? "before" : "to"
        guard let object = object(node, path, keys: ["from", end]) else { return nil }
        func bound(_ key: String) -> Bound? {
            guard let node = object[key], let text = node.value.scalarText else { return nil }
            return Bound(text, node, object.path(key))
        }
        for key in ["from", end] where object[key] != nil && bound(key) == nil {
            note(object[key] ?? node, object.path(key), expected: expectation(column))
        }
        return range(bound("from"), bound(end), node, path, column)
    }

    /// An end of a range and where it stands.
    private struct Bound {
        var text: String
        var node: DocumentNode
        var path: String

        init(_ text: String, _ node: DocumentNode, _ path: String) {
            (self.text, self.node, self.path) = (text, node, path)
        }
    }

    private mutating func range(
        _ from: Bound?, _ to: Bound?, _ node: DocumentNode, _ path: String, _ column: FactColumn
    ) -> FactTest? {
        let form = vocabulary.form(column)
        let low = from.map { factValue($0.text, $0.node, $0.path, column) } ?? form.openStart
        let high = to.map { factValue($0.text, $0.node, $0.path, column, isEnd: true) } ?? Int32.max
        guard let low, var high else { return nil }
        // People say "from eight to twelve" and do not mean the minute that begins at twelve.
        if form == .clock, to != nil { high -= 1 }
        guard low <= high else {
            note(node, path, expected: "a range that does not end before it begins")
            return nil
        }
        return .between(low, high)
    }

    /// Notes a condition that no basket meets.
    mutating func noteNever(_ node: DocumentNode, _ path: String, _ found: String) {
        note(node, path, found: found, expected: "a condition that can hold", .warning)
    }
}

extension DocumentValue {
    /// The text of a scalar; nil for everything else.
    fileprivate var scalarText: String? {
        switch self {
        case .string(let text), .plain(let text), .number(let text): text
        default: nil
        }
    }

    /// What stands before and behind the two dots of a range; nil when there are none.
    fileprivate var dots: (low: String, high: String)? {
        guard let text = scalarText, let dots = text.firstRange(of: "..") else { return nil }
        return (String(text[..<dots.lowerBound]), String(text[dots.upperBound...]))
    }
}

/// Times of day.
enum ClockText {
    /// The minute of `08:00`, up to 24:00; nil for other texts.
    static func minute(_ text: String) -> Int32? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int32(parts[0]),
            let minute = Int32(parts[1]), (0...24).contains(hour), (0...59).contains(minute),
            hour < 24 || minute == 0
        else { return nil }
        return hour * 60 + minute
    }

    /// A minute from 0 to 1,440 as `08:00`.
    static func text(_ minute: Int32) -> String {
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }
}
