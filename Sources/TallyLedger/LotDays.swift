public import TallyModel

/// When a lot begins and ends, in seconds since 1970.
///
/// Days are those of the store: they begin and end at its midnight, which follows from the offset that the receipt carries, so
/// nobody needs a table of time zones to check a date ten years later. What is fixed once stays: a lot never asks its terms again.
///
/// > Source: Domain model, section 3: end of the local business day of date + N; lessons 43 and 44: intervals are half-open
/// > instants, days that people name are inclusive.
public enum LotDays {
    /// The first second of a civil day at an offset from UTC.
    ///
    /// - Parameters:
    ///   - day: The day; before 1970 it counts as its first second, behind ``Limits/lotDayMax`` as the end of that day.
    ///   - utcOffsetMinutes: The local clock's distance from UTC; east is positive.
    /// - Returns: Seconds since 1970, never 0, which stands for "never".
    public static func start(of day: Int64, utcOffsetMinutes: Int16) -> UInt32 {
        let seconds = min(day, Int64(Limits.lotDayMax) + 1) * 86_400 - Int64(utcOffsetMinutes) * 60
        return UInt32(clamping: max(1, seconds))
    }

    /// The second in which a moment falls; never 0.
    public static func second(of moment: Instant) -> UInt32 {
        UInt32(clamping: max(1, moment.microseconds / 1_000_000))
    }

    /// The day on which a lot begins that is given on `day`.
    ///
    /// - Parameters:
    ///   - term: The wallet's term.
    ///   - day: The day of the purchase at its store.
    ///   - returnWindowDays: Days in which the goods may come back.
    /// - Returns: nil when it begins at once.
    public static func beginning(_ term: PendingTerm, given day: CivilDay, returnWindowDays: UInt16) -> CivilDay? {
        switch term {
        case .none: nil
        case .days(let count): CivilDay(days: day.days + Int32(count))
        case .date(let date): date > day ? date : nil
        // The last day of the window still belongs to it.
        case .returnWindow: CivilDay(days: day.days + Int32(returnWindowDays) + 1)
        }
    }

    /// The last day on which a lot can be spent that begins on `day`.
    ///
    /// - Parameters:
    ///   - term: The wallet's term.
    ///   - day: The day on which the lot begins.
    /// - Returns: nil when it never ends.
    public static func lastDay(_ term: ExpiryTerm, from day: CivilDay) -> CivilDay? {
        switch term {
        case .never: nil
        case .days(let count), .sliding(let count): CivilDay(days: day.days + Int32(count))
        case .months(let count): sameDay(monthsLater: Int(count), than: day)
        case .dates(let dates): next(of: dates, after: day)
        }
    }

    /// The same day of the month, or the month's last when it is shorter.
    private static func sameDay(monthsLater count: Int, than day: CivilDay) -> CivilDay? {
        let date = day.date
        let months = date.year * 12 + date.month - 1 + count
        var last = date.day
        while last > 28 {
            if let found = CivilDay(year: months / 12, month: months % 12 + 1, day: last) { return found }
            last -= 1
        }
        return CivilDay(year: months / 12, month: months % 12 + 1, day: last)
    }

    /// The first of some days of the year that comes after `day`.
    private static func next(of dates: [DayOfYear], after day: CivilDay) -> CivilDay? {
        let year = day.date.year
        var found: CivilDay?
        for candidate in [year, year + 1] {
            for date in dates {
                guard let end = CivilDay(date, in: candidate), end > day else { continue }
                found = min(found ?? end, end)
            }
        }
        return found
    }
}

extension CivilDay {
    /// A day of the year in a year; the 29th of February is the 28th in common years.
    init?(_ date: DayOfYear, in year: Int) {
        if let day = CivilDay(year: year, month: Int(date.month), day: Int(date.day)) {
            self = day
        } else if date.month == 2, date.day == 29 {
            self.init(year: year, month: 2, day: 28)
        } else {
            return nil
        }
    }
}
