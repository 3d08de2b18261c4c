import Foundation
import TallyLog
import TallyTesting
import Testing

/// The daemon is killed while it makes its very first ledger.
///
/// Nobody has been answered yet, so the next start must not need an operator: it finishes what was begun.
@Suite("First start", .serialized)
struct FirstStartTests {
    @Test func `a kill at any moment of the first start is healed by the next one`() async throws {
        var dice = Seed.printed()
        for _ in 0..<(Seed.isNight ? 300 : 30) {
            let delay = Int64(dice.next() % 30_000)
            let home = TemporaryDirectory(prefix: "tallyd")
            let first = try Daemon(in: home)
            try await Task.sleep(for: .microseconds(delay))
            first.kill()
            let second = try Daemon(in: home)
            try await second.waitUntilItServes()
            second.kill()
        }
    }

    /// What a kill can leave, made on purpose: every file that the first start writes, missing, empty or cut.
    static let leftovers: [(String, @Sendable (TemporaryDirectory) throws -> Void)] = [
        ("an empty data directory", { try directory($0.data) }),
        (
            "an empty key",
            {
                try directory($0.data); try file($0.data + "/identity.key", bytes: 0)
            }
        ),
        (
            "half a key",
            {
                try directory($0.data); try file($0.data + "/identity.key", bytes: 16)
            }
        ),
        ("an empty log directory", { try directory($0.data + "/log") }),
        (
            "an empty data file",
            {
                try directory($0.data + "/log"); try file($0.data + "/log/data.mdb", bytes: 0)
            }
        ),
        ("a data file without a head", { try newLog($0, headBytes: nil) }),
        ("an empty head", { try newLog($0, headBytes: 0) }),
        ("half a head", { try newLog($0, headBytes: 20) }),
        ("a whole log without a block", { try newLog($0, headBytes: .max) }),
    ]

    @Test(arguments: leftovers.indices) func `what a kill leaves behind is finished`(_ index: Int) async throws {
        let (name, make) = Self.leftovers[index]
        let home = TemporaryDirectory(prefix: "tallyd")
        try make(home)
        let daemon = try Daemon(in: home)
        try await daemon.waitUntilItServes()
        #expect(daemon.isRunning, "\(name)")
    }

    @Test func `a log with records and without a head is never taken for a new one`() async throws {
        let home = TemporaryDirectory(prefix: "tallyd")
        let first = try Daemon(in: home)
        try await first.waitUntilItServes()
        first.kill()
        try FileManager.default.removeItem(atPath: DataLayout(directory: home.data).headPath)
        let second = try Daemon(in: home)
        #expect(second.exitStatus() == 74)
        #expect(second.talk.contains("head"))
    }

    private static func directory(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    private static func file(_ path: String, bytes: Int) throws {
        try Data(repeating: 7, count: bytes).write(to: URL(fileURLWithPath: path))
    }

    /// A log that was made a moment ago, its head cut to so many bytes; nil for no head.
    private static func newLog(_ home: TemporaryDirectory, headBytes: Int?) throws {
        try directory(home.data)
        try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: home.data + "/identity.key"))
        _ = try EventLog.create(directory: home.data, ledgerID: .random())
        let path = DataLayout(directory: home.data).headPath
        let head = try Data(contentsOf: URL(fileURLWithPath: path))
        try FileManager.default.removeItem(atPath: path)
        if let headBytes { try head.prefix(headBytes).write(to: URL(fileURLWithPath: path)) }
    }
}
