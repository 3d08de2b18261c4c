import ArgumentParser
import Foundation
import TallyImport
import TallyModel

/// Points for many members at once.
///
/// > Source: checklist S0-11; lessons, row 35 (bulk command with manifest).
struct AccrueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accrue",
        abstract: "Give points to many members from a file.",
        discussion: """
            The file has the header member_key;points or member_key;points;ends_on, points above 0 and days such as
            2026-12-31; without a day the terms of the wallet say when the points end. Everything is checked before anything
            is written. Nobody is registered: who is not known is refused and named.

            The same file for the same day gives the same events, so running the command again gives nothing twice and goes
            on where it was cut off; on a later day say --on again. `tally import undo` takes it back.

            EXAMPLES:
              tally accrue birthdays.csv --manifest 2026007 --wallet points --business toys --reason "Birthdays of May"
              tally accrue birthdays.csv --manifest 2026007 --wallet points --business toys --reason Birthdays --dry-run
              tally import undo --manifest 2026007 --data /var/lib/tallystick
            """)

    @Argument(help: "The file; - is standard input.")
    var file: String
    @Option(
        help: ArgumentHelp("The number under which the accrual is known.", valueName: "number"),
        transform: ManifestArgument.read)
    var manifest: UInt64
    @Option(help: ArgumentHelp("The wallet that receives the points.", valueName: "id"))
    var wallet: String
    @Option(help: ArgumentHelp("The business that gives them.", valueName: "id"))
    var business: String
    @Option(help: ArgumentHelp("Why, in words; stands in every record.", valueName: "text"))
    var reason: String
    @Option(help: "What names the members: external, phone or card.", transform: AccrueCommand.kind)
    var key = MemberKey.Kind.external
    @Option(
        help: ArgumentHelp("The day on which the points are given. (default: today)", valueName: "day"),
        transform: FinanceOptions.day)
    var on: CivilDay?
    @Option(help: ArgumentHelp("The clock of the days.", valueName: "offset"))
    var utcOffset = "Z"
    @Option(help: ArgumentHelp("Decimals of a point in the wallet, 0 to 6.", valueName: "count"))
    var scale = 2
    @Option(help: ArgumentHelp("Rows that the file should have.", valueName: "count"))
    var expectRows: Int?
    @Option(help: ArgumentHelp("Members that the file should have.", valueName: "count"))
    var expectMembers: Int?
    @Option(help: ArgumentHelp("Points that the file should come to.", valueName: "points"))
    var expectPoints: String?
    @OptionGroup var flow: ImportFlow

    func validate() throws {
        guard (0...6).contains(scale) else { throw ValidationError("--scale is between 0 and 6.") }
        guard !reason.isEmpty, reason.utf8.count <= PointsMapping.reasonBytesMax else {
            throw ValidationError("--reason has 1 to \(PointsMapping.reasonBytesMax) bytes.")
        }
    }

    func run() async throws {
        guard let offset = Instant.parse("2000-01-01T00:00:00" + utcOffset)?.utcOffsetMinutes else {
            throw Failure(.usage, "--utc-offset \(utcOffset): write an offset such as +03:00")
        }
        let day = on ?? CivilDay(of: .now, utcOffsetMinutes: offset)
        var rules = PointsMapping.accrual(by: key, wallet: wallet, business: business, on: day, reason: reason)
        rules.utcOffsetMinutes = offset
        rules.form.scale = scale
        rules.expected = try controlTotals(rules.form)
        let words = [key.rawValue, wallet, business, "\(day)", utcOffset, "\(scale)", flow.skipBad ? "skip" : "all"]
        let input = try ImportInput(path: file, rules: words.joined(separator: "\n"))
        try await flow.carryOut(input, rules, from: nil, manifest: manifest)
    }

    private func controlTotals(_ form: ValueForm) throws -> PointsMapping.ControlTotals {
        var totals = PointsMapping.ControlTotals(rows: expectRows, members: expectMembers)
        guard let expectPoints else { return totals }
        guard let points = form.points(expectPoints) else {
            throw Failure(.usage, "--expect-points \(expectPoints): write points with at most \(scale) decimals")
        }
        totals.points = points
        return totals
    }

    private static func kind(_ text: String) throws -> MemberKey.Kind {
        guard let kind = MemberKey.Kind(rawValue: text) else {
            throw ValidationError("--key is external, phone or card.")
        }
        return kind
    }
}

extension Instant {
    /// The machine's time, cut to the second: what people do by hand is not timed finer.
    static var now: Instant { Instant(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000) }
}
