import TallyCodec
import TallyLog
import TallyModel
import TallyProjections
import TallyReports
import TallyTesting
import Testing

/// Reports over receipts that can be added up by hand.
///
/// | day | member | store | total | lines | units | points |
/// |---|---|---|---|---|---|---|
/// | 19,700 | 1 | 1 | 100.00 | 2 | 3 | +5.00 |
/// | 19,710 | 1 | 2 | 50.01 | 2 | 1, and 4 for nothing | +2.50 |
/// | 19,720 | 2 | 1 | 30.00 | 1 | 0.5 | +1.50 |
/// | 19,720 | nobody | 1 | 20.00 | 1 | 2 | |
/// | 19,730 | 1 | 1 | 0 | 1 | 1 | |
/// | 19,740 | 2 | 1 | −60.00 | 1 | | −3.00 |
@Suite("Reports made by hand")
struct HandMadeTests {
    private let log = MemoryLog()

    init() throws {
        var script = RecordScript()
        script.register("anna")
        script.register("boris")
        script.register("clara")
        script.purchase(1, day: 19_700, lines: [(2_000, 6_000), (1_000, 4_000)], points: 500)
        script.purchase(1, store: 2, day: 19_710, lines: [(1_000, 5_001), (4_000, 0)], points: 250)
        script.reject()
        script.purchase(2, day: 19_720, lines: [(500, 3_000)], points: 150)
        script.purchase(0, day: 19_720, lines: [(2_000, 2_000)])
        script.purchase(1, day: 19_730, lines: [(1_000, 0)])
        script.takeBack(2, day: 19_740, thousandths: 1_000, minor: 6_000, points: 300)
        try script.write(to: log, recordsPerBlock: 3)
    }

    /// > Source: Checklist S1-09 "average check", S1-10 "average number of checks per member", S1-11 "checks/items
    /// > (items per check)".
    @Test(
        arguments: [
            (.receiptsAll, 6, 2), (.linesAll, 8, 4), (.purchases, 4, 2), (.returns, 1, 0), (.empty, 1, 0),
            (.turnoverMinor, 14_001, 15_001), (.grossMinor, 20_001, 15_001), (.stores, 2, 2), (.membersAny, 2, 1),
            (.membersActive, 2, 1), (.memberPurchases, 3, 2), (.memberGrossMinor, 18_001, 15_001),
            (.purchaseLines, 6, 4),
            (.purchaseItems, 6, 4), (.membersInWindow, 2, 1), (.purchasesInWindow, 3, 1),
            (.cashbackTotalMinor, 600, 750),
            (.cashbackGrossTotalMinor, 900, 750),
            // S1-09: 200.01 in 4 receipts are 50.0025; 150.01 in 2 are 75.005, the half goes to the even side.
            (.averageReceiptMinor, 5_000, 7_500),
            // S1-10: 3 purchases of 2 members; 2 of 1.
            (.receiptsPerMemberX1000, 1_500, 2_000),
            (.linesPerReceiptX1000, 1_500, 2_000),
            // S1-11: 6.5 units in 4 receipts, 4 in 2; what costs nothing is no unit.
            (.itemsPerReceiptX1000, 1_625, 2_000),
            (.cardShareX10000, 7_500, 10_000),
        ] as [(KPIFigure, Int64, Int64)])
    func `a figure of everything, and of the days before the twentieth`(figure: KPIFigure, all: Int64, early: Int64)
        throws
    {
        let now = try KPIScan.report(log, asOf: .now, windowDays: 10)
        #expect(now[figure] == all)
        let then = try KPIScan.report(log, asOf: AsOf(day: CivilDay(days: 19_720)), windowDays: 10)
        #expect(then[figure] == early)
    }

    @Test func `a ratio without a denominator is no number`() throws {
        let report = try KPIScan.report(log, asOf: AsOf(sequence: LogSequence(5)))
        #expect(report[.averageReceiptMinor] == nil)
        #expect(report[.cardShareX10000] == nil)
        #expect(report[.receiptsAll] == 0)
        #expect(report.sequence == LogSequence(5))
    }

    @Test func `an empty log has no figures and no rows`() throws {
        let empty = MemoryLog()
        #expect(try KPIScan.report(empty, asOf: .now).sequence == .none)
        #expect(try BalanceReport.rows(empty, asOf: .now).rows == [])
    }

    /// As of when, and what Anna, Boris and Clara have: active points less debt.
    @Test(
        arguments: [
            (AsOf.now, [750, -150, 0]),
            (AsOf(day: CivilDay(days: 19_740)), [750, 150, 0]),
            (AsOf(day: CivilDay(days: 19_710)), [500, 0, 0]),
            (AsOf(day: CivilDay(days: 19_700)), [0, 0, 0]),
            (AsOf(sequence: LogSequence(11)), [500, 0, 0]),
            (AsOf(sequence: LogSequence(12), day: CivilDay(days: 19_710)), [500, 0, 0]),
            (AsOf(sequence: LogSequence(9)), [0, 0]),
            (AsOf(sequence: LogSequence(.max)), [750, -150, 0]),
        ] as [(AsOf, [Int64])])
    func `balances as of a record and a day`(asOf: AsOf, expected: [Int64]) throws {
        let rows = try BalanceReport.rows(log, asOf: asOf).rows
        #expect(rows.map { $0.active - $0.debt } == expected)
        #expect(rows.allSatisfy { $0.active == 0 || $0.debt == 0 })
        #expect(rows.map(\.externalID) == Array(["anna", "boris", "clara"].prefix(expected.count)))
    }
}
