import TallyModel
import TallyReports
import TallyTesting
import Testing

/// The reports of finance over ``Coalition``, each row added up by hand.
@Suite("Finance by hand")
struct FinanceTests {
    private let log: MemoryLog
    private static let february = BooksPeriod(
        first: CivilDay(text: "2026-02-01"), last: CivilDay(text: "2026-02-28"))

    init() throws { log = try Coalition.desk().log() }

    private func lines(_ report: FinanceReport, _ table: Int = 0) -> [String] {
        report.tables[table].rows.map { $0.cells.map(\.text).joined(separator: " ") }
    }

    /// > Source: Checklist S0-05: the books of each business stand by themselves.
    @Test func `the trial balance of February opens with January and adds up to zero`() throws {
        let report = try TrialBalance(period: Self.february).report(log)
        #expect(
            lines(report).filter { !$0.hasSuffix(" 0 0 0") } == [
                "toys points issued -1000 -680 -1680", "toys points active 400 650 1050",
                "toys points burnt 0 200 200", "toys points clawback 0 280 280",
                "toys points clearing 600 -250 350", "toys points restored 0 -200 -200",
                "toys bonus issued -500 -340 -840", "toys bonus active 500 -300 200",
                "toys bonus expired 0 500 500", "toys bonus clawback 0 140 140",
                "salons points issued -2440 -100 -2540", "salons points active 2440 -800 1640",
                "salons points burnt 600 0 600", "salons points clawback 0 1070 1070",
                "salons points goodwill 0 -100 -100", "salons points clearing -600 250 -350",
                "salons points adjusted 0 50 50", "salons points opened 0 -70 -70",
                "salons points restored 0 -300 -300",
            ])
        #expect(report.isSound, "\(report.checks)")
        for column in ["opening", "movement", "closing"] {
            #expect(report.tables[0].values(of: column).compactMap { Int64($0) }.reduce(0, +) == 0)
        }
    }

    @Test func `an account names the records that moved it`() throws {
        let report = try TrialBalance(keepsSequences: true).report(log)
        let burnt = report.tables[0].rows.first { $0.cells.map(\.text).starts(with: ["toys", "points", "burnt"]) }
        #expect(burnt?.sequences == [23])
        #expect(report.isSound)
    }

    /// Opening, accrued, opened, goodwill, corrected, redeemed, expired, taken back, restored, transferred, closing,
    /// pending, held, debt.
    @Test(
        arguments: [
            (
                LiabilityReport.Grouping.wallet,
                [
                    "points 2840 780 70 100 -50 -200 0 -1350 500 0 2690 0 0 0",
                    "bonus 500 340 0 0 0 0 -500 -140 0 0 200 0 0 0",
                ]
            ),
            (
                .business,
                [
                    "points salons 2440 100 70 100 0 -200 0 -1070 200 0 1640 0 0 0",
                    "points toys 400 680 0 0 -50 0 0 -280 300 0 1050 0 0 0",
                    "bonus toys 500 340 0 0 0 0 -500 -140 0 0 200 0 0 0",
                ]
            ),
            (
                .store,
                [
                    "points  0 0 70 100 0 0 0 0 0 0 170 0 0 0",
                    "points s1 2440 100 0 0 0 -200 0 -1070 200 0 1470 0 0 0",
                    "points t1 400 680 0 0 -50 0 0 -280 300 0 1050 0 0 0",
                    "bonus t1 500 340 0 0 0 0 -500 -140 0 0 200 0 0 0",
                ]
            ),
            (
                .promotion,
                [
                    "points (goodwill) 0 0 0 100 0 0 0 0 0 0 100 0 0 0",
                    "points (opening) 0 0 70 0 0 0 0 0 0 0 70 0 0 0",
                    "points base 2840 780 0 0 -50 -200 0 -1350 500 0 2520 0 0 0",
                    "bonus extra 500 340 0 0 0 0 -500 -140 0 0 200 0 0 0",
                ]
            ),
        ] as [(LiabilityReport.Grouping, [String])])
    func `the liability of February rolls forward`(by grouping: LiabilityReport.Grouping, expected: [String]) throws {
        let report = try LiabilityReport(period: Self.february, by: grouping).report(log)
        #expect(lines(report) == expected)
        #expect(report.isSound, "\(report.checks)")
    }

    /// > Source: Lesson 30: the schedule is by lot, not only the earliest end.
    @Test func `the ladder has every lot at its last day, and pending points at their first`() throws {
        let report = try ExpiryLadder(before: CivilDay(text: "2026-02-06"), by: .day).report(log)
        #expect(
            lines(report) == [
                "points toys 2026-03-11 700 0 1", "points toys 2026-04-06 400 0 1",
                "points salons 2026-03-13 970 0 1", "points salons 2026-03-21 500 0 1",
                "bonus toys 2026-02-13 500 0 1",
            ])
        #expect(lines(report, 1) == ["bonus toys 2026-02-08 200 1"])
        #expect(report.isSound, "\(report.checks)")
    }

    @Test func `the ladder at a place in the log has held points at the end of their lot`() throws {
        let report = try ExpiryLadder(keepsSequences: true).report(log, through: LogSequence(19))
        #expect(lines(report).first == "points toys 2026-03 100 300 1")
        #expect(report.tables[0].rows[0].sequences == [16])
        #expect(report.isSound, "\(report.checks)")
    }

    /// Given, covered, redeemed, taken back, corrected, expired, restored, transferred, left, share.
    @Test func `breakage is by the month in which points were given`() throws {
        let report = try BreakageReport().report(log)
        #expect(
            lines(report) == [
                "2026-01 points toys 1000 0 -600 0 -50 -650 300 0 0 6500",
                // 1,470 of 2,440 are 6,024.59.
                "2026-01 points salons 2440 0 -200 -970 0 -1470 200 0 0 6025",
                "2026-01 bonus toys 500 0 0 0 0 -500 0 0 0 10000",
                "2026-02 points toys 680 0 0 -280 0 -400 0 0 0 5882",
                "2026-02 points salons 270 0 0 -100 0 -170 0 0 0 6296",
                "2026-02 bonus toys 340 0 0 -140 0 -200 0 0 0 5882",
            ])
        #expect(report.isSound, "\(report.checks)")
    }

    /// > Source: Checklist S0-05 "earned in toys, spent a week later in salon", S1-14: points × rate − fee, netting, a
    /// > statement of the pair.
    @Test func `settlement is points times rate less fee, and what nobody agreed on has no price`() throws {
        let report = try SettlementReport(pair: ("toys", "salons"), keepsSequences: true).report(log)
        #expect(
            lines(report) == [
                "points toys salons 1/1 fee 500 bp at redemption 600 -300 0 50 350 350 18 332 RUB",
                "points salons toys none 200 -200 0 0 0    ",
            ])
        #expect(lines(report, 1) == ["toys salons 332 0 332 RUB "])
        #expect(
            lines(report, 2).map { $0.split(separator: " ").prefix(4).joined(separator: " ") } == [
                "2026-01-12 17 redeemed anna", "2026-02-01 23 redeemed boris", "2026-02-03 24 restored anna",
                "2026-02-05 26 restored boris", "2026-02-06 28 corrected anna",
            ])
        #expect(report.tables[0].rows[0].sequences == [17, 24, 28])
        #expect(report.isSound, "\(report.checks)")
        let early = try SettlementReport(period: BooksPeriod(last: CivilDay(text: "2026-02-02"))).report(log)
        #expect(lines(early, 1) == ["toys salons 570 0 570 RUB points 200"])
    }

    /// > Source: Checklist S0-04 "overlapping audiences", S0-14 "client flows cross".
    @Test func `members and points cross over`() throws {
        let report = try OverlapReport(keepsSequences: true).report(log)
        #expect(
            lines(report) == ["toys toys 2 14000 14000", "toys salons 2 14000 15000", "salons salons 2 15000 15000"])
        #expect(lines(report, 1) == ["toys salons 1 10000 2 2 points 300", "salons toys 1 4000 12 12 points 0"])
        #expect(report.tables[1].rows.map(\.sequences) == [[17], [23]])
    }

    @Test func `a statement tells every movement with the balance behind it`() throws {
        let boris = try #require(try MemberLookup.find("boris", in: log))
        let report = try StatementReport(of: boris, period: Self.february).report(log)
        #expect(
            lines(report) == [
                "boris points opening 500 0 0 0", "boris points closing 970 0 0 0", "boris bonus opening 0 0 0 0",
                "boris bonus closing 200 0 0 0",
            ])
        #expect(
            lines(report, 1).prefix(7) == [
                "2026-02-01 22 hold t1 h  points held 21.1 active -250 2026-01-20 2026-03-21 250 0 0 0",
                "2026-02-01 22 hold t1 h  points held 21.1 held 250 2026-01-20 2026-03-21 250 0 250 0",
                "2026-02-01 23 purchase t1 4  points held 21.1 held -250 2026-01-20 2026-03-21 250 0 0 0",
                "2026-02-01 23 purchase t1 4  points held 21.1 active 250 2026-01-20 2026-03-21 500 0 0 0",
                "2026-02-01 23 purchase t1 4  points redeemed 21.1 active -200 2026-01-20 2026-03-21 300 0 0 0",
                "2026-02-01 23 purchase t1 4  points accrued 23.1 active 280 2026-02-01 2026-04-02 580 0 0 0",
                "2026-02-01 23 purchase t1 4  bonus accrued 23.2 pending 140 2026-02-04 2026-03-04 0 140 0 0",
            ])
        #expect(
            lines(report, 2) == [
                "points 21.1 salons 2026-01-20 2026-01-20 2026-03-21 500 0 0",
                "points 26.1 toys 2026-02-05 2026-02-05 2026-04-06 400 0 0",
                "points 29.1 salons 2026-02-07 2026-02-07 2026-04-08 70 0 0",
                "bonus 26.2 toys 2026-02-05 2026-02-08 2026-03-08 200 0 0",
            ])
        #expect(report.isSound, "\(report.checks)")
        #expect(try MemberLookup.find("#2", in: log) == boris)
        #expect(try MemberLookup.find("nobody", in: log) == nil)
    }
}
