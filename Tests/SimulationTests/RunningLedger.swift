import TallyBytes
import TallyCodec
import TallyEngine
import TallyModel
import TallyReplay
import TallyTesting
import Testing

/// An engine at work on a directory of its own.
final class RunningLedger {
    let directory: TemporaryDirectory
    /// nil once it is stopped: the directory belongs to an engine as long as there is one.
    private var engine: Engine?

    /// Starts an engine on a new ledger.
    convenience init(_ change: (inout EngineOptions) -> Void = { _ in }) throws {
        try self.init(on: TemporaryDirectory(), change)
    }

    /// Starts an engine on what is in a directory.
    init(on directory: TemporaryDirectory, _ change: (inout EngineOptions) -> Void = { _ in }) throws {
        var options = EngineOptions(dataDirectory: directory.path)
        change(&options)
        self.directory = directory
        engine = try Engine.start(options)
    }

    /// Stops the engine; everything that it took is answered then.
    func stop() {
        engine?.stop()
        engine = nil
    }

    deinit { stop() }

    /// Sends a message and goes on.
    func send(_ message: [UInt8]) -> PendingRequest {
        let request = PendingRequest(message)
        #expect(engine?.submit(request) == .accepted)
        return request
    }

    /// Sends a message and waits for its answer.
    func ask(_ message: [UInt8]) throws -> ReceivedAnswer { try send(message).wait() }

    /// How the engine stands; with the digest of its state.
    func status() throws -> DaemonStatus {
        guard case .status(let status) = try ask(SentMessage.question(.status(wantDigest: true))) else {
            throw Unanswered()
        }
        return status
    }

    /// What would be on the disk if the machine stopped now.
    func crashCopy() -> TemporaryDirectory {
        let copy = TemporaryDirectory()
        CrashCopy.take(directory.path, to: copy.path)
        return copy
    }

    /// Rebuilds the state of a copy from its log alone and compares it with what the engine says of its own; every
    /// invariant holds on the way.
    func expectRebuiltStateIsTheSame(_ note: String) throws {
        let status = try status()
        let copy = crashCopy()
        let found = verifyLedger(directory: copy.path)
        #expect(found.isSound, "\(note): \(found)")
        #expect(found.rebuiltSequence == status.tip.rawValue, "\(note)")
        #expect(status.digestSequence == status.tip, "\(note)")
        var writer = ByteWriter()
        for word in status.digest { writer.append(u64: word) }
        #expect(found.rebuiltDigest == SHA256Digest(of: writer.bytes), "\(note): the engine's state is not the log's")
    }
}
