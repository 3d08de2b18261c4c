import Foundation
import TallyModel
import TallyReports
import TallySheets
import TallyTesting
import Testing

/// Other people's programs read our sheets as we meant them.
@Suite("Sheets")
struct SheetTests {
    /// A report with everything that is hard to write.
    private static let report: FinanceReport = {
        var movements = ReportTable("movements", ["who", "count", "points", "money", "day"])
        movements.add(
            [
                .text("Анна; \"Мир\""), .number(3), .amount(1_250, scale: 2), .amount(-5, scale: 3),
                .day(CivilDay(days: 17_000)),
            ],
            sequences: [4, 9])
        movements.add(
            [.text("=HYPERLINK(\"x\")"), .number(nil), .amount(.max, scale: 2), .amount(nil, scale: 2), .day(nil)])
        movements.add(
            [
                .text("-1 < 2 & a\nb"), .number(-7), .amount(0, scale: 0), .amount(999_999_999_999_999, scale: 2),
                .day(nil),
            ])
        var empty = ReportTable("a name that is longer than any sheet's", ["only"])
        empty.add([.text("")])
        return FinanceReport(
            sequence: LogSequence(9), tables: [movements, empty],
            checks: [ReportCheck("debits are credits"), ReportCheck("lots are balances", fault: "1 point")])
    }()

    /// What the other programs found.
    private struct Found: Decodable {
        enum Value: Decodable, Equatable {
            case text(String), nothing
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                self = container.decodeNil() ? .nothing : .text(try container.decode(String.self))
            }
        }
        struct Sheet: Decodable {
            var title: String
            var frozen: String
            var rows: [[Value]]
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                title = try container.decode(String.self)
                frozen = try container.decode(String.self)
                rows = try container.decode([[Value]].self)
            }
        }
        var sheets: [Sheet]
        var damaged: String?
        var first: String
        var rows: [[String]]
        var begins: String
    }

    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Oracle/read_sheets.py").path

    private static func found() throws -> Found? {
        guard let python = PythonSheets.python else { return nil }
        let directory = TemporaryDirectory()
        let (book, file) = (directory.path + "/report.xlsx", directory.path + "/report.csv")
        try Data(Workbook.xlsx(report, showsSequences: true)).write(to: URL(filePath: book))
        try Data(RussianCSV.text(report, showsSequences: true).utf8).write(to: URL(filePath: file))
        let ended = try ChildProcess.run(python, [script, book, file])
        try #require(ended.status == 0, "\(String(decoding: ended.errors, as: UTF8.self))")
        return try JSONDecoder().decode(Found.self, from: Data(ended.output))
    }

    @Test func `openpyxl reads every cell of a workbook as it was meant`() throws {
        guard let found = try Self.found() else { return }
        #expect(found.damaged == nil)
        #expect(found.sheets.map(\.title) == ["movements", "a name that is longer than ", "checks"])
        #expect(found.sheets.allSatisfy { $0.frozen == "A2" })
        func texts(_ sheet: Int, _ row: Int) -> [Found.Value] { found.sheets[sheet].rows[row] }
        #expect(texts(0, 0) == ["who", "count", "points", "money", "day", "sequences"].map { .text($0) })
        #expect(
            texts(0, 1) == [
                .text("Анна; \"Мир\""), .text("number 3 0"), .text("number 12.5 #,##0.00"),
                .text("number -0.005 #,##0.000"), .text("day 2016-07-18"), .text("4 9"),
            ])
        #expect(
            texts(0, 2) == [
                .text("=HYPERLINK(\"x\")"), .nothing, .text("92233720368547758.07"), .nothing, .nothing, .nothing,
            ])
        #expect(
            texts(0, 3) == [
                .text("-1 < 2 & a\nb"), .text("number -7 0"), .text("number 0 #,##0"),
                .text("number 9999999999999.99 #,##0.00"), .nothing, .nothing,
            ])
        #expect(texts(2, 1) == [.text("debits are credits"), .text("ok")])
        #expect(texts(2, 2) == [.text("lots are balances"), .text("1 point")])
        #expect(
            found.first.contains(
                #"<c r="A3" s="0" t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(&quot;x&quot;)"#))
    }

    @Test func `another program's CSV reader reads what a Russian Excel opens`() throws {
        guard let found = try Self.found() else { return }
        #expect(found.begins == "efbbbf")
        #expect(
            found.rows == [
                ["table", "who", "count", "points", "money", "day", "sequences"],
                ["movements", "Анна; \"Мир\"", "3", "12,50", "-0,005", "18.07.2016", "4 9"],
                ["movements", "'=HYPERLINK(\"x\")", "", "92233720368547758,07", "", "", ""],
                ["movements", "'-1 < 2 & a\nb", "-7", "0", "9999999999999,99", "", ""],
                ["table", "only", "sequences"], ["a name that is longer than any sheet's", "", ""],
            ])
    }

    /// What was written once is written for ever: the text of the Russian file, and the first sheet of the workbook.
    @Test func `the files are the committed ones`() throws {
        let csv = try GoldenFile.text("report.csv", orRecord: RussianCSV.text(Self.report, showsSequences: true))
        #expect(csv == RussianCSV.text(Self.report, showsSequences: true))
        guard let found = try Self.found() else { return }
        let sheet = found.first + "\n"
        #expect(try GoldenFile.text("sheet1.xml", orRecord: sheet) == sheet)
    }

    /// A table that is longer than a sheet goes on on the next, and a text that is longer than a cell ends with an ellipsis.
    @Test func `another program reads what does not fit one sheet or one cell`() throws {
        guard let python = PythonSheets.python else { return }
        var table = ReportTable("long", ["text"])
        for row in 0..<5 { table.add([.text("row \(row)")], sequences: Array(1_000_000..<1_010_000)) }
        table.add([.text(String(repeating: "ы", count: 40_000))])
        let report = FinanceReport(sequence: .none, tables: [table], checks: [])
        let directory = TemporaryDirectory()
        let (book, file) = (directory.path + "/report.xlsx", directory.path + "/report.csv")
        try Data(Workbook.xlsx(report, showsSequences: true, rowsPerSheet: 4)).write(to: URL(filePath: book))
        try Data("\u{FEFF}".utf8).write(to: URL(filePath: file))
        let ended = try ChildProcess.run(python, [Self.script, book, file])
        try #require(ended.status == 0, "\(String(decoding: ended.errors, as: UTF8.self))")
        let found = try JSONDecoder().decode(Found.self, from: Data(ended.output))
        #expect(found.sheets.map(\.title) == ["long", "long 2", "checks"])
        #expect(found.sheets.map(\.rows.count) == [5, 3, 1])
        #expect(found.sheets[1].rows[2][0] == .text(String(repeating: "ы", count: 32_766) + "…"))
        guard case .text(let trail) = found.sheets[0].rows[1][1] else { preconditionFailure("A trail is text.") }
        #expect(trail.hasPrefix("1000000 1000001 ") && trail.hasSuffix(" …") && trail.count <= 32_767)
        // The file of lines names them all.
        #expect(RussianCSV.text(report, showsSequences: true).contains(" 1009999\r\n"))
    }

    @Test func `the same report gives the same bytes`() {
        #expect(
            Workbook.xlsx(Self.report, showsSequences: false) == Workbook.xlsx(Self.report, showsSequences: false))
        #expect(Workbook.xlsx(Self.report, showsSequences: false) != Workbook.xlsx(Self.report, showsSequences: true))
    }

    @Test func `every line of a Russian file ends with CR and LF`() {
        let text = RussianCSV.text(Self.report, showsSequences: false)
        let ends = text.unicodeScalars.split(separator: "\r", omittingEmptySubsequences: false).dropFirst()
        #expect(ends.allSatisfy { $0.first == "\n" } && ends.count == 6)
    }
}

/// A file that every version must write again.
enum GoldenFile {
    /// The committed text; a new one is written first when `TALLYSTICK_RECORD_FIXTURES` is set.
    static func text(_ name: String, orRecord text: String) throws -> String {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
        let asked = ProcessInfo.processInfo.environment["TALLYSTICK_RECORD_FIXTURES"] != nil
        if asked, !FileManager.default.fileExists(atPath: file.path) {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
}

/// Python with openpyxl, in an environment of its own.
enum PythonSheets {
    private static let package = "openpyxl==3.1.5"

    /// The interpreter; nil, after a loud line, when the package index cannot be reached.
    static let python: String? = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tallystick-sheets-1").path
        let python = folder + "/bin/python"
        let hasIt = { (try? ChildProcess.run(python, ["-c", "import openpyxl"]))?.status == 0 }
        if hasIt() { return python }
        _ = try? ChildProcess.run("/usr/bin/env", ["python3", "-m", "venv", folder])
        _ = try? ChildProcess.run(python, ["-m", "pip", "install", "--quiet", package])
        if hasIt() { return python }
        print("\n*** openpyxl is NOT asked: `pip install \(package)` failed. ***\n")
        return nil
    }()
}
