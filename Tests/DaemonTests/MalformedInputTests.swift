import TallyBytes
import TallyClient
import TallyCodec
import TallyModel
import TallyTesting
import Testing

/// Anybody who may open the socket may send anything.
///
/// The daemon says what is wrong where it can, closes, and serves the next client as if nothing had been.
@Suite("Malformed input", .serialized)
struct MalformedInputTests {
    private static let residentKilobytesMax = 192 * 1024

    /// Runs `body` against a daemon, which must live, serve and be small afterwards.
    private func withDaemon(_ body: (String) throws -> Void) async throws {
        let daemon = try Daemon(in: TemporaryDirectory(prefix: "tallyd"), ["--log-level", "critical"])
        try await daemon.waitUntilItServes()
        try body(daemon.home.socket)
        #expect(daemon.isRunning, "\(daemon.talk)")
        // Those who have left may still stand in the queue of the socket; whoever is answered stood behind them.
        #expect(try answers(to: Frame.preamble + Conversation.hello, at: daemon.home.socket).count == 1)
        let client = try await Client.connect(path: daemon.home.socket, name: "good")
        let source = try await client.openSource("good")
        var batch = BatchWriter(source: source.source, firstNumber: 1)
        try batch.append(.registerMember(Registration(externalID: "good")))
        #expect(try await client.send(batch).outcomes.map(\.status) == [.recorded])
        await client.close()
        let kilobytes = try daemon.residentKilobytes()
        print("\(kilobytes) KB resident")
        #expect(kilobytes < Self.residentKilobytesMax)
    }

    /// Says `bytes`, ends, and hears the daemon out.
    private func answers(to bytes: [UInt8], at socket: String) throws -> [[UInt8]] {
        let wire = try Wire(socket)
        wire.send(bytes)
        wire.shutdownWriting()
        return try wire.messagesToTheEnd()
    }

    private func refusal(_ messages: [[UInt8]]) -> Refusal? {
        messages.last.flatMap { unsafe try? Refusal($0.span.bytes) }
    }

    @Test func `a conversation cut at any byte is answered as far as it goes`() async throws {
        try await withDaemon { socket in
            for count in 0...Conversation.whole.count {
                let messages = try answers(to: Array(Conversation.whole[..<count]), at: socket)
                #expect(messages.count <= 5, "cut at \(count)")
                if count == Conversation.whole.count { #expect(messages.count == 4) }
            }
        }
    }

    /// Tills of a kind connect for every receipt: what a connection held goes with it, not when some timer ends.
    @Test func `thousands of short connections leave no memory behind`() async throws {
        try await withDaemon { socket in
            for _ in 0..<3_000 {
                let messages = try answers(to: Frame.preamble + Conversation.hello, at: socket)
                #expect(messages.count == 1)
            }
        }
    }

    @Test func `a client that goes away in the middle of anything leaves nothing behind`() async throws {
        try await withDaemon { socket in
            for count in 0...Conversation.whole.count {
                let wire = try Wire(socket)
                wire.send(Array(Conversation.whole[..<count]))
            }
        }
    }

    @Test func `every length that is wrong is answered and never followed`() async throws {
        try await withDaemon { socket in
            for (name, frame) in Conversation.frames {
                for field in Conversation.header + (Conversation.further[name] ?? []) {
                    for (value, bytes) in Conversation.spoiled(frame, field) {
                        let what = "\(name), \(field.name) \(value)"
                        let messages = try answers(to: Frame.preamble + Conversation.hello + bytes, at: socket)
                        #expect(messages.count >= 1, "\(what) cost the greeting its answer")
                        // A frame of which more is to come has not come: there is nothing to answer.
                        let isBegun = field.name == "frame length" && value > bytes.count - Frame.lengthBytes
                        if isBegun, value <= Limits.frameBytesMax { continue }
                        #expect(messages.count >= 2, "\(what) was not answered")
                        // A later version is read as far as it is known; a wrong event is the event's outcome.
                        if field.name == "version" || field.name.hasPrefix("event") { continue }
                        #expect(refusal(messages) != nil, "\(what) was not refused")
                    }
                }
            }
        }
    }

    static let refusals: [(String, [UInt8], Refusal.Code)] = [
        ("no preamble", Array("HELLO WORLD\r\n".utf8), .malformed),
        ("a preamble with another line end", Array("TALLY1\n\n".utf8) + Conversation.hello, .malformed),
        ("no greeting", Frame.preamble + Conversation.question, .unexpected),
        ("a second greeting", Frame.preamble + Conversation.hello + Conversation.hello, .malformed),
        (
            "another version",
            Frame.preamble + Conversation.frame { Hello(protocolVersion: 9, client: "t").encode(into: &$0) },
            .versionUnsupported
        ),
        ("a frame beyond the limit", Frame.preamble + Conversation.hello + [1, 0, 128, 0], .frameTooLong),
        ("the longest frame there is", Frame.preamble + [255, 255, 255, 255], .frameTooLong),
        ("an empty frame", Frame.preamble + Conversation.hello + [0, 0, 0, 0], .malformed),
        ("a source that nobody opened", Frame.preamble + Conversation.hello + Conversation.batch, .sourceUnknown),
    ]

    @Test(arguments: refusals.indices) func `a frame that cannot be taken is refused with its reason`(
        _ index: Int
    ) async throws {
        let (name, bytes, code) = Self.refusals[index]
        try await withDaemon { socket in
            let messages = try answers(to: bytes, at: socket)
            #expect(refusal(messages)?.code == code, "\(name)")
        }
    }

    /// Half of the frames are noise, half are good ones with a few bytes changed: those get past the first checks.
    @Test func `ten thousand random frames change nothing`() async throws {
        var dice = Seed.printed()
        try await withDaemon { socket in
            for round in 0..<10_000 {
                var frame: [UInt8]
                if round % 2 == 0 {
                    let body = (0..<Int(dice.next() % 200)).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
                    frame = [UInt8(body.count), 0, 0, 0] + body
                } else {
                    frame = Conversation.frames[Int(dice.next() % 3)].bytes
                    for _ in 0...(dice.next() % 4) {
                        frame[Int(dice.next() % UInt64(frame.count))] = UInt8(truncatingIfNeeded: dice.next())
                    }
                }
                let wire = try Wire(socket)
                wire.send(Frame.preamble + Conversation.hello + frame)
                // Most clients leave at once, some wait for what the daemon has to say.
                guard round % 16 < 2 else { continue }
                wire.shutdownWriting()
                #expect(try wire.messagesToTheEnd().count >= 1)
            }
        }
    }
}
