import TallyJSON

/// A value of canonical JSON: one way to write each meaning.
///
/// Keys stand in the order of their bytes, there are no spaces, numbers have no zeros that could be left out, and what is usual
/// is not said.
indirect enum CanonicalValue {
    case object([String: CanonicalValue])
    case list([CanonicalValue])
    case text(String)
    /// A number as it is written.
    case number(String)
    case flag(Bool)

    /// A list of texts in the order of their bytes.
    static func names(_ names: some Sequence<String>) -> CanonicalValue {
        .list(names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { .text($0) })
    }

    /// The value as JSON.
    var json: String {
        switch self {
        case .object(let values):
            let keys = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            let entries = keys.compactMap { key in
                values[key].map { "\(JSONText.quoted(key)):\($0.json)" }
            }
            return "{\(entries.joined(separator: ","))}"
        case .list(let values): return "[\(values.map(\.json).joined(separator: ","))]"
        case .text(let text): return JSONText.quoted(text)
        case .number(let number): return number
        case .flag(let flag): return flag ? "true" : "false"
        }
    }
}
