import ArgumentParser
import Synchronization
import TallyClient
import TallyCodec
import TallyJSON
import TallyModel

/// What members hold.
struct BalancesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balances",
        abstract: "Print what members hold, in minor units.",
        discussion: """
            A member is shown by the id of other systems, or as #number without one.

            EXAMPLES:
              tally balances
              tally balances --as-of 2018-01-01 -O csv > balances.csv
              tally balances --as-of @8123 --member-external 900
            """)

    @OptionGroup var asOf: AsOfOptions
    @Option(help: ArgumentHelp("Only this member, by the ledger's number.", valueName: "number"))
    var member: UInt32?
    @Option(help: ArgumentHelp("Only this member, by the id of other systems.", valueName: "id"))
    var memberExternal: String?
    @Option(help: ArgumentHelp("Only this member, by phone number.", valueName: "phone"))
    var memberPhone: String?
    @Option(help: ArgumentHelp("Only this member, by card number.", valueName: "card"))
    var memberCard: String?
    @OptionGroup var format: FormatOptions
    @OptionGroup var daemon: DaemonOptions

    private var references: [MemberReference] {
        [
            member.map { .number(MemberNumber($0)) }, memberExternal.map { .external($0) },
            memberPhone.map { .phone($0) },
            memberCard.map { .card($0) },
        ].compactMap(\.self)
    }

    func validate() throws {
        guard references.count <= 1 else { throw ValidationError("Name the member in one way only.") }
    }

    func run() async throws {
        let client = try await daemon.connect()
        let printer = BalancePrinter(format.output)
        try await client.balances(of: references.first ?? .anonymous, asOf: asOf.bound) { page in printer.add(page.rows)
        }
        printer.finish()
    }
}

/// Prints balances page by page; a table waits for the last page, because its widths depend on every row.
private final class BalancePrinter: Sendable {
    private struct State: ~Copyable {
        var output = Output()
        var table = TextTable(BalancePrinter.header)
    }

    private static let header = ["member_id", "wallet", "active", "pending", "held", "debt"]
    private let format: OutputFormat
    private let state = Mutex(State())

    init(_ format: OutputFormat) {
        self.format = format
        if format == .csv { state.withLock { $0.output.line(CSV.row(BalancePrinter.header)) } }
    }

    func add(_ rows: [BalanceRow]) {
        state.withLock { state in
            for row in rows {
                switch format {
                case .table: state.table.add(BalancePrinter.values(row))
                case .csv: state.output.line(CSV.row(BalancePrinter.values(row)))
                case .json: state.output.line(BalanceRowJSON.object(row))
                }
            }
        }
    }

    func finish() {
        state.withLock { state in
            if format == .table { for line in state.table.lines { state.output.line(line) } }
            state.output.flush()
        }
    }

    private static func values(_ row: BalanceRow) -> [String] {
        let id = row.externalID.isEmpty ? "#\(row.member.rawValue)" : row.externalID
        return [id, row.wallet] + [row.active, row.pending, row.held, row.debt].map { "\($0)" }
    }
}
