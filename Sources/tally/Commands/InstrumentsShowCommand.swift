import ArgumentParser
import TallyBytes
import TallyDecisions
import TallyModel
import TallyReports

/// One code: how it stands and what happened to it.
struct InstrumentsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print how one code stands and everything that happened to it.",
        discussion: """
            The code as it is printed or typed; - reads it from standard input, so that it stands in no list of processes. A
            code that was mistyped is told from one that nobody was given. Amounts are in minor units.

            EXAMPLES:
              tally instruments show SPRING25 --data /var/lib/tallystick
              tally instruments show - --data /var/lib/tallystick --as-of @8123 -O json < code.txt
            """)

    @Argument(help: "The code; - reads standard input.")
    var code: String
    @OptionGroup var secret: SecretOptions
    @OptionGroup var printing: FinancePrinting

    func validate() throws {
        guard printing.asOf?.day == nil else {
            throw ValidationError("--as-of takes a place in the log such as @8123 here.")
        }
    }

    func run() throws {
        let typed = code == "-" ? try FileSource.text(of: "-") : code
        let text = String(typed.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        try printing.print(
            CodeReport(of: try copy(text), keepsSequences: printing.sequences), of: secret.data)
    }

    private func copy(_ text: String) throws -> CodeReport.Copy {
        var bytes = ByteWriter(capacity: 64)
        bytes.append(text: text)
        switch InstrumentCode.read(bytes.bytes, key: try secret.key()) {
        case .unique(let instrument, let serial): return .serial(instrument: instrument, serial)
        case .mistyped: throw Failure(.usage, "the code is mistyped: read it again")
        case .foreign: return .word(text.uppercased())
        }
    }
}
