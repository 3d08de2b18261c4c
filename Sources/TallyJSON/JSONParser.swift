/// Reads one JSON text (RFC 8259) into a document.
///
/// Strict on purpose: a key that comes twice, a trailing comma or a byte behind the value is a fault, because a till whose
/// receipts are ambiguous must hear of it.
struct JSONParser {
    private let bytes: [UInt8]
    private var offset = 0
    private var depth = 0
    private var line = 1
    /// Where the line begins.
    private var lineStart = 0
    private let depthMax: Int

    /// Arrays and objects inside each other; the deepest line of the protocol, an exchange, has five.
    static let depthMax = 16

    private init(_ text: String, depthMax: Int) { (bytes, self.depthMax) = (Array(text.utf8), depthMax) }

    /// Reads `text`, which holds exactly one value.
    ///
    /// - Parameters:
    ///   - text: One line of the protocol, or a file of many lines.
    ///   - depthMax: Arrays and objects inside each other at most.
    /// - Returns: The value with the places of all its parts.
    /// - Throws: ``DocumentFault`` with the line and the column at which the text stops to be JSON.
    static func parse(_ text: String, depthMax: Int = JSONParser.depthMax) throws(DocumentFault) -> DocumentNode {
        var parser = JSONParser(text, depthMax: depthMax)
        let node = try parser.value()
        parser.skipSpace()
        guard parser.offset == parser.bytes.count else { throw parser.fault("text follows the end of the JSON value") }
        return node
    }

    private mutating func value() throws(DocumentFault) -> DocumentNode {
        skipSpace()
        let (line, column) = (line, offset - lineStart + 1)
        switch peek {
        case UInt8(ascii: "{"): return DocumentNode(.object(try nested(object)), line: line, column: column)
        case UInt8(ascii: "["): return DocumentNode(.array(try nested(array)), line: line, column: column)
        case UInt8(ascii: "\""): return DocumentNode(.string(try string()), line: line, column: column)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
            return DocumentNode(.number(try number()), line: line, column: column)
        default: return DocumentNode(try word(), line: line, column: column)
        }
    }

    /// Goes one level down; the one place where the depth is limited.
    private mutating func nested<T>(
        _ body: (inout JSONParser) throws(DocumentFault) -> T
    ) throws(DocumentFault) -> T {
        guard depth < depthMax else {
            throw fault("lists and objects are nested more than \(depthMax) deep")
        }
        depth += 1
        defer { depth -= 1 }
        offset += 1
        return try body(&self)
    }

    private func object(_ parser: inout JSONParser) throws(DocumentFault) -> [DocumentEntry] {
        var entries: [DocumentEntry] = []
        if parser.take(UInt8(ascii: "}")) { return entries }
        repeat {
            parser.skipSpace()
            let place = DocumentNode(.null, line: parser.line, column: parser.offset - parser.lineStart + 1)
            guard parser.peek == UInt8(ascii: "\"") else { throw parser.fault("expected a key in double quotes") }
            let key = try parser.string()
            guard !entries.contains(where: { $0.key == key }) else {
                throw DocumentFault("the key \(JSONText.quoted(key)) comes twice", path: "", at: place)
            }
            guard parser.take(UInt8(ascii: ":")) else {
                throw parser.fault("expected a colon behind the key \(JSONText.quoted(key))")
            }
            entries.append(DocumentEntry(key: key, place: place, node: try parser.value()))
        } while parser.take(UInt8(ascii: ","))
        guard parser.take(UInt8(ascii: "}")) else { throw parser.fault("expected a comma or } in an object") }
        return entries
    }

    private func array(_ parser: inout JSONParser) throws(DocumentFault) -> [DocumentNode] {
        var nodes: [DocumentNode] = []
        if parser.take(UInt8(ascii: "]")) { return nodes }
        repeat { nodes.append(try parser.value()) } while parser.take(UInt8(ascii: ","))
        guard parser.take(UInt8(ascii: "]")) else { throw parser.fault("expected a comma or ] in a list") }
        return nodes
    }

    private mutating func word() throws(DocumentFault) -> DocumentValue {
        for (word, value) in [("true", DocumentValue.bool(true)), ("false", .bool(false)), ("null", .null)]
        where bytes[offset...].starts(with: word.utf8) {
            offset += word.utf8.count
            return value
        }
        throw fault(offset == bytes.count ? "the line ends where a value is expected" : "expected a JSON value")
    }

    private mutating func number() throws(DocumentFault) -> String {
        let start = offset
        _ = takeByte(UInt8(ascii: "-"))
        let whole = offset
        guard takeDigits() > 0 else { throw fault("expected a digit") }
        if bytes[whole] == UInt8(ascii: "0"), offset > whole + 1 {
            offset = whole
            throw fault("a number has no leading zeros")
        }
        if takeByte(UInt8(ascii: ".")) {
            guard takeDigits() > 0 else { throw fault("expected a digit behind the decimal point") }
        }
        if takeByte(UInt8(ascii: "e")) || takeByte(UInt8(ascii: "E")) {
            if !takeByte(UInt8(ascii: "+")) { _ = takeByte(UInt8(ascii: "-")) }
            guard takeDigits() > 0 else { throw fault("expected a digit in the exponent") }
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
}

extension JSONParser {
    private mutating func string() throws(DocumentFault) -> String {
        offset += 1
        var text: [UInt8] = []
        while let byte = peek {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escaped().utf8
            case 0..<0x20: throw fault("a string holds a control character: write it as \\u00…")
            default: text.append(byte)
            }
        }
        throw fault("the line ends inside a string")
    }

    private mutating func escaped() throws(DocumentFault) -> String {
        guard let byte = peek else { throw fault("the line ends inside a string") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return String(try scalar())
        default:
            offset -= 1
            throw fault("unknown escape in a string")
        }
    }

    /// The scalar of `\uXXXX`, or of a surrogate pair of two of them.
    private mutating func scalar() throws(DocumentFault) -> UnicodeScalar {
        let first = try codeUnit()
        if let scalar = UnicodeScalar(UInt32(first)) { return scalar }
        guard UTF16.isLeadSurrogate(first), takeByte(UInt8(ascii: "\\")), takeByte(UInt8(ascii: "u")) else {
            throw fault("half a surrogate pair in a string")
        }
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw fault("half a surrogate pair in a string") }
        return UnicodeScalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func codeUnit() throws(DocumentFault) -> UInt16 {
        guard offset + 4 <= bytes.count,
            bytes[offset..<(offset + 4)].allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
            let unit = UInt16(String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self), radix: 16)
        else { throw fault("expected four hexadecimal digits behind \\u") }
        offset += 4
        return unit
    }
}

extension JSONParser {
    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            offset += 1
            if byte == 0x0A { (line, lineStart) = (line + 1, offset) }
        }
    }

    /// Takes `byte` behind any space; false when something else stands there.
    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        return takeByte(byte)
    }

    private mutating func takeByte(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        offset += 1
        return true
    }

    private mutating func takeDigits() -> Int {
        let start = offset
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
        return offset - start
    }

    private func fault(_ text: String) -> DocumentFault {
        DocumentFault(text, path: "", at: DocumentNode(.null, line: line, column: offset - lineStart + 1))
    }
}
