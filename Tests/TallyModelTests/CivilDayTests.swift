import TallyModel
import Testing

@Suite("Civil day")
struct CivilDayTests {
    /// A row: year, month, day, days since 1970-01-01; from another implementation of the same calendar.
    private static let rows: [(Int, Int, Int, Int32)] = [
        (1, 1, 1, -719_162),
        (1, 12, 31, -718_798),
        (1582, 10, 15, -141_427),
        (1600, 2, 29, -135_081),
        (1600, 3, 1, -135_080),
        (1700, 2, 28, -98_557),
        (1700, 3, 1, -98_556),
        (1899, 12, 31, -25_568),
        (1900, 2, 28, -25_509),
        (1900, 3, 1, -25_508),
        (1969, 12, 31, -1),
        (1970, 1, 1, 0),
        (1970, 1, 2, 1),
        (1972, 2, 29, 789),
        (2000, 2, 29, 11_016),
        (2000, 3, 1, 11_017),
        (2016, 2, 29, 16_860),
        (2017, 1, 1, 17_167),
        (2024, 12, 31, 20_088),
        (2026, 11, 22, 20_779),
        (2038, 1, 19, 24_855),
        (2100, 2, 28, 47_540),
        (2100, 3, 1, 47_541),
        (2400, 2, 29, 157_113),
        (9999, 12, 31, 2_932_896),
    ]

    @Test(arguments: rows.indices)
    func `a date is its count of days and back`(index: Int) {
        let (year, month, day, days) = Self.rows[index]
        #expect(CivilDay(year: year, month: month, day: day) == CivilDay(days: days))
        let date = CivilDay(days: days).date
        #expect(date == (year, month, day))
    }

    @Test(arguments: [
        (0, 1, 1), (10_000, 1, 1), (-1, 1, 1), (2017, 0, 1), (2017, 13, 1), (2017, 1, 0), (2017, 1, 32), (2017, 4, 31),
        (2017, 2, 29), (2016, 2, 30), (1700, 2, 29), (1900, 2, 29), (2100, 2, 29),
    ])
    func `what is no date is nil`(year: Int, month: Int, day: Int) {
        #expect(CivilDay(year: year, month: month, day: day) == nil)
    }

    @Test func `every day from 1600 to 2400 follows the day before`() throws {
        var calendar = (year: 1600, month: 1, day: 1)
        var days = try #require(CivilDay(year: 1600, month: 1, day: 1)).days
        while calendar.year <= 2400 {
            let found = CivilDay(days: days)
            guard found.date == calendar,
                CivilDay(year: calendar.year, month: calendar.month, day: calendar.day) == found,
                CivilDay(text: found.description) == found
            else {
                Issue.record("\(calendar) is not \(found)")
                return
            }
            calendar = dayAfter(calendar)
            days += 1
        }
        #expect(CivilDay(days: days).description == "2401-01-01")
    }

    /// A row: microseconds, offset in minutes, day.
    @Test(arguments: [
        (0, 0, 0), (-1, 0, -1), (86_399_999_999, 0, 0), (86_400_000_000, 0, 1), (-86_400_000_000, 0, -1),
        (-86_400_000_001, 0, -2), (0, -1, -1), (-1, 1, 0), (86_399_999_999, 1, 1), (0, 1080, 0), (0, -1080, -1),
    ])
    func `the day of a moment is the day on the store's clock`(microseconds: Int64, offset: Int16, day: Int32) {
        #expect(CivilDay(of: Instant(microseconds: microseconds), utcOffsetMinutes: offset) == CivilDay(days: day))
    }

    @Test(arguments: [
        "", "2017", "2017-01", "2017-1-01", "2017-01-1", "17-01-01", "2017-01-01 ", " 2017-01-01", "2017/01/01",
        "+017-01-01",
        "2017-01-01-01", "2017--1-01", "2017-02-29", "0000-01-01", "２017-01-01", "201７-01-01",
    ])
    func `text of another form is no day`(text: String) {
        #expect(CivilDay(text: text) == nil)
    }

    /// The calendar as people count it, by hand.
    private func dayAfter(_ date: (year: Int, month: Int, day: Int)) -> (year: Int, month: Int, day: Int) {
        let isLeap = date.year % 400 == 0 || (date.year % 4 == 0 && date.year % 100 != 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        if date.day < lengths[date.month - 1] { return (date.year, date.month, date.day + 1) }
        return date.month < 12 ? (date.year, date.month + 1, 1) : (date.year + 1, 1, 1)
    }
}
