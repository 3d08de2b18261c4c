import TallyModel
import TallyReports
import TallyTesting
import Testing

@Suite("Reconciliation with a till")
struct TillReconciliationTests {
    private func report(_ text: String, _ period: BooksPeriod = .all) throws -> FinanceReport {
        let receipts = try TillReport.receipts(text, scale: 2)
        return try TillReconciliation(against: receipts, period: period).report(try Coalition.desk().log())
    }

    private func lines(_ report: FinanceReport, _ table: Int) -> [String] {
        report.tables[table].rows.map { $0.cells.map(\.text).joined(separator: " ") }
    }

    private static let salons = """
        store,receipt,kind,total
        s1,2,sale,200.00
        s1,3,sale,50
        s1,5,return,100.0
        s1,8,sale,10.00
        s1,9,void,10.00

        """

    @Test func `a report of one store agrees with the ledger's receipts of that store`() throws {
        let report = try report(Self.salons)
        #expect(report.isSound, "\(report.checks)")
        #expect(lines(report, 0) == [])
        #expect(
            lines(report, 1) == [
                "matched 5 37000 37000", "different_amount 0 0 0", "missing_in_ledger 0 0 0", "missing_at_till 0 0 0",
            ])
    }

    @Test func `each difference has its kind, its record and its place in the totals`() throws {
        let text = Self.salons.replacing("s1,3,sale,50", with: "s1,3,sale,51").replacing(
            "s1,8,sale", with: "s1,88,sale")
        let report = try report(text)
        #expect(!report.isSound)
        #expect(
            lines(report, 0) == [
                "different_amount s1 3 sale 2026-01-20 21 5000 5100 -100",
                "missing_at_till s1 8 sale 2026-02-08 31 1000  1000", "missing_in_ledger s1 88 sale    1000 -1000",
            ])
        #expect(
            lines(report, 1) == [
                "matched 3 31000 31000", "different_amount 1 5000 5100", "missing_in_ledger 1 0 1000",
                "missing_at_till 1 1000 0",
            ])
    }

    @Test func `both halves of an exchange are looked for, and only the days of the period`() throws {
        let february = BooksPeriod(first: CivilDay(text: "2026-02-05"), last: CivilDay(text: "2026-02-05"))
        let text = "\u{FEFF}total;note;kind;receipt;store\r\n30,00;\"a; \"\"b\"\"\";return;6;t1\r\n40,00;;sale;7;t1\r\n"
        let report = try report(text, february)
        #expect(report.isSound, "\(report.checks) \(lines(report, 0))")
    }

    @Test func `a number that stands twice is matched by its amount first`() throws {
        let key = TillReceipt.Key(store: "s1", receipt: "2", kind: .sale)
        let twice = [TillReceipt(key: key, totalMinor: 1), TillReceipt(key: key, totalMinor: 20_000)]
        let period = BooksPeriod(last: CivilDay(text: "2026-01-12"))
        let report = try TillReconciliation(against: twice, period: period).report(try Coalition.desk().log())
        #expect(lines(report, 0) == ["missing_in_ledger s1 2 sale    1 -1"])
    }

    @Test(
        arguments: [
            ("", "line 1: there is no header"), ("store,receipt,kind\n", "line 1: there is no column total"),
            ("store,receipt,kind,total\ns1,1,sale\n", "line 2: it has 3 fields, not 4"),
            ("store,receipt,kind,total\ns1,1,gift,1\n", "line 2: kind gift is not sale, return or void"),
            ("store,receipt,kind,total\ns1,1,sale,1.234\n", "line 2: total 1.234 is no amount with 2 decimals"),
            ("store,receipt,kind,total\ns1,1,sale,-1\n", "line 2: total -1 is no amount with 2 decimals"),
            ("store,receipt,kind,total\ns1,1,sale,\n", "line 2: total  is no amount with 2 decimals"),
            ("store,receipt,kind,total\ns1,\"1,sale,1\n", "line 2: a quote does not end"),
        ])
    func `a report that has another form is refused with its line`(text: String, message: String) {
        #expect { try TillReport.receipts(text, scale: 2) } throws: { "\($0)" == message }
    }
}
