import Synchronization
import TallyClient
import TallyCodec
import TallyModel
import TallyServer
import Testing

@Suite(.serialized) struct ClientTests {
    private static let command = Command.registerMember(Registration(externalID: "900"))

    private func batch(_ firstNumber: UInt64, events: Int = 1) throws -> BatchWriter {
        var batch = BatchWriter(source: SourceNumber(1), firstNumber: firstNumber)
        for _ in 0..<events { try batch.append(ClientTests.command) }
        return batch
    }

    @Test func `a client greets, opens a source, sends a batch and asks`() async throws {
        try await withDaemon(FakeEngine()) { _, path in
            let client = try await Client.connect(path: path, name: "test")
            #expect(client.welcome.credit == UInt16(Limits.framesInFlightMax))
            #expect(try await client.openSource("till-1").lastNumber == 0)
            let results = try await client.send(batch(1, events: 3))
            #expect(results.outcomes.map(\.sequence) == [1, 2, 3])
            #expect(try await client.openSource("till-1").lastNumber == 3)
            #expect(try await client.status() == DaemonStatus())
            #expect(try await client.kpi(windowDays: 7)[.receiptsAll] == 1)
            await client.close()
        }
    }

    @Test func `balances come page by page`() async throws {
        try await withDaemon(FakeEngine()) { _, path in
            let client = try await Client.connect(path: path, name: "test")
            let pages = Mutex<[BalancesPage]>([])
            try await client.balances(of: .anonymous) { page in pages.withLock { $0.append(page) } }
            #expect(pages.withLock { $0.map(\.rows.count) } == [2, 0, 1])
            #expect(try await client.status() == DaemonStatus())
        }
    }

    @Test func `a refusal is thrown, and the connection goes on`() async throws {
        try await withDaemon(FakeEngine()) { _, path in
            let client = try await Client.connect(path: path, name: "test")
            await #expect(throws: ClientError.refused(Refusal(.sourceUnknown, isClosing: false, text: "no name"))) {
                try await client.openSource("")
            }
            #expect(try await client.openSource("till-1").lastNumber == 0)
        }
    }

    @Test func `many batches are under way at once, within the credit, and are answered in order`() async throws {
        let engine = FakeEngine(holdsBatches: true)
        try await withDaemon(engine) { _, path in
            let client = try await Client.connect(path: path, name: "test")
            let answered = Mutex<[UInt64]>([])
            let failures = Mutex<[ClientError]>([])
            let sending = Task {
                for number in UInt64(1)...50 {
                    await client.submit(
                        try batch(number),
                        results: { message in
                            let first = (try? BatchResults(message))?.firstNumber ?? 0
                            answered.withLock { $0.append(first) }
                        }, failure: { error in failures.withLock { $0.append(error) } })
                }
            }
            #expect(try await eventually { engine.heldCount == Limits.framesInFlightMax })
            try await Task.sleep(for: .milliseconds(50))
            #expect(engine.heldCount == Limits.framesInFlightMax)
            for _ in 0..<50 {
                #expect(try await eventually { engine.heldCount > 0 })
                engine.answerOne()
            }
            try await sending.value
            #expect(try await eventually { answered.withLock { $0.count } == 50 })
            #expect(answered.withLock { $0 } == Array(1...50))
            #expect(failures.withLock { $0.isEmpty })
        }
    }

    @Test func `after the daemon went away a client connects again and goes on where the source stands`() async throws {
        let engine = FakeEngine()
        let path = "/tmp/tally-client-\(UInt64.random(in: 0 ... .max))/s.sock"
        let first = server(engine, path)
        try await first.start()
        let client = try await Client.connect(path: path, name: "test")
        _ = try await client.send(batch(1, events: 5))
        await first.stop()
        await #expect(throws: ClientError.self) { try await client.send(batch(6)) }

        let second = server(engine, path)
        try await second.start()
        let again = try await Client.connect(path: path, name: "test")
        let opened = try await again.openSource("till-1")
        #expect(opened.lastNumber == 5)
        #expect(try await again.send(batch(opened.lastNumber + 1)).nextNumber == 7)
        await second.stop()
    }

    @Test func `what is under way when the connection closes has failed`() async throws {
        try await withDaemon(FakeEngine(holdsBatches: true)) { _, path in
            let client = try await Client.connect(path: path, name: "test")
            let sending = Task { try await client.send(batch(1)) }
            try await Task.sleep(for: .milliseconds(50))
            await client.close()
            await #expect(throws: ClientError.disconnected) { try await sending.value }
            await #expect(throws: ClientError.disconnected) { try await client.status() }
        }
    }

    @Test func `nobody at the path is said with a remedy`() async {
        let error = await #expect(throws: ClientError.self) {
            try await Client.connect(path: "/tmp/tally-nobody.sock", name: "test")
        }
        #expect(error?.description.contains("/tmp/tally-nobody.sock") == true)
        #expect(error?.description.contains("start tallyd") == true)
    }

    @Test func `a daemon of another version is refused`() async throws {
        try await withDaemon(FakeEngine(version: 9)) { _, path in
            await #expect(throws: ClientError.versionUnsupported(daemon: 9, client: protocolVersion)) {
                try await Client.connect(path: path, name: "test")
            }
        }
    }
}

@Suite struct BatchWriterTests {
    @Test func `the count is that of the events, also after a command that cannot be written`() throws {
        var batch = BatchWriter(source: SourceNumber(3), firstNumber: 10)
        try batch.append(.registerMember(Registration(externalID: "900")))
        let tooLong = String(repeating: "x", count: 300)
        #expect(throws: Rejection.self) { try batch.append(.registerMember(Registration(externalID: tooLong))) }
        try batch.append(.registerMember(Registration(externalID: "901")))
        #expect(batch.nextNumber == 12)
        let view = try BatchView(batch.message)
        #expect(view.count == 2)
        #expect(view.firstNumber == 10)
        #expect(view.source == SourceNumber(3))
        try view.checkEvents()
    }

    @Test func `the next batch goes on where the last one ended`() throws {
        var batch = BatchWriter(source: SourceNumber(3), firstNumber: 1)
        try batch.append(.registerMember(Registration(externalID: "900")))
        batch.startNext()
        #expect(batch.firstNumber == 2)
        #expect(try BatchView(batch.message).count == 0)
    }

    @Test func `a batch is full at the limit of events`() throws {
        var batch = BatchWriter(source: SourceNumber(3), firstNumber: 1)
        for _ in 0..<Limits.batchEventsMax {
            #expect(batch.isFull == false)
            try batch.append(.registerMember(Registration(externalID: "900")))
        }
        #expect(batch.isFull == true)
    }
}

/// Waits at most ten seconds until `condition` holds.
func eventually(_ condition: () -> Bool) async throws -> Bool {
    for _ in 0..<10_000 {
        if condition() { return true }
        try await Task.sleep(for: .milliseconds(1))
    }
    return false
}
