import TallyTesting
import Testing

/// Months are closed, and finance's reports open in spreadsheets.
@Suite("Closing a month")
struct CloseCommandTests {
    @Test func `a month is closed once, in its order, when it is over, and the digest is told`() async throws {
        let ledger = try await TestLedger()
        let first = try ledger.tally(["close", "2016-01", "--utc-offset", "+03:00", "-O", "json"])
        #expect(first.code == 0, "\(first.talk)")
        #expect(first.text("month") == "2016-01")
        #expect(first.text("digest")?.count == 64)
        let again = try ledger.tally(["close", "2016-01", "--utc-offset", "+03:00"])
        #expect(again.code == 4 && again.talk.contains("The month is closed"), "\(again.talk)")
        let skipped = try ledger.tally(["close", "2016-03", "--utc-offset", "+03:00"])
        #expect(skipped.code == 4 && skipped.talk.contains("one after the other"), "\(skipped.talk)")
        let next = try ledger.tally(["close", "2016-02", "--utc-offset", "+03:00", "-O", "csv"])
        #expect(next.code == 0 && next.output.hasPrefix("month,sequence,digest_sequence,digest\n2016-02,"))
        for wrong in ["2016-13", "2016-1", "16-01", "2016-01-01", "march"] {
            #expect(try ledger.tally(["close", wrong]).code == 1, "\(wrong)")
        }
        #expect(try ledger.tally(["close", "2016-03", "--utc-offset", "3"]).code == 1)
    }

    @Test func `a month that is not over stays open`() async throws {
        let ledger = try await TestLedger()
        let ended = try ledger.tally(["close", "2099-12"])
        #expect(ended.code == 4 && ended.talk.contains("Wait until the clock has passed"), "\(ended.talk)")
    }

    @Test func `reports come as sheets`() async throws {
        let ledger = try await TestLedger()
        let sheet = try ledger.tally(report: ["trial-balance", ledger.data, "-O", "csv-ru"])
        #expect(sheet.code == 0 && sheet.output.hasPrefix("\u{FEFF}"), "\(sheet.talk)")
        #expect(sheet.output.contains("business;") && sheet.output.contains("\r\n"))
        let book = try ledger.tally(report: ["trial-balance", ledger.data, "-O", "xlsx"])
        #expect(book.code == 0 && book.output.hasPrefix("PK\u{3}\u{4}"), "\(book.talk)")
    }
}

extension TestLedger {
    /// Runs a command that reads the data directory and talks with nobody.
    fileprivate func tally(report arguments: [String]) throws -> Ending {
        let ended = try ChildProcess.run(
            TestLedger.program("tally"), arguments, environment: ["SWIFT_BACKTRACE": "enable=no"])
        return Ending(
            code: ended.status, output: String(decoding: ended.output, as: UTF8.self),
            talk: String(decoding: ended.errors, as: UTF8.self))
    }
}
