import TallyModel
import TallyTesting
import Testing

@Suite("Simulation")
struct SimulationTests {
    /// Tills send, repeat, skip and mistype; the machine stops in the middle; the model says what must be answered.
    @Test(arguments: SimulationSeeds.drawn(40))
    func `every answer and every balance is the model's, through any stop and crash`(seed: UInt64) throws {
        var simulation = try Simulation(seed: seed)
        for _ in 0..<300 { try simulation.takeStep() }
        try simulation.restart()
    }

    /// The machine stops behind every block: each copy begins where the model stood then.
    @Test(arguments: SimulationSeeds.drawn(4))
    func `a crash behind any block keeps all that was answered and no more`(seed: UInt64) throws {
        var simulation = try Simulation(seed: seed)
        for _ in 0..<40 {
            try simulation.check(simulation.nextBatch())
            var restarted = simulation
            restarted.ledger = try RunningLedger(on: simulation.ledger.crashCopy())
            #expect(try restarted.ledger.status().tip.rawValue == UInt64(simulation.auditor.tip), "\(simulation.place)")
            try restarted.checkEverything()
            try restarted.check(restarted.nextBatch())
        }
    }

    /// A rule that no workload breaks would be a rule that no simulation tests.
    @Test func `the workload meets every rule that a command can meet`() {
        var met: Set<UInt16> = []
        for seed in UInt64(1)...10 {
            var workload = Workload(seed: seed)
            var auditor = Auditor()
            auditor.open("till")
            _ = auditor.take(Workload.opening.map { SentEvent($0) }, from: "till", firstNumber: 1)
            for _ in 0..<2_000 {
                let next = auditor.lastNumber(of: "till") + 1
                let number = workload.happens(5) ? max(1, next - 3 + workload.any(6)) : next
                let outcomes = auditor.take([workload.event(knowing: auditor)], from: "till", firstNumber: number)
                met.formUnion(outcomes.map(\.code))
            }
        }
        // Nothing was stored; sizes that only crafted bytes reach; sums beyond 64 bits; limits of the number of definitions.
        let elsewhere: Set<Rejection> = [.unavailable, .commandTooLong, .linesTooMany, .sumTooLarge, .capacityReached]
        // What only terms, holds and the commands behind them can meet has workloads and models of its own.
        let points: Set<Rejection> = [.memberBlocked, .holdUnknown, .holdEnded, .holdOfAnother, .termsMalformed]
        let expected = Rejection.allCases.filter {
            $0.rawValue < Rejection.memberMissing.rawValue && !elsewhere.contains($0) && !points.contains($0)
        }
        #expect(met == Set(expected.map(\.rawValue)).union([0]))
    }
}
