import TallyModel

/// The zone's offset for the day that was asked last: receipts come in order of time, and asking a zone is slow.
struct OffsetCache {
    let zone: CivilZone
    private var day = CivilDay(days: .min)
    /// The offset of every moment of ``day``; nil when the clock changes around it.
    private var ofDay: Int16?

    init(zone: CivilZone) { self.zone = zone }

    mutating func minutes(atCivil seconds: Int64) -> Int16 {
        let asked = CivilDay(of: Instant(microseconds: seconds * 1_000_000), utcOffsetMinutes: 0)
        if asked != day {
            day = asked
            ofDay = zone.isConstant(onDay: asked) ? zone.utcOffsetMinutes(atCivil: seconds) : nil
        }
        return ofDay ?? zone.utcOffsetMinutes(atCivil: seconds)
    }
}
