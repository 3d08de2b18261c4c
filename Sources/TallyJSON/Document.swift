/// A value of a document that people write: a line of JSON or a programme file in YAML.
///
/// Numbers keep their text, so nothing passes through floating point on its way to an amount.
public indirect enum DocumentValue: Sendable, Hashable {
    /// Nothing.
    case null
    /// True or false.
    case bool(Bool)
    /// A JSON number as it was written.
    case number(String)
    /// Text in quotes.
    case string(String)
    /// A YAML scalar without quotes: text or a number, whichever is expected in its place.
    case plain(String)
    /// Values in order.
    case array([DocumentNode])
    /// Named values in order.
    case object([DocumentEntry])
}

/// A value and where it begins.
public struct DocumentNode: Sendable, Hashable {
    /// The value.
    public var value: DocumentValue
    /// The line, counted from 1.
    public var line: Int
    /// The column in the line, counted from 1.
    public var column: Int

    /// A node of its parts.
    public init(_ value: DocumentValue, line: Int, column: Int) {
        (self.value, self.line, self.column) = (value, line, column)
    }
}

/// A named value of an object.
public struct DocumentEntry: Sendable, Hashable {
    /// The name.
    public var key: String
    /// Where the name stands; its value is not used.
    public var place: DocumentNode
    /// The value.
    public var node: DocumentNode

    /// An entry of its parts.
    ///
    /// - Parameters:
    ///   - key: The name.
    ///   - place: A node at the place of the name.
    ///   - node: The value.
    public init(key: String, place: DocumentNode, node: DocumentNode) {
        (self.key, self.place, self.node) = (key, place, node)
    }
}

/// What is wrong with a document: where, what was found, what is expected.
public struct DocumentFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The way to the value, for example `purchase.lines[0].sku`; empty for the whole document.
    public var path: String
    /// The line, counted from 1.
    public var line: Int
    /// The column in the line, counted from 1.
    public var column: Int
    /// What was found and what is expected.
    public var text: String

    /// A fault of its parts.
    ///
    /// - Parameters:
    ///   - text: What was found and what is expected.
    ///   - path: The way to the value.
    ///   - node: Where it stands.
    public init(_ text: String, path: String, at node: DocumentNode) {
        (self.text, self.path, line, column) = (text, path, node.line, node.column)
    }

    /// The path and the text, or the column and the text where there is no path.
    public var description: String { path.isEmpty ? "column \(column): \(text)" : "\(path): \(text)" }
}

extension DocumentValue {
    /// How a message shows the value: short, and never longer than a line.
    public var summary: String {
        switch self {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .number(let text), .plain(let text): shortened(text)
        case .string(let text): JSONText.quoted(shortened(text))
        case .array(let nodes): "a list of \(nodes.count)"
        case .object: "an object"
        }
    }

    private func shortened(_ text: String) -> String { text.count <= 40 ? text : "\(text.prefix(40))…" }
}

/// A file of JSON as a document: what people write over many lines.
public enum JSONDocument {
    /// Arrays and objects inside each other: conditions in rules in lists, with filters of goods in each other.
    public static let depthMax = 64

    /// Reads a text that holds exactly one value.
    ///
    /// - Parameter json: The text.
    /// - Returns: The value with the places of all its parts.
    /// - Throws: ``DocumentFault`` with the line and the column at which the text stops to be JSON.
    public static func read(_ json: String) throws(DocumentFault) -> DocumentNode {
        try JSONParser.parse(json, depthMax: depthMax)
    }
}
