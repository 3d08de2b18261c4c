import TallyCodec
import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables
import Testing

/// Months that are closed.
@Suite("Closed months")
struct PeriodTests {
    private typealias Sound = SoundManual

    /// A desk whose clock stands on 2024-01-01.
    private func desk() -> DecisionDesk {
        let desk = DecisionDesk.withProgramme()
        desk.now = Sound.moment.microseconds
        return desk
    }

    @Test func `months are closed one after the other, each once, and only when they are over`() throws {
        let desk = desk()
        #expect(desk.state.closedThrough == nil)
        #expect(desk.send(Sound.closing(10)).status == .recorded)
        #expect(desk.state.closedThrough == CivilDay(year: 2_023, month: 10, day: 31))
        #expect(desk.send(Sound.closing(10)).rejection == .periodClosed)
        #expect(desk.send(Sound.closing(9)).rejection == .periodClosed)
        #expect(desk.send(Sound.closing(12)).rejection == .periodOutOfOrder)
        #expect(desk.send(Sound.closing(11)).status == .recorded)
        // By the clock of Azores the year has an hour left.
        #expect(desk.send(Sound.closing(12) { $0.utcOffsetMinutes = -60 }).rejection == .periodNotOver)
        #expect(desk.send(Sound.closing(12)).status == .recorded)
        #expect(desk.state.closedThrough == CivilDay(year: 2_023, month: 12, day: 31))
        #expect(desk.send(Sound.closing(1) { $0.year = 2_024 }).rejection == .periodNotOver)
        try desk.state.checkInvariants()
    }

    @Test func `a month is not over while lots of it have to end`() {
        let desk = desk()
        let lastDay = CivilDay(year: 2_023, month: 12, day: 31)
        desk.send(
            Sound.goodwill {
                ($0.endsOn, $0.utcOffsetMinutes) = (lastDay, 0)
                $0.occurredAt.microseconds -= 86_400_000_000
            })
        #expect(desk.send(Sound.closing(12)).rejection == .periodNotOver)
        desk.record { writer, envelope in
            _ = desk.decider.advanceLots(to: envelope.recordedAt, envelope, state: desk.state, into: &writer)
        }
        #expect(desk.send(Sound.closing(12)).status == .recorded)
    }

    /// A till that was offline comes back: its receipts of closed days are recorded.
    @Test func `receipts of closed days are still recorded`() throws {
        let desk = desk()
        desk.send(Sound.closing(12))
        let late = SoundCommands.purchase(of: 10_000) { $0.occurredAt.microseconds -= 5 * 86_400_000_000 }
        #expect(desk.send(late).points == 500)
        try desk.state.checkInvariants()
    }
}
