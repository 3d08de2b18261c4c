import TallyLedger
import TallyModel
import Testing

/// > Source: Domain model, section 3; lessons 43 and 44.
@Suite("Days of lots")
struct LotDaysTests {
    private static func day(_ text: String) -> CivilDay { CivilDay(text: text)! }

    @Test(
        arguments: [
            (ExpiryTerm.never, "2026-03-10", nil),
            (.days(1), "2026-03-10", "2026-03-11"),
            (.days(14), "2026-02-20", "2026-03-06"),
            (.days(180), "2017-01-01", "2017-06-30"),
            (.sliding(90), "2026-01-01", "2026-04-01"),
            (.months(1), "2026-01-31", "2026-02-28"),
            (.months(1), "2028-01-31", "2028-02-29"),
            (.months(6), "2026-08-31", "2027-02-28"),
            (.months(12), "2028-02-29", "2029-02-28"),
            (.months(12), "2026-12-15", "2027-12-15"),
            (.dates([DayOfYear(month: 12, day: 31)]), "2026-03-10", "2026-12-31"),
            (.dates([DayOfYear(month: 12, day: 31)]), "2026-12-31", "2027-12-31"),
            (.dates([DayOfYear(month: 6, day: 30), DayOfYear(month: 12, day: 31)]), "2026-06-30", "2026-12-31"),
            (.dates([DayOfYear(month: 2, day: 29)]), "2026-02-01", "2026-02-28"),
            (.dates([DayOfYear(month: 2, day: 29)]), "2028-02-28", "2028-02-29"),
        ] as [(ExpiryTerm, String, String?)])
    func `a lot ends with the last day of its term`(term: ExpiryTerm, from: String, last: String?) {
        #expect(LotDays.lastDay(term, from: Self.day(from))?.description == last)
    }

    @Test(
        arguments: [
            (PendingTerm.none, 14, nil),
            (.days(1), 14, "2026-03-11"),
            (.days(14), 14, "2026-03-24"),
            (.date(CivilDay(text: "2026-04-01")!), 14, "2026-04-01"),
            (.date(CivilDay(text: "2026-03-10")!), 14, nil),
            (.returnWindow, 14, "2026-03-25"),
            (.returnWindow, 0, "2026-03-11"),
        ] as [(PendingTerm, UInt16, String?)])
    func `a lot begins with the first day of its term`(term: PendingTerm, window: UInt16, first: String?) {
        let begins = LotDays.beginning(term, given: Self.day("2026-03-10"), returnWindowDays: window)
        #expect(begins?.description == first)
    }

    /// > Source: Lessons, row 43: a reward that was valid in the customer's zone had expired in UTC.
    @Test func `a day begins and ends at the store's midnight`() {
        let day = Int64(Self.day("2026-03-10").days)
        let utc = LotDays.start(of: day, utcOffsetMinutes: 0)
        #expect(LotDays.start(of: day, utcOffsetMinutes: 180) == utc - 3 * 3600)
        #expect(LotDays.start(of: day, utcOffsetMinutes: -300) == utc + 5 * 3600)
        let moment = Instant(microseconds: Int64(LotDays.start(of: day, utcOffsetMinutes: 180)) * 1_000_000)
        #expect(moment.text(utcOffsetMinutes: 180) == "2026-03-10T00:00:00+03:00")
    }

    @Test func `days before 1970 and behind 2105 stay within 32 bits and are never "never"`() {
        #expect(LotDays.start(of: -1, utcOffsetMinutes: 0) == 1)
        #expect(LotDays.start(of: 0, utcOffsetMinutes: 600) == 1)
        let end = LotDays.start(of: Int64(Limits.lotDayMax) + 1, utcOffsetMinutes: 0)
        #expect(LotDays.start(of: 1_000_000, utcOffsetMinutes: 0) == end)
        #expect(LotDays.start(of: 1_000_000, utcOffsetMinutes: -1080) > end)
    }
}
