import ArgumentParser
import TallyLog
import TallyModel
import TallyReports

/// Which days a report of finance covers, and how it is printed: the same for all of them.
struct FinanceOptions: ParsableArguments {
    @Argument(help: "The data directory.")
    var directory: String
    @Option(
        help: ArgumentHelp("The first day of the period. (default: the beginning)", valueName: "day"),
        transform: FinanceOptions.day)
    var from: CivilDay?
    @Option(
        help: ArgumentHelp("The last day of the period, which belongs to it. (default: the end)", valueName: "day"),
        transform: FinanceOptions.day)
    var to: CivilDay?
    @OptionGroup var printing: FinancePrinting

    /// The days that were asked for.
    var period: BooksPeriod { BooksPeriod(first: from, last: to) }

    /// Reads a day.
    static func day(_ text: String) throws -> CivilDay {
        guard let day = CivilDay(text: text) else { throw ValidationError("Write a day such as 2026-03-01.") }
        return day
    }

    /// Refuses days in the wrong order.
    func checkPeriod() throws { try FinanceOptions.check(from, to) }

    /// Refuses days in the wrong order.
    static func check(_ from: CivilDay?, _ to: CivilDay?) throws {
        if let from, let to, from > to { throw ValidationError("--from is not behind --to.") }
    }
}

/// How far the log is read and how a report is printed.
struct FinancePrinting: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "A day such as 2026-03-01 (what counts for earlier days) or a place in the log such as @8123.",
            valueName: "day|@sequence"), transform: AsOfOptions.read)
    var asOf: AsOf?
    @Flag(help: "Name the records behind each row.")
    var sequences = false
    @Flag(help: "Show progress without a terminal too.")
    var progress = false
    @OptionGroup var format: SheetOptions

    /// The days of a period cut off where `--as-of` says so.
    func clipped(_ period: BooksPeriod) -> BooksPeriod {
        guard let day = asOf?.day else { return period }
        let last = CivilDay(days: day.days - 1)
        return BooksPeriod(first: period.first, last: min(period.last ?? last, last))
    }

    /// Opens the log of a data directory, reads it, prints the report.
    ///
    /// - Throws: `Failure` when a check of the report fails.
    func print(_ scan: some FinanceScan, of directory: String) throws {
        let log = try EventLog.open(directory: directory, isReadOnly: true)
        try print(scan, of: log)
    }

    /// Reads a log that is open already and prints the report.
    func print(_ scan: some FinanceScan, of log: EventLog) throws {
        var bar: ProgressBar?
        let report = try FinanceFailure.read {
            try scan.report(log, through: asOf?.sequence) { sequence, last in
                bar = bar ?? ProgressBar(total: Int(last), isForced: progress)
                bar?.show(Int(sequence), "record \(sequence)")
            }
        }
        bar?.finish()
        try FinancePrinter(format, showsSequences: sequences).print(report)
        guard let broken = report.checks.first(where: { $0.fault != nil }) else { return }
        throw Failure(.checkFailed, "\(broken.name): \(broken.fault ?? "")")
    }
}
