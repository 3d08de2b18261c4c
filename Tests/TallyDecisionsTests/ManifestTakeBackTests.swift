import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// What a manifest gave is taken back from its own lots.
///
/// Member 1 is Anna, who has 5.00 of a purchase, member 2 Boris, who has nothing.
@Suite("Taking a manifest back")
struct ManifestTakeBackTests {
    /// Points brought in under a manifest.
    private static func opening(_ points: Int64, _ change: (inout Adjustment) -> Void = { _ in }) -> Command {
        var adjustment = Adjustment(
            member: .external("anna"), wallet: "points", business: "toys", kind: .opening,
            points: Points(minor: points), occurredAt: SoundCommands.moment, utcOffsetMinutes: 180,
            manifest: LogSequence(77))
        change(&adjustment)
        return .adjust(adjustment)
    }

    /// A correction that takes points of a manifest back.
    private static func undo(_ points: Int64, _ change: (inout Adjustment) -> Void = { _ in }) -> Command {
        opening(-points) {
            ($0.kind, $0.reason) = (.correction, "The file was wrong.")
            change(&$0)
        }
    }

    /// What is left in each lot of Anna, by the record that made it.
    private static func lots(_ desk: DecisionDesk) -> [UInt64: Int64] {
        var found: [UInt64: Int64] = [:]
        desk.state.forEachLot(of: MemberNumber(1), WalletNumber(1)) { _, lot in
            found[lot.id.sequence, default: 0] += lot.remaining
            return true
        }
        return found
    }

    /// S0-11; lessons, row 28: a correction names lots, never "so many points".
    @Test func `a correction with a manifest takes from the manifest's lots, though others end earlier`() throws {
        let desk = DecisionDesk.withProgramme()
        let gift = desk.send(Self.opening(1_000) { $0.endsOn = CivilDay(days: 30_000) })
        let early = desk.send(
            Self.opening(300) { ($0.endsOn, $0.manifest) = (CivilDay(days: 20_000), LogSequence(78)) })
        let before = Self.lots(desk)
        let outcome = desk.send(Self.undo(400))
        #expect(outcome.status == .recorded)
        #expect(outcome.points == -400)
        #expect(outcome.balance == 1_400)
        var after = before
        after[gift.sequence] = 600
        #expect(Self.lots(desk) == after)
        #expect(after[early.sequence] == 300)
        try desk.state.checkInvariants()
    }

    @Test func `what has not begun is taken back too`() throws {
        let desk = DecisionDesk.withProgramme()
        desk.send(Self.opening(1_000) { $0.beginsOn = CivilDay(days: 25_000) })
        #expect(desk.send(Self.undo(1_000)).status == .recorded)
        #expect(desk.figures(1) == [500, 0])
        #expect(desk.state.balance(MemberNumber(1), WalletNumber(1))?.pending == 0)
        try desk.state.checkInvariants()
    }

    /// One row a reason why points of the manifest are not there.
    @Test(arguments: ["more than was given", "spent", "ended", "of another business", "of another manifest"])
    func `never more than is left, although the member has enough`(reason: String) throws {
        let desk = DecisionDesk.withProgramme()
        desk.send(Self.opening(100) { if reason == "ended" { $0.endsOn = CivilDay(days: 20_000) } })
        desk.send(Self.opening(5_000) { $0.manifest = LogSequence(78) })
        var undo = Self.undo(100)
        switch reason {
        case "more than was given": undo = Self.undo(101)
        case "spent":
            // Only Anna's oldest points are spent: the 5.00 of the purchase, then one of the manifest.
            desk.send(Self.undo(501) { $0.manifest = .none })
        case "ended":
            undo = Self.undo(100) { $0.occurredAt = Instant(microseconds: 20_001 * 86_400_000_000) }
        case "of another business": undo = Self.undo(100) { $0.business = "salons" }
        default: undo = Self.undo(100) { $0.manifest = LogSequence(79) }
        }
        let before = Self.lots(desk)
        #expect(desk.send(undo).rejection == .pointsInsufficient)
        #expect(Self.lots(desk) == before)
        try desk.state.checkInvariants()
    }

    @Test func `a correction that waited for another operator takes from the same lots`() throws {
        let desk = DecisionDesk.withOperators()
        desk.send(Self.opening(2_000) { $0.endsOn = CivilDay(days: 30_000) })
        desk.send(Self.opening(2_000) { ($0.endsOn, $0.manifest) = (CivilDay(days: 20_000), LogSequence(78)) })
        let before = Self.lots(desk)
        let proposal = desk.send(Self.undo(2_000) { $0.operatorID = "olga" })
        #expect(proposal.points == 0)
        #expect(Self.lots(desk) == before)
        #expect(desk.send(SoundManual.answer(proposal.sequence)).points == -2_000)
        #expect(Self.lots(desk).values.sorted() == [500, 2_000])
        #expect(desk.send(Self.undo(1) { $0.operatorID = "olga" }).rejection == .pointsInsufficient)
        try desk.state.checkInvariants()
    }

    /// Gifts of three manifests, spending and taking back in any order, judged by a list of lots that knows no records.
    @Test func `in any order each manifest gives back what is left of it and not a point more`() throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("manifests: seed \(seed)")
        var random = SeededRandom(seed: seed)
        let desk = DecisionDesk.withProgramme()
        // The purchase's lot never ends.
        var lots: [(manifest: UInt64, end: Int32, points: Int64)] = [(0, .max, 500)]
        for step in 0..<600 {
            let points = Int64(1 + random.next(below: 400))
            let manifest = 1 + random.next(below: 3)
            switch random.next(below: 3) {
            case 0:
                let end = Int32(20_000 + random.next(below: 50))
                let gift = Self.opening(points) {
                    ($0.manifest, $0.endsOn) = (LogSequence(manifest), CivilDay(days: end))
                }
                #expect(desk.send(gift).status == .recorded)
                lots.append((manifest, end, points))
            case 1:
                // What ends first is spent first; of lots with one end, the older one.
                let isThere = lots.reduce(0) { $0 + $1.points } >= points
                #expect((desk.send(Self.undo(points) { $0.manifest = .none }).status == .recorded) == isThere)
                if isThere { Self.take(points, from: &lots) { _ in true } }
            default:
                let left = lots.reduce(0) { $1.manifest == manifest ? $0 + $1.points : $0 }
                let outcome = desk.send(Self.undo(points) { $0.manifest = LogSequence(manifest) })
                #expect((outcome.status == .recorded) == (left >= points), "seed \(seed), step \(step)")
                if left >= points { Self.take(points, from: &lots) { $0 == manifest } }
            }
            let sum = lots.reduce(0) { $0 + $1.points }
            #expect(desk.figures(1) == [sum, 0], "seed \(seed), step \(step)")
            try desk.state.checkInvariants()
        }
    }

    private static func take(
        _ points: Int64, from lots: inout [(manifest: UInt64, end: Int32, points: Int64)],
        where isMeant: (UInt64) -> Bool
    ) {
        var missing = points
        for index in lots.indices.sorted(by: { (lots[$0].end, $0) < (lots[$1].end, $1) }) where missing > 0 {
            guard isMeant(lots[index].manifest) else { continue }
            let part = min(missing, lots[index].points)
            lots[index].points -= part
            missing -= part
        }
    }
}
