import ArgumentParser
import TallyClient
import TallyJSON
import TallyModel
import TallyReports

/// Figures about the programme.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print figures about the programme.", subcommands: [ReportKPICommand.self])
}

/// The key figures.
struct ReportKPICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kpi",
        abstract: "Print the key figures.",
        discussion: """
            Money is in minor units; a figure whose name ends in _x1000 or _x10000 is a ratio times that.

            EXAMPLES:
              tally report kpi
              tally report kpi --as-of 2018-01-01 --window 32 -O json
              tally report kpi -O csv-ru > kpi.csv
            """)

    @OptionGroup var asOf: AsOfOptions
    @Option(help: ArgumentHelp("Days that two of the figures look back.", valueName: "days"))
    var window: UInt16 = 32
    @OptionGroup var format: SheetOptions
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let report = try await daemon.connect().kpi(asOf: asOf.bound, windowDays: window)
        guard !format.isSheet else { return try FinancePrinter(format).print(ReportKPICommand.sheet(report)) }
        var output = Output(try Output.open(file: format.out))
        switch format.output {
        case .json: output.line(KPIReportJSON.line(report))
        case .csv:
            output.line(CSV.row(["figure", "value"]))
            for (name, value) in ReportKPICommand.rows(report) { output.line(CSV.row([name, value])) }
        case .table, .xlsx, .russianCSV:
            var table = TextTable(["figure", "value"])
            for (name, value) in ReportKPICommand.rows(report) { table.add([name, value]) }
            for line in table.lines { output.line(line) }
        }
    }

    private static func sheet(_ report: KPIReport) -> FinanceReport {
        var table = ReportTable("kpi", ["figure", "value"])
        for figure in KPIFigure.allCases {
            table.add([.text(figure.name(windowDays: Int(report.windowDays))), .number(report[figure])])
        }
        return FinanceReport(sequence: report.sequence, tables: [table], checks: [])
    }

    /// The figures in their order; a ratio without a denominator is empty.
    private static func rows(_ report: KPIReport) -> [(String, String)] {
        KPIFigure.allCases.map { figure in
            (figure.name(windowDays: Int(report.windowDays)), report[figure].map { "\($0)" } ?? "")
        }
    }
}
