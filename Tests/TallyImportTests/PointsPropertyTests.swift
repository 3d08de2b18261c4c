import TallyImport
import TallyModel
import TallyTesting
import Testing

/// Random registers, added up a second time by something that knows neither lots nor names.
@Suite("Random registers")
struct PointsPropertyTests {
    private struct Register {
        var rows: [String] = []
        /// By card: what its rows add up to, what ended included.
        var sums: [Int: Int64] = [:]

        init(seed: UInt64) {
            var random = SeededRandom(seed: seed)
            for number in 0..<Int(20 + random.next(below: 60)) {
                let card = Int(random.next(below: 8))
                var points = Int64(random.next(below: 100_000))
                let takes = random.next(below: 3) == 0
                if takes { points = min(points, sums[card, default: 0]) }
                sums[card, default: 0] += takes ? -points : points
                // Half of the rows end around the day on which the points are taken over.
                let end = random.next(below: 2) == 0 ? "" : "\(CivilDay(days: 20_564 + Int32(random.next(below: 20))))"
                let amount = "\(points / 100),\(points / 10 % 10)\(points % 10)"
                rows.append("\(card);;\(takes ? "out" : "in");\(amount);2026-01-01;\(takes ? "" : end);d\(number);p")
            }
        }
    }

    /// S0-11: what members bring along and what ended is what the file says, by member and in all.
    @Test func `the lots of each member and what ended are the sum of the member's rows`() throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("random registers: seed \(seed)")
        for run in 0..<200 as Range<UInt64> {
            let register = Register(seed: seed &+ run)
            let plan = try PointsRegister.plan(register.rows)
            #expect(plan.faults == [], "seed \(seed), run \(run)")
            var found: [Int: Int64] = [:]
            for member in plan.members {
                let card = try #require(Int(member.keys[0].text))
                found[card] = member.ended + member.lots.reduce(0) { $0 + $1.points }
                #expect(member.lots.allSatisfy { $0.points > 0 && ($0.endsOn?.days ?? .max) >= 20_574 })
            }
            #expect(found == register.sums, "seed \(seed), run \(run)")
            #expect(plan.total == register.sums.values.reduce(0, +))
        }
    }

    /// S0-11: re-import is a no-op, because the same file gives the same commands.
    @Test func `the same file gives the same commands under the same numbers`() throws {
        let register = Register(seed: 42)
        let booking = PointsPlan.Booking(PointsRegister.mapping, manifest: 1, fingerprint: "f")
        let commands = try (0..<2).map { _ in
            let plan = try PointsRegister.plan(register.rows)
            return plan.events(booking).map { plan.command(of: $0, booking) }
        }
        #expect(commands[0] == commands[1])
        #expect(commands[0].count > 8)
    }
}
