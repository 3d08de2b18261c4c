import TallyJSON
import TallyPromotions

/// Reads documents into the abstract syntax and goes on behind every mistake, so that people hear of all of them at once.
///
/// A function that finds a mistake notes it and returns nil or leaves the value out; what depends on the value is not judged.
struct DocumentReader {
    let file: String
    let vocabulary: PromotionVocabulary
    /// The names of goods; nil when no assortment was given, then they are not judged.
    let goods: GoodsNames?
    private(set) var diagnostics: [PromotionDiagnostic] = []

    init(file: String, _ vocabulary: PromotionVocabulary, _ goods: GoodsNames? = nil) {
        (self.file, self.vocabulary, self.goods) = (file, vocabulary, goods)
    }

    // MARK: Findings

    func place(_ node: DocumentNode, _ path: String) -> DocumentPlace {
        DocumentPlace(file: file, line: node.line, column: node.column, path: path)
    }

    /// Notes that a value is not what is expected.
    mutating func note(
        _ node: DocumentNode, _ path: String, found: String? = nil, expected: String, nearest: String? = nil,
        _ severity: PromotionDiagnostic.Severity = .mistake
    ) {
        note(
            PromotionDiagnostic(
                severity, at: place(node, path), found: found ?? node.value.summary, expected: expected,
                nearest: nearest))
    }

    /// Notes a finding.
    mutating func note(_ diagnostic: PromotionDiagnostic) { diagnostics.append(diagnostic) }

    /// Notes that a name is none of those that are known, and which one was probably meant.
    mutating func note(
        _ node: DocumentNode, _ path: String, unknown name: String, among names: [String], _ what: String,
        _ severity: PromotionDiagnostic.Severity = .mistake
    ) {
        let list = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
        note(
            node, path, found: JSONText.quoted(name),
            expected: names.isEmpty ? "\(what), of which there are none" : "\(what): \(list)",
            nearest: Spelling.nearest(to: name, among: names), severity)
    }

    // MARK: Objects and lists

    /// An object with the keys that it may have.
    struct Object {
        let node: DocumentNode
        let path: String
        private let entries: [DocumentEntry]

        init(_ node: DocumentNode, _ path: String, _ entries: [DocumentEntry]) {
            (self.node, self.path, self.entries) = (node, path, entries)
        }

        /// The value of a key; nil when it is missing or null.
        subscript(key: String) -> DocumentNode? {
            guard let node = entries.first(where: { $0.key == key })?.node, node.value != .null else { return nil }
            return node
        }

        func path(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    }

    /// Reads an object; keys that it may not have are noted, each.
    mutating func object(_ node: DocumentNode, _ path: String, keys: [String]) -> Object? {
        guard let entries = entries(node, path, "keys among \(keys.joined(separator: ", "))") else { return nil }
        for entry in entries where !keys.contains(entry.key) {
            note(entry.place, path, unknown: entry.key, among: keys, "a key of this place")
        }
        return Object(node, path, entries)
    }

    /// The entries of an object, whatever their keys; nothing for null.
    mutating func entries(_ node: DocumentNode, _ path: String, _ expected: String) -> [DocumentEntry]? {
        switch node.value {
        case .object(let entries): return entries
        case .null: return []
        default:
            note(node, path, expected: expected)
            return nil
        }
    }

    /// Reads a list of 1 to `countMax`.
    mutating func list(_ node: DocumentNode, _ path: String, countMax: Int, _ expected: String) -> [DocumentNode]? {
        guard case .array(let nodes) = node.value, (1...countMax).contains(nodes.count) else {
            note(node, path, expected: "a list of 1 to \(countMax), each \(expected)")
            return nil
        }
        return nodes
    }

    /// A value that must be there.
    mutating func required(_ object: Object, _ key: String, _ expected: String) -> DocumentNode? {
        if let node = object[key] { return node }
        note(object.node, object.path(key), found: "nothing", expected: expected)
        return nil
    }
}
