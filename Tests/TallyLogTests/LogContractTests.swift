import Synchronization
import TallyLog
import TallyTesting
import Testing

@Suite struct LogContractTests {
    @Test func `the log on disk keeps the contract`() throws {
        let directory = TemporaryDirectory()
        let names = Counter()
        try LogContract {
            try EventLog.create(directory: directory.appending("\(names.next())"), ledgerID: .random())
        }.check()
    }

    @Test func `the log in memory keeps the contract`() throws {
        try LogContract { MemoryLog() }.check()
    }

    @Test func `an adversary that does nothing wrong keeps the contract`() throws {
        try LogContract { AdversarialLog(seed: 1, faultPercent: 0) }.check()
    }

    /// The writer's rule for every answer of a log, tried against three hundred adversaries: acknowledge only what
    /// returned, read the end again after a conflict, and after an unknown outcome open anew and look.
    @Test func `a careful writer loses nothing that it acknowledged and writes nothing twice`() throws {
        let seed = UInt64.random(in: .min ... .max - 1000)
        print("adversarial logs: seeds from \(seed)")
        var met: Set<AdversarialLog.Fate> = []
        for seed in seed..<seed + 300 { met.formUnion(try writeCarefully(seed: seed)) }
        #expect(met == Set(AdversarialLog.Fate.allCases))
    }

    private func writeCarefully(seed: UInt64) throws -> Set<AdversarialLog.Fate> {
        let kept = MemoryLog()
        var log = AdversarialLog(kept: kept, seed: seed)
        var acknowledged: [UInt64: UInt64] = [:]
        var fates: Set<AdversarialLog.Fate> = []
        var number: UInt64 = 1
        var attempt: UInt64 = 0
        while number <= 10 && attempt < 1000 {
            attempt += 1
            if let sequence = try find(number, in: kept) {
                acknowledged[number] = sequence
                number += 1
                continue
            }
            let tip = log.tip()
            do {
                _ = try log.append(draft(["event \(number)"], behind: tip, firstNumber: number), expecting: tip)
            } catch .conflict {
                continue
            } catch {
                fates.formUnion(log.fates)
                log = AdversarialLog(kept: kept, seed: seed &+ attempt &* 7919)
            }
        }
        fates.formUnion(log.fates)
        #expect(acknowledged.count == 10, "seed \(seed)")
        #expect(Set(acknowledged.values).count == 10)
        for (number, sequence) in acknowledged {
            #expect(try occurrences(of: number, in: kept) == [sequence], "seed \(seed)")
        }
        return fates
    }

    private func find(_ number: UInt64, in log: MemoryLog) throws -> UInt64? {
        try occurrences(of: number, in: log).first
    }

    private func occurrences(of number: UInt64, in log: MemoryLog) throws -> [UInt64] {
        var found: [UInt64] = []
        try log.forEachBlock(from: 1, through: nil, check: .full) { block in
            block.forEachRun { run, first in
                if run.source == 1, let index = run.index(of: number) { found.append(first + UInt64(index)) }
            }
            return true
        }
        return found
    }
}

/// Counts 1, 2, 3 and so on, from any thread.
final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    func next() -> Int { value.add(1, ordering: .relaxed).newValue }
}
