internal import TallyBytes
internal import TallyLog
internal import TallyProjections
internal import TallyReplay
internal import TallyTables

/// Benchmarks of replay, and the ledger that is replayed.
enum ReplayBenchmarks {
    /// Writes a ledger of members and one-line purchases and tells where the purchases begin.
    static func generate(directory: String, members: Int, purchases: Int) throws {
        var ledger = try LedgerWriter.create(directory: directory)
        for definition in Programme.definitions { try ledger.record(definition) }
        for index in 0..<members { try ledger.record(Programme.registration(index)) }
        let setupEnd = ledger.sequence
        let template = try PurchaseTemplate()
        var random = SplitMix(seed: 3)
        for index in 0..<purchases {
            let member = 1 + random.next(below: members)
            let amount = Int64(100 + random.next(below: 10_000))
            // One receipt in a hundred milliseconds: ten million take eleven days.
            let moment = Benchmark.firstMoment + Int64(index) * 100_000
            try ledger.record { writer in
                template.append(to: &writer, member: member, occurredAt: moment, amountMinor: amount)
            }
        }
        try ledger.flush()
        print(setupEnd, ledger.sequence)
    }

    /// Replays the purchases onto a fresh state that has seen definitions and registrations only.
    static func replay(directory: String, setupEnd: UInt64) throws {
        let log = try EventLog.open(directory: directory, isReadOnly: true)
        var state = ProgrammeState()
        try Replayer.replay(log, into: &state, through: setupEnd)
        let start = ContinuousClock.now
        try Replayer.replay(log, into: &state)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        try state.checkInvariants()
        Benchmark.print(seconds: seconds, count: state.sequence - setupEnd, hash: hash(of: state))
    }

    /// A hash over the rows that purchases change.
    private static func hash(of state: borrowing ProgrammeState) -> ResultHash {
        var hash = ResultHash()
        for table in [StateTable.ledger, .sources, .members, .balances, .accounts, .lots] {
            state.withMemory(of: table) { hash.add($0.bytes) }
        }
        return hash
    }
}
