import TallyLog
import TallyModel
import TallyProjections
import TallyReports
import TallyTables
import TallyTesting
import Testing

/// Transfers and closed months in the books.
@Suite("Manual work in the books")
struct ManualWorkTests {
    /// Toys give Anna 1,000 on January 5th; she passes 400 on to Boris on the 10th.
    private func desk() -> BooksDesk {
        let desk = BooksDesk()
        desk.now = Coalition.moment("2026-01-01").microseconds
        for command in Coalition.programme { desk.send(command) }
        desk.advance(to: Coalition.moment("2026-01-05"))
        desk.send(.purchase(Coalition.purchase("anna", "t1", "a1", on: "2026-01-05", 10_000)))
        desk.advance(to: Coalition.moment("2026-01-10"))
        let outcome = desk.send(
            .transfer(
                Transfer(
                    member: .external("anna"), other: .external("boris"), wallet: "points", points: Points(minor: 400),
                    occurredAt: Coalition.moment("2026-01-10"), utcOffsetMinutes: 180, reason: "birthday")))
        precondition(outcome.status == .recorded, "\(outcome)")
        return desk
    }

    private func lines(_ report: FinanceReport, _ table: Int = 0) -> [String] {
        report.tables[table].rows.map { $0.cells.map(\.text).joined(separator: " ") }
    }

    @Test func `a transfer is an entry for either member, and each adds up to zero`() throws {
        var entries: [BookEntry] = []
        _ = try BooksScan.read(try desk().log()) { entry, _ in if entry.kind == .transfer { entries.append(entry) } }
        #expect(entries.map(\.member) == [1, 2])
        #expect(entries.map(\.part) == [0, 1])
        #expect(entries.map { $0.changes.map(\.amount) } == [[-400], [400]])
        #expect(entries.allSatisfy { $0.postings.reduce(0) { $0 + $1.amount } == 0 })
        #expect(entries.allSatisfy { $0.changes.allSatisfy { $0.cause == .transferred } })
        #expect(entries.map(\.reason) == ["birthday", "birthday"])
    }

    @Test func `a transfer changes no liability, and the lot stays with the store, rule and month that gave it`() throws
    {
        let log = try desk().log()
        for grouping in LiabilityReport.Grouping.allCases {
            let report = try LiabilityReport(by: grouping).report(log)
            #expect(report.isSound, "\(report.checks)")
            let points = lines(report).filter { $0.hasPrefix("points") }
            #expect(points.count == 1)
            #expect(points.allSatisfy { $0.hasSuffix("0 1000 0 0 0 0 0 0 0 0 1000 0 0 0") }, "\(points)")
        }
        let breakage = try BreakageReport().report(log)
        #expect(breakage.isSound)
        #expect(lines(breakage).first == "2026-01 points toys 1000 0 0 0 0 0 0 0 1000 0")
        #expect(try TrialBalance().report(log).isSound)
        #expect(try ExpiryLadder().report(log).isSound)
    }

    @Test func `the statements of both members tell it`() throws {
        let log = try desk().log()
        for (member, amount) in [(UInt32(1), "-400"), (2, "400")] {
            let report = try StatementReport(of: MemberNumber(member)).report(log)
            #expect(report.isSound, "\(report.checks)")
            #expect(lines(report, 1).contains { $0.contains("transferred") && $0.contains(amount) })
        }
    }

    /// What comes in late for a closed month counts for the first open one: what was reported stays as it was.
    @Test func `a closed month stays as it was reported, whatever comes in later`() throws {
        let desk = desk()
        let january = BooksPeriod(first: CivilDay(text: "2026-01-01"), last: CivilDay(text: "2026-01-31"))
        let february = BooksPeriod(first: CivilDay(text: "2026-02-01"), last: CivilDay(text: "2026-02-28"))
        desk.advance(to: Coalition.moment("2026-02-02"))
        let close = desk.send(.closePeriod(PeriodClose(year: 2_026, month: 1, utcOffsetMinutes: 180)))
        #expect(close.status == .recorded, "\(close)")
        let before = try TrialBalance(period: january).report(try desk.log())
        let late = desk.send(.purchase(Coalition.purchase("boris", "s1", "b1", on: "2026-01-20", 5_000)))
        #expect(late.points == 500)
        let log = try desk.log()
        let after = try TrialBalance(period: january).report(log)
        #expect(lines(after) == lines(before))
        #expect(after.isSound)
        #expect(lines(try TrialBalance(period: february).report(log)).contains("salons points active 0 500 500"))
        var days: [CivilDay] = []
        _ = try BooksScan.read(log) { entry, _ in if entry.receipt == "b1" { days.append(entry.day) } }
        #expect(days == [CivilDay(text: "2026-02-01")])
        for grouping in LiabilityReport.Grouping.allCases {
            #expect(try LiabilityReport(period: january, by: grouping).report(log).isSound)
        }
    }
}
