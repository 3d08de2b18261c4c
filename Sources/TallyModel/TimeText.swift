extension CivilDay: CustomStringConvertible {
    /// The date as `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = date
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads `YYYY-MM-DD`.
    ///
    /// - Returns: nil when the text has another form or names no date.
    public init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            let year = digits(parts[0]), let month = digits(parts[1]), let day = digits(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension Instant: CustomStringConvertible {
    /// The moment in UTC as RFC 3339 with microseconds, for example `2017-01-01T06:53:26.000000Z`.
    public var description: String { text(utcOffsetMinutes: 0) }

    /// The moment on a local clock as RFC 3339; UTC is written as `Z`.
    ///
    /// - Parameter utcOffsetMinutes: Minutes to add to UTC for the local clock; east is positive.
    /// - Returns: The text; off UTC whole seconds are written without a fraction.
    public func text(utcOffsetMinutes: Int16) -> String {
        let local = microseconds &+ Int64(utcOffsetMinutes) &* 60_000_000
        let day = CivilDay(of: self, utcOffsetMinutes: utcOffsetMinutes)
        // The first and last day that 64 bits reach begin or end outside them; the difference is right all the same.
        let inDay = Int(local &- Int64(day.days) &* 86_400_000_000)
        let (seconds, micros) = (inDay / 1_000_000, inDay % 1_000_000)
        let clock = "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        let fraction = micros == 0 && utcOffsetMinutes != 0 ? "" : ".\(padded(micros, 6))"
        return "\(day)T\(clock)\(fraction)\(zoneText(utcOffsetMinutes))"
    }

    /// Reads RFC 3339: `2017-01-01T06:53:26Z`, `2017-01-01T06:53:26.5-05:00`.
    ///
    /// - Returns: The moment and the offset from UTC in minutes; nil when the text has another form, names no date or
    ///   has no offset, because a local time without an offset is not a moment.
    public static func parse(_ text: String) -> (instant: Instant, utcOffsetMinutes: Int16)? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let day = CivilDay(text: String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]), let second = digits(bytes[17..<19]),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var index = 19
        var micros = 0
        if bytes[index] == UInt8(ascii: ".") {
            var scale = 100_000
            index += 1
            let first = index
            while index < bytes.count, (48...57).contains(bytes[index]) {
                micros += Int(bytes[index] - 48) * scale
                scale /= 10
                index += 1
            }
            guard index > first, index - first <= 9 else { return nil }
        }
        guard let offset = parseOffset(bytes[index...]) else { return nil }
        let local =
            Int64(day.days) * 86_400_000_000 + Int64(hour * 3600 + minute * 60 + second) * 1_000_000 + Int64(micros)
        return (Instant(microseconds: local - Int64(offset) * 60_000_000), offset)
    }

    private static func parseOffset(_ bytes: ArraySlice<UInt8>) -> Int16? {
        if bytes.count == 1, bytes.first == UInt8(ascii: "Z") || bytes.first == UInt8(ascii: "z") { return 0 }
        let first = bytes.startIndex
        guard bytes.count == 6, bytes[first + 3] == UInt8(ascii: ":"), let sign = bytes.first,
            sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let hours = digits(bytes[(first + 1)..<(first + 3)]),
            let minutes = digits(bytes[(first + 4)..<(first + 6)]),
            hours <= 18, minutes < 60
        else { return nil }
        let total = Int16(hours * 60 + minutes)
        return sign == UInt8(ascii: "-") ? -total : total
    }
}

private func zoneText(_ minutes: Int16) -> String {
    guard minutes != 0 else { return "Z" }
    let magnitude = Int(minutes.magnitude)
    return "\(minutes < 0 ? "-" : "+")\(padded(magnitude / 60, 2)):\(padded(magnitude % 60, 2))"
}

private func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}

private func digits(_ bytes: some Collection<UInt8>) -> Int? {
    var value = 0
    for byte in bytes {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
    }
    return bytes.isEmpty ? nil : value
}

private func digits(_ text: Substring) -> Int? { digits(text.utf8) }
