import Foundation
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// The ledger of points under any history, judged by a model that was written from the page on accounting.
///
/// > Source: Domain model, sections 3 to 5; style guide, random runs are judged by an independent model.
@Suite("Points under any history")
struct PointsPropertyTests {
    private static let stepsPerHistory = 400
    /// Refusals that some command of 250 histories meets.
    private static let expected: [Rejection] = [
        .purchaseOfAnotherMember, .purchaseLineUnknown, .returnExceedsPurchase, .holdUnknown, .holdEnded,
        .holdOfAnother, .walletRepeated, .pointsMalformed, .receiptTooSmall, .redemptionBeyondCap,
        .pointsInsufficient, .redemptionBeyondHold, .holdTimeMalformed, .reasonMissing, .daysMalformed,
    ]

    private static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        let commands = environment["TALLY_NIGHTLY"] == "1" ? 1_000_000 : 100_000
        return SimulationSeeds.drawn(commands / stepsPerHistory)
    }

    /// Runs one history.
    ///
    /// - Returns: The first disagreement with the model, with the seed, the step and the command, nil when there is
    ///   none; and how often what was answered.
    private static func run(seed: UInt64, model change: (inout PointsModel) -> Void = { _ in }) throws
        -> (disagreement: String?, answers: [String: Int])
    {
        var history = PointsHistory(seed: seed)
        change(&history.model)
        for step in 1...stepsPerHistory {
            if let difference = history.step() {
                let place = "TALLY_SIMULATION_SEED=\(seed), step \(step)"
                return ("\(place), \(history.last): \(difference)", history.answers)
            }
            if step % 50 == 0 { try history.desk.state.checkInvariants() }
        }
        try history.desk.state.checkInvariants()
        let replayed = try history.desk.replayed()
        guard replayed.digest() == history.desk.state.digest() else {
            return ("TALLY_SIMULATION_SEED=\(seed): a replay of all records comes to another state", history.answers)
        }
        return (nil, history.answers)
    }

    @Test func `the ledger answers and holds what the model does, whatever happens`() throws {
        let seeds = PointsPropertyTests.seeds
        print("points: \(seeds.count) histories of \(PointsPropertyTests.stepsPerHistory), seed \(seeds[0]) first")
        let began = ContinuousClock.now
        var failures = 0
        var answers: [String: Int] = [:]
        for seed in seeds {
            let run = try PointsPropertyTests.run(seed: seed)
            answers.merge(run.answers, uniquingKeysWith: +)
            guard let found = run.disagreement else { continue }
            Issue.record(Comment(rawValue: found))
            failures += 1
            if failures == 5 { break }
        }
        let commands = seeds.count * PointsPropertyTests.stepsPerHistory
        print("points: \(commands) commands in \(ContinuousClock.now - began)")
        let counts = answers.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }
        print("points: \(counts.joined(separator: ", "))")
        // Random commands prove nothing about a rule that none of them breaks.
        guard seeds.count >= 250 else { return }
        let missing = PointsPropertyTests.expected.filter { answers["\($0)"] == nil }
        #expect(missing.isEmpty)
    }

    /// A comparison that cannot fail proves nothing.
    @Test func `a model that spends lots in the order of their making is found out`() throws {
        let found = try (1...20).contains { seed in
            try PointsPropertyTests.run(seed: seed) { $0.spendsInOrderOfMaking = true }.disagreement != nil
        }
        #expect(found)
    }
}
