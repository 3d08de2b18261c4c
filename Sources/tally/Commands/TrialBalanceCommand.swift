import ArgumentParser
import TallyReports

/// The accounts of the books.
struct TrialBalanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trial-balance",
        abstract: "Print the accounts of the books over a period: opening, movement, closing.",
        discussion: """
            Reads the data directory; the daemon may run beside it. Every business and wallet adds up to zero, and all
            days together are the books: exit code 3 when that is not so. Points are in minor units.

            EXAMPLES:
              tally trial-balance /var/lib/tallystick
              tally trial-balance /var/lib/tallystick --from 2026-03-01 --to 2026-03-31 -O csv
              tally trial-balance /var/lib/tallystick --as-of @8123 --sequences
            """)

    @OptionGroup var options: FinanceOptions

    func validate() throws { try options.checkPeriod() }

    func run() throws {
        let printing = options.printing
        try printing.print(
            TrialBalance(period: printing.clipped(options.period), keepsSequences: printing.sequences),
            of: options.directory)
    }
}
