import Foundation
import TallyCodec
import TallyEngine
import TallyModel
import TallyTesting
import Testing

/// Reservations and codes end by records that the engine writes of its own accord.
@Suite("Instruments and the clock")
struct InstrumentClockTests {
    private static let programme: [Command] = [
        .defineBusiness(BusinessDefinition(id: "toys", name: "Toys", currency: "RUB", scale: 2)),
        .defineWallet(WalletDefinition(id: "money", name: "Money", scale: 2)),
        .defineInstrument(
            InstrumentDefinition(
                id: "card", name: "Card", kind: .giftCard, business: "toys", wallet: "money",
                faceValue: Points(minor: 1_000))),
    ]

    private static func now() -> Instant { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }

    private static func step(
        _ action: InstrumentAction, _ amount: Int64 = 0, at moment: Instant, seconds: UInt32 = 900,
        reference: HoldReference? = nil
    ) -> Command {
        .moveInstrument(
            InstrumentMove(
                action, .serial(instrument: "card", 1), amount: amount, occurredAt: moment, seconds: seconds,
                reference: reference))
    }

    /// Sends a step again and again until it is answered otherwise; each under a number of its own.
    private func wait(
        _ fixture: EngineFixture, _ command: Command, from number: UInt64, until isReached: (Outcome) -> Bool
    ) throws -> UInt64 {
        for next in number..<(number + 500) {
            if isReached(try fixture.outcomes([command], firstNumber: next)[0]) { return next + 1 }
            Thread.sleep(forTimeInterval: 0.02)
        }
        Issue.record("nothing happened in ten seconds")
        return number + 500
    }

    @Test func `a reservation runs out, and a card ends, while nobody sends anything else`() throws {
        let fixture = try EngineFixture()
        try fixture.openTill()
        let start = InstrumentClockTests.now()
        let issue = Command.issueInstruments(InstrumentIssue(instrument: "card", occurredAt: start, seconds: 4))
        let commands =
            InstrumentClockTests.programme + [issue, InstrumentClockTests.step(.reserve, 1_000, at: start, seconds: 1)]
        let outcomes = try fixture.outcomes(commands, firstNumber: 1)
        #expect(outcomes.allSatisfy { $0.status == .recorded })
        let redeem = InstrumentClockTests.step(.redeem, 1, at: start)
        let early = try fixture.outcomes([redeem], firstNumber: 6)
        #expect(early[0].rejection == .codeReserved)
        let next = try wait(fixture, redeem, from: 7) { $0.status == .recorded }
        // The step occurred in time, but the clock has ended the card by then.
        _ = try wait(fixture, redeem, from: next) { $0.rejection == .instrumentExpired }
    }

    @Test func `cards end where the commanded clock passes their end, in the middle of a batch`() throws {
        let fixture = try EngineFixture { $0.clock = .commands }
        try fixture.openTill()
        let start = Instant(microseconds: 1_500_000_000_000_000)
        let later = Instant(microseconds: start.microseconds + 60_000_000)
        let issue = Command.issueInstruments(InstrumentIssue(instrument: "card", occurredAt: start, seconds: 60))
        let redeem = InstrumentClockTests.step(.redeem, 1, at: start)
        let commands = InstrumentClockTests.programme + [issue, redeem, .advanceClock(later), redeem]
        let outcomes = try fixture.outcomes(commands, firstNumber: 1)
        #expect(outcomes.map(\.rejection) == [nil, nil, nil, nil, nil, nil, .instrumentExpired])
        #expect(outcomes[6].sequence == outcomes[5].sequence + 2)
    }

    @Test func `a repeated issue or step is answered as the first time, also after a restart`() throws {
        let directory = TemporaryDirectory()
        var fixture = try EngineFixture(on: directory)
        try fixture.openTill()
        let start = Instant(microseconds: 1_700_000_000_000_000)
        let issue = Command.issueInstruments(InstrumentIssue(instrument: "card", count: 3, occurredAt: start))
        let step = { InstrumentClockTests.step($0, $1, at: start, reference: $2) }
        let commands =
            InstrumentClockTests.programme + [
                issue, step(.reserve, 400, nil),
                step(.redeem, 300, .event(source: SourceNumber(1), number: 5)),
                step(.restore, 0, .event(source: SourceNumber(1), number: 6)), step(.charge, 50, nil),
                step(.cancel, 0, nil),
            ]
        let first = try fixture.outcomes(commands, firstNumber: 1)
        #expect(first.map(\.points) == [0, 0, 0, 3_000, -400, -300, 300, 50, -1_050])
        #expect(first.map(\.balance) == [0, 0, 0, 1, 600, 700, 1_000, 1_050, 0])
        let digest = try fixture.status(wantDigest: true).digest
        for isRestarted in [false, true] {
            if isRestarted {
                fixture.stop()
                fixture = try EngineFixture(on: directory)
                try fixture.openTill()
            }
            let again = try fixture.outcomes(commands, firstNumber: 1)
            #expect(again.allSatisfy { $0.isRepeated })
            #expect(again.map(\.points) == first.map(\.points))
            #expect(again.map(\.balance) == first.map(\.balance))
            let found = try fixture.status(wantDigest: true).digest
            #expect(found == digest)
        }
    }
}
