import ArgumentParser
import TallyLog
import TallyModel
import TallyReports

/// Everything that happened to a member's points.
struct StatementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "Print everything that happened to one member's points.",
        discussion: """
            A member is named by the id of other systems or as #number; phones and cards are kept as hashes under the
            daemon's key, so nobody finds a member by them here. Movements stand in the order of their days, each lot
            with its end, with what the member holds behind it.

            EXAMPLES:
              tally statement /var/lib/tallystick 900
              tally statement /var/lib/tallystick '#5' --from 2026-03-01 --to 2026-03-31
              tally statement /var/lib/tallystick 900 --as-of @8123 -O json
            """)

    @Argument(help: "The data directory.")
    var directory: String
    @Argument(help: "The member: the id of other systems or #number.")
    var member: String
    @Option(
        help: ArgumentHelp("The first day of the period. (default: the beginning)", valueName: "day"),
        transform: FinanceOptions.day)
    var from: CivilDay?
    @Option(
        help: ArgumentHelp("The last day of the period, which belongs to it. (default: the end)", valueName: "day"),
        transform: FinanceOptions.day)
    var to: CivilDay?
    @OptionGroup var printing: FinancePrinting

    func validate() throws { try FinanceOptions.check(from, to) }

    func run() throws {
        let log = try EventLog.open(directory: directory, isReadOnly: true)
        let number = try FinanceFailure.read { try MemberLookup.find(member, in: log) }
        guard let number else { throw Failure(.usage, "nobody is registered as \(member) in \(directory)") }
        try printing.print(
            StatementReport(of: number, period: printing.clipped(BooksPeriod(first: from, last: to))), of: log)
    }
}
