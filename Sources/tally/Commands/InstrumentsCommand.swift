import ArgumentParser
import TallyImport
import TallyReports

/// Gift cards, certificates, coupons and promo codes.
struct InstrumentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instruments",
        abstract: "Define, issue and look up gift cards, certificates, coupons and promo codes.",
        subcommands: [
            InstrumentsDefineCommand.self, InstrumentsIssueCommand.self, InstrumentsCodesCommand.self,
            InstrumentsShowCommand.self, InstrumentsReportCommand.self,
        ])
}

/// Puts a family of instruments in force.
struct InstrumentsDefineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "define",
        abstract: "Put the instruments of a file in force.",
        discussion: """
            Says for each instrument whether it was recorded, unchanged or rejected. Applying the same file again changes
            nothing. A later definition may raise a limit or take it away, and lower it only down to what has happened.

            EXAMPLES:
              tally instruments define spring.yaml
            """)

    @Argument(help: "The file (YAML).")
    var file: String
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let text = try FileSource.text(of: file)
        let instruments: InstrumentsFile
        do throws(ProgrammeFault) { instruments = try InstrumentsFile(yaml: text) } catch {
            throw Failure(.usage, "\(file):\(error)")
        }
        try await DefinitionSender(file: file, client: try await daemon.connect())
            .apply(instruments.commands, as: "instruments:\(instruments.family)")
    }
}

/// What became of all instruments.
struct InstrumentsReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print what became of all codes, and what is owed to bearers.",
        discussion: """
            Uses and copies of each instrument with what is left of its budgets, then what businesses owe to the bearers of
            cards and certificates from opening to closing, every column an effect with its sign. Exit code 3 when the
            liability is not the account `cards` of the books, or the counts are not those by which the ledger decides.

            EXAMPLES:
              tally instruments report /var/lib/tallystick
              tally instruments report /var/lib/tallystick --from 2026-03-01 --to 2026-03-31 -O xlsx --out march.xlsx
              tally instruments report /var/lib/tallystick --as-of 2026-03-01 --sequences -O csv
            """)

    @OptionGroup var options: FinanceOptions

    func validate() throws { try options.checkPeriod() }

    func run() throws {
        let printing = options.printing
        try printing.print(
            InstrumentReport(period: printing.clipped(options.period), keepsSequences: printing.sequences),
            of: options.directory)
    }
}
