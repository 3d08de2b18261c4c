import ArgumentParser
import Foundation
import TallyBytes
import TallyClient
import TallyCodec
import TallyImport
import TallyModel

/// Receipts from a CSV file.
struct ImportReceiptsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipts",
        abstract: "Import receipts from a CSV file.",
        discussion: """
            The file begins with the header
              \(ReceiptsColumn.header)
            and the lines of a receipt are adjacent rows. Stores and members are defined where the file first names them.

            An import that was cut off goes on where it stopped: run the same command again. What the source holds already
            is sent again too and compared, so another file of the same name is noticed before anything of it is lost;
            --skip-held trusts the name instead. A row that is wrong ends the import after everything before it; with
            --skip-bad its receipt is left out and named.

            To try a programme on history, --redeem-every N pays every N-th purchase of a member with as many points as the
            terms of --redeem-wallet allow, and --move-clock lets points begin and end between the receipts as they would
            have then; the daemon must run with --clock commands.

            EXAMPLES:
              tally import receipts receipts.csv --business shop --zone America/New_York
              tally import receipts receipts.csv --programme cashback-5.yaml --skip-bad --report bad.csv
              zstd -dc receipts.csv.zst | tally import receipts - --business shop --source history
            """)

    @Argument(help: "The file; - is standard input.")
    var file: String
    @Option(help: "The source's name. (default: import:<file name>)")
    var source: String?
    @Option(help: "The id of the business that owns the stores. (default: the only one of --programme)")
    var business: String?
    @Option(help: ArgumentHelp("A programme file that names the business.", valueName: "file"))
    var programme: String?
    @Option(help: "The clock of the timestamps: an IANA name or an offset such as +03:00.")
    var zone = "UTC"
    @Flag(help: "Leave receipts with a bad row out and go on.")
    var skipBad = false
    @Flag(help: "Skip what the source holds already without comparing it.")
    var skipHeld = false
    @Option(help: ArgumentHelp("Write the receipts left out to a CSV file.", valueName: "file"))
    var report: String?
    @Option(help: "Pay every so many purchases of a member with points.")
    var redeemEvery: Int?
    @Option(help: "The wallet that pays them. (default: the only one of --programme)")
    var redeemWallet: String?
    @Flag(help: "Move the ledger's clock with the file.")
    var moveClock = false
    @Option(help: "Events in a batch, 4 to \(Limits.batchEventsMax).")
    var batch = Limits.batchEventsMax
    @Flag(help: "Show progress without a terminal too.")
    var progress = false
    @OptionGroup var daemon: DaemonOptions

    func validate() throws {
        guard (4...Limits.batchEventsMax).contains(batch) else {
            throw ValidationError("--batch is between 4 and \(Limits.batchEventsMax).")
        }
        guard business != nil || programme != nil else {
            throw ValidationError(
                "Say which business owns the stores: --business ID, or --programme FILE with one business.")
        }
    }

    func run() async throws {
        let options = try importOptions()
        let input = try FileSource(path: file)
        let client = try await daemon.connect()
        let opened = try await client.openSource(sourceName)
        var csv = ReceiptsCSV(options: options) { buffer throws(ImportFault) in try input.read(into: &buffer) }
        csv.eventsToSkip = skipHeld ? opened.lastNumber : 0
        var bad = try BadReceipts(reportPath: report)
        let pipeline = BatchPipeline(client)
        let first = csv.eventsToSkip + 1
        let fault = try await send(&csv, to: pipeline, source: opened.source, from: first, &bad, total: input.byteCount)
        try await pipeline.drain()
        let brought = first - 1 - csv.eventsToSkip + UInt64(pipeline.counts.events)
        conclude(pipeline.counts, skipped: first - 1 - csv.eventsToSkip, bad: bad)
        try checkSameFile(pipeline.counts, held: opened.lastNumber, brought: brought, isCutShort: fault != nil)
        if let fault { throw fault }
        try bad.check(pipeline.counts)
    }

    /// Checks that the source holds the beginning of this very file.
    private func checkSameFile(_ counts: OutcomeCounts, held: UInt64, brought: UInt64, isCutShort: Bool) throws {
        let advice = "it is not the file that was begun; give a file of its own another --source"
        if let conflicts = counts.refused[Rejection.numberReused.rawValue] {
            throw Failure(
                .checkFailed, "\(conflicts) events of source \(sourceName) have another body in \(file): \(advice)")
        }
        guard isCutShort || brought >= held else {
            throw Failure(
                .checkFailed, "source \(sourceName) holds \(held - brought) events more than \(file): \(advice)")
        }
    }

    private var sourceName: String { source ?? "import:" + URL(fileURLWithPath: file).lastPathComponent }

    private func importOptions() throws -> ImportOptions {
        guard let zone = CivilZone(text: zone) else {
            throw Failure(
                .usage,
                "--zone \(zone): no such zone; write an IANA name such as Europe/Moscow or an offset such as +03:00")
        }
        return ImportOptions(
            business: try businessID(), zone: zone, skipsBadReceipts: skipBad, redeeming: try redeeming(),
            movesClock: moveClock)
    }

    private func redeeming() throws -> ImportOptions.Redeeming? {
        guard let redeemEvery else {
            guard redeemWallet == nil else { throw Failure(.usage, "--redeem-wallet needs --redeem-every N") }
            return nil
        }
        guard redeemEvery > 0 else { throw Failure(.usage, "--redeem-every is at least 1") }
        if let redeemWallet { return ImportOptions.Redeeming(wallet: redeemWallet, every: redeemEvery) }
        let wallets = try programme.map { try ProgrammeFile(path: $0).wallets } ?? []
        guard wallets.count == 1 else {
            throw Failure(.usage, "say which wallet pays: --redeem-wallet ID, or --programme FILE with one wallet")
        }
        return ImportOptions.Redeeming(wallet: wallets[0].id, every: redeemEvery)
    }

    private func businessID() throws -> String {
        if let business { return business }
        let path = programme ?? ""
        guard let only = try ProgrammeFile(path: path).onlyBusiness else {
            throw Failure(.usage, "\(path) names several businesses: say which one with --business")
        }
        return only
    }

    /// Sends batch after batch.
    ///
    /// - Returns: What ended the file early; everything before it is sent.
    private func send(
        _ csv: inout ReceiptsCSV, to pipeline: BatchPipeline, source: SourceNumber, from first: UInt64,
        _ bad: inout BadReceipts, total: Int?
    ) async throws -> Failure? {
        var bar = ProgressBar(total: total, isForced: progress)
        defer { bar.finish() }
        var writer = ByteWriter(capacity: 1 << 20)
        var number = first
        // After the first conflict or gap nothing behind it can be stored.
        while !csv.isFinished, pipeline.counts.refusedCount == 0 {
            writer.startBatch(source: source.rawValue, firstNumber: number)
            let count: Int
            do throws(ImportFault) {
                count = try csv.appendEvents(to: &writer, countMax: batch, bytesMax: Limits.frameBytesMax)
            } catch {
                return failure(error)
            }
            bad.add(csv.takeSkipped())
            guard count > 0 else { continue }
            writer.setBatch(count: count)
            try await pipeline.submit(writer)
            number += UInt64(count)
            bar.show(csv.bytesTaken, "\(csv.receiptCount) receipts")
        }
        return nil
    }

    private func failure(_ fault: ImportFault) -> Failure {
        if case .badRow = fault { return Failure(.partlyRejected, "\(file):\(fault)") }
        return Failure(.usage, "\(file):\(fault)")
    }

    private func conclude(_ counts: OutcomeCounts, skipped: UInt64, bad: BadReceipts) {
        var table = TextTable(["outcome", "events"])
        if skipped > 0 { table.add(["held before, skipped", "\(skipped)"]) }
        for (name, value) in counts.lines { table.add([name, "\(value)"]) }
        if bad.count > 0 { table.add(["receipts left out", "\(bad.count)"]) }
        var output = Output()
        for line in table.lines { output.line(line) }
    }
}

/// The receipts that were left out, as they are told.
struct BadReceipts {
    private(set) var count = 0
    private let report: FileHandle?
    /// Said on standard error at most; the report has them all.
    private static let saidMax = 20

    init(reportPath: String?) throws {
        report = try reportPath.map { path in
            guard FileManager.default.createFile(atPath: path, contents: nil),
                let handle = FileHandle(forWritingAtPath: path)
            else { throw Failure(.usage, "--report \(path): the file cannot be written") }
            return handle
        }
        write(["line", "receipt_id", "row", "column", "found", "expected"])
    }

    mutating func add(_ receipts: [SkippedReceipt]) {
        for receipt in receipts {
            let reason = receipt.reason
            if count < BadReceipts.saidMax { Talk.say("left out receipt \(receipt.receipt): \(reason)") }
            count += 1
            write([
                "\(receipt.line)", receipt.receipt, "\(reason.line)", reason.columnName, reason.found, reason.expected,
            ])
        }
    }

    private func write(_ values: [String]) { report?.write(Data("\(CSV.row(values))\n".utf8)) }

    /// Ends with the code for partial success when anything was rejected or left out.
    func check(_ counts: OutcomeCounts) throws {
        // The file registers each member that it names; one that another file brought before is no loss.
        let known = counts.rejected[Rejection.identifierTaken.rawValue] ?? 0
        let rejected = counts.rejectedCount - known + counts.refusedCount
        guard count + rejected > 0 else { return }
        throw Failure(.partlyRejected, "\(rejected) events rejected or not stored, \(count) receipts left out")
    }
}
