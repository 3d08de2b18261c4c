import Foundation
import TallyBytes
import TallyCodec
import TallyEngine
import TallyImport
import TallyModel
import Testing

/// A whole ledger on a real disk, without sockets: receipts in, figures out.
struct Ledger {
    private let engine: Engine

    private init(directory: String, clock: ClockSource) throws {
        var options = EngineOptions(dataDirectory: directory)
        options.clock = clock
        engine = try Engine.start(options)
    }

    /// Runs `body` with a ledger on the data in `directory`; it has stopped and let go of them afterwards.
    static func run<Result>(
        on directory: String, clock: ClockSource = .machine, _ body: (Ledger) async throws -> Result
    ) async throws -> Result {
        let ledger = try Ledger(directory: directory, clock: clock)
        defer { ledger.engine.stop() }
        return try await body(ledger)
    }

    /// Runs `body` with a data directory that is gone afterwards.
    static func withDirectory(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tally-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appending(path: "data").path)
    }

    /// Runs `body` with a new ledger that is gone afterwards.
    static func withNew(_ body: (Ledger) async throws -> Void) async throws {
        try await withDirectory { directory in try await run(on: directory, body) }
    }

    /// Sends one message and reads every message of the answer.
    private func ask<Answer>(_ message: [UInt8], _ read: (RawSpan) throws -> Answer) async throws -> [Answer] {
        let frames = try await Exchange.answer(of: engine, to: message)
        var answers: [Answer] = []
        var offset = 0
        while offset < frames.count,
            case .frame(let start, let count) = try unsafe Frame.next(in: frames.span.bytes, at: offset)
        {
            answers.append(try unsafe read(frames.span.bytes.extracting(start..<(start + count))))
            offset = start + count
        }
        return answers
    }

    private func askOnce<Answer>(_ message: [UInt8], _ read: (RawSpan) throws -> Answer) async throws -> Answer {
        let answers = try await ask(message, read)
        #expect(answers.count == 1)
        return try #require(answers.first)
    }
}

extension Ledger {
    /// Puts a programme in force, that of the demo unless another is named, and imports all receipts.
    ///
    /// - Parameters:
    ///   - receipts: The file.
    ///   - zone: The clock of its stores.
    ///   - name: The programme's file among the examples.
    ///   - every: Every how many purchases of a member are paid with points while the clock goes with the file; nil for none.
    /// - Returns: The events recorded from the receipts.
    /// - Throws: What cannot be read, or started.
    func load(
        _ receipts: [UInt8], zone: String, programme name: String = "cashback-5", redeemingEvery every: Int? = nil
    ) async throws -> Int {
        let programme = try Self.programme(name)
        let definitions = try await open("programme:\(programme.name)")
        var batch = ByteWriter()
        batch.append(batchOf: programme.commands.count, source: definitions, firstNumber: 1)
        for command in programme.commands { try batch.appendEvent(command) }
        try await send(batch.bytes.copied())

        let options = ImportOptions(
            business: try #require(programme.onlyBusiness), zone: try #require(CivilZone(text: zone)),
            redeeming: every.map { ImportOptions.Redeeming(wallet: programme.wallets[0].id, every: $0) },
            movesClock: every != nil)
        return try await importAll(receipts, options, from: try await open("import:receipts"))
    }

    private static func programme(_ name: String) throws -> ProgrammeFile {
        let file = DataSet.root.appending(path: "deploy/examples/programmes/\(name).yaml")
        return try ProgrammeFile(yaml: String(contentsOf: file, encoding: .utf8))
    }

    private func open(_ name: String) async throws -> SourceNumber {
        try await askOnce(ByteWriter.message { try OpenSource(name: name).encode(into: &$0) }, SourceOpened.init).source
    }

    private func importAll(
        _ receipts: [UInt8], _ options: ImportOptions, from source: SourceNumber
    ) async throws -> Int {
        let reader = MemoryReader(receipts)
        var csv = ReceiptsCSV(options: options) { reader.read(into: &$0) }
        var imported = 0
        while !csv.isFinished {
            var batch = ByteWriter(capacity: 1 << 20)
            batch.append(batchOf: 0, source: source, firstNumber: UInt64(imported + 1))
            let count = try csv.appendEvents(
                to: &batch, countMax: Limits.batchEventsMax, bytesMax: Limits.frameBytesMax)
            guard count > 0 else { continue }
            batch.set(u32: UInt32(count), at: messageHeaderLength + BatchLayout.count)
            try await send(batch.bytes.copied())
            imported += count
        }
        return imported
    }

    /// Sends a batch of which every event must be recorded.
    private func send(_ batch: [UInt8]) async throws {
        let results = try await askOnce(batch, BatchResults.init)
        let other = results.outcomes.first { $0.status != .recorded || $0.isRepeated }
        #expect(other == nil)
    }
}

extension Ledger {
    /// What every member with an id has: active points less debt, in minor units.
    func points(asOf: AsOf = .now) async throws -> [String: Int64] {
        var points: [String: Int64] = [:]
        for page in try await ask(try .question(.balances(asOf: asOf, member: .anonymous)), BalancesPage.init) {
            for row in page.rows { points[row.externalID, default: 0] += row.active - row.debt }
        }
        return points
    }

    /// The key figures by name.
    func figures(asOf: AsOf, windowDays: UInt16 = 32) async throws -> [String: Int64] {
        let report = try await askOnce(try .question(.kpi(asOf: asOf, windowDays: windowDays)), KPIReport.init)
        return KPIFigure.allCases.reduce(into: [:]) { $0[$1.name(windowDays: Int(windowDays))] = report[$1] }
    }

    /// How the engine stands, with the digest of its state.
    func status() async throws -> DaemonStatus {
        try await askOnce(try .question(.status(wantDigest: true)), DaemonStatus.init)
    }
}

extension [UInt8] {
    fileprivate static func question(_ question: Question) throws -> [UInt8] {
        try ByteWriter.message { try question.encode(into: &$0) }
    }
}

/// Bytes in memory, read in pieces as a file is.
private final class MemoryReader {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(into buffer: inout [UInt8]) {
        let end = min(bytes.count, offset + 1 << 20)
        buffer += bytes[offset..<end]
        offset = end
    }
}
