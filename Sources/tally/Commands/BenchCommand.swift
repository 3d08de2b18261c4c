import ArgumentParser
import TallyModel

/// Load for a daemon.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Send synthetic receipts to a daemon and measure it.",
        discussion: """
            Every connection is a source of its own and sends one-line receipts of known members. Members are registered
            first if they are not. The receipts are real events: use a ledger made for the purpose.

            EXAMPLES:
              tally bench --events 1000000
              tally bench --batch 1 --connections 64 --in-flight 1 --seconds 10
              tally bench --members 200000 --redeem-percent 20 --expiry-days 3650
              tally bench --json --seconds 30
            """)

    @Option(help: "Events in a batch, 1 to \(Limits.batchEventsMax).")
    var batch = Limits.batchEventsMax
    @Option(help: "Connections at once.")
    var connections = 1
    @Option(help: "Batches under way at once on a connection; 1 waits for every answer.")
    var inFlight = Limits.framesInFlightMax
    @Option(help: "Known members.")
    var members = 10_000
    @Option(help: "Receipts to send in all. (default: 1,000,000, or no limit with --seconds)")
    var events: Int?
    @Option(help: "Stop after this time.")
    var seconds: Int?
    @Option(help: "Of a hundred receipts so many are paid with points.")
    var redeemPercent: UInt64 = 0
    @Option(help: "Days after which points end. (default: never)")
    var expiryDays: UInt16?
    @Flag(help: "Print the result as JSON.")
    var json = false
    @OptionGroup var daemon: DaemonOptions

    func validate() throws {
        guard (1...Limits.batchEventsMax).contains(batch) else {
            throw ValidationError("--batch is between 1 and \(Limits.batchEventsMax).")
        }
        guard (1...Limits.connectionsMax).contains(connections) else {
            throw ValidationError("--connections is between 1 and \(Limits.connectionsMax).")
        }
        guard (1...Limits.framesInFlightMax).contains(inFlight) else {
            throw ValidationError("--in-flight is between 1 and \(Limits.framesInFlightMax).")
        }
        guard (1...99_999_999).contains(members) else {
            throw ValidationError("--members is between 1 and 99,999,999.")
        }
        guard events ?? 1 > 0, seconds ?? 1 > 0 else {
            throw ValidationError("--events and --seconds are more than 0.")
        }
    }

    func run() async throws {
        let socket = daemon.socket
        let setup = try await LoadGenerator(socket: socket).prepare(members: members, expiryDays: expiryDays)
        guard setup.rejectedCount + setup.refusedCount == 0 else {
            throw Failure(
                .partlyRejected, "\(setup.rejectedCount + setup.refusedCount) members or definitions were not accepted")
        }
        let start = ContinuousClock.now
        let load = Load(
            batchEvents: batch, members: members, events: share, inFlightMax: inFlight,
            redeemPercent: redeemPercent, deadline: seconds.map { start + .seconds($0) })
        var counts = OutcomeCounts()
        var latencies: [Duration] = []
        try await withThrowingTaskGroup(of: BatchPipeline.self) { group in
            for index in 1...connections {
                group.addTask { try await LoadGenerator(socket: socket).run(load, as: "bench:\(index)") }
            }
            for try await pipeline in group {
                counts.add(pipeline.counts)
                latencies += pipeline.latencies
            }
        }
        report(counts, latencies.sorted(), elapsed: ContinuousClock.now - start)
        guard counts.rejectedCount + counts.refusedCount == 0 else {
            throw Failure(.partlyRejected, "\(counts.rejectedCount + counts.refusedCount) receipts were not accepted")
        }
    }

    /// Receipts of each connection.
    private var share: Int {
        let all = events ?? (seconds == nil ? 1_000_000 : Int.max)
        return max(1, all / connections)
    }

    private func report(_ counts: OutcomeCounts, _ latencies: [Duration], elapsed: Duration) {
        let seconds = elapsed / .seconds(1)
        var lines = counts.lines
        lines.append(("batches", Int64(latencies.count)))
        lines.append(("milliseconds", Int64(seconds * 1000)))
        lines.append(("receipts_per_second", Int64(Double(counts.recorded) / max(seconds, 1e-6))))
        for (name, permille) in [("p50", 500), ("p90", 900), ("p99", 990), ("p999", 999), ("max", 1000)] {
            lines.append(("batch_\(name)_us", BenchCommand.microseconds(latencies, permille)))
        }
        guard !json else { return Output.print(JSON.object(lines)) }
        var table = TextTable(["figure", "value"])
        for (name, value) in lines { table.add([name, "\(value)"]) }
        Output.print(table.lines.joined(separator: "\n"))
    }

    /// The smallest latency that so many of a thousand batches do not exceed, in microseconds.
    private static func microseconds(_ sorted: [Duration], _ permille: Int) -> Int64 {
        guard !sorted.isEmpty else { return 0 }
        let rank = (sorted.count * permille + 999) / 1000
        return Int64(sorted[max(0, rank - 1)] / .microseconds(1))
    }
}
