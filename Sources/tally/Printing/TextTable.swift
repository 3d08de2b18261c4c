/// A table for people: columns as wide as their longest value, columns of numbers to the right.
struct TextTable {
    private let header: [String]
    private var rows: [[String]] = []

    init(_ header: [String]) { self.header = header }

    /// Adds a row with one value a column.
    mutating func add(_ row: [String]) { rows.append(row) }

    /// The lines of the table, the header first.
    var lines: [String] {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        let areNumbers = header.indices.map { column in rows.allSatisfy { TextTable.isNumber($0[column]) } }
        return all.map { row in
            let cells = row.indices.map { TextTable.padded(row[$0], to: widths[$0], isNumber: areNumbers[$0]) }
            return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }
    }

    private static func padded(_ text: String, to width: Int, isNumber: Bool) -> String {
        let space = String(repeating: " ", count: width - text.count)
        return isNumber ? space + text : text + space
    }

    /// A figure that is not known is empty and stands among numbers.
    private static func isNumber(_ text: String) -> Bool { text.allSatisfy { $0.isNumber || $0 == "-" || $0 == "." } }
}
