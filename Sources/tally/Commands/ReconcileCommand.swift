import ArgumentParser
import Foundation
import TallyModel
import TallyReports

/// The ledger's receipts against a till's report.
struct ReconcileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Compare the ledger's receipts with a till's own report.",
        discussion: """
            The report is CSV in UTF-8 with a header that names the columns store, receipt, kind and total, in any
            order, others are passed over. kind is sale, return or void; total is what the receipt came to, without a
            sign, with as many decimals as --scale says at most. Receipts are the same when store, receipt and kind are.
            Only stores that the report names are looked at, unless --all-stores. Exit code 3 when anything differs.

            EXAMPLES:
              tally reconcile /var/lib/tallystick --against till-report.csv
              tally reconcile /var/lib/tallystick --against z.csv --from 2026-03-01 --to 2026-03-01 -O csv
            """)

    @OptionGroup var options: FinanceOptions
    @Option(help: ArgumentHelp("The till's report; - reads standard input.", valueName: "file"))
    var against: String
    @Option(help: ArgumentHelp("Decimals of the money in the report.", valueName: "digits"))
    var scale: Int = 2
    @Flag(help: "Look at all stores: a store that the report does not name is missing there.")
    var allStores = false

    func validate() throws {
        try options.checkPeriod()
        guard (0...6).contains(scale) else { throw ValidationError("--scale is between 0 and 6.") }
    }

    func run() throws {
        let text: String
        do {
            let data =
                against == "-"
                ? FileHandle.standardInput.readDataToEndOfFile()
                : try Data(contentsOf: URL(fileURLWithPath: against))
            text = String(decoding: data, as: UTF8.self)
        } catch {
            throw Failure(.usage, "\(against): No such file or it cannot be read")
        }
        let receipts: [TillReceipt]
        do throws(TillReportFault) { receipts = try TillReport.receipts(text, scale: scale) } catch {
            throw Failure(.usage, "\(against): \(error)")
        }
        let printing = options.printing
        try printing.print(
            TillReconciliation(
                against: receipts, period: printing.clipped(options.period), isOfNamedStores: !allStores),
            of: options.directory)
    }
}
