import Foundation
import Synchronization
import TallyClient
import TallyCodec
import TallyEngine
import TallyModel
import TallyServer
import Testing

/// The whole way, with the real engine on a real disk: what a client was told is stored is stored.
@Suite(.serialized) struct AcknowledgedEventsTests {
    private static let batches = 200
    private static let eventsInBatch = 50

    /// Runs `body` against a daemon on `directory`, stopping it in the daemon's own order.
    private func withDaemon<Result>(
        on directory: String, _ body: (Server, String) async throws -> Result
    ) async throws -> Result {
        let engine = try Engine.start(EngineOptions(dataDirectory: directory + "/data"))
        let server = Server(
            options: ServerOptions(socketPath: directory + "/s.sock"), engine: engine, logger: silent)
        try await server.start()
        defer { engine.stop() }
        do {
            let result = try await body(server, directory + "/s.sock")
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Registers members batch by batch without waiting for results.
    ///
    /// - Returns: The last number that was acknowledged, and how many batches failed.
    private func register(_ path: String, stopping server: Server?) async throws -> (acknowledged: UInt64, failed: Int)
    {
        let client = try await Client.connect(path: path, name: "test")
        let opened = try await client.openSource("till-1")
        let acknowledged = Mutex<UInt64>(opened.lastNumber)
        let failed = Mutex(0)
        let answered = Mutex(0)
        var batch = BatchWriter(source: opened.source, firstNumber: opened.lastNumber + 1)
        var stop: Task<Void, Never>?
        for index in 0..<Self.batches {
            for _ in 0..<Self.eventsInBatch {
                try batch.append(.registerMember(Registration(externalID: "m\(batch.nextNumber)")))
            }
            await client.submit(
                batch,
                results: { message in
                    guard let results = try? BatchResults(message) else { return }
                    acknowledged.withLock { $0 = max($0, results.nextNumber - 1) }
                    answered.withLock { $0 += 1 }
                },
                failure: { _ in
                    failed.withLock { $0 += 1 }
                    answered.withLock { $0 += 1 }
                })
            if index == Self.batches / 2, let server { stop = Task { await server.stop() } }
            batch.startNext()
        }
        await stop?.value
        #expect(try await eventually { answered.withLock { $0 } == Self.batches })
        return (acknowledged.withLock { $0 }, failed.withLock { $0 })
    }

    @Test func `a daemon that stops in the middle of a stream forgets nothing that it acknowledged`() async throws {
        let directory = NSTemporaryDirectory() + "tally-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }

        let first = try await withDaemon(on: directory) { server, path in
            try await register(path, stopping: server)
        }
        #expect(first.failed > 0, "the daemon stopped too late for this test")
        #expect(first.acknowledged > 0)

        let second = try await withDaemon(on: directory) { _, path in
            let client = try await Client.connect(path: path, name: "test")
            let opened = try await client.openSource("till-1")
            #expect(opened.lastNumber == first.acknowledged)
            let status = try await client.status()
            #expect(UInt64(status.members) == first.acknowledged)
            return try await register(path, stopping: nil)
        }
        #expect(second.failed == 0)
        #expect(second.acknowledged == first.acknowledged + UInt64(Self.batches * Self.eventsInBatch))
    }
}
