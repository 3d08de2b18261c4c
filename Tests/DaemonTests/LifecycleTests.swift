import Foundation
import Glibc
import TallyClient
import TallyCodec
import TallyModel
import TallyTesting
import Testing

/// What an operator and a service manager see of the daemon.
@Suite("Life of the daemon", .serialized)
struct LifecycleTests {
    @Test func `a second daemon on the same data is refused and the first goes on`() async throws {
        let first = try Daemon(in: TemporaryDirectory(prefix: "tallyd"))
        try await first.waitUntilItServes()
        let (status, text) = try run(
            "tallyd", ["--data", first.home.data, "--socket", first.home.appending("other.sock")])
        #expect(status == 75)
        #expect(text.contains("Another tallyd works on this data"))
        let client = try await Client.connect(path: first.home.socket, name: "test")
        #expect(client.welcome.durability == .synced)
        await client.close()
    }

    @Test func `the socket of a killed daemon is replaced, and that of a living one is not`() async throws {
        let home = TemporaryDirectory(prefix: "tallyd")
        let first = try Daemon(in: home)
        try await first.waitUntilItServes()
        first.kill()
        #expect(FileManager.default.fileExists(atPath: home.socket))
        let second = try Daemon(in: home)
        try await second.waitUntilItServes()
        let (status, _) = try run("tallyd", ["--data", home.appending("other"), "--socket", home.socket])
        #expect(status == 73)
        try await second.waitUntilItServes()
    }

    @Test(arguments: ["0600", "0660", "0666"])
    func `the socket has the mode of the settings`(_ mode: String) async throws {
        let daemon = try Daemon(in: TemporaryDirectory(prefix: "tallyd"), ["--socket-mode", mode])
        try await daemon.waitUntilItServes()
        var status = stat()
        #expect(unsafe lstat(daemon.home.socket, &status) == 0)
        #expect(status.st_mode & 0o777 == UInt32(mode, radix: 8))
    }

    @Test func `every value of the configuration is printed with its place`() throws {
        let home = TemporaryDirectory(prefix: "tallyd")
        let file = home.appending("tallyd.yaml")
        try "checkpointSeconds: 7\nlogLevel: debug\n".write(toFile: file, atomically: true, encoding: .utf8)
        let (status, text) = try run(
            "tallyd", ["--data", home.data, "--config", file, "--log-level", "error", "--print-config"],
            environment: ["TALLYD_SOCKET_MODE": "0600", "XDG_RUNTIME_DIR": "/run/user/1"])
        #expect(status == 0)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.contains("data: \(home.data)  # command line"))
        #expect(lines.contains("socketMode: 0600  # environment"))
        #expect(lines.contains("checkpointSeconds: 7  # \(file)"))
        #expect(lines.contains("checkpointRecords: 2000000  # default"))
        #expect(lines.contains("clock: machine  # default"))
        #expect(lines.contains("logLevel: error  # command line"))
        #expect(lines.count == 7)
        #expect(!FileManager.default.fileExists(atPath: home.data))
    }

    @Test func `a wrong value ends the start with the usage status`() throws {
        let (status, text) = try run("tallyd", ["--data", "/nonexistent", "--checkpoint-seconds", "soon"])
        #expect(status == 1)
        #expect(text.contains("checkpointSeconds is \"soon\" (command line); expected a number of seconds from 1"))
    }

    @Test func `the service manager hears when the daemon serves and when it stops`() async throws {
        let home = TemporaryDirectory(prefix: "tallyd")
        let ear = try Ear(home.appending("notify"))
        let daemon = try Daemon(in: home, environment: ["NOTIFY_SOCKET": home.appending("notify")])
        #expect(ear.hears("READY=1"))
        #expect((try? Wire(home.socket)) != nil)
        daemon.terminate()
        #expect(ear.hears("STOPPING=1"))
        #expect(daemon.exitStatus() == 0)
        #expect(!FileManager.default.fileExists(atPath: home.socket))
    }
}

/// The daemon is asked to stop while tills send as fast as they can: what it accepted it answers, and what it did not
/// answer is not in the ledger.
@Suite("Graceful end", .serialized)
struct GracefulEndTests {
    @Test func `at SIGTERM everything accepted is answered and nothing else is stored`() async throws {
        var dice = Seed.printed()
        let home = TemporaryDirectory(prefix: "tallyd")
        let journal = Journal("desk")
        for _ in 0..<5 {
            let daemon = try Daemon(in: home)
            try await daemon.waitUntilItServes()
            let source = Source(
                journal: journal, event: { number, _ in .registerMember(Registration(externalID: "member-\(number)")) },
                eventsMax: 1_000_000)
            let sent = Task { [seed = dice.next()] in
                await source.run(socket: home.socket, memory: 100, dice: Seed(seed))
            }
            // In the middle of the stream, however slow the machine is.
            let before = journal.outcomes.count
            for _ in 0..<30_000 where journal.outcomes.count < before + 100 {
                try await Task.sleep(for: .milliseconds(1))
            }
            try await Task.sleep(for: .milliseconds(Int64(dice.next() % 20)))
            daemon.terminate()
            #expect(await !sent.value)
            #expect(daemon.exitStatus() == 0, "\(daemon.talk)")
            let next = try Daemon(in: home)
            try await next.waitUntilItServes()
            let client = try await Client.connect(path: home.socket, name: "test")
            let opened = try await client.openSource("desk")
            #expect(opened.lastNumber == UInt64(journal.outcomes.count))
            await client.close()
            next.kill()
        }
        #expect(journal.outcomes.count > 100)
        #expect(journal.findings.isEmpty, "\(journal.findings.prefix(5))")
    }

    @Test func `a check beside the living daemon finds the same state`() async throws {
        var dice = Seed.printed()
        let daemon = try Daemon(in: TemporaryDirectory(prefix: "tallyd"))
        try await daemon.waitUntilItServes()
        let journal = Journal("desk")
        let source = Source(
            journal: journal, event: { number, _ in .registerMember(Registration(externalID: "member-\(number)")) },
            eventsMax: 2_000)
        #expect(await source.run(socket: daemon.home.socket, memory: 0, dice: Seed(dice.next())))
        let (status, text) = try run("tally", ["verify", daemon.home.data, "--socket", daemon.home.socket])
        #expect(status == 0, "\(text)")
        #expect(text.split(separator: "\n").contains { $0.contains("daemon") && $0.contains("agrees") }, "\(text)")
    }
}

/// A service manager's socket.
private final class Ear {
    private let descriptor: CInt

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard unsafe withSocketAddress(path, { unsafe bind(descriptor, $0, $1) }) == 0 else {
            throw Daemon.Failure(text: "binding \(path): errno \(errno)")
        }
    }

    deinit { close(descriptor) }

    /// Listens until a datagram has this line; false when none comes in ten seconds.
    func hears(_ line: String) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            if String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n").contains(line[...]) {
                return true
            }
        }
    }
}
