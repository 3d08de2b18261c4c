import TallyModel
public import TallyReports

/// The tables of a report as a workbook of spreadsheets (XLSX), a sheet for each and one for what was checked.
///
/// Amounts are numbers with their decimals, days are days, words are words: a text that begins like a formula is not run. A number
/// of more than fifteen digits is written as text, because spreadsheets would round it. A table of more rows than a sheet has goes on on
/// the next one; a text that is longer than a cell can hold ends with an ellipsis.
///
/// The same report gives the same bytes.
///
/// > Source: ECMA-376, part 1 (SpreadsheetML).
public enum Workbook {
    /// Rows of a sheet, without its head.
    ///
    /// > Source: Microsoft, "Excel specifications and limits".
    public static let rowsPerSheetMax = 1_048_575

    /// The bytes of a workbook.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - showsSequences: True when the records behind a row are in its last column.
    ///   - rowsPerSheet: Rows of a table that stand on one sheet.
    /// - Returns: A file that spreadsheet programs open.
    public static func xlsx(
        _ report: FinanceReport, showsSequences: Bool, rowsPerSheet: Int = rowsPerSheetMax
    ) -> [UInt8] {
        var sheets = report.tables.flatMap { table in
            stride(from: 0, to: max(table.rows.count, 1), by: rowsPerSheet).map { first in
                let rows = table.rows[first..<min(first + rowsPerSheet, table.rows.count)]
                return Sheet(table, rows, showsSequences: showsSequences)
            }
        }
        sheets.append(Sheet(checks: report.checks))
        var archive = ZipArchive()
        let names = sheetNames(sheets.map(\.name))
        archive.add("[Content_Types].xml", part(contentTypes(sheets.count)))
        archive.add("_rels/.rels", part(rootRelations))
        archive.add("xl/workbook.xml", part(workbook(names)))
        archive.add("xl/_rels/workbook.xml.rels", part(relations(sheets.count)))
        archive.add("xl/styles.xml", part(styles))
        for (place, sheet) in sheets.enumerated() {
            archive.add("xl/worksheets/sheet\(place + 1).xml", part(sheet.xml))
        }
        return archive.finished()
    }

    private static func part(_ xml: String) -> [UInt8] {
        Array(#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#.utf8) + Array(xml.utf8)
    }

    /// Names of sheets: at most 31 characters, none of those that spreadsheets forbid, no two alike.
    static func sheetNames(_ wanted: [String]) -> [String] {
        var names: [String] = []
        for name in wanted {
            let clean = String(name.map { "[]:*?/\\'".contains($0) ? "_" : $0 }.prefix(27))
            let isKnown = { (text: String) in names.contains { $0.lowercased() == text.lowercased() } }
            var unique = clean.isEmpty ? "sheet" : clean
            var number = 2
            while isKnown(unique) {
                unique = "\(clean) \(number)"
                number += 1
            }
            names.append(unique)
        }
        return names
    }

    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"

    private static func contentTypes(_ sheets: Int) -> String {
        let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        let parts = (1...sheets).map {
            #"<Override PartName="/xl/worksheets/sheet\#($0).xml" ContentType="\#(type).worksheet+xml"/>"#
        }
        return #"<Types xmlns="\#(package)/content-types">"#
            + #"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
            + #"<Default Extension="xml" ContentType="application/xml"/>"#
            + #"<Override PartName="/xl/workbook.xml" ContentType="\#(type).sheet.main+xml"/>"#
            + #"<Override PartName="/xl/styles.xml" ContentType="\#(type).styles+xml"/>"# + parts.joined() + "</Types>"
    }

    private static let rootRelations =
        #"<Relationships xmlns="\#(package)/relationships">"#
        + #"<Relationship Id="rId1" Type="\#(office)/officeDocument" Target="xl/workbook.xml"/></Relationships>"#

    private static func relations(_ sheets: Int) -> String {
        let parts = (1...sheets).map {
            #"<Relationship Id="rId\#($0)" Type="\#(office)/worksheet" Target="worksheets/sheet\#($0).xml"/>"#
        }
        return #"<Relationships xmlns="\#(package)/relationships">"# + parts.joined()
            + #"<Relationship Id="rId\#(sheets + 1)" Type="\#(office)/styles" Target="styles.xml"/></Relationships>"#
    }

    private static func workbook(_ names: [String]) -> String {
        let sheets = names.enumerated().map {
            #"<sheet name="\#(Sheet.escaped($1))" sheetId="\#($0 + 1)" r:id="rId\#($0 + 1)"/>"#
        }
        return #"<workbook xmlns="\#(main)" xmlns:r="\#(office)"><sheets>"# + sheets.joined() + "</sheets></workbook>"
    }

    /// Styles by number: 0 plain, 1 the head, 2 whole numbers, 3 days, and from 4 on amounts of 0, 1, 2… decimals.
    private static let styles: String = {
        let formats = (0...9).map { scale in
            let code = "#,##0" + (scale == 0 ? "" : "." + String(repeating: "0", count: scale))
            return #"<numFmt numFmtId="\#(170 + scale)" formatCode="\#(code)"/>"#
        }
        let amounts = (0...9).map { #"<xf numFmtId="\#(170 + $0)" fontId="0" applyNumberFormat="1"/>"# }
        return #"<styleSheet xmlns="\#(main)"><numFmts count="11">"#
            + #"<numFmt numFmtId="169" formatCode="yyyy\-mm\-dd"/>"# + formats.joined() + "</numFmts>"
            + #"<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>"#
            + #"<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>"#
            + #"<fills count="2"><fill><patternFill patternType="none"/></fill>"#
            + #"<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>"#
            + #"<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="14"><xf numFmtId="0" fontId="0"/>"#
            + #"<xf numFmtId="0" fontId="1" applyFont="1"/><xf numFmtId="1" fontId="0" applyNumberFormat="1"/>"#
            + #"<xf numFmtId="169" fontId="0" applyNumberFormat="1"/>"# + amounts.joined() + "</cellXfs></styleSheet>"
    }()
}
