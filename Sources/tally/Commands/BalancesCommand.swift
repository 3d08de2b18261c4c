import ArgumentParser
import Synchronization
import TallyClient
import TallyCodec
import TallyJSON
import TallyModel
import TallyReports

/// What members hold.
struct BalancesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balances",
        abstract: "Print what members hold, in minor units.",
        discussion: """
            A member is shown by the id of other systems, or as #number without one. Amounts are minor units in sheets too,
            because the daemon is not asked for decimals.

            EXAMPLES:
              tally balances
              tally balances --as-of 2018-01-01 -O csv > balances.csv
              tally balances --as-of @8123 --member-external 900
              tally balances -O xlsx --out balances.xlsx
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
    @OptionGroup var format: SheetOptions
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
        let printer = try BalancePrinter(format)
        try await client.balances(of: references.first ?? .anonymous, asOf: asOf.bound) { page in printer.add(page.rows)
        }
        try printer.finish()
    }
}

/// Prints balances page by page; a table waits for the last page, because its widths depend on every row.
private final class BalancePrinter: Sendable {
    private struct State: ~Copyable {
        var output: Output
        var table = TextTable(BalancePrinter.header)
        var sheet = ReportTable("balances", BalancePrinter.header)
    }

    private static let header = ["member_id", "wallet", "active", "pending", "held", "debt"]
    private let options: SheetOptions
    private let state: Mutex<State>

    init(_ options: SheetOptions) throws {
        self.options = options
        // A sheet opens its file when it is complete.
        state = Mutex(State(output: Output(try Output.open(file: options.isSheet ? nil : options.out))))
        if options.output == .csv { state.withLock { $0.output.line(CSV.row(BalancePrinter.header)) } }
    }

    func add(_ rows: [BalanceRow]) {
        state.withLock { state in
            for row in rows {
                guard !options.isSheet else {
                    state.sheet.add(BalancePrinter.cells(row))
                    continue
                }
                switch options.output {
                case .csv: state.output.line(CSV.row(BalancePrinter.values(row)))
                case .json: state.output.line(BalanceRowJSON.object(row))
                default: state.table.add(BalancePrinter.values(row))
                }
            }
        }
    }

    func finish() throws {
        try state.withLock { state in
            if options.isSheet {
                return try FinancePrinter(options).print(
                    FinanceReport(sequence: .none, tables: [state.sheet], checks: []))
            }
            if options.output == .table { for line in state.table.lines { state.output.line(line) } }
            state.output.flush()
        }
    }

    private static func cells(_ row: BalanceRow) -> [ReportTable.Cell] {
        let id = row.externalID.isEmpty ? "#\(row.member.rawValue)" : row.externalID
        return [.text(id), .text(row.wallet)] + [row.active, row.pending, row.held, row.debt].map { .number($0) }
    }

    private static func values(_ row: BalanceRow) -> [String] { cells(row).map(\.text) }
}
