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

    /// In which order the receipts of one member reach the ledger.
    enum Arrival: Int {
        /// As they happened.
        case inOrder
        /// Up to a day late: tills that were offline, stores of several time zones.
        case late
        /// In none: an old base that is loaded.
        case random
    }

    /// Writes a ledger of members with a wallet of so many lots each, which never end, and tells where the purchases begin.
    ///
    /// There are as many lots in all whatever a wallet has, so two sizes differ in nothing else.
    static func generateHotWallets(directory: String, lots: Int, wallets: Int, arrival: Arrival) throws {
        var ledger = try LedgerWriter.create(directory: directory)
        for definition in Programme.definitions { try ledger.record(definition) }
        for index in 0..<wallets { try ledger.record(Programme.registration(index)) }
        let setupEnd = ledger.sequence
        let template = try PurchaseTemplate()
        var random = SplitMix(seed: 5)
        let (day, year) = (86_400, 31_536_000)
        for index in 0..<(lots * wallets) {
            let (member, receipt) = (1 + index / lots, index % lots)
            let late =
                switch arrival {
                case .inOrder: 0
                case .late: random.next(below: day)
                case .random: random.next(below: year)
                }
            // A receipt a second, or any of a year.
            let second = (arrival == .random ? year : day + receipt) - late
            let moment = Benchmark.firstMoment + Int64(second) * 1_000_000
            try ledger.record { writer in
                template.append(to: &writer, member: member, occurredAt: moment, amountMinor: 1_000)
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
