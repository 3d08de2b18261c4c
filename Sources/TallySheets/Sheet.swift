import TallyModel
import TallyReports

/// One sheet of a workbook.
struct Sheet {
    let name: String
    private let columns: [String]
    private let rows: [[ReportTable.Cell]]

    /// Characters of a cell, as UTF-16 counts them: a program that finds more calls the file damaged.
    static let charactersMax = 32_767

    /// Some rows of a table.
    init(_ table: ReportTable, _ rows: ArraySlice<ReportTable.Row>, showsSequences: Bool) {
        name = table.name
        columns = table.columns + (showsSequences ? ["sequences"] : [])
        self.rows = rows.map { row in row.cells + (showsSequences ? [.text(Sheet.trail(row.sequences))] : []) }
    }

    /// The records behind a row, as many as a cell can name.
    private static func trail(_ sequences: [UInt64]) -> String {
        var text = ""
        for sequence in sequences {
            let word = text.isEmpty ? "\(sequence)" : " \(sequence)"
            guard text.utf8.count + word.utf8.count <= charactersMax - 2 else { return text + " …" }
            text += word
        }
        return text
    }

    /// What was checked, and whether it holds.
    init(checks: [ReportCheck]) {
        name = "checks"
        columns = ["check", "result"]
        rows = checks.map { [.text($0.name), .text($0.fault ?? "ok")] }
    }

    /// The sheet: a head that stays in sight, and a row for each row.
    var xml: String {
        var text = #"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>"#
        text += #"<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" "#
        text += #"state="frozen"/></sheetView></sheetViews><cols>"#
        for column in columns.indices {
            text += #"<col min="\#(column + 1)" max="\#(column + 1)" width="\#(width(column))" customWidth="1"/>"#
        }
        text += "</cols><sheetData>"
        text += Sheet.row(1, columns.map { Sheet.words($0, style: 1) })
        for (place, cells) in rows.enumerated() { text += Sheet.row(place + 2, cells.map(Sheet.cell)) }
        return text + "</sheetData></worksheet>"
    }

    /// The width of a column in characters: its longest text, within reason.
    private func width(_ column: Int) -> Int {
        let longest = rows.lazy.map { RussianCSV.decimal($0[column]).count }.max() ?? 0
        return min(max(longest, columns[column].count) + 2, 60)
    }

    /// A row of cells, each of which still wants to know where it is.
    private static func row(_ number: Int, _ cells: [(String) -> String]) -> String {
        let parts = cells.enumerated().map { place, cell in cell("\(letters(place))\(number)") }
        return #"<row r="\#(number)">"# + parts.joined() + "</row>"
    }

    private static func cell(_ cell: ReportTable.Cell) -> (String) -> String {
        switch cell {
        case .text(let text): words(text, style: 0)
        case .number(let value): number(value, digits: value.map { "\($0)" }, style: 2)
        case .amount(let value, let scale):
            number(value, digits: value.map { RussianCSV.amount($0, scale, mark: ".") }, style: 4 + min(Int(scale), 9))
        // Day 25,569 of the spreadsheets is the first of 1970.
        case .day(let day): number(day.map { Int64($0.days) }, digits: day.map { "\($0.days + 25_569)" }, style: 3)
        }
    }

    private static func words(_ text: String, style: Int) -> (String) -> String {
        { place in
            guard !text.isEmpty else { return "" }
            let words = escaped(fitting(text))
            return #"<c r="\#(place)" s="\#(style)" t="inlineStr"><is><t xml:space="preserve">\#(words)</t></is></c>"#
        }
    }

    /// A number by its digits; as text when a spreadsheet would round it.
    private static func number(_ value: Int64?, digits: String?, style: Int) -> (String) -> String {
        guard let value, let digits else { return { _ in "" } }
        if value.magnitude > 999_999_999_999_999 { return words(digits, style: style) }
        return { place in #"<c r="\#(place)" s="\#(style)"><v>\#(digits)</v></c>"# }
    }

    /// A text that a cell can hold: the whole, or its beginning with an ellipsis.
    private static func fitting(_ text: String) -> String {
        guard text.utf16.count > charactersMax else { return text }
        var kept = ""
        var count = 0
        for scalar in text.unicodeScalars {
            count += scalar.utf16.count
            guard count < charactersMax else { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + "…"
    }

    /// The letters of a column, counted from 0: A to Z, AA and so on.
    static func letters(_ column: Int) -> String {
        let last = String(UnicodeScalar(UInt8(65 + column % 26)))
        return column < 26 ? last : letters(column / 26 - 1) + last
    }

    /// Text as XML holds it; characters that XML forbids become the sign for what cannot be shown.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += "&#\(scalar.value);"
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
