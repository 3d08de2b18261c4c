/// What keeps a till's report from being read.
public struct TillReportFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line, from 1.
    public var line: Int
    /// What is wrong with it.
    public var what: String

    /// Where and what.
    public var description: String { "line \(line): \(what)" }
}

/// Reads a till's own report of a day.
///
/// CSV in UTF-8 by RFC 4180 with a header; commas or semicolons, whichever the header has. Columns `store`, `receipt`,
/// `kind` and
/// `total` in any order, others are passed over:
///
/// | column | form |
/// |---|---|
/// | `store` | the store's id |
/// | `receipt` | the number on the receipt |
/// | `kind` | `sale`, `return` or `void` |
/// | `total` | digits, with a point or a comma and at most so many decimals as the money has; no sign |
public enum TillReport {
    /// Reads a report.
    ///
    /// - Parameters:
    ///   - text: The whole file.
    ///   - scale: Decimals of the money.
    /// - Returns: The receipts in their order.
    /// - Throws: ``TillReportFault`` for the first line that has another form.
    public static func receipts(_ text: String, scale: Int) throws(TillReportFault) -> [TillReceipt] {
        let rows = try CSVRows(text).rows
        guard let header = rows.first else { throw TillReportFault(line: 1, what: "there is no header") }
        var places: [Int] = []
        for name in ["store", "receipt", "kind", "total"] {
            guard let place = header.fields.firstIndex(of: name) else {
                throw TillReportFault(line: header.line, what: "there is no column \(name)")
            }
            places.append(place)
        }
        var receipts: [TillReceipt] = []
        for row in rows.dropFirst() {
            guard row.fields.count == header.fields.count else {
                throw TillReportFault(
                    line: row.line, what: "it has \(row.fields.count) fields, not \(header.fields.count)")
            }
            let fields = places.map { row.fields[$0] }
            guard let kind = TillReceipt.Kind(rawValue: fields[2]) else {
                throw TillReportFault(line: row.line, what: "kind \(fields[2]) is not sale, return or void")
            }
            guard let total = minor(fields[3], scale: scale) else {
                throw TillReportFault(line: row.line, what: "total \(fields[3]) is no amount with \(scale) decimals")
            }
            receipts.append(
                TillReceipt(
                    key: TillReceipt.Key(store: fields[0], receipt: fields[1], kind: kind), totalMinor: total))
        }
        return receipts
    }

    /// `12.5` with two decimals is 1,250; nil for anything but digits, one point or comma, and too many decimals.
    private static func minor(_ text: String, scale: Int) -> Int64? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty else { return nil }
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard parts.count == 1 || !decimals.isEmpty, decimals.utf8.count <= scale else { return nil }
        let digits = whole + decimals + String(repeating: "0", count: scale - decimals.utf8.count)
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(digits)
    }
}

/// The rows of a CSV file, with quotes.
private struct CSVRows {
    private(set) var rows: [(line: Int, fields: [String])] = []

    init(_ text: String) throws(TillReportFault) {
        // Excel writes a mark in front of UTF-8.
        let bytes = Array(text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? text.utf8.dropFirst(3) : text.utf8[...])
        let firstLine = bytes.prefix { $0 != 10 }
        let separator = firstLine.contains(UInt8(ascii: ";")) ? UInt8(ascii: ";") : UInt8(ascii: ",")
        var (line, start) = (1, 1)
        var fields: [String] = []
        var field: [UInt8] = []
        var (isQuoted, wasQuoted) = (false, false)
        var index = 0
        while index <= bytes.count {
            let byte = index < bytes.count ? bytes[index] : 10
            defer { index += 1 }
            if isQuoted {
                guard index < bytes.count else { throw TillReportFault(line: start, what: "a quote does not end") }
                if byte == 10 { line += 1 }
                guard byte == UInt8(ascii: "\"") else {
                    field.append(byte)
                    continue
                }
                if index + 1 < bytes.count, bytes[index + 1] == byte {
                    field.append(byte)
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if byte == UInt8(ascii: "\""), field.isEmpty, !wasQuoted {
                (isQuoted, wasQuoted) = (true, true)
            } else if byte == separator || byte == 10 {
                if byte == 10, field.last == 13 { field.removeLast() }
                fields.append(String(decoding: field, as: UTF8.self))
                (field, wasQuoted) = ([], false)
                guard byte == 10 else { continue }
                if fields != [""] { rows.append((start, fields)) }
                fields = []
                line += 1
                start = line
            } else {
                field.append(byte)
            }
        }
    }
}
