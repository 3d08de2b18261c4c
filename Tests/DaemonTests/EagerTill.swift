import TallyClient
import TallyCodec
import TallyModel
import TallyTesting
import Testing

/// A till that never waits: it sends batch after batch while answers to earlier ones are still under way.
protocol EagerTill: Sendable {
    /// The name of its source.
    var name: String { get }
    /// Events of a batch at most.
    static var batchEventsMax: UInt64 { get }

    /// The next event, which is noted as sent.
    func command(_ number: UInt64, _ source: SourceNumber, _ dice: inout Seed) -> Command

    /// Notes the answers to a batch; those of one till come in the order of its numbers.
    func take(_ results: BatchResults)
}

extension EagerTill {
    static var batchEventsMax: UInt64 { 16 }

    /// Sends so many events.
    func work(_ events: UInt64, socket: String, _ dice: Seed) async throws {
        var dice = dice
        let client = try await Client.connect(path: socket, name: name)
        let opened = try await client.openSource(name)
        let underWay = UnderWay()
        var batch = BatchWriter(source: opened.source, firstNumber: 1)
        while batch.firstNumber <= events, !underWay.hasFailed {
            for _ in 0...(dice.next() % Self.batchEventsMax) where batch.nextNumber <= events {
                try batch.append(command(batch.nextNumber, opened.source, &dice))
            }
            guard batch.count > 0 else { break }
            underWay.begin()
            await client.submit(batch) { message in
                if let results = try? BatchResults(message) { take(results) }
                underWay.end()
            } failure: {
                underWay.end(failed: $0)
            }
            batch.startNext()
        }
        #expect(await underWay.isDone())
        await client.close()
    }

    /// Lets several work at once, each with a seed of its own.
    static func work(_ tills: [Self], _ events: UInt64, socket: String, _ dice: inout Seed) async throws {
        let seeds = tills.map { _ in Seed(dice.next()) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (till, seed) in zip(tills, seeds) {
                group.addTask { try await till.work(events, socket: socket, seed) }
            }
            try await group.waitForAll()
        }
    }
}
