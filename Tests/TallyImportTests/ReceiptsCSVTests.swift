import TallyBytes
import TallyCodec
import TallyImport
import TallyModel
import Testing

struct ReceiptsCSVTests {
    /// One good row, of which each case changes one field.
    private static let good = ["A-1", "900", "330", "2017-01-01T06:53:26", "1095275", "PASTRY", "1", "0.5", "0.50"]

    private static func row(_ column: Int, _ text: String) -> String {
        var row = good
        row[column - 1] = text
        return row.joined(separator: ",") + "\n"
    }

    @Test func `a receipt brings its store, its member and itself`() throws {
        let result = ReceiptsFile(ReceiptsFile.header + Self.good.joined(separator: ",")).result()
        #expect(result.count == 3)
        let file = ReceiptsFile(ReceiptsFile.header + Self.good.joined(separator: ","))
        #expect(try result.events == file.plainEvents())
    }

    struct BadCase: Sendable, CustomTestStringConvertible {
        var rows: String
        var message: String
        var testDescription: String { message }
    }

    static let badCases: [BadCase] = [
        BadCase(rows: row(1, ""), message: "2:1 receipt_id: found \"\", expected a text that is not empty"),
        BadCase(rows: row(3, ""), message: "2:3 store_id: found \"\", expected a text that is not empty"),
        BadCase(
            rows: row(4, "2017-02-29T00:00:00"),
            message: "2:4 timestamp: found \"2017-02-29T00:00:00\", expected civil time such as 2017-01-01T06:53:26"),
        BadCase(
            rows: row(4, "2017-01-01T24:00:00"),
            message: "2:4 timestamp: found \"2017-01-01T24:00:00\", expected civil time such as 2017-01-01T06:53:26"),
        BadCase(
            rows: row(4, "2017-01-01"),
            message: "2:4 timestamp: found \"2017-01-01\", expected civil time such as 2017-01-01T06:53:26"),
        BadCase(rows: row(5, ""), message: "2:5 sku: found \"\", expected a text that is not empty"),
        BadCase(
            rows: row(5, String(repeating: "x", count: 65)),
            message: "2:5 sku: found \"\(String(repeating: "x", count: 40))\", expected at most 64 bytes"),
        BadCase(
            rows: row(7, "1.2345"), message: "2:7 qty: found \"1.2345\", expected a quantity with at most 3 decimals"),
        BadCase(rows: row(7, ""), message: "2:7 qty: found \"\", expected a quantity with at most 3 decimals"),
        BadCase(
            rows: row(7, "-1"),
            message: "2:7 qty: found \"-1000 thousandths\", expected a quantity that is not negative in a purchase"),
        BadCase(
            rows: row(9, "0.505"),
            message: "2:9 line_total: found \"0.505\", expected an amount with at most 2 decimals, for example 12.50"),
        BadCase(
            rows: row(9, "1e3"),
            message: "2:9 line_total: found \"1e3\", expected an amount with at most 2 decimals, for example 12.50"),
        BadCase(
            rows: row(9, "99999999999999999999"),
            message:
                "2:9 line_total: found \"99999999999999999999\", expected an amount with at most 2 decimals, for example 12.50"
        ),
        BadCase(
            rows: row(9, "10000000000.01"),
            message: "2:9 line_total: found \"10000000000.01\", expected a smaller value"),
        BadCase(rows: "A-1,900\n", message: "2:2 member_id: found \"2 columns\", expected 9 columns"),
        BadCase(rows: row(9, "1,2"), message: "2:9 line_total: found \"10 columns\", expected 9 columns"),
        BadCase(
            rows: row(5, "a\"b"),
            message: "2:5 sku: found \"\"\", expected quotes around the whole field, doubled inside it"),
        BadCase(
            rows: row(5, "\"a\"b"),
            message: "2:5 sku: found \"\"\", expected quotes around the whole field, doubled inside it"),
        BadCase(
            rows: row(9, "0.50") + row(2, "901"),
            message: "3:2 member_id: found \"901\", expected the member of the receipt's first row"),
        BadCase(
            rows: row(9, "0.50") + row(3, "331"),
            message: "3:3 store_id: found \"331\", expected the store of the receipt's first row"),
        BadCase(
            rows: row(9, "0.50") + row(9, "-0.50"),
            message:
                "3:9 line_total: found \"-50 minor units\", expected totals of one sign in a receipt: what is bought, or what comes back"
        ),
    ]

    @Test(arguments: badCases) func `a bad row is named by line and column`(_ bad: BadCase) {
        let result = ReceiptsFile(ReceiptsFile.header + bad.rows).result()
        guard case .badRow(let row) = result.fault else {
            Issue.record("no bad row but \(String(describing: result.fault))")
            return
        }
        #expect(row.description == bad.message)
        #expect(result.count == 0)
    }

    @Test(arguments: badCases) func `a bad receipt is left out and its neighbours are not`(_ bad: BadCase) {
        var file = ReceiptsFile(ReceiptsFile.header + Self.row(1, "A-0") + bad.rows + Self.row(1, "A-2"))
        file.skipsBadReceipts = true
        let result = file.result()
        let without = ReceiptsFile(ReceiptsFile.header + Self.row(1, "A-0") + Self.row(1, "A-2")).result()
        #expect(result.fault == nil)
        #expect(result.events == without.events)
        #expect(result.skipped.count == 1)
        #expect(result.skipped.first?.line == 3)
    }

    @Test func `broken UTF-8 is a bad row`() {
        var bytes = Array((ReceiptsFile.header + Self.row(5, "?")).utf8)
        bytes[bytes.lastIndex(of: UInt8(ascii: "?"))!] = 0xFF
        guard case .badRow(let row) = ReceiptsFile(bytes: bytes).result().fault else {
            Issue.record("no bad row")
            return
        }
        #expect(row.description == "2:5 sku: found \"\u{FFFD}\", expected text in UTF-8")
    }

    @Test func `events before a bad row are all taken`() {
        let result = ReceiptsFile(ReceiptsFile.header + Self.row(1, "A-0") + Self.row(9, "x")).result()
        #expect(result.count == 3)
        #expect(result.fault != nil)
    }

    @Test func `another header is refused`() {
        let result = ReceiptsFile("receipt,member\n").result()
        #expect(
            result.fault.map { "\($0)" }?.hasPrefix("1:1: the file does not begin with the header of receipts") == true)
    }

    @Test func `a quote that is never closed ends the file with its line`() {
        let rows =
            ReceiptsFile.header + Self.row(1, "A-0") + Self.row(5, "\"open") + String(repeating: "x\n", count: 5000)
        #expect(
            ReceiptsFile(rows).result().fault.map { "\($0)" }
                == "3:1: the row is longer than 4096 bytes: is a quote not closed?")
    }

    @Test func `quotes, line ends of both kinds and a missing last one are read`() throws {
        let text =
            ReceiptsFile.header + Self.row(5, "\"a,\"\"b\"\"\"").dropLast() + "\r\n" + Self.row(1, "\"A-2\"") + "\n"
            + Self.row(6, "\"\"").dropLast()
        let file = ReceiptsFile(text)
        let result = file.result()
        #expect(result.fault == nil)
        #expect(try result.events == file.plainEvents())
    }

    @Test func `negative totals are a blind return with magnitudes`() throws {
        let file = ReceiptsFile(ReceiptsFile.header + Self.row(9, "-0.50") + Self.row(9, "0.00"))
        let result = file.result()
        #expect(result.fault == nil)
        #expect(try result.events == file.plainEvents())
        var free = Self.good
        (free[6], free[8]) = ("-2", "0.00")
        let given = ReceiptsFile(ReceiptsFile.header + free.joined(separator: ","))
        #expect(try given.result().events == given.plainEvents())
    }

    @Test func `a resumed import goes on with exactly the events that are missing`() {
        let rows = (0..<40).map { Self.row(1, "A-\($0)") }.joined()
        let file = ReceiptsFile(ReceiptsFile.header + rows)
        let whole = file.result()
        for skip in 0...whole.count {
            let rest = file.result(batchEvents: 7, skip: UInt64(skip))
            #expect(rest.count == whole.count - skip)
            #expect(whole.events.suffix(rest.events.count) == rest.events[...])
        }
    }
}
