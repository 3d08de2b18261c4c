import ArgumentParser
import TallyReports

/// Whom businesses share.
struct OverlapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overlap",
        abstract: "Print the members whom businesses share, and how they and their points cross over.",
        discussion: """
            EXAMPLES:
              tally overlap /var/lib/tallystick
              tally overlap /var/lib/tallystick --from 2026-01-01 --to 2026-12-31 -O csv
            """)

    @OptionGroup var options: FinanceOptions

    func validate() throws { try options.checkPeriod() }

    func run() throws {
        let printing = options.printing
        try printing.print(
            OverlapReport(period: printing.clipped(options.period), keepsSequences: printing.sequences),
            of: options.directory)
    }
}
