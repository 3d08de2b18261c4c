import TallyLog
import TallyModel
import TallyProjections
import TallyReports
import TallyTables
import TallyTesting
import Testing

/// Merges and splits in the books.
///
/// > Source: Lesson 41; checklist S1-20.
@Suite("Merged members in the books")
struct MergeBooksTests {
    /// Toys give Anna 1,000 on January 5th, salons give Boris 500 on the 6th; on the 10th Boris turns out to be Anna.
    private func desk() -> BooksDesk {
        let desk = BooksDesk()
        desk.now = Coalition.moment("2026-01-01").microseconds
        for command in Coalition.programme { desk.send(command) }
        desk.advance(to: Coalition.moment("2026-01-05"))
        desk.send(.purchase(Coalition.purchase("anna", "t1", "a1", on: "2026-01-05", 10_000)))
        desk.send(.purchase(Coalition.purchase("boris", "s1", "b1", on: "2026-01-06", 5_000)))
        desk.advance(to: Coalition.moment("2026-01-10"))
        let outcome = desk.send(
            .merge(
                Merge(
                    survivor: .external("anna"), absorbed: .external("boris"), reason: "one person",
                    occurredAt: Coalition.moment("2026-01-10"), utcOffsetMinutes: 180)))
        precondition(outcome.status == .recorded, "\(outcome)")
        return desk
    }

    private func lines(_ report: FinanceReport, _ table: Int = 0) -> [String] {
        report.tables[table].rows.map { $0.cells.map(\.text).joined(separator: " ") }
    }

    @Test func `a merge is an entry for either member, and each adds up to zero`() throws {
        var entries: [BookEntry] = []
        _ = try BooksScan.read(try desk().log()) { entry, _ in if entry.kind == .merge { entries.append(entry) } }
        #expect(entries.map(\.member) == [2, 1])
        #expect(entries.map(\.reason) == ["member 1: one person", "member 2: one person"])
        #expect(entries.map { $0.changes.map(\.amount) } == [[-500], [500]])
        #expect(entries.allSatisfy { $0.postings.reduce(0) { $0 + $1.amount } == 0 })
    }

    @Test func `the statement of the survivor tells what came, that of the absorbed member ends with it`() throws {
        let log = try desk().log()
        let survivor = try StatementReport(of: MemberNumber(1)).report(log)
        #expect(survivor.isSound, "\(survivor.checks)")
        let came = try #require(lines(survivor, 1).first { $0.contains(" merge ") })
        #expect(came.contains("member 2: one person points merged"))
        #expect(came.contains(" active 500 "))
        #expect(lines(survivor, 0).contains { $0.contains("closing 1500") })
        let absorbed = try StatementReport(of: MemberNumber(2)).report(log)
        #expect(absorbed.isSound, "\(absorbed.checks)")
        #expect(lines(absorbed, 1).last?.contains("member 1: one person points merged") ?? false)
        #expect(lines(absorbed, 0).contains { $0.contains("closing 0") })
        #expect(absorbed.tables[2].rows.isEmpty)
    }

    @Test func `a merge changes no liability, and every lot stays with the store, rule and month that gave it`() throws
    {
        let desk = desk()
        desk.send(
            .split(
                Split(
                    member: .external("boris"), reason: "twins", occurredAt: Coalition.moment("2026-01-11"),
                    utcOffsetMinutes: 180)))
        let log = try desk.log()
        for grouping in LiabilityReport.Grouping.allCases {
            let report = try LiabilityReport(by: grouping).report(log)
            #expect(report.isSound, "\(report.checks)")
            let closing = report.tables[0].columns.firstIndex(of: "closing") ?? 0
            let points = report.tables[0].rows.filter { $0.cells[0].text == "points" }
            #expect(points.reduce(0) { $0 + (Int64($1.cells[closing].text) ?? 0) } == 1_500)
        }
        #expect(try BreakageReport().report(log).isSound)
        #expect(try TrialBalance().report(log).isSound)
        #expect(try ExpiryLadder().report(log).isSound)
        for member in UInt32(1)...2 { #expect(try StatementReport(of: MemberNumber(member)).report(log).isSound) }
    }

    @Test func `a question about an earlier time is answered for who stood for the member then`() throws {
        let desk = desk()
        let merged = desk.state.sequence
        desk.send(
            .split(
                Split(
                    member: .external("boris"), reason: "twins", occurredAt: Coalition.moment("2026-01-12"),
                    utcOffsetMinutes: 180)))
        let log = try desk.log()
        let balance = { (asOf: AsOf) throws -> [Int64] in
            try BalanceReport.rows(log, asOf: asOf, of: MemberNumber(2)).rows.prefix(1)
                .flatMap { [Int64($0.member.rawValue), $0.active] }
        }
        #expect(try balance(AsOf(sequence: LogSequence(merged - 1))) == [2, 500])
        #expect(try balance(AsOf(sequence: LogSequence(merged))) == [1, 1_500])
        #expect(try balance(.now) == [2, 500])
        #expect(try balance(AsOf(day: CivilDay(text: "2026-01-10"))) == [2, 500])
        #expect(try balance(AsOf(day: CivilDay(text: "2026-01-12"))) == [1, 1_500])
        #expect(try balance(AsOf(day: CivilDay(text: "2026-01-13"))) == [2, 500])
    }

    /// What hledger, ledger and beancount do with the file, once more and by hand.
    @Test func `journals of merges and splits balance, and every lot has what its assertion says`() throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("journals: seed \(seed)")
        let log = try RandomBooks.desk(seed: seed, records: 500).log()
        var (accounts, transaction): ([String: Int64], Int64) = ([:], 0)
        var kinds: Set<String> = []
        _ = try JournalExport.write(log, format: .hledger) { line in
            guard line.hasPrefix("    ") else {
                #expect(transaction == 0, "seed \(seed), before: \(line)")
                transaction = 0
                if let word = line.split(separator: " ").dropFirst(2).first { kinds.insert(String(word)) }
                return
            }
            let words = line.split(separator: " ")
            let amount = Int64(words[1].filter { $0 != "." }) ?? 0
            transaction += amount
            accounts["\(words[0]) \(words[2])", default: 0] += amount
            guard words.count > 3 else { return }
            let asserted = Int64(words[4].filter { $0 != "." })
            #expect(accounts["\(words[0]) \(words[2])"] == asserted, "seed \(seed): \(line)")
        }
        #expect(kinds.isSuperset(of: ["purchase", "merge", "split"]), "seed \(seed): \(kinds)")
        // Nothing stays between the two halves of a merge.
        #expect(accounts.filter { $0.key.contains("Transferred") }.allSatisfy { $0.value == 0 }, "seed \(seed)")
    }

    @Test func `a person is counted once while the members are one, and twice behind a split`() throws {
        let desk = desk()
        let figures = { () throws -> [Int64?] in
            let report = try KPIScan.report(try desk.log(), asOf: .now)
            return [report[.membersAny], report[.membersActive], report[.memberPurchases], report[.membersInWindow]]
        }
        #expect(try figures() == [1, 1, 2, 1])
        let overlap = try OverlapReport().report(try desk.log())
        #expect(lines(overlap).contains { $0.hasPrefix("toys salons 1 ") })
        desk.send(
            .split(
                Split(
                    member: .external("boris"), reason: "twins", occurredAt: Coalition.moment("2026-01-11"),
                    utcOffsetMinutes: 180)))
        #expect(try figures() == [2, 2, 2, 2])
        #expect(lines(try OverlapReport().report(try desk.log())).contains { $0.hasPrefix("toys salons 0 ") })
    }
}
