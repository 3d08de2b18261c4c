import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// Manual work in any order, judged by a model that only adds.
@Suite("Manual work in any order")
struct ManualPropertyTests {
    private typealias Sound = SoundManual
    private static let names = ["anna", "boris", "clara"]

    /// What members hold, once more and slowly: no lots, no records.
    private struct Model {
        var net: [Int64] = [500, 0, 0]
        var blocked = [BlockMode.none, .none, .none]
        /// Points and member of what waits, by the record that proposed it.
        var waiting: [UInt64: (points: Int64, member: Int)] = [:]
        var done: Int64 = 0
    }

    private struct Office {
        let desk = DecisionDesk.withOperators()
        var model = Model()
        var random: SeededRandom

        init(seed: UInt64) {
            random = SeededRandom(seed: seed)
            desk.send(SoundCommands.registration { ($0.externalID, $0.phone, $0.card) = ("clara", "", "") })
            desk.send(Sound.person { $0.limitPerDay = 1_500 })
        }

        mutating func any(_ bound: Int) -> Int { Int(random.next(below: UInt64(bound))) }

        mutating func step() {
            switch any(10) {
            case 0..<4: transfer()
            case 4..<7: adjust()
            case 7..<9: answer()
            default: block()
            }
        }

        private mutating func transfer() {
            let (from, to, points) = (any(3), any(3), Int64(any(300)))
            let outcome = desk.send(
                Sound.transfer(points) {
                    ($0.member, $0.other) = (.external(names[from]), .external(names[to]))
                })
            let isPossible =
                from != to && points > 0 && points <= model.net[from] && model.blocked[from] == .none
                && model.blocked[to] != .all
            #expect((outcome.status == .recorded) == isPossible, "\(String(describing: outcome.rejection))")
            guard isPossible else { return }
            model.net[from] -= points
            model.net[to] += points
        }

        private mutating func adjust() {
            let (member, taken) = (any(3), any(3) == 0)
            let points = Int64(1 + any(700)) * (taken ? -1 : 1)
            let outcome = desk.send(
                Sound.goodwill(points) {
                    $0.member = .external(names[member])
                    $0.endsOn = CivilDay(days: 19_800 + Int32(points % 3))
                    if taken { $0.kind = .correction }
                })
            let isThere = points > 0 || -points <= model.net[member]
            let waits = abs(points) > 500
            let isPossible = isThere && (waits || model.done + abs(points) <= 1_500)
            #expect((outcome.status == .recorded) == isPossible, "\(String(describing: outcome.rejection))")
            guard isPossible else { return }
            guard !waits else {
                #expect(outcome.points == 0)
                model.waiting[outcome.sequence] = (points, member)
                return
            }
            model.net[member] += points
            model.done += abs(points)
        }

        private mutating func answer() {
            guard let sequence = model.waiting.keys.sorted().randomElement(using: &random),
                let proposal = model.waiting[sequence]
            else { return }
            let verdict: ProposalVerdict = any(3) == 0 ? .declined : .approved
            let outcome = desk.send(Sound.answer(sequence) { $0.verdict = verdict })
            let isPossible =
                verdict == .declined || proposal.points > 0 || -proposal.points <= model.net[proposal.member]
            #expect((outcome.status == .recorded) == isPossible, "\(String(describing: outcome.rejection))")
            guard isPossible else { return }
            model.waiting[sequence] = nil
            if verdict == .approved { model.net[proposal.member] += proposal.points }
        }

        private mutating func block() {
            let (member, mode) = (any(3), any(2) == 0 ? BlockMode.none : BlockMode.allCases[any(3)])
            desk.send(Sound.block(mode) { $0.member = .external(names[member]) })
            model.blocked[member] = mode
        }

        private var names: [String] { ManualPropertyTests.names }
    }

    @Test func `blocks, transfers and proposals keep sums and invariants`() throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("manual work: seed \(seed)")
        for run in 0..<4 {
            var office = Office(seed: seed &+ UInt64(run))
            for step in 0..<300 {
                office.step()
                try office.desk.state.checkInvariants()
                for member in 0..<3 {
                    let figures = office.desk.figures(UInt32(member + 1))
                    #expect(figures[0] - figures[1] == office.model.net[member], "seed \(seed), \(run), step \(step)")
                }
            }
            let open = (0..<office.desk.state.proposals.count).count { office.desk.state.proposals[$0].outcome == 0 }
            #expect(open == office.model.waiting.count, "seed \(seed)")
        }
    }
}
