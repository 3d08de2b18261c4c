import TallyJSON
import TallyModel

extension DocumentReader {
    /// Text; a YAML scalar that looks like a number is text too.
    mutating func text(
        _ node: DocumentNode, _ path: String, bytesMax: Int = Limits.identifierBytesMax, _ expected: String
    ) -> String? {
        switch node.value {
        case .string(let text), .plain(let text):
            if !text.isEmpty, text.utf8.count <= bytesMax { return text }
            note(node, path, found: "\(text.utf8.count) bytes", expected: "\(expected), of 1 to \(bytesMax) bytes")
        default: note(node, path, expected: expected)
        }
        return nil
    }

    /// Texts of a list, or one text.
    mutating func texts(_ node: DocumentNode, _ path: String, _ expected: String) -> [String]? {
        guard case .array = node.value else { return text(node, path, expected).map { [$0] } }
        guard let nodes = list(node, path, countMax: PromotionLimits.namesMax, expected) else { return nil }
        return nodes.enumerated().compactMap { text($1, "\(path)[\($0)]", expected) }
    }

    /// A number with decimals, exact, in its smallest units.
    mutating func decimal(
        _ node: DocumentNode, _ path: String, scale: Int, _ range: ClosedRange<Int64>, _ what: String
    ) -> Int64? {
        let bounds =
            "\(what) from \(Decimals.text(range.lowerBound, scale)) to \(Decimals.text(range.upperBound, scale))"
        let expected = scale == 0 ? "\(bounds), whole" : "\(bounds) with at most \(scale) decimals"
        switch node.value {
        case .number(let text), .plain(let text):
            if let value = ExactDecimal.parse(text, scale: scale), range.contains(value) { return value }
            note(node, path, expected: expected)
        default: note(node, path, expected: expected)
        }
        return nil
    }

    /// An amount of money in minor units.
    mutating func money(_ node: DocumentNode, _ path: String, _ range: ClosedRange<Int64>) -> Int64? {
        decimal(node, path, scale: vocabulary.moneyScale, range, "an amount of money")
    }

    /// An amount of points in minor units.
    mutating func points(_ node: DocumentNode, _ path: String) -> Int64? {
        decimal(node, path, scale: vocabulary.pointsScale, 1...PromotionLimits.pointsMax, "an amount of points")
    }

    /// A percentage in basis points.
    mutating func percent(_ node: DocumentNode, _ path: String, max: Int32) -> Int32? {
        decimal(node, path, scale: 2, 1...Int64(max), "a percentage").map { Int32($0) }
    }

    /// A whole number.
    mutating func whole(_ node: DocumentNode, _ path: String, _ range: ClosedRange<Int32>, _ what: String) -> Int32? {
        decimal(node, path, scale: 0, Int64(range.lowerBound)...Int64(range.upperBound), what).map { Int32($0) }
    }

    /// A truth value.
    mutating func flag(_ node: DocumentNode, _ path: String) -> Bool? {
        switch node.value {
        case .bool(let bool): return bool
        case .plain("yes"), .plain("true"), .string("yes"): return true
        case .plain("no"), .plain("false"), .string("no"): return false
        default:
            note(node, path, expected: "yes or no")
            return nil
        }
    }

    /// One of the words of a list.
    mutating func word<T>(
        _ node: DocumentNode, _ path: String, among words: [(String, T)], _ what: String
    ) -> T? {
        guard let text = text(node, path, what) else { return nil }
        if let match = words.first(where: { $0.0 == text }) { return match.1 }
        note(node, path, unknown: text, among: words.map(\.0), what)
        return nil
    }
}

/// Whole numbers of smallest units as people write them.
enum Decimals {
    /// The number without zeros at its end: 1250 of scale 2 is `12.5`.
    static func text(_ value: Int64, _ scale: Int) -> String {
        var unit: UInt64 = 1
        for _ in 0..<scale { unit *= 10 }
        let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: unit)
        let sign = value < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        var decimals = String(rest)
        decimals = String(repeating: "0", count: scale - decimals.utf8.count) + decimals
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(sign)\(whole).\(decimals)"
    }

    /// The number with all its decimals: 1250 of scale 2 is `12.50`.
    static func padded(_ value: Int64, _ scale: Int) -> String {
        let short = text(value, scale)
        guard scale > 0 else { return short }
        let decimals = short.split(separator: ".").dropFirst().first?.utf8.count ?? 0
        return short + (decimals == 0 ? "." : "") + String(repeating: "0", count: scale - decimals)
    }
}
