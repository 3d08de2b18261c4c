import TallyBytes
import TallyModel

/// The timestamps of a receipts file.
enum CivilStamp {
    /// Reads `YYYY-MM-DDTHH:MM:SS`; a space may stand for the T.
    ///
    /// - Returns: Seconds since 1970-01-01T00:00:00 on the same clock; nil when the text has another form or names no time.
    static func seconds(_ text: RawSpan) -> Int64? {
        guard text.byteCount == 19, text.u8(at: 4) == dash, text.u8(at: 7) == dash, text.u8(at: 13) == colon,
            text.u8(at: 16) == colon, text.u8(at: 10) == UInt8(ascii: "T") || text.u8(at: 10) == UInt8(ascii: " ")
        else { return nil }
        let century = pair(text, at: 0)
        let (year, month, dayOfMonth) = (pair(text, at: 2), pair(text, at: 5), pair(text, at: 8))
        let (hour, minute, second) = (pair(text, at: 11), pair(text, at: 14), pair(text, at: 17))
        guard century >= 0, year >= 0, (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
            let day = CivilDay(year: century * 100 + year, month: month, day: dayOfMonth)
        else { return nil }
        return Int64(day.days) * CivilZone.daySeconds + Int64(hour * 3600 + minute * 60 + second)
    }

    private static let dash = UInt8(ascii: "-")
    private static let colon = UInt8(ascii: ":")

    /// Two digits; -1 for anything else.
    @inline(__always)
    private static func pair(_ text: RawSpan, at offset: Int) -> Int {
        let tens = text.u8(at: offset) &- UInt8(ascii: "0")
        let units = text.u8(at: offset + 1) &- UInt8(ascii: "0")
        return tens < 10 && units < 10 ? Int(tens) * 10 + Int(units) : -1
    }
}
