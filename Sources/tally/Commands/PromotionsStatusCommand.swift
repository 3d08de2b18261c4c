import ArgumentParser
import Synchronization
import TallyClient
import TallyJSON
import TallyModel

/// How promotions stand.
struct PromotionsStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Print which promotions are in force, what each has done so far and what is left of its budget.",
        discussion: """
            Counted are receipts as the daemon knows them at this moment. withheld is what the control group would have had; left
            is what remains of the narrowest limit for the whole promotion. Amounts are in minor units.

            EXAMPLES:
              tally promotions status
              tally promotions status -O csv
            """)

    @OptionGroup var format: FormatOptions
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let client = try await daemon.connect()
        let pages = Mutex<[PromotionsPage]>([])
        try await client.promotions { page in pages.withLock { $0.append(page) } }
        let all = pages.withLock { $0 }
        let columns = [
            "promotion", "state", "uses", "discount", "points", "withheld_uses", "withheld_discount", "withheld_points",
            "left", "of", "counted", "last_sequence", "title",
        ]
        let rows = all.flatMap(\.rows)
        var output = Output()
        switch format.output {
        case .table:
            if let first = all.first {
                let since = first.effectiveFrom.map { " since \($0)" } ?? ""
                output.line(first.revision == 0 ? "no promotions are in force" : "revision \(first.revision)\(since)")
            }
            var table = TextTable(columns)
            for row in rows { table.add(PromotionsStatusCommand.cells(row)) }
            for line in table.lines { output.line(line) }
        case .csv:
            output.line(CSV.row(columns))
            for row in rows { output.line(CSV.row(PromotionsStatusCommand.cells(row))) }
        case .json:
            for page in all { output.line(PromotionsPageJSON.line(page)) }
        }
        output.flush()
    }

    private static func cells(_ row: PromotionStanding) -> [String] {
        [
            row.id, "\(row.state)", "\(row.done.uses)", "\(row.done.discount)", "\(row.done.points)",
            "\(row.withheld.uses)", "\(row.withheld.discount)", "\(row.withheld.points)",
            row.budget.map { "\($0.left)" } ?? "", row.budget.map { "\($0.most)" } ?? "",
            row.budget.map { "\($0.measure)" } ?? "", "\(row.lastSequence.rawValue)", row.title,
        ]
    }
}
