import TallyModel
import TallyReports
import TallyTesting
import Testing

/// What the key figures and balances make of records that are more than one receipt.
@Suite("Kinds of receipts")
struct ReceiptKindTests {
    /// > Source: Lesson 5: goods that come back never net with goods that are bought.
    @Test func `an exchange is two receipts and a void is a return`() throws {
        let log = try Coalition.desk().log()
        let report = try KPIScan.report(log, asOf: .now)
        // 100.00, 200.00, 50.00, 30.00, 10.00 and the exchange's 40.00; 100.00, the exchange's 30.00 and the void's
        // 10.00 back.
        #expect(report[.receiptsAll] == 9)
        #expect(report[.purchases] == 6)
        #expect(report[.returns] == 3)
        #expect(report[.grossMinor] == 43_000)
        #expect(report[.turnoverMinor] == 29_000)
        // Given 5,060 in both wallets, taken back 970 + 280 + 140 + 100.
        #expect(report[.cashbackTotalMinor] == 3_570)
        let before = try KPIScan.report(log, asOf: AsOf(day: CivilDay(text: "2026-02-05")))
        #expect(before[.receiptsAll] == 5)
    }

    /// The balances of Anna and Boris in points and bonus: active with held, pending, held, debt.
    @Test(
        arguments: [
            (AsOf(sequence: LogSequence(16)), [[1_000, 0, 0, 0], [0, 500, 0, 0]]),
            (AsOf(sequence: LogSequence(19)), [[2_340, 0, 300, 0], [500, 0, 0, 0]]),
            (AsOf(day: CivilDay(text: "2026-01-12")), [[1_000, 0, 0, 0], [0, 500, 0, 0]]),
            (AsOf(day: CivilDay(text: "2026-01-14")), [[2_340, 0, 0, 0], [500, 0, 0, 0]]),
            // The clock has written the end of the lot weeks later; it counts for the lot's last day.
            (AsOf(day: CivilDay(text: "2026-02-13")), [[1_720, 0, 0, 0], [500, 0, 0, 0]]),
            (AsOf(day: CivilDay(text: "2026-02-14")), [[1_720, 0, 0, 0], [0, 0, 0, 0]]),
        ] as [(AsOf, [[Int64]])])
    func `balances know pending and held points`(asOf: AsOf, expected: [[Int64]]) throws {
        let rows = try BalanceReport.rows(try Coalition.desk().log(), asOf: asOf).rows
        let anna = rows.filter { $0.externalID == "anna" }
        #expect(anna.map { [$0.active, $0.pending, $0.held, $0.debt] } == expected)
    }
}
