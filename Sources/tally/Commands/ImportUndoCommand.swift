import ArgumentParser
import TallyClient
import TallyCodec
import TallyLog
import TallyModel
import TallyReports

/// Takes an import or a bulk accrual back.
///
/// > Source: checklist S0-11 (reversal); lessons, rows 28 and 42: what is taken back is named lots, and what was spent
/// > meanwhile stays spent.
struct ImportUndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take back what an import or a bulk accrual gave and is still there.",
        discussion: """
            Reads from the log which lots the manifest made and what is left of them, and takes exactly that back with a
            correction for each member, wallet and business. Nothing else is touched: points of another origin stay, what was
            spent, has ended or passed to another member stays so, and members and their keys stay registered. Where operators
            are set the corrections need one, and those beyond the operator's limit wait for another.

            Running the command again takes back only what has come back since, so a run that was cut off is run again.

            EXAMPLES:
              tally import undo --manifest 2026001 --data /var/lib/tallystick --dry-run
              tally import undo --manifest 2026001 --data /var/lib/tallystick --operator olga -O json > undo.json
            """)

    @Option(
        help: ArgumentHelp("The number of the import or the accrual.", valueName: "number"),
        transform: ManifestArgument.read)
    var manifest: UInt64
    @Option(help: ArgumentHelp("The data directory of the daemon.", valueName: "directory"))
    var data = "/var/lib/tallystick"
    @Option(name: .customLong("operator"), help: ArgumentHelp("Who takes it back.", valueName: "id"))
    var operatorID = ""
    @Option(help: ArgumentHelp("Why, in words; stands in every record.", valueName: "text"))
    var reason = "The import was taken back."
    @Flag(help: "Say what would be taken back, and write nothing.")
    var dryRun = false
    @Flag(help: "Show progress without a terminal too.")
    var progress = false
    @OptionGroup var format: FormatOptions
    @OptionGroup var daemon: DaemonOptions

    /// Times that what is left is read again when members spent some of it meanwhile.
    private static let roundsMax = 5

    func validate() throws {
        guard !reason.isEmpty, reason.utf8.count <= Limits.nameBytesMax else {
            throw ValidationError("--reason has 1 to \(Limits.nameBytesMax) bytes.")
        }
    }

    func run() async throws {
        var certificate = UndoCertificate(manifest: manifest, isDryRun: dryRun, found: try lots())
        guard certificate.found.first != .none else {
            throw Failure(.usage, "no record of \(data) names the manifest \(manifest)")
        }
        if dryRun {
            certificate.left = certificate.found
        } else {
            try await takeBack(&certificate)
        }
        certificate.print(format.output)
        try certificate.check()
    }

    private func takeBack(_ certificate: inout UndoCertificate) async throws {
        let client = try await daemon.connect()
        let opened = try await client.openSource("undo:\(manifest)")
        var number = opened.lastNumber + 1
        var left = certificate.found
        for _ in 0..<ImportUndoCommand.roundsMax {
            let rows = left.rows.filter { $0.takable > 0 }
            guard !rows.isEmpty else { break }
            certificate.refused = try await send(rows, client, opened.source, from: &number)
            left = try lots()
            // What somebody spent in between is tried again with what is left then; other refusals stay as they are.
            guard certificate.refused.contains(where: { $0.rejection == .pointsInsufficient }) else { break }
        }
        certificate.left = left
    }

    /// Reads what is left.
    private func lots() throws -> ManifestLots {
        let log = try EventLog.open(directory: data, isReadOnly: true)
        var bar: ProgressBar?
        defer { bar?.finish() }
        return try FinanceFailure.read {
            try ManifestLots(log, manifest: manifest, at: UInt32(clamping: Instant.now.microseconds / 1_000_000)) {
                sequence, last in
                bar = bar ?? ProgressBar(total: Int(last), isForced: progress)
                bar?.show(Int(sequence), "record \(sequence)")
            }
        }
    }

    /// Sends a correction for each row.
    ///
    /// - Returns: Those that were refused.
    private func send(
        _ rows: [ManifestLots.Row], _ client: Client, _ source: SourceNumber, from number: inout UInt64
    ) async throws -> [UndoCertificate.Refused] {
        var outcomes: [Outcome] = []
        var batch = BatchWriter(source: source, firstNumber: number)
        for (place, row) in rows.enumerated() {
            do throws(Rejection) { try batch.append(correction(of: row)) } catch {
                throw Failure(.usage, error.advice)
            }
            guard batch.isFull || place == rows.count - 1 else { continue }
            outcomes += try await client.send(batch).outcomes
            batch.startNext()
        }
        number = batch.firstNumber
        return try zip(rows, outcomes).compactMap { row, outcome in
            guard outcome.status != .recorded else { return nil }
            guard let rejection = outcome.rejection, outcome.status == .rejected else {
                throw Failure(.temporary, "the daemon took no more events (\(outcome.status)): run the command again")
            }
            return UndoCertificate.Refused(row: row, rejection: rejection)
        }
    }

    private func correction(of row: ManifestLots.Row) -> Command {
        .adjust(
            Adjustment(
                member: .number(row.member), wallet: row.wallet, business: row.business, kind: .correction,
                points: Points(minor: -min(row.takable, Limits.amountMinorMax)), occurredAt: .now,
                operatorID: operatorID, reason: reason, manifest: LogSequence(manifest)))
    }
}
