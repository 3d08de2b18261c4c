/// A row of a receipts file that cannot be an event: where, what is there, what is expected.
public struct BadRow: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line of the file on which the row begins, counted from 1; the header is line 1.
    public var line: Int
    /// The column of the table, counted from 1.
    public var column: Int
    /// What is there, cut to a readable length.
    public var found: String
    /// What is expected instead.
    public var expected: String

    /// A fault of its parts.
    public init(line: Int, column: Int, found: String, expected: String) {
        (self.line, self.column, self.found, self.expected) = (line, column, found, expected)
    }

    /// The place and what is wrong, such as `12:9 line_total: found "1.234", expected …`.
    public var description: String { "\(line):\(column) \(columnName): found \"\(found)\", expected \(expected)" }

    /// The column's name in the header.
    public var columnName: String { ReceiptsColumn(rawValue: column - 1)?.name ?? "row" }
}

/// A receipt that was left out, and why.
public struct SkippedReceipt: Sendable, Hashable {
    /// The line of the file on which the receipt begins, counted from 1.
    public var line: Int
    /// The receipt's id as far as it could be read.
    public var receipt: String
    /// The first bad row.
    public var reason: BadRow

    /// A note of its parts.
    public init(line: Int, receipt: String, reason: BadRow) {
        (self.line, self.receipt, self.reason) = (line, receipt, reason)
    }
}

/// Why a file of receipts cannot be imported any further.
public enum ImportFault: Error, Sendable, CustomStringConvertible {
    /// The first row is not the header of a receipts file.
    case header(found: String)
    /// A row cannot be an event.
    case badRow(BadRow)
    /// A row is longer than ``ReceiptsCSV/rowBytesMax`` or a quote is never closed.
    case rowTooLong(line: Int)
    /// The file cannot be read.
    case unreadable(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .header(let found):
            "1:1: the file does not begin with the header of receipts; found \"\(found)\", expected \"\(ReceiptsColumn.header)\""
        case .badRow(let row): "\(row); correct the row, or leave such receipts out with --skip-bad"
        case .rowTooLong(let line):
            "\(line):1: the row is longer than \(ReceiptsCSV.rowBytesMax) bytes: is a quote not closed?"
        case .unreadable(let reason): "the file cannot be read: \(reason)"
        }
    }
}

/// The columns of a receipts file, in order.
public enum ReceiptsColumn: Int, Sendable, CaseIterable {
    /// The number on the receipt; the lines of a receipt are adjacent rows.
    case receipt
    /// The member's id in other systems; empty for an anonymous receipt.
    case member
    /// The store's id.
    case store
    /// Civil time at the store, `YYYY-MM-DDTHH:MM:SS`.
    case timestamp
    /// The product.
    case sku
    /// The product's category; may be empty.
    case category
    /// How much; at most three decimals.
    case quantity
    /// What one costs; not read, because the total of the line is authoritative.
    case unitPrice
    /// What was paid for the line; at most two decimals.
    case total

    /// The column's name in the header.
    public var name: String {
        switch self {
        case .receipt: "receipt_id"
        case .member: "member_id"
        case .store: "store_id"
        case .timestamp: "timestamp"
        case .sku: "sku"
        case .category: "category"
        case .quantity: "qty"
        case .unitPrice: "unit_price"
        case .total: "line_total"
        }
    }

    /// The first row of a receipts file.
    public static var header: String { allCases.map(\.name).joined(separator: ",") }
}
