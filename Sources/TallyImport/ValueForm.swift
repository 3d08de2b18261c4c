import TallyJSON
public import TallyModel

/// How a file writes numbers and days.
public struct ValueForm: Sendable, Hashable {
    /// What stands between groups of three digits.
    public enum Grouping: String, Sendable, Hashable, CaseIterable {
        case none, space, point, comma, apostrophe

        fileprivate var signs: Set<Character> {
            switch self {
            case .none: []
            case .space: [" ", "\u{A0}", "\u{202F}"]
            case .point: ["."]
            case .comma: [","]
            case .apostrophe: ["'", "\u{2019}"]
            }
        }
    }

    /// What stands before the decimals: a comma or a point.
    public var decimalMark: Character = "."
    /// What stands between groups of three digits.
    public var grouping = Grouping.none
    /// How a day is written: `dd`, `mm` and `yyyy` with the signs between them.
    public var dateFormat = "yyyy-mm-dd"
    /// Decimals of a point in the wallet.
    public var scale = 2

    /// The usual form: `1234.50` and `2026-05-01`.
    public init() {}
}

extension ValueForm {
    /// Reads points as minor units.
    ///
    /// - Parameter text: Such as `1 234,50`; zeros behind the decimals of the wallet are no loss.
    /// - Returns: nil when it is no such number, a group is not of three digits, or decimals would be lost.
    public func points(_ text: String) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: decimalMark, omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = digits(parts[0]) else { return nil }
        var decimals = parts.count == 2 ? String(parts[1]) : ""
        guard parts.count == 1 || ValueForm.isDigits(parts[1]) else { return nil }
        while decimals.count > scale, decimals.last == "0" { decimals.removeLast() }
        let exact = (isNegative ? "-" : "") + whole + (decimals.isEmpty ? "" : ".\(decimals)")
        guard let value = ExactDecimal.parse(exact, scale: scale),
            value.magnitude <= UInt64(Limits.amountMinorMax)
        else { return nil }
        return value
    }

    /// The digits before the decimals without what groups them.
    private func digits(_ text: Substring) -> String? {
        let groups = text.split(omittingEmptySubsequences: false) { grouping.signs.contains($0) }
        guard let first = groups.first, groups.allSatisfy(ValueForm.isDigits),
            groups.dropFirst().allSatisfy({ $0.count == 3 }),
            groups.count == 1 || (1...3).contains(first.count)
        else { return nil }
        return groups.joined()
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// What a column of points should hold.
    var expectedPoints: String {
        let group = grouping == .space ? " " : grouping == .none ? "" : "\(grouping.signs.first ?? " ")"
        let decimals = scale == 0 ? "" : "\(decimalMark)" + String("50000000".prefix(scale))
        return "points with at most \(scale) decimals, for example 1\(group)234\(decimals)"
    }

    /// Reads a day.
    ///
    /// - Parameter text: In the form of ``dateFormat``; a time of day behind it is not read.
    /// - Returns: nil when it is no such day.
    public func day(_ text: String) -> CivilDay? {
        var values: [Character: Int] = [:]
        var rest = Substring(text)
        for sign in dateFormat {
            guard let found = rest.popFirst() else { return nil }
            guard "dmy".contains(sign) else {
                guard found == sign else { return nil }
                continue
            }
            guard found.isASCII, let digit = found.wholeNumberValue else { return nil }
            values[sign, default: 0] = values[sign, default: 0] * 10 + digit
        }
        guard rest.isEmpty || rest.wholeMatch(of: /[ T]\d{1,2}:\d\d(:\d\d)?/) != nil else { return nil }
        return CivilDay(year: values["y"] ?? 0, month: values["m"] ?? 0, day: values["d"] ?? 0)
    }

    /// What a column of days should hold.
    var expectedDay: String { "a day such as " + text(of: CivilDay(days: 20_574)) }

    private func text(of day: CivilDay) -> String {
        let date = day.date
        return
            dateFormat
            .replacing("yyyy", with: "\(date.year)").replacing("mm", with: ValueForm.padded(date.month))
            .replacing("dd", with: ValueForm.padded(date.day))
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// True when a format has a day, a month and a year, each once and whole.
    static func isDateFormat(_ format: String) -> Bool {
        let rest = format.replacing("yyyy", with: "", maxReplacements: 1).replacing("mm", with: "", maxReplacements: 1)
            .replacing("dd", with: "", maxReplacements: 1)
        return rest.count == format.count - 8 && !rest.contains { $0.isLetter || $0.isNumber }
    }
}
