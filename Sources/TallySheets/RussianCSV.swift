import TallyModel
public import TallyReports

/// The tables of a report as a Russian Excel opens them: semicolons, decimal commas, a byte order mark, lines that end in CR and LF.
///
/// Amounts are in major units. A text that begins like a formula gets an apostrophe in front, so that no spreadsheet runs it.
/// A report of several tables has the name of the table in the first column.
public enum RussianCSV {
    /// The text of a report.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - showsSequences: True when the records behind a row are in its last column.
    /// - Returns: The file, the mark in front.
    public static func text(_ report: FinanceReport, showsSequences: Bool) -> String {
        let isAlone = report.tables.count == 1
        var text = "\u{FEFF}"
        for table in report.tables {
            let head = (isAlone ? [] : ["table"]) + table.columns + (showsSequences ? ["sequences"] : [])
            text += line(head)
            for row in table.rows {
                let trail = row.sequences.map { "\($0)" }.joined(separator: " ")
                let cells = row.cells.map { cell in
                    if case .text(let words) = cell { harmless(words) } else { decimal(cell) }
                }
                text += line((isAlone ? [] : [table.name]) + cells + (showsSequences ? [trail] : []))
            }
        }
        return text
    }

    /// A value with a decimal comma, a day as `DD.MM.YYYY`.
    static func decimal(_ cell: ReportTable.Cell) -> String {
        switch cell {
        case .text(let text): return text
        case .number(let value): return value.map { "\($0)" } ?? ""
        case .amount(let value, let scale): return value.map { amount($0, scale, mark: ",") } ?? ""
        case .day(let day):
            guard let day else { return "" }
            return "\(day)".split(separator: "-").reversed().joined(separator: ".")
        }
    }

    /// Minor units with their decimals, exactly.
    static func amount(_ minor: Int64, _ scale: UInt8, mark: String) -> String {
        guard scale > 0 else { return "\(minor)" }
        let digits = "\(minor.magnitude)"
        let padded = String(repeating: "0", count: max(0, Int(scale) + 1 - digits.count)) + digits
        return (minor < 0 ? "-" : "") + padded.dropLast(Int(scale)) + mark + padded.suffix(Int(scale))
    }

    private static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else { return text }
        return "'" + text
    }

    private static func line(_ values: [String]) -> String { values.map(quoted).joined(separator: ";") + "\r\n" }

    private static func quoted(_ value: String) -> String {
        guard value.unicodeScalars.contains(where: { ";\"\r\n".unicodeScalars.contains($0) }) else { return value }
        return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
