import TallyJSON
import TallyReports
import TallySheets

/// Prints the tables of a report: amounts in minor units, as all of `tally` does.
///
/// A report of several tables is several blocks: for people with the name above each, for programs with the name in the
/// first column (CSV) or under `table` (JSON), so one file holds them all.
struct FinancePrinter {
    private let format: SheetFormat
    private let showsSequences: Bool
    private let file: String?

    /// A printer.
    ///
    /// - Parameters:
    ///   - options: The form, and the file unless it is standard output.
    ///   - showsSequences: True when the records behind a row are in its last column.
    init(_ options: SheetOptions, showsSequences: Bool = false) {
        (format, file, self.showsSequences) = (options.output, options.out, showsSequences)
    }

    /// Prints the tables to the file or standard output and what was checked to standard error.
    ///
    /// - Throws: ``Failure`` when a workbook would go to a terminal, or the file cannot be opened.
    func print(_ report: FinanceReport) throws {
        guard format != .xlsx || file != nil || !Output.isTerminal else {
            throw Failure(.usage, "a workbook is no text: name a file, as in … -O xlsx --out report.xlsx")
        }
        let descriptor = try Output.open(file: file)
        switch format {
        case .xlsx: Output.write(Workbook.xlsx(report, showsSequences: showsSequences), to: descriptor)
        case .russianCSV:
            let text = RussianCSV.text(report, showsSequences: showsSequences)
            Output.write(Array(text.utf8), to: descriptor)
        case .table, .csv, .json: figures(report, to: descriptor)
        }
    }

    private func figures(_ report: FinanceReport, to descriptor: Int32) {
        var output = Output(descriptor)
        for (place, table) in report.tables.enumerated() {
            switch format {
            case .table: text(table, isFirst: place == 0, &output)
            case .csv: csv(table, isAlone: report.tables.count == 1, &output)
            default: json(table, &output)
            }
        }
        output.flush()
        guard format == .table else { return }
        for check in report.checks { Talk.say("\(check.fault == nil ? "ok" : "NOT SO"): \(check.name)") }
    }

    private func columns(_ table: ReportTable) -> [String] { table.columns + (showsSequences ? ["sequences"] : []) }

    private func values(_ row: ReportTable.Row) -> [String] {
        let trail = row.sequences.map { "\($0)" }.joined(separator: " ")
        return row.cells.map(\.text) + (showsSequences ? [trail] : [])
    }

    private func text(_ table: ReportTable, isFirst: Bool, _ output: inout Output) {
        if !isFirst { output.line("") }
        output.line(table.name)
        var lines = TextTable(columns(table))
        for row in table.rows { lines.add(values(row)) }
        for line in lines.lines { output.line(line) }
    }

    private func csv(_ table: ReportTable, isAlone: Bool, _ output: inout Output) {
        let front = { (text: String) in isAlone ? [] : [text] }
        output.line(CSV.row(front("table") + columns(table)))
        for row in table.rows { output.line(CSV.row(front(table.name) + values(row))) }
    }

    private func json(_ table: ReportTable, _ output: inout Output) {
        for row in table.rows {
            var object = JSONText()
            object.add("table", table.name)
            for (name, cell) in zip(table.columns, row.cells) {
                switch cell {
                case .number(let value), .amount(let value, _): object.add(name, value)
                case .text(let text): object.add(name, text)
                case .day(let day): object.add(name, day.map { "\($0)" })
                }
            }
            if showsSequences { object.add("sequences", list: row.sequences.map { "\($0)" }) }
            output.line(object.object)
        }
    }
}
