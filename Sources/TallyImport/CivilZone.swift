import Foundation
import TallyModel

/// A store's clock: turns the civil time on a receipt into a moment and an offset from UTC.
///
/// Moment plus offset is always exactly the civil time that was read, so the day of a receipt never moves. A time that the
/// clock shows twice is read as the first of the two; a time that it jumps over is read with the offset before the jump.
public struct CivilZone: Sendable {
    private enum Rule: Sendable {
        case fixed(minutes: Int16)
        case table(TimeZone)
    }

    /// What stores are defined with: an IANA name; empty for a fixed offset.
    public let name: String
    private let rule: Rule

    /// Coordinated universal time.
    public static let utc = CivilZone(name: "", rule: .fixed(minutes: 0))

    private init(name: String, rule: Rule) { (self.name, self.rule) = (name, rule) }

    /// Reads an IANA name such as `Europe/Moscow`, or an offset such as `+03:00`, or `UTC`; nil when there is no such zone.
    ///
    /// - Parameter text: The name or offset.
    public init?(text: String) {
        if let moment = Instant.parse("2000-01-01T00:00:00" + (text == "UTC" ? "Z" : text)) {
            self.init(name: "", rule: .fixed(minutes: moment.utcOffsetMinutes))
        } else {
            guard let zone = TimeZone(identifier: text), text.contains("/") else { return nil }
            self.init(name: text, rule: .table(zone))
        }
    }

    /// The moment and the offset of a civil time.
    ///
    /// - Parameter civilSeconds: The civil time in seconds, counted from 1970-01-01T00:00:00 on the same clock.
    /// - Returns: The offset in minutes to add to UTC; the moment is the civil time less this offset.
    ///
    /// > Source: RFC 5545, section 3.3.5 (times that occur twice or never).
    public func utcOffsetMinutes(atCivil civilSeconds: Int64) -> Int16 {
        switch rule {
        case .fixed(let minutes): return minutes
        case .table(let zone):
            // No zone changes twice within two days, so at most one change lies between these two readings.
            let before = minutes(zone, at: civilSeconds - CivilZone.daySeconds)
            let after = minutes(zone, at: civilSeconds + CivilZone.daySeconds)
            guard before != after, minutes(zone, at: civilSeconds - Int64(before) * 60) != before,
                minutes(zone, at: civilSeconds - Int64(after) * 60) == after
            else { return before }
            return after
        }
    }

    /// True when all receipts of a civil day have the same offset, so that one reading serves the day.
    func isConstant(onDay day: CivilDay) -> Bool {
        guard case .table(let zone) = rule else { return true }
        let start = Int64(day.days) * CivilZone.daySeconds
        return minutes(zone, at: start - CivilZone.daySeconds) == minutes(zone, at: start + 2 * CivilZone.daySeconds)
    }

    static let daySeconds: Int64 = 86_400

    /// Offsets of the nineteenth century have seconds; they are cut, and the moment follows the offset.
    private func minutes(_ zone: TimeZone, at seconds: Int64) -> Int16 {
        Int16(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))) / 60)
    }
}
