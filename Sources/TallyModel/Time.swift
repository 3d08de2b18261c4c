/// A moment: microseconds since 1970-01-01T00:00:00Z.
@frozen
public struct Instant: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Microseconds since the epoch; negative before it.
    public var microseconds: Int64
    /// Wraps microseconds since the epoch.
    @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }
    /// Orders moments.
    @inlinable public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

    /// Before every receipt: year 1.
    public static let distantPast = Instant(microseconds: -62_135_596_800_000_000)
    /// After every receipt: the end of year 9999.
    public static let distantFuture = Instant(microseconds: 253_402_300_799_999_999)
}

/// A calendar day as people at the store count it: days since 1970-01-01.
///
/// A receipt carries its moment and the store's offset from UTC at that moment; the day follows from the two, so no
/// table of time zones is needed to replay it.
@frozen
public struct CivilDay: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Days since 1970-01-01.
    public var days: Int32
    /// Wraps a count of days.
    @inlinable public init(days: Int32) { self.days = days }
    /// Orders days.
    @inlinable public static func < (a: CivilDay, b: CivilDay) -> Bool { a.days < b.days }

    /// The day on which a moment falls at an offset from UTC.
    ///
    /// - Parameters:
    ///   - instant: The moment.
    ///   - utcOffsetMinutes: Minutes to add to UTC for the local clock; east is positive.
    @inlinable
    public init(of instant: Instant, utcOffsetMinutes: Int16) {
        let local = instant.microseconds &+ Int64(utcOffsetMinutes) &* 60_000_000
        // Arithmetic shift cannot divide by a day, so floor the quotient by hand for days before 1970.
        let day: Int64 = 86_400_000_000
        var quotient = local / day
        if local % day < 0 { quotient -= 1 }
        self.init(days: Int32(truncatingIfNeeded: quotient))
    }

    /// The day of a proleptic Gregorian date; nil when there is no such date.
    ///
    /// - Parameters:
    ///   - year: 1…9999.
    ///   - month: 1…12.
    ///   - day: 1…31, valid for the month.
    ///
    /// > Source: The usual count of days with years that begin in March.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= CivilDay.daysInMonth(month, year: year) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(days: Int32(era * 146_097 + dayOfEra - 719_468))
    }

    /// Year, month and day of month.
    public var date: (year: Int, month: Int, day: Int) {
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    static func daysInMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
