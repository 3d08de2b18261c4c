import Foundation
import TallyModel
import TallyReplay
import TallyTesting
import Testing

/// A till sells, the daemon is killed with signal 9 in the middle of anything, and comes back.
///
/// The till asks where it stands, repeats what it is not sure of, and goes on: nothing that was answered is lost,
/// nothing is counted twice, and the points are those of a sum on paper.
@Suite("Kill -9", .serialized)
struct CrashTests {
    private static let kills = Seed.isNight ? 1_000 : 50

    /// Few checkpoints, and so many that a kill often meets one.
    @Test(arguments: [2_000_000, 150])
    func `nothing that was acknowledged is lost or doubled`(recordsBetweenCheckpoints: Int) async throws {
        var dice = Seed.printed()
        let town = try Town(checkpointRecords: recordsBetweenCheckpoints)
        for _ in 0..<Self.kills {
            try await town.live(killedAfter: .microseconds(Int64(dice.next() % 60_000)), &dice)
        }
        let figures = try await town.close(&dice)
        print("\(figures.events) events answered, \(figures.kills) kills, \(figures.served) of them while tills sold")
        #expect(figures.findings.isEmpty, "\(figures.findings.prefix(5))")
        #expect(figures.served > Self.kills / 4, "the daemon was killed before anybody could sell")
        #expect(verifyLedger(directory: town.home.data).isSound)
    }

    /// The canary: tills that take an event for stored once it is sent lose some, and the same judge says so.
    @Test func `a till that believes too early is found out`() async throws {
        var dice = Seed.printed()
        let town = try Town(checkpointRecords: 2_000_000, policy: .sends)
        for _ in 0..<100 where town.findings.isEmpty {
            try await town.live(killedAfter: .microseconds(20_000 + Int64(dice.next() % 70_000)), &dice)
        }
        #expect(town.findings.contains { $0.contains("events were acknowledged") })
    }

    @Test func `a till that is told another outcome than before finds it out`() {
        let journal = Journal("till")
        let outcome = Outcome(status: .recorded, member: 1, sequence: 7, points: 5, balance: 5)
        journal.take([outcome], from: 1)
        for change in [\Outcome.points, \Outcome.balance] {
            var other = outcome
            (other.isRepeated, other[keyPath: change]) = (true, 6)
            journal.take([other], from: 1)
        }
        journal.take([outcome], from: 1)
        #expect(journal.findings.count == 3)
    }
}
