import ArgumentParser
import TallyModel
import TallyReports

/// What became of the points of each month.
struct BreakageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breakage",
        abstract: "Print what became of the points of each month, and how many ended unused.",
        discussion: """
            A row is the month in which points were given. Every column is an effect with its sign; breakage_bp is what
            ended in hundredths of a per cent of what was given.

            EXAMPLES:
              tally breakage /var/lib/tallystick
              tally breakage /var/lib/tallystick --as-of 2026-01-01 -O csv
            """)

    @Argument(help: "The data directory.")
    var directory: String
    @OptionGroup var printing: FinancePrinting

    func run() throws {
        try printing.print(
            BreakageReport(before: printing.asOf?.day, keepsSequences: printing.sequences), of: directory)
    }
}
