import Glibc
import TallyBytes
import TallyCodec
import TallyModel
import TallyServer
import Testing

@Suite(.serialized) struct ServerTests {
    @Test func `a client is greeted and answered`() async throws {
        try await withServer(ScriptedEngine()) { _, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting)
            #expect(try Received.welcome(await client.messages(1)[0]).server == "tallyd")
            try await client.send(Sent.status)
            #expect(try await client.refusals(1) == ["0"])
        }
    }

    @Test func `no more frames are taken than may be unanswered, and one more for each answer`() async throws {
        let engine = ScriptedEngine(answersAtOnce: false)
        try await withServer(engine) { _, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + (0..<40).flatMap { _ in Sent.status })
            #expect(try await eventually { engine.accepted == Limits.framesInFlightMax })
            try await Task.sleep(for: .milliseconds(50))
            #expect(engine.accepted == Limits.framesInFlightMax)
            for number in 0..<40 {
                engine.answer(number)
                let expected = min(40, Limits.framesInFlightMax + number + 1)
                #expect(try await eventually { engine.accepted == expected })
            }
            _ = try await client.messages(1)
            #expect(try await client.refusals(40) == (0..<40).map(String.init))
        }
    }

    @Test func `a frame that finds the engine busy is offered again and keeps its place`() async throws {
        let engine = ScriptedEngine(busyTimes: 25)
        try await withServer(engine) { _, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + (0..<10).flatMap { _ in Sent.status })
            _ = try await client.messages(1)
            #expect(try await client.refusals(10) == (0..<10).map(String.init))
        }
    }

    @Test func `answers leave in the order of requests, whichever is ready first`() async throws {
        let engine = ScriptedEngine(answersAtOnce: false)
        try await withServer(engine) { _, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + (0..<8).flatMap { _ in Sent.status })
            #expect(try await eventually { engine.accepted == 8 })
            for number in (0..<8).reversed() { engine.answer(number) }
            _ = try await client.messages(1)
            #expect(try await client.refusals(8) == (0..<8).map(String.init))
        }
    }

    @Test func `lines are answered in their order, also those that need no engine`() async throws {
        let engine = ScriptedEngine(answersAtOnce: false)
        try await withServer(engine) { _, path in
            let client = try RawClient(path)
            try await client.send(
                text:
                    "{\"ask\":\"status\"}\n{\"nonsense\":1}\n{\"ask\":\"status\"}\n{\"nonsense\":2}\n{\"ask\":\"status\"}\n"
            )
            #expect(try await eventually { engine.accepted == 3 })
            for number in [2, 0, 1] { engine.answer(number) }
            let lines = try await client.lines(5)
            #expect(lines.count == 5)
            for (line, number) in zip([0, 2, 4], 0..<3) { #expect(lines[line].contains("\"\(number)\""), "\(lines)") }
            for line in [1, 3] { #expect(lines[line].contains("error"), "\(lines)") }
        }
    }

    @Test func `a client that closes its side still gets its answers`() async throws {
        try await withServer(ScriptedEngine()) { server, path in
            let client = try RawClient(path)
            try await client.send(text: "{\"ask\":\"status\"}\n{\"ask\":\"status\"}")
            client.shutdownWriting()
            #expect(try await client.lines(3).count == 2)
            #expect(client.hasEnded)
            #expect(try await eventually { server.connectionCount == 0 })
        }
    }

    @Test func `a closing refusal of the engine ends the connection, and the client can read it`() async throws {
        let engine = ScriptedEngine(answersAtOnce: false)
        try await withServer(engine) { server, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + Sent.status + Sent.status)
            #expect(try await eventually { engine.accepted == 2 })
            engine.answer(0, isClosing: true)
            engine.answer(1)
            _ = try await client.messages(1)
            #expect(try await client.refusals(2) == ["0"])
            try await client.waitForEnd()
            #expect(try await eventually { server.connectionCount == 0 })
        }
    }

    @Test func `a violation is answered after the answers under way`() async throws {
        let engine = ScriptedEngine(answersAtOnce: false)
        try await withServer(engine) { _, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + Sent.status + [1, 0, 0, 0])
            #expect(try await eventually { engine.accepted == 1 })
            engine.answer(0)
            let messages = try await client.messages(4)
            #expect(messages.count == 3)
            #expect(try Received.refusal(messages[1]).text == "0")
            #expect(try Received.refusal(messages[2]).code == .malformed)
        }
    }

    @Test func `a client beyond the limit is told so`() async throws {
        try await withServer(ScriptedEngine(), { $0.connectionsMax = 2 }) { server, path in
            let (first, second) = (try RawClient(path), try RawClient(path))
            #expect(try await eventually { server.connectionCount == 2 })
            let third = try RawClient(path)
            let refusal = try Received.refusal(await third.messages(1)[0])
            #expect(refusal.code == .busy)
            #expect(refusal.isClosing)
            try await first.send(Sent.greeting)
            #expect(try await first.messages(1).count == 1)
            _ = second
        }
    }
}

@Suite(.serialized) struct SlowClientTests {
    /// The kernel, the pipeline and the credit hold some answers; more are never made for a client that does not read.
    @Test func `a client that reads nothing is not read from either`() async throws {
        let engine = ScriptedEngine(answerBytes: 1_000)
        try await withServer(engine) { _, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting)
            let many = (0..<500).flatMap { _ in Sent.status }
            var quiet = 0
            while quiet < 200 {
                quiet = client.sendSome(many) == 0 ? quiet + 1 : 0
                try await Task.sleep(for: .milliseconds(1))
            }
            // 1 MiB in the pipeline, at most 0.5 MiB in the kernel, one read's worth of answers on the way.
            #expect(engine.accepted * 1_000 < 4 * 1024 * 1024, "\(engine.accepted)")
            let accepted = engine.accepted
            try await Task.sleep(for: .milliseconds(50))
            #expect(engine.accepted == accepted)
        }
    }

    @Test func `a client that asks for much and reads nothing is cut off`() async throws {
        let engine = ScriptedEngine(answersAtOnce: false, answerBytes: 1_000)
        try await withServer(engine, { $0.answerBytesMax = 4 * 1024 * 1024 }) { server, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + Sent.status)
            #expect(try await eventually { engine.accepted == 1 })
            for _ in 0..<8_000 { engine.answer(0, isLast: false) }
            #expect(try await eventually { server.connectionCount == 0 })
            try await client.waitForEnd()
        }
    }

    @Test func `a refused client that reads nothing loses its connection all the same`() async throws {
        let engine = ScriptedEngine(answersAtOnce: false, answerBytes: 1_000)
        try await withServer(engine, { $0.drainSeconds = 1 }) { server, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + Sent.status + [1, 0, 0, 0])
            #expect(try await eventually { engine.accepted == 1 })
            for part in 0..<2_000 { engine.answer(0, isLast: part == 1_999) }
            #expect(server.connectionCount == 1)
            #expect(try await eventually { server.connectionCount == 0 })
            try await client.waitForEnd()
        }
    }

    @Test func `a server that stops waits for a slow reader only so long`() async throws {
        let engine = ScriptedEngine(answersAtOnce: false, answerBytes: 1_000)
        try await withServer(engine, { $0.drainSeconds = 1 }) { server, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + Sent.status)
            #expect(try await eventually { engine.accepted == 1 })
            let begin = ContinuousClock.now
            await server.stop()
            #expect(ContinuousClock.now - begin < .seconds(5))
            #expect(server.connectionCount == 0)
        }
    }
}

@Suite(.serialized) struct GracefulStopTests {
    @Test func `a server that stops answers what it accepted, says goodbye, and accepts nobody`() async throws {
        let engine = ScriptedEngine(answersAtOnce: false)
        try await withServer(engine) { server, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + Sent.status + Sent.status + Sent.status)
            #expect(try await eventually { engine.accepted == 3 })
            async let stopped: Void = server.stop()
            #expect(try await eventually { mode(of: path) == nil })
            #expect(throws: RawClient.Failure.self) { try RawClient(path) }
            for number in [1, 2, 0] { engine.answer(number) }
            let messages = try await client.messages(6)
            #expect(messages.count == 5)
            #expect(try messages[1...3].map { try Received.refusal($0).text } == ["0", "1", "2"])
            #expect(try Received.refusal(messages[4]).code == .stopping)
            #expect(client.hasEnded)
            await stopped
        }
    }

    @Test func `an engine that stops turns clients away with a reason`() async throws {
        let engine = ScriptedEngine()
        engine.stopTaking()
        try await withServer(engine) { _, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + Sent.status)
            #expect(try await Received.refusal(client.messages(2)[1]).code == .stopping)
        }
    }

    @Test func `a frame that waits for a busy engine is turned away when the server stops`() async throws {
        let engine = ScriptedEngine(busyTimes: .max)
        try await withServer(engine) { server, path in
            let client = try RawClient(path)
            try await client.send(Sent.greeting + Sent.status)
            #expect(try await client.messages(1).count == 1)
            try await Task.sleep(for: .milliseconds(20))
            async let stopped: Void = server.stop()
            #expect(try await Received.refusal(client.messages(1)[0]).code == .stopping)
            await stopped
        }
    }
}
