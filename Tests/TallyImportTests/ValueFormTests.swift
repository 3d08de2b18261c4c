import TallyImport
import TallyModel
import Testing

@Suite("Numbers and days of old files")
struct ValueFormTests {
    private static func form(_ change: (inout ValueForm) -> Void) -> ValueForm {
        var form = ValueForm()
        change(&form)
        return form
    }

    private static let russian = form { ($0.decimalMark, $0.grouping, $0.dateFormat) = (",", .space, "dd.mm.yyyy") }

    @Test(
        arguments: [
            ("1 234,50", 123_450), ("1\u{A0}234,5", 123_450), ("1234,50", 123_450), ("-0,01", -1), ("7", 700),
            ("12,5000", 1_250), ("1 234 567", 123_456_700), ("0", 0),
            ("", nil), ("1 23,50", nil), ("1234 567", nil), ("12,501", nil), ("1.50", nil), ("1,", nil), (",5", nil),
            ("--1", nil), ("1,2,3", nil), ("1 234,5 0", nil), ("+1", nil), ("10000000000,01", nil), ("x", nil),
        ] as [(String, Int64?)])
    func `points are exact, and decimals that would be lost are refused`(text: String, points: Int64?) {
        #expect(Self.russian.points(text) == points)
    }

    @Test func `groups stand as the form says`() {
        #expect(Self.form { $0.grouping = .apostrophe }.points("1'234.5") == 123_450)
        #expect(Self.form { $0.grouping = .comma }.points("1,234.5") == 123_450)
        #expect(Self.form { $0.scale = 0 }.points("12.00") == 12)
        #expect(Self.form { $0.scale = 0 }.points("12.01") == nil)
    }

    @Test(
        arguments: [
            ("dd.mm.yyyy", "01.05.2026", "2026-05-01"), ("dd.mm.yyyy", "01.05.2026 9:05:00", "2026-05-01"),
            ("dd.mm.yyyy", "31.02.2026", nil), ("dd.mm.yyyy", "1.5.2026", nil), ("dd.mm.yyyy", "01.05.26", nil),
            ("dd.mm.yyyy", "01.05.2026 x", nil), ("yyyy-mm-dd", "2026-05-01T10:00", "2026-05-01"),
            ("mm/dd/yyyy", "05/01/2026", "2026-05-01"), ("yyyymmdd", "20260501", "2026-05-01"),
        ] as [(String, String, String?)])
    func `a day has the form that the mapping says`(format: String, text: String, day: String?) {
        #expect(Self.form { $0.dateFormat = format }.day(text) == day.flatMap { CivilDay(text: $0) })
    }
}
