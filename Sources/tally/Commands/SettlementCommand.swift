import ArgumentParser
import TallyReports

/// What businesses owe each other.
struct SettlementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settlement",
        abstract: "Print what businesses owe each other for points that one issued and another took.",
        discussion: """
            Points by issuer and redeemer, priced by the terms that were in force; what no terms cover has no price and
            is named as uncovered. Exit code 3 when the matrix is not the clearing accounts.

            EXAMPLES:
              tally settlement /var/lib/tallystick --from 2026-03-01 --to 2026-03-31
              tally settlement /var/lib/tallystick --pair toys:salons -O csv
            """)

    @OptionGroup var options: FinanceOptions
    @Option(help: ArgumentHelp("List the movements of two businesses one by one.", valueName: "business:business"))
    var pair: String?

    private var businesses: (first: String, second: String)? {
        let ids = (pair ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        return ids.count == 2 && ids.allSatisfy { !$0.isEmpty } ? (ids[0], ids[1]) : nil
    }

    func validate() throws {
        try options.checkPeriod()
        guard pair == nil || businesses != nil else { throw ValidationError("Write --pair as toys:salons.") }
    }

    func run() throws {
        let printing = options.printing
        try printing.print(
            SettlementReport(
                period: printing.clipped(options.period), pair: businesses, keepsSequences: printing.sequences),
            of: options.directory)
    }
}
