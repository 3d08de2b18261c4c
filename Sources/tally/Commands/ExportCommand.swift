import ArgumentParser
import TallyLog
import TallyModel
import TallyReports

/// The books for somebody else's program.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the books as a journal for hledger, Ledger or Beancount.",
        discussion: """
            Reads a data directory whose daemon may run or not. Every lot is an account with a balance assertion behind each of
            its changes, so the other program checks every amount and names the record of one that is wrong.

            EXAMPLES:
              tally export hledger /var/lib/tallystick > points.journal && hledger -f points.journal check
              tally export ledger /var/lib/tallystick > points.ledger && ledger -f points.ledger bal --depth 2
              tally export beancount /var/lib/tallystick > points.beancount && bean-check points.beancount
            """)

    @Argument(help: "hledger, ledger or beancount.", transform: ExportCommand.format)
    var format: JournalFormat
    @Argument(help: "The data directory.")
    var directory: String
    @Option(help: ArgumentHelp("The last record that counts.", valueName: "@sequence"), transform: AsOfOptions.read)
    var asOf: AsOf?

    func validate() throws {
        guard asOf?.day == nil else { throw ValidationError("--as-of takes a place in the log such as @8123 here.") }
    }

    private static func format(_ text: String) throws -> JournalFormat {
        guard let format = JournalFormat(rawValue: text) else {
            throw ValidationError("Write hledger, ledger or beancount, not \(text).")
        }
        return format
    }

    func run() throws {
        let log = try EventLog.open(directory: directory, isReadOnly: true)
        var output = Output()
        let count = try JournalExport.write(log, through: asOf?.sequence, format: format) { output.line($0) }
        output.flush()
        Talk.say("\(count) transactions")
    }
}
