import ArgumentParser
import TallyReports

/// By what the rows are told apart.
enum LiabilityGrouping: String, ExpressibleByArgument, CaseIterable {
    case wallet, business, store, promotion

    /// The same in the words of the report.
    var grouping: LiabilityReport.Grouping {
        switch self {
        case .wallet: .wallet
        case .business: .business
        case .store: .store
        case .promotion: .promotion
        }
    }
}

/// What the programme owes its members.
struct LiabilityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "liability",
        abstract: "Print how what members hold and owe went from opening to closing.",
        discussion: """
            Every column is an effect with its sign: a row adds up from opening to closing as it stands. What holds have
            set aside is part of the closing balance. Exit code 3 when the closing balance is not that of the books.

            EXAMPLES:
              tally liability /var/lib/tallystick --from 2026-03-01 --to 2026-03-31
              tally liability /var/lib/tallystick --by business -O csv
              tally liability /var/lib/tallystick --by promotion --sequences
            """)

    @OptionGroup var options: FinanceOptions
    @Option(help: "Rows by wallet, business (who stands for the points), store or promotion (what gave them).")
    var by = LiabilityGrouping.wallet

    func validate() throws { try options.checkPeriod() }

    func run() throws {
        let printing = options.printing
        try printing.print(
            LiabilityReport(
                period: printing.clipped(options.period), by: by.grouping, keepsSequences: printing.sequences),
            of: options.directory)
    }
}
