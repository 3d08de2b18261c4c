import Foundation
import TallyClient
import TallyCodec
import TallyModel
import TallyTesting
import Testing

/// Instruments on the command line: defined, issued to a file, used by a purchase, reported.
@Suite("Instruments on the command line")
struct InstrumentsCommandTests {
    private static let programme = """
        programme: test
        businesses: [{id: toys, currency: RUB, scale: 2}]
        stores: [{id: T1, business: toys}]
        wallets: [{id: points, scale: 2}, {id: money, scale: 2}]
        accruals: [{id: base, wallet: points, rate: 5 %}]

        """
    private static let family = """
        family: spring
        instruments:
          - {id: gift, name: Gift card, kind: gift_card, business: toys, wallet: money, face_value_minor: 50000}
          - {id: word, kind: promo_code, codes: generic, code: SPRING25, business: toys, uses_budget: 2}

        """

    private static func report(_ arguments: [String]) throws -> TestLedger.Ending {
        let ended = try ChildProcess.run(
            TestLedger.program("tally"), arguments, environment: ["SWIFT_BACKTRACE": "enable=no"])
        return TestLedger.Ending(
            code: ended.status, output: String(decoding: ended.output, as: UTF8.self),
            talk: String(decoding: ended.errors, as: UTF8.self))
    }

    /// Issues three gift cards.
    ///
    /// - Returns: Their serials and codes, and the file.
    private static func issued(_ ledger: TestLedger) throws -> (codes: [(serial: String, code: String)], file: String) {
        let file = ledger.data + "/../gift.csv"
        let ended = try ledger.tally([
            "instruments", "issue", "gift", "--count", "3", "--out", file, "--data", ledger.data,
        ])
        try #require(ended.code == 0, "\(ended.talk)")
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "serial,code")
        return (
            lines.dropFirst().map { line in
                let parts = line.split(separator: ",")
                return (String(parts[0]), String(parts[1]))
            }, file
        )
    }

    /// S3-19: codes go to a file that its owner alone may read, and are nowhere else.
    @Test func `codes are defined once, issued to a private file, and can be written again`() async throws {
        let ledger = try await TestLedger(programme: Self.programme)
        let family = try ledger.write(Self.family, "spring.yaml")
        let first = try ledger.tally(["instruments", "define", family])
        #expect(first.code == 0 && first.output.contains("gift") && first.output.contains("recorded"), "\(first.talk)")
        let again = try ledger.tally(["instruments", "define", family])
        #expect(again.code == 0 && !again.output.contains("recorded"), "\(again.output)")
        let (codes, file) = try Self.issued(ledger)
        #expect(codes.count == 3)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        let taken = try ledger.tally([
            "instruments", "issue", "gift", "--count", "1", "--out", file, "--data", ledger.data,
        ])
        #expect(taken.code == 1 && taken.talk.contains("exists"), "\(taken.talk)")
        let unknown = try ledger.tally([
            "instruments", "issue", "nothing", "--count", "1", "--out", file + ".2", "--data", ledger.data,
        ])
        #expect(unknown.code == 4 && !FileManager.default.fileExists(atPath: file + ".2"), "\(unknown.talk)")
        let issue = try await ledger.lastRecord(of: "issue:gift.csv").rawValue
        // The name of an issue is taken, whatever became of its file.
        let other = try ledger.tally([
            "instruments", "issue", "gift", "--count", "3", "--out", file + ".4", "--run", "gift.csv", "--data",
            ledger.data,
        ])
        #expect(other.code == 1 && other.talk.contains("tally instruments codes \(issue)"), "\(other.talk)")
        #expect(!FileManager.default.fileExists(atPath: file + ".4"))
        let copy = try Self.report([
            "instruments", "codes", "\(issue)", "--out", file + ".3", "--data", ledger.data,
        ])
        #expect(copy.code == 0, "\(copy.talk)")
        #expect(try Data(contentsOf: URL(filePath: file)) == Data(contentsOf: URL(filePath: file + ".3")))
        // Neither the log nor anything else beside it holds a code.
        for name in try FileManager.default.subpathsOfDirectory(atPath: ledger.data) {
            guard let data = FileManager.default.contents(atPath: ledger.data + "/" + name) else { continue }
            #expect(data.range(of: Data(codes[0].code.utf8)) == nil, "\(name)")
        }
    }

    @Test func `a purchase uses codes of the file, and the reports know it`() async throws {
        let ledger = try await TestLedger(programme: Self.programme)
        _ = try ledger.tally(["instruments", "define", try ledger.write(Self.family, "spring.yaml")])
        let codes = try Self.issued(ledger).codes
        let client = try await ledger.client()
        let opened = try await client.openSource("till")
        var batch = BatchWriter(source: opened.source, firstNumber: 1)
        let receipt = Receipt(
            store: "T1", member: .anonymous, number: "A-1",
            occurredAt: Instant(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000),
            total: Money(minor: 60_000),
            lines: [ReceiptLine(sku: "x", quantity: Quantity(thousandths: 1_000), total: Money(minor: 60_000))],
            codes: [
                PurchaseCode(.code(codes[1].code.lowercased()), amount: 20_000),
                PurchaseCode(.code("spring25"), amount: 1_000),
            ])
        let quote = try await client.quote(receipt)
        #expect(quote.code == 0 && quote.toPay.minor == 40_000)
        try batch.append(.purchase(receipt))
        let outcomes = try await client.send(batch).outcomes
        #expect(outcomes.map(\.status) == [.recorded], "\(outcomes)")
        #expect(try await client.send(batch).outcomes.allSatisfy { $0.isRepeated && $0.status == .recorded })
        await client.close()
        let shown = try Self.report(["instruments", "show", codes[1].code, "--data", ledger.data, "-O", "json"])
        #expect(shown.code == 0 && shown.output.contains(#""balance":30000"#), "\(shown.talk)\(shown.output)")
        #expect(shown.output.contains(#""receipt":"A-1""#))
        let report = try Self.report(["instruments", "report", ledger.data, "-O", "csv"])
        #expect(report.code == 0, "\(report.talk)")
        let row = "instruments,gift,giftCard,toys,money,3,0,1,0,0,0,20000,,,130000"
        #expect(report.output.contains(row), "\(report.output)")
        #expect(report.output.contains("bearer_liability,toys,money,0,150000,-20000,0,0,0,130000"), "\(report.output)")
        let balance = try Self.report(["trial-balance", ledger.data, "-O", "csv"])
        #expect(balance.code == 0 && balance.output.contains("toys,money,cards,0,130000,130000"), "\(balance.output)")
        var mistyped = Array(codes[0].code)
        mistyped[0] = mistyped[0] == "7" ? "8" : "7"
        let wrong = try Self.report(["instruments", "show", String(mistyped), "--data", ledger.data])
        #expect(wrong.code == 1 && wrong.talk.contains("mistyped"), "\(wrong.talk)")
    }

    @Test func `balances and key figures come as sheets, into files too`() async throws {
        let ledger = try await TestLedger(programme: Self.programme)
        let sheet = try ledger.tally(["balances", "-O", "csv-ru"])
        #expect(sheet.output == "\u{FEFF}member_id;wallet;active;pending;held;debt\r\n", "\(sheet.talk)")
        let book = ledger.data + "/../kpi.xlsx"
        let written = try ledger.tally(["report", "kpi", "-O", "xlsx", "--out", book])
        #expect(written.code == 0 && written.output.isEmpty, "\(written.talk)")
        #expect(FileManager.default.contents(atPath: book)?.starts(with: Array("PK\u{3}\u{4}".utf8)) == true)
        let lines = ledger.data + "/../balances.csv"
        #expect(try ledger.tally(["balances", "-O", "csv", "--out", lines]).output.isEmpty)
        #expect(try String(contentsOfFile: lines, encoding: .utf8) == "member_id,wallet,active,pending,held,debt\n")
        let nowhere = try ledger.tally(["report", "kpi", "-O", "xlsx", "--out", "/nonexistent/kpi.xlsx"])
        #expect(nowhere.code == 1 && nowhere.talk.contains("/nonexistent/kpi.xlsx"), "\(nowhere.talk)")
    }
}
