import TallyJSON

/// Where something stands in a document.
public struct DocumentPlace: Sendable, Hashable {
    /// The file's name.
    public var file: String
    /// The line, counted from 1.
    public var line: Int
    /// The column in the line, counted from 1.
    public var column: Int
    /// The way to the value, such as `promotions[0].when.stage`; empty for the whole document.
    public var path: String

    /// A place of its parts.
    public init(file: String, line: Int, column: Int, path: String) {
        (self.file, self.line, self.column, self.path) = (file, line, column, path)
    }
}

/// What is wrong with a document, or suspicious: where, what was found, what is expected.
public struct PromotionDiagnostic: Sendable, Hashable {
    /// How bad it is.
    public var severity: Severity
    /// Where it stands.
    public var place: DocumentPlace
    /// What was found.
    public var found: String
    /// What a person should write there.
    public var expected: String
    /// The name that was probably meant; nil when none is near.
    public var nearest: String?

    /// How bad a finding is.
    public enum Severity: String, Sendable, Hashable {
        /// The document is not used.
        case mistake
        /// The document may be used; probably it does not say what was meant.
        case warning
    }

    /// A diagnostic of its parts.
    public init(
        _ severity: Severity, at place: DocumentPlace, found: String, expected: String, nearest: String? = nil
    ) {
        (self.severity, self.place, self.found) = (severity, place, found)
        (self.expected, self.nearest) = (expected, nearest)
    }
}

extension PromotionDiagnostic {
    /// A name that is none of those that are known, and the nearest of them.
    init(
        _ severity: Severity, unknown name: String, among names: [String], at place: DocumentPlace, expected: String
    ) {
        self.init(
            severity, at: place, found: JSONText.quoted(name), expected: expected,
            nearest: Spelling.nearest(to: name, among: names))
    }
}

extension PromotionDiagnostic: CustomStringConvertible {
    /// One line, such as `oils.yaml:7:10: mistake: when.stage: found loyall, expected …; did you mean loyal?`.
    public var description: String {
        let path = place.path.isEmpty ? "" : "\(place.path): "
        let advice = nearest.map { "; did you mean \($0)?" } ?? ""
        return "\(place.file):\(place.line):\(place.column): \(severity.rawValue): \(path)found \(found), "
            + "expected \(expected)\(advice)"
    }
}
