import TallyLog
import TallyModel
import TallyProjections
import TallyReports
import TallyTesting
import Testing

/// What a manifest gave and what of it is still there.
///
/// > Source: checklist S0-11 (reversal of an import).
@Suite("What is left of a manifest")
struct ManifestLotsTests {
    private static let manifest: UInt64 = 9

    /// Points of a manifest for a member, on the 5th of January.
    private static func gift(
        _ member: String, _ points: Int64, manifest: UInt64 = manifest, _ change: (inout Adjustment) -> Void = { _ in }
    ) -> Command {
        var gift = Adjustment(
            member: .external(member), wallet: "points", business: "salons", kind: .opening,
            points: Points(minor: points), occurredAt: Coalition.moment("2026-01-05"), utcOffsetMinutes: 180,
            endsOn: CivilDay(text: "2026-12-31"), reason: "import", manifest: LogSequence(manifest))
        change(&gift)
        return .adjust(gift)
    }

    private static func undo(_ member: String, _ points: Int64, _ change: (inout Adjustment) -> Void = { _ in })
        -> Command
    {
        gift(member, -points) {
            ($0.kind, $0.endsOn, $0.occurredAt) = (.correction, nil, Coalition.moment("2026-02-10"))
            change(&$0)
        }
    }

    private func desk(_ commands: [Command]) -> BooksDesk {
        let desk = BooksDesk()
        desk.now = Coalition.moment("2026-01-01").microseconds
        for command in Coalition.programme { desk.send(command) }
        desk.advance(to: Coalition.moment("2026-01-05"))
        for command in commands {
            let outcome = desk.send(command)
            precondition(outcome.status == .recorded, "\(command): \(outcome)")
        }
        return desk
    }

    /// The shares on the 10th of February: who, given, taken back, waiting, active, pending, held, ended, gone.
    private func shares(_ desk: BooksDesk) throws -> [String] {
        let second = UInt32(Coalition.moment("2026-02-10").microseconds / 1_000_000)
        let lots = try ManifestLots(desk.log(), manifest: Self.manifest, at: second)
        return lots.rows.map { row in
            let figures = [
                row.given, row.takenBack, row.waiting, row.active, row.pending, row.held, row.ended, row.gone,
            ]
            return "\(row.externalID) \(row.wallet) \(row.business): "
                + figures.map { "\($0)" }.joined(separator: " ")
        }
    }

    @Test func `lots that can be spent, that have not begun and that have ended are told apart`() throws {
        let desk = desk([
            Self.gift("anna", 1_000), Self.gift("anna", 200) { $0.beginsOn = CivilDay(text: "2026-06-01") },
            Self.gift("anna", 30) { $0.endsOn = CivilDay(text: "2026-02-09") },
            Self.gift("boris", 500), Self.gift("boris", 7_000, manifest: 10),
        ])
        #expect(
            try shares(desk) == [
                "anna points salons: 1230 0 0 1000 200 0 30 0", "boris points salons: 500 0 0 500 0 0 0 0",
            ])
    }

    @Test func `what was spent, passed on or expired is gone, what a till holds is held`() throws {
        let desk = desk([
            Self.gift("anna", 1_000), Self.gift("boris", 500) { $0.endsOn = CivilDay(text: "2026-01-06") },
            .purchase(Coalition.purchase("anna", "s1", "a1", on: "2026-01-05", 10_000, points: 300)),
            .transfer(
                Transfer(
                    member: .external("anna"), other: .external("boris"), wallet: "points",
                    points: Points(minor: 1_070),
                    occurredAt: Coalition.moment("2026-01-05"), utcOffsetMinutes: 180)),
            Self.undo("anna", 250) { $0.occurredAt = Coalition.moment("2026-01-05") },
            Coalition.hold("anna", "s1", 50, on: "2026-01-05", seconds: 86_400),
        ])
        desk.now = Coalition.moment("2026-01-05").microseconds + 1
        // Anna's purchase earned 970 that end in March: they pass on first, and 100 of the manifest's behind them.
        #expect(try shares(desk)[0] == "anna points salons: 1000 250 0 300 0 50 0 400")
        desk.advance(to: Coalition.moment("2026-01-08"))
        #expect(try shares(desk)[1] == "boris points salons: 500 0 0 0 0 0 0 500")
    }

    @Test func `held points of the manifest's lots are told`() throws {
        let desk = desk([Self.gift("anna", 1_000), Coalition.hold("anna", "s1", 400, on: "2026-01-05")])
        #expect(try shares(desk) == ["anna points salons: 1000 0 0 600 0 400 0 0"])
    }

    /// S1-20 and S0-11: the survivor has the lots, and gives them back.
    @Test func `after a merge the survivor has the shares of both, and gives both back`() throws {
        let desk = desk([
            Self.gift("anna", 1_000), Self.gift("boris", 500),
            .merge(
                Merge(
                    survivor: .external("anna"), absorbed: .external("boris"), reason: "one person",
                    occurredAt: Coalition.moment("2026-01-05"), utcOffsetMinutes: 180)),
        ])
        #expect(try shares(desk) == ["anna points salons: 1500 0 0 1500 0 0 0 0"])
        #expect(desk.send(Self.undo("anna", 1_500)).status == .recorded)
        #expect(try shares(desk) == ["anna points salons: 1500 1500 0 0 0 0 0 0"])
        #expect(desk.send(Self.undo("boris", 1)).rejection == .pointsInsufficient)
        try desk.state.checkInvariants()
    }

    @Test func `a correction that waits for another operator cannot be asked for again`() throws {
        let desk = desk([
            Self.gift("anna", 1_000),
            .setOperator(OperatorDefinition(id: "olga", name: "Olga", rights: .correct, limitPerAct: 100)),
            Self.undo("anna", 800) { $0.operatorID = "olga" },
        ])
        let second = UInt32(Coalition.moment("2026-02-10").microseconds / 1_000_000)
        let lots = try ManifestLots(desk.log(), manifest: Self.manifest, at: second)
        #expect(lots.rows.map(\.waiting) == [800])
        #expect(lots.rows.map(\.takable) == [200])
    }

    /// The books stay sound when points are taken back before they begin.
    @Test func `what was taken back before it began is a correction in all books`() throws {
        let desk = desk([
            Self.gift("anna", 1_000) { $0.beginsOn = CivilDay(text: "2026-06-01") }, Self.undo("anna", 400),
        ])
        #expect(try shares(desk) == ["anna points salons: 1000 400 0 0 600 0 0 0"])
        let log = try desk.log()
        #expect(try TrialBalance().report(log).isSound)
        #expect(try LiabilityReport().report(log).isSound)
        #expect(try StatementReport(of: MemberNumber(1)).report(log).isSound)
        #expect(try ExpiryLadder().report(log).isSound)
    }

    @Test func `a manifest that no record names has nothing`() throws {
        let lots = try ManifestLots(desk([Self.gift("anna", 1, manifest: 8)]).log(), manifest: Self.manifest, at: 0)
        #expect(lots.rows == [])
        #expect(lots.first == .none)
        #expect(lots.giftCount == 0)
    }
}
