import ArgumentParser
import TallyModel
import TallyReports

/// How long a step of the ladder is.
enum LadderStep: String, ExpressibleByArgument, CaseIterable {
    case day, month
}

/// When points end.
struct ExpiryLadderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expiry-ladder",
        abstract: "Print when points end, and when pending ones begin.",
        discussion: """
            Points stand at the last day on which they can be spent, pending ones at the first. Exit code 3 when the
            lots are not what the books say that members hold.

            EXAMPLES:
              tally expiry-ladder /var/lib/tallystick
              tally expiry-ladder /var/lib/tallystick --by day --as-of 2026-03-01 -O csv
            """)

    @Argument(help: "The data directory.")
    var directory: String
    @Option(help: "Steps of a day or a month.")
    var by = LadderStep.month
    @OptionGroup var printing: FinancePrinting

    func run() throws {
        try printing.print(
            ExpiryLadder(
                before: printing.asOf?.day, by: by == .day ? .day : .month, keepsSequences: printing.sequences),
            of: directory)
    }
}
