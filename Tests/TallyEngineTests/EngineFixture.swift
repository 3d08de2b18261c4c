import TallyCodec
import TallyEngine
import TallyModel
import TallyTesting
import Testing

/// An engine on a directory of its own, with what most tests send to it.
final class EngineFixture {
    let directory: TemporaryDirectory
    /// nil once it is stopped: the directory belongs to an engine as long as there is one.
    private(set) var engine: Engine?

    /// Starts an engine.
    init(on directory: TemporaryDirectory = TemporaryDirectory(), _ change: (inout EngineOptions) -> Void = { _ in })
        throws
    {
        var options = EngineOptions(dataDirectory: directory.path)
        change(&options)
        self.directory = directory
        engine = try Engine.start(options)
    }

    deinit { stop() }

    /// Stops the engine and gives its directory free.
    func stop() {
        engine?.stop()
        engine = nil
    }

    /// Sends a message and goes on.
    func send(_ message: [UInt8]) -> PendingRequest {
        let request = PendingRequest(message)
        #expect(engine?.submit(request) == .accepted)
        return request
    }

    /// Sends a message and waits for its answer.
    func ask(_ message: [UInt8]) throws -> ReceivedAnswer { try send(message).wait() }

    /// Opens the source that the tests send from.
    @discardableResult
    func openTill(_ name: String = "till") throws -> SourceOpened {
        guard case .opened(let opened) = try ask(SentMessage.openSource(name)) else { throw Unanswered() }
        return opened
    }

    /// Sends commands of the first source.
    func send(_ commands: [Command], firstNumber: UInt64) throws -> ReceivedAnswer {
        try ask(EngineFixture.batch(commands, firstNumber: firstNumber))
    }

    /// The outcomes of commands of the first source.
    func outcomes(_ commands: [Command], firstNumber: UInt64) throws -> [Outcome] {
        guard case .results(let results) = try send(commands, firstNumber: firstNumber) else { throw Unanswered() }
        return results.outcomes
    }

    static func batch(_ commands: [Command], firstNumber: UInt64, source: UInt32 = 1) -> [UInt8] {
        SentMessage.batch(commands.map { SentEvent($0) }, source: SourceNumber(source), firstNumber: firstNumber)
    }

    /// How the engine stands.
    func status(wantDigest: Bool = false) throws -> DaemonStatus {
        let answer = try ask(SentMessage.question(.status(wantDigest: wantDigest)))
        guard case .status(let status) = answer else { throw Unanswered() }
        return status
    }

    /// A command that is always accepted, once under each number.
    static func registration(_ number: Int) -> Command { .registerMember(Registration(externalID: "m\(number)")) }
}
