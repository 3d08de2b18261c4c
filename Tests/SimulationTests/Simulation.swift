import TallyCodec
import TallyEngine
import TallyModel
import TallyTesting
import Testing

/// One run: a workload, the engine it is sent to, and the model that says what must be answered.
struct Simulation {
    var ledger: RunningLedger
    var workload: Workload
    var auditor = Auditor()
    let seed: UInt64
    private(set) var step = 0

    init(seed: UInt64) throws {
        print("simulation: seed \(seed)")
        self.seed = seed
        workload = Workload(seed: seed)
        ledger = try Simulation.start(&workload, on: TemporaryDirectory())
        try open("till-1")
        try check(SentBatch(Workload.opening.map { SentEvent($0) }, from: "till-1", firstNumber: 1))
    }

    /// Starts with bounds that a seed chooses, so that checkpoints fall everywhere.
    private static func start(_ workload: inout Workload, on directory: TemporaryDirectory) throws -> RunningLedger {
        let records = workload.pick([1, 20, 500])
        return try RunningLedger(on: directory) { $0.checkpointRecords = records }
    }

    /// What a failure says about itself.
    var place: String { "seed \(seed), step \(step)" }

    // MARK: Steps

    /// Does something that a till, a person or the machine might do.
    mutating func takeStep() throws {
        step += 1
        switch workload.any(100) {
        case 0..<70: try check(nextBatch())
        case 70..<80: try open(workload.pick(["till-1", "till-2", "касса-3", "import"]))
        case 80..<92: try checkOneMember()
        case 92..<94: try checkEverything()
        case 94..<96: try restart()
        case 96..<98: try crash(with: [])
        default: try crashInFlight()
        }
    }

    mutating func open(_ name: String) throws {
        let expected = auditor.open(name)
        let answer = try ledger.ask(SentMessage.openSource(name))
        let opened = SourceOpened(
            source: SourceNumber(UInt32(expected.number)), lastNumber: UInt64(expected.lastNumber),
            lastSequence: LogSequence(UInt64(expected.lastSequence)))
        #expect(answer == .opened(opened), "\(place)")
    }

    /// Sends a batch and compares every outcome with the model's.
    mutating func check(_ batch: SentBatch) throws {
        let expected = batch.expected(of: &auditor)
        try check(ledger.ask(batch.message(auditor)), of: batch, expected)
    }

    func check(_ answer: ReceivedAnswer, of batch: SentBatch, _ expected: BatchResults) throws {
        guard case .results(let results) = answer else {
            Issue.record("\(place): \(answer)")
            return
        }
        #expect(results.nextNumber == expected.nextNumber, "\(place)")
        #expect(results.tip == expected.tip, "\(place)")
        try #require(results.outcomes.count == expected.outcomes.count, "\(place)")
        for (index, outcome) in results.outcomes.enumerated() {
            // One at a time: the message shows the command that was judged wrongly.
            try #require(outcome == expected.outcomes[index], "\(place): \(batch.events[index].command as Any)")
        }
    }

    /// The next numbers of a source; now and then numbers that it sent already, as they were or changed, or a gap.
    mutating func nextBatch() -> SentBatch {
        let source = workload.pick(auditor.sourceNames)
        let last = auditor.lastNumber(of: source)
        let count = workload.happens(5) ? 60 : 1 + workload.any(6)
        let first =
            switch workload.any(20) {
            case 0..<3: max(1, last - workload.any(8))
            case 3: last + 2 + workload.any(3)
            default: last + 1
            }
        // Events see the model before the batch: returns of purchases of the same batch come with numbers alone.
        let events = (first..<(first + count)).map { number in
            let known = auditor.event(of: source, number: number)
            return workload.happens(85) ? known ?? workload.event(knowing: auditor) : workload.event(knowing: auditor)
        }
        return SentBatch(events, from: source, firstNumber: first)
    }

    // MARK: Figures

    mutating func checkOneMember() throws {
        let member = MemberNumber(UInt32(1 + workload.any(auditor.memberCount)))
        let answer = try ledger.ask(SentMessage.question(.balances(asOf: .now, member: .number(member))))
        let rows = auditor.balances().filter { $0.member == member }
        #expect(answer == .balances(rows, at: LogSequence(UInt64(auditor.tip))), "\(place)")
    }

    /// Compares all balances and key figures, now and as of somewhere, and the state with one rebuilt from the log.
    mutating func checkEverything() throws {
        let past = AsOf(
            sequence: workload.happens(50) ? LogSequence(UInt64(1 + workload.any(auditor.tip))) : nil,
            day: workload.happens(50) ? CivilDay(days: Int32(19_675 + workload.any(740))) : nil)
        for asOf in [.now, past] {
            let last = asOf.sequence ?? LogSequence(UInt64(auditor.tip))
            let balances = try ledger.ask(SentMessage.question(.balances(asOf: asOf, member: .anonymous)))
            #expect(balances == .balances(auditor.balances(asOf), at: last), "\(place), as of \(asOf)")
            let figures = KPIFigure.allCases.map { auditor.figure($0, asOf, windowDays: 90) }
            let report = KPIReport(sequence: last, asOfDay: asOf.day, windowDays: 90, values: figures)
            let answer = try ledger.ask(SentMessage.question(.kpi(asOf: asOf, windowDays: 90)))
            #expect(answer == .kpi(report), "\(place), as of \(asOf)")
        }
        try ledger.expectRebuiltStateIsTheSame(place)
    }

    // MARK: Stops and crashes

    mutating func restart() throws {
        ledger.stop()
        ledger = try Simulation.start(&workload, on: ledger.directory)
        try checkEverything()
    }

    /// Sends several requests at once and lets the machine stop somewhere in the middle of them.
    mutating func crashInFlight() throws {
        var planned = auditor
        var batches: [SentBatch] = []
        for _ in 0..<(1 + workload.any(6)) {
            let now = auditor
            auditor = planned
            let batch = nextBatch()
            _ = batch.expected(of: &planned)
            auditor = now
            batches.append(batch)
        }
        try crash(with: batches)
    }

    /// | engine | disk |
    /// |---|---|
    /// | answers some of the batches | |
    /// | | is copied: the machine stops |
    /// | a new one starts on the copy | has every batch that was answered before, and perhaps more, but whole and in order |
    /// | is sent again what was not answered | has everything once |
    mutating func crash(with batches: [SentBatch]) throws {
        // The log may end behind any batch: the model after each of them.
        var prefixes = [auditor]
        var expected: [BatchResults] = []
        for batch in batches {
            var next = prefixes[prefixes.count - 1]
            expected.append(batch.expected(of: &next))
            prefixes.append(next)
        }
        let requests = batches.map { ledger.send($0.message(auditor)) }
        if let first = requests.first, workload.happens(50) { _ = try first.wait() }
        let acknowledged = requests.prefix { $0.isAnswered }.count
        let copy = ledger.crashCopy()
        ledger.stop()
        for (index, request) in requests.enumerated() { try check(request.wait(), of: batches[index], expected[index]) }

        ledger = try Simulation.start(&workload, on: copy)
        let tip = try ledger.status().tip
        let survived = try #require(
            prefixes.lastIndex { $0.tip == tip.rawValue }, "\(place): the log ends inside a batch")
        #expect(survived >= acknowledged, "\(place): \(acknowledged) batches were answered, \(survived) are there")
        auditor = prefixes[survived]
        for index in min(acknowledged, survived)..<batches.count {
            let again = batches[index].expected(of: &auditor)
            try check(ledger.ask(batches[index].message(auditor)), of: batches[index], again)
        }
        try checkEverything()
    }
}
