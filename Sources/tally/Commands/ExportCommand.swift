import ArgumentParser
import TallyLog
import TallyModel
import TallyReports

/// The books for somebody else's program.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the books for hledger, Ledger, Beancount or a table program.",
        discussion: """
            Reads a data directory whose daemon may run or not. In a journal every lot is an account with a balance assertion
            behind each of its changes, so the other program checks every amount and names the record of one that is wrong. csv
            is a table of everything that members' points did, lot by lot.

            EXAMPLES:
              tally export hledger /var/lib/tallystick > points.journal && hledger -f points.journal check
              tally export ledger /var/lib/tallystick > points.ledger && ledger -f points.ledger bal --depth 2
              tally export beancount /var/lib/tallystick > points.beancount && bean-check points.beancount
              tally export csv /var/lib/tallystick > points.csv
            """)

    /// What can be written.
    enum Form: Equatable {
        case journal(JournalFormat)
        case csv
    }

    @Argument(help: "hledger, ledger, beancount or csv.", transform: ExportCommand.form)
    var form: Form
    @Argument(help: "The data directory.")
    var directory: String
    @Option(help: ArgumentHelp("The last record that counts.", valueName: "@sequence"), transform: AsOfOptions.read)
    var asOf: AsOf?

    func validate() throws {
        guard asOf?.day == nil else { throw ValidationError("--as-of takes a place in the log such as @8123 here.") }
    }

    private static func form(_ text: String) throws -> Form {
        if text == "csv" { return .csv }
        guard let format = JournalFormat(rawValue: text) else {
            throw ValidationError("Write hledger, ledger, beancount or csv, not \(text).")
        }
        return .journal(format)
    }

    func run() throws {
        let log = try EventLog.open(directory: directory, isReadOnly: true)
        let output = LineOutput()
        switch form {
        case .journal(let format):
            let count = try JournalExport.write(log, through: asOf?.sequence, format: format) { output.line($0) }
            output.flush()
            Talk.say("\(count) transactions")
        case .csv:
            output.line(CSV.row(MovementExport.header))
            let count = try MovementExport.write(log, through: asOf?.sequence) { output.line(CSV.row($0)) }
            output.flush()
            Talk.say("\(count) movements")
        }
    }
}

/// Standard output for a closure, which cannot hold the one owner of an ``Output``.
private final class LineOutput {
    private var output = Output()

    func line(_ text: String) { output.line(text) }
    func flush() { output.flush() }
}
