import ArgumentParser
import Glibc
import Synchronization
import TallyBytes
import TallyClient
import TallyCodec
import TallyModel

/// Many points that end at once, and tills that go on meanwhile.
struct BenchExpiryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-expiry",
        abstract: "Let many lots of points end in one second and measure the daemon and its tills.",
        discussion: """
            Gives points to members, all of which end at the next full minute that leaves time for it: the offset from UTC is
            chosen so that a day ends there. One till sends single receipts before, during and after. The points are real: use a
            ledger made for the purpose.

            EXAMPLES:
              tally bench-expiry --lots 1000000 --members 200000 --json
            """)

    @Option(help: "Lots that end.")
    var lots = 1_000_000
    @Option(help: "Known members, who share the lots.")
    var members = 200_000
    @Option(help: "Seconds that giving the points may take.")
    var lead = 60
    @Flag(help: "Print the result as JSON.")
    var json = false
    @OptionGroup var daemon: DaemonOptions

    func validate() throws {
        guard (1...99_999_999).contains(lots), (1...99_999_999).contains(members), (1...3_600).contains(lead) else {
            throw ValidationError("--lots and --members are 1 to 99,999,999, --lead 1 to 3,600 seconds.")
        }
    }

    func run() async throws {
        _ = try await LoadGenerator(socket: daemon.socket).prepare(members: members)
        let end = BenchExpiryCommand.fullMinute(after: BenchExpiryCommand.now() + Int64(lead))
        let client = try await daemon.connect()
        try await give(client, endingAt: end)
        guard BenchExpiryCommand.now() < end - 2 else {
            throw Failure(.checkFailed, "giving the points took longer than --lead \(lead): allow more seconds")
        }
        let till = try await Till(socket: daemon.socket)
        let before = try await till.latencies { BenchExpiryCommand.now() >= end - 1 }
        while BenchExpiryCommand.now() < end { usleep(200) }
        let start = ContinuousClock.now
        let watch = try await daemon.connect()
        async let finish = BenchExpiryCommand.watch(watch, until: end, from: start)
        let flag = DoneFlag()
        async let during = till.latencies { flag.isDone }
        let elapsed = try await finish
        flag.finish()
        try report(before: before, during: try await during, elapsed: elapsed)
    }

    /// Waits until all lots have ended.
    ///
    /// The daemon says by its clock that nothing is left: a record of the clock that is not full reaches the present.
    private static func watch(
        _ client: Client, until end: Int64, from start: ContinuousClock.Instant
    ) async throws -> Duration {
        while try await client.status().clock.microseconds < end * 1_000_000 {
            guard ContinuousClock.now - start < .seconds(120) else {
                throw Failure(.checkFailed, "the points had not ended two minutes after their time")
            }
            usleep(2_000)
        }
        return ContinuousClock.now - start
    }

    /// Gives the points, in full batches.
    private func give(_ client: Client, endingAt end: Int64) async throws {
        let opened = try await client.openSource("bench-expiry:gifts")
        let pipeline = BatchPipeline(client)
        let offset = BenchExpiryCommand.offset(ofMidnight: end)
        let day = CivilDay(of: Instant(microseconds: (end - 1) * 1_000_000), utcOffsetMinutes: offset)
        let moment = Instant(microseconds: BenchExpiryCommand.now() * 1_000_000)
        var writer = ByteWriter(capacity: 1 << 21)
        var index = 0
        while index < lots {
            let count = min(Limits.batchEventsMax, lots - index)
            writer.startBatch(source: opened.source.rawValue, firstNumber: opened.lastNumber + UInt64(index) + 1)
            for lot in index..<(index + count) {
                try writer.appendEvent(
                    .adjust(
                        Adjustment(
                            member: .external(ReceiptTemplate.memberID(lot % members)),
                            wallet: ReceiptTemplate.walletID,
                            business: ReceiptTemplate.storeID, kind: .award,
                            points: Points(minor: 100 + Int64(lot % 100)),
                            occurredAt: moment, utcOffsetMinutes: offset, endsOn: day)))
            }
            writer.setBatch(count: count)
            try await pipeline.submit(writer)
            index += count
        }
        try await pipeline.drain()
        guard pipeline.counts.rejectedCount + pipeline.counts.refusedCount == 0 else {
            throw Failure(.partlyRejected, "some of the points were not accepted")
        }
    }

    private func report(before: [Duration], during: [Duration], elapsed: Duration) throws {
        let normal = BenchExpiryCommand.percentile(before, 990)
        let busy = BenchExpiryCommand.percentile(during, 990)
        let lines: [(String, Int64)] = [
            ("lots", Int64(lots)), ("expiry_ms", Int64(elapsed / .milliseconds(1))),
            ("receipts_before", Int64(before.count)), ("receipts_during", Int64(during.count)),
            ("p99_before_us", normal), ("p99_during_us", busy),
        ]
        guard !json else { return Output.print(JSON.object(lines)) }
        var table = TextTable(["figure", "value"])
        for (name, value) in lines { table.add([name, "\(value)"]) }
        Output.print(table.lines.joined(separator: "\n"))
    }

    private static func percentile(_ latencies: [Duration], _ permille: Int) -> Int64 {
        guard !latencies.isEmpty else { return 0 }
        let sorted = latencies.sorted()
        return Int64(sorted[max(0, (sorted.count * permille + 999) / 1000 - 1)] / .microseconds(1))
    }

    private static func now() -> Int64 { Int64(time(nil)) }

    private static func fullMinute(after second: Int64) -> Int64 { (second + 59) / 60 * 60 }

    /// The offset from UTC of a place where the day ends at a full minute.
    private static func offset(ofMidnight end: Int64) -> Int16 {
        let minute = Int16(end / 60 % 1_440)
        return minute <= 720 ? -minute : 1_440 - minute
    }
}

/// Says to another task that something is done.
private final class DoneFlag: Sendable {
    private let done = Atomic(false)
    var isDone: Bool { done.load(ordering: .acquiring) }
    func finish() { done.store(true, ordering: .releasing) }
}

/// A till that sends one receipt after the other and waits for each answer.
private struct Till {
    private let client: Client
    private let source: SourceNumber
    private let first: UInt64
    private let counter = Counter()

    init(socket: String) async throws {
        client = try await Client.connect(path: socket, name: "tally bench")
        let opened = try await client.openSource("bench-expiry:till")
        (source, first) = (opened.source, opened.lastNumber)
    }

    /// Sends receipts until `isDone`.
    ///
    /// - Returns: How long each took.
    func latencies(until isDone: @Sendable () -> Bool) async throws -> [Duration] {
        let template = try ReceiptTemplate()
        let pipeline = BatchPipeline(client, inFlightMax: 1)
        var writer = ByteWriter(capacity: 4096)
        while !isDone() {
            let number = first + counter.next()
            writer.startBatch(source: source.rawValue, firstNumber: number)
            template.append(
                to: &writer, member: Int(number % 1000), number: Int(number % 100_000_000), amountMinor: 1_000)
            writer.setBatch(count: 1)
            try await pipeline.submit(writer)
            try await pipeline.drain()
        }
        return pipeline.latencies
    }
}

/// Numbers of one till.
private final class Counter: Sendable {
    private let value = Atomic<UInt64>(0)
    func next() -> UInt64 { value.wrappingAdd(1, ordering: .relaxed).newValue }
}
