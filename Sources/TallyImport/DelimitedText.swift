/// The rows of a text in which a sign separates the fields of a row: what programs call CSV, whatever the sign is.
///
/// Quotes by RFC 4180. A quote inside a field that does not begin with one is an ordinary sign, because old programs
/// write names such as `ООО "Ромашка"` as they are.
struct DelimitedText: Sendable {
    /// A row as it stands in the file.
    struct Row: Sendable {
        /// The line on which it begins, counted from 1.
        var line: Int
        /// Its fields without quotes.
        var fields: [String]
    }

    /// Bytes of one row at most: a quote that is never closed would otherwise swallow the file.
    static let rowBytesMax = 65_536

    private let bytes: [UInt8]
    private let separator: UInt8
    private var offset = 0
    private var line = 1

    /// The rows of a text in UTF-8.
    init(_ bytes: [UInt8], separator: UInt8) { (self.bytes, self.separator) = (bytes, separator) }

    /// The next row that is not empty; nil at the end.
    ///
    /// - Throws: ``PointsFault`` for quotes in the wrong place; the row is passed over.
    mutating func next() throws(PointsFault) -> Row? {
        while offset < bytes.count {
            let row = try nextRow()
            if row.fields.count > 1 || row.fields[0] != "" { return row }
        }
        return nil
    }

    private mutating func nextRow() throws(PointsFault) -> Row {
        var row = Row(line: line, fields: [])
        let start = offset
        while true {
            let (text, isSound) = field(within: start + DelimitedText.rowBytesMax)
            row.fields.append(text)
            guard isSound, offset - start <= DelimitedText.rowBytesMax else {
                // Only the line on which the row begins is given up: a stray quote must not swallow its neighbours.
                (offset, line) = (start, row.line)
                skipLine()
                throw PointsFault(
                    line: row.line, column: row.fields.count, field: "row", found: text,
                    expected: "quotes around the whole field, doubled inside it, and at most "
                        + "\(DelimitedText.rowBytesMax) bytes")
            }
            guard offset < bytes.count, bytes[offset] == separator else { break }
            offset += 1
        }
        skipLine()
        return row
    }

    /// Takes a field and stops at the separator or the line end behind it.
    private mutating func field(within end: Int) -> (text: String, isSound: Bool) {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return (bareText(), true) }
        offset += 1
        var text: [UInt8] = []
        var isClosed = false
        while !isClosed, offset < min(bytes.count, end) {
            let byte = bytes[offset]
            offset += 1
            if byte == UInt8(ascii: "\"") {
                guard offset < bytes.count, bytes[offset] == byte else {
                    isClosed = true
                    continue
                }
                offset += 1
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            text.append(byte)
        }
        let rest = bareText()
        return (String(decoding: text, as: UTF8.self) + rest, isClosed && rest.isEmpty)
    }

    private mutating func bareText() -> String {
        let start = offset
        while offset < bytes.count, bytes[offset] != separator, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
        var end = offset
        let isLineEnd = offset == bytes.count || bytes[offset] == UInt8(ascii: "\n")
        if isLineEnd, end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private mutating func skipLine() {
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
        offset += 1
        line += 1
    }
}
