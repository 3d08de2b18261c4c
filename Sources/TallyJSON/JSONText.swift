import TallyModel

/// JSON as it is written: one line, keys in the order in which they are added.
public struct JSONText {
    private var text = "{"

    /// An object without fields.
    public init() {}

    /// The object with its closing brace.
    public var object: String { text + "}" }

    /// Adds a whole number.
    public mutating func add(_ key: String, _ value: some BinaryInteger) { add(key, raw: "\(value)") }

    /// Adds a whole number, or null for nil.
    public mutating func add(_ key: String, _ value: (some BinaryInteger)?) {
        add(key, raw: value.map { "\($0)" } ?? "null")
    }

    /// Adds a truth value.
    public mutating func add(_ key: String, _ value: Bool) { add(key, raw: value ? "true" : "false") }

    /// Adds a string, or null for nil.
    public mutating func add(_ key: String, _ value: String?) { add(key, raw: value.map(JSONText.quoted) ?? "null") }

    /// Adds a list of values that are JSON already.
    public mutating func add(_ key: String, list values: [String]) {
        add(key, raw: "[" + values.joined(separator: ",") + "]")
    }

    /// Adds a value that is JSON already.
    public mutating func add(_ key: String, raw json: String) {
        if text.utf8.count > 1 { text += "," }
        text += JSONText.quoted(key) + ":" + json
    }

    /// `text` as a JSON string, with its quotes.
    ///
    /// - Parameter text: Any text.
    /// - Returns: The string; control characters, quotes and backslashes are escaped, everything else stays as it is.
    public static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0"..."\u{1f}", "\u{7f}": result += "\\u00" + hexadecimal(scalar)
            // Legal in JSON, but line ends to JavaScript and to some readers of lines.
            case "\u{2028}": result += "\\u2028"
            case "\u{2029}": result += "\\u2029"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func hexadecimal(_ scalar: UnicodeScalar) -> String {
        (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    }
}

extension Rejection {
    /// How documents name the rejection, for example `total_mismatch`.
    var documentName: String { JSONText.snakeCase("\(self)") }
}

extension JSONText {
    /// `name` with every capital letter turned into `_` and a small one: `memberUnknown` → `member_unknown`.
    ///
    /// - Parameter name: A name of the code or the schema.
    /// - Returns: The name as documents write it.
    public static func snakeCase(_ name: String) -> String {
        var result = ""
        for character in name {
            if character.isUppercase, !result.isEmpty { result += "_" }
            result += character.lowercased()
        }
        return result
    }
}
