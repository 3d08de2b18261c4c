public import TallyModel

/// The named values of an object, read by type; every fault names the path, what was found and what is expected.
public struct Fields: Sendable {
    /// The way to the object; empty for the whole document.
    public let path: String
    /// The object itself.
    public let node: DocumentNode
    private let entries: [DocumentEntry]

    /// Reads an object whose keys are among `keys`.
    ///
    /// - Parameters:
    ///   - node: The object.
    ///   - path: The way to it.
    ///   - keys: What it may hold.
    /// - Throws: ``DocumentFault`` when it is no object or has an unknown key; the fault names the nearest valid one.
    public init(_ node: DocumentNode, path: String, keys: [String]) throws(DocumentFault) {
        guard case .object(let entries) = node.value else {
            throw DocumentFault(
                "found \(node.value.summary), expected an object with \(keys.joined(separator: ", "))", path: path,
                at: node)
        }
        for entry in entries where !keys.contains(entry.key) {
            let advice = Spelling.nearest(to: entry.key, among: keys).map { "did you mean \($0)?" }
            throw DocumentFault(
                "unknown key; \(advice ?? "known are \(keys.joined(separator: ", "))")",
                path: Fields.join(path, entry.key), at: entry.place)
        }
        (self.path, self.node, self.entries) = (path, node, entries)
    }

    /// The way to a key.
    public func path(of key: String) -> String { Fields.join(path, key) }

    /// The keys that the object has, in order.
    public var keys: [String] { entries.map(\.key) }

    /// The value of a key; nil when it is missing or null.
    public func optional(_ key: String) -> DocumentNode? {
        guard let node = entries.first(where: { $0.key == key })?.node, node.value != .null else { return nil }
        return node
    }

    /// The value of a key that must be there.
    ///
    /// - Parameters:
    ///   - key: Its name.
    ///   - expected: What a person should write there.
    /// - Returns: The value.
    /// - Throws: ``DocumentFault`` when it is missing or null.
    public func required(_ key: String, _ expected: String) throws(DocumentFault) -> DocumentNode {
        guard let node = optional(key) else {
            throw DocumentFault("is missing; expected \(expected)", path: path(of: key), at: self.node)
        }
        return node
    }

    /// A fault of the value of `key`.
    public func fault(_ key: String, _ expected: String) -> DocumentFault {
        guard let node = optional(key) else {
            return DocumentFault("is missing; expected \(expected)", path: path(of: key), at: self.node)
        }
        return DocumentFault("found \(node.value.summary), expected \(expected)", path: path(of: key), at: node)
    }

    private static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

extension Fields {
    /// Text that must be there.
    ///
    /// - Parameters:
    ///   - key: Its name.
    ///   - bytesMax: Bytes of UTF-8 at most; an identifier's unless people read the text.
    ///   - expected: What a person should write there.
    /// - Returns: The text as it was written.
    /// - Throws: ``DocumentFault`` when it is missing, no text or too long.
    public func text(
        _ key: String, bytesMax: Int = Limits.identifierBytesMax, _ expected: String
    ) throws(DocumentFault) -> String {
        try Fields.text(try required(key, expected), path: path(of: key), bytesMax: bytesMax, expected)
    }

    private static func text(
        _ node: DocumentNode, path: String, bytesMax: Int, _ expected: String
    ) throws(DocumentFault) -> String {
        switch node.value {
        case .string(let text), .plain(let text):
            guard text.utf8.count <= bytesMax else {
                throw DocumentFault(
                    "found \(text.utf8.count) bytes, expected at most \(bytesMax)", path: path, at: node)
            }
            return text
        default: throw DocumentFault("found \(node.value.summary), expected \(expected)", path: path, at: node)
        }
    }

    /// Text that may be missing.
    ///
    /// - Parameters:
    ///   - key: Its name.
    ///   - fallback: What stands for a missing text.
    ///   - bytesMax: Bytes of UTF-8 at most; an identifier's unless people read the text.
    ///   - expected: What a person should write there.
    /// - Returns: The text, or `fallback`.
    /// - Throws: ``DocumentFault`` when it is no text or too long.
    public func text(
        _ key: String, or fallback: String, bytesMax: Int = Limits.identifierBytesMax, _ expected: String
    ) throws(DocumentFault) -> String {
        optional(key) == nil ? fallback : try text(key, bytesMax: bytesMax, expected)
    }

    /// A whole number that must be there.
    ///
    /// - Parameters:
    ///   - key: Its name.
    ///   - range: The numbers allowed.
    ///   - expected: What a person should write there.
    /// - Returns: The number, exact.
    /// - Throws: ``DocumentFault`` when it is missing, has a fraction or an exponent, or is out of range.
    public func whole<T: FixedWidthInteger>(
        _ key: String, in range: ClosedRange<T>, _ expected: String
    ) throws(DocumentFault) -> T {
        switch try required(key, expected).value {
        case .number(let text), .plain(let text):
            guard let number = T(text), range.contains(number) else { throw fault(key, expected) }
            return number
        default: throw fault(key, expected)
        }
    }

    /// A whole number that may be missing.
    ///
    /// - Parameters:
    ///   - key: Its name.
    ///   - fallback: What stands for a missing number.
    ///   - range: The numbers allowed.
    ///   - expected: What a person should write there.
    /// - Returns: The number, or `fallback`.
    /// - Throws: ``DocumentFault`` when it has a fraction or an exponent, or is out of range.
    public func whole<T: FixedWidthInteger>(
        _ key: String, or fallback: T, in range: ClosedRange<T>, _ expected: String
    ) throws(DocumentFault) -> T {
        optional(key) == nil ? fallback : try whole(key, in: range, expected)
    }

    /// A truth value that may be missing.
    ///
    /// - Parameters:
    ///   - key: Its name.
    ///   - fallback: What stands for a missing value.
    /// - Returns: The value, or `fallback`.
    /// - Throws: ``DocumentFault`` when it is neither true nor false.
    public func flag(_ key: String, or fallback: Bool) throws(DocumentFault) -> Bool {
        switch optional(key)?.value {
        case nil: return fallback
        case .bool(let bool): return bool
        case .plain("true"): return true
        case .plain("false"): return false
        default: throw fault(key, "true or false")
        }
    }

    /// A name out of a fixed list.
    ///
    /// - Parameters:
    ///   - key: Its name.
    ///   - names: What may be written, and what it stands for.
    ///   - fallback: What stands for a missing name; nil when there must be one.
    /// - Returns: What the name stands for.
    /// - Throws: ``DocumentFault`` when it is missing or not in the list; the fault names the nearest one.
    public func choice<T>(_ key: String, among names: [(String, T)], or fallback: T? = nil) throws(DocumentFault) -> T {
        if let fallback, optional(key) == nil { return fallback }
        let expected = "one of " + names.map(\.0).joined(separator: ", ")
        let name = try text(key, expected)
        if let match = names.first(where: { $0.0 == name }) { return match.1 }
        throw fault(key, expected, nearest: name, among: names.map(\.0))
    }

    /// A fault of the value of `key`, with the name that was probably meant.
    func fault(_ key: String, _ expected: String, nearest word: String, among names: [String]) -> DocumentFault {
        guard let near = Spelling.nearest(to: word, among: names) else { return fault(key, expected) }
        return fault(key, "\(expected); did you mean \(near)?")
    }

    /// What the texts of a list stand for.
    ///
    /// - Parameters:
    ///   - key: The list's name.
    ///   - countMax: Texts at most; there must be one.
    ///   - expected: What a person should write as one of them.
    ///   - read: What a text stands for; nil when it has another form.
    /// - Returns: The values in order.
    /// - Throws: ``DocumentFault`` when the list is missing, empty, too long or holds something else.
    func list<T>(
        _ key: String, countMax: Int, _ expected: String, _ read: (String) -> T?
    ) throws(DocumentFault) -> [T] {
        let list = "a list of 1 to \(countMax), each \(expected)"
        guard case .array(let nodes) = try required(key, list).value, (1...countMax).contains(nodes.count) else {
            throw fault(key, list)
        }
        var values: [T] = []
        for (index, node) in nodes.enumerated() {
            let place = "\(path(of: key))[\(index)]"
            let text = try Fields.text(node, path: place, bytesMax: Limits.identifierBytesMax, expected)
            guard let value = read(text) else {
                throw DocumentFault("found \(node.value.summary), expected \(expected)", path: place, at: node)
            }
            values.append(value)
        }
        return values
    }

    /// The objects of a list.
    ///
    /// - Parameters:
    ///   - key: The list's name.
    ///   - keys: What each object may hold.
    ///   - isRequired: True when the list must be there.
    /// - Returns: The objects in order; none when the list is missing.
    /// - Throws: ``DocumentFault`` when it is missing but required, no list, or holds something else.
    public func objects(_ key: String, keys: [String], isRequired: Bool) throws(DocumentFault) -> [Fields] {
        if !isRequired, optional(key) == nil { return [] }
        let expected = "a list of objects with \(keys.joined(separator: ", "))"
        guard case .array(let nodes) = try required(key, expected).value else { throw fault(key, expected) }
        var objects: [Fields] = []
        for (index, node) in nodes.enumerated() {
            objects.append(try Fields(node, path: "\(path(of: key))[\(index)]", keys: keys))
        }
        return objects
    }

    /// The object of a key.
    ///
    /// - Parameters:
    ///   - key: Its name.
    ///   - keys: What it may hold.
    /// - Returns: The object.
    /// - Throws: ``DocumentFault`` when it is missing or no object.
    public func object(_ key: String, keys: [String]) throws(DocumentFault) -> Fields {
        try Fields(
            try required(key, "an object with \(keys.joined(separator: ", "))"), path: path(of: key), keys: keys)
    }
}
