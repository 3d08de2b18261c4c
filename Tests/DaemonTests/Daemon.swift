import Foundation
import Glibc
import TallyClient
import TallyTesting

/// The real `tallyd`, as a process of its own, on data and a socket in a temporary directory.
///
/// It dies with the last reference, so a failed test leaves nothing behind.
final class Daemon {
    /// Where the daemon's files are; shared by the daemons that follow one another on the same data.
    let home: TemporaryDirectory
    private let process: ChildProcess

    struct Failure: Error { var text: String }

    /// Starts a daemon and returns at once.
    ///
    /// - Parameters:
    ///   - home: The directory of data, socket and log.
    ///   - arguments: Further options of the command line.
    ///   - environment: Further variables.
    /// - Throws: When the program is not there or does not start.
    init(in home: TemporaryDirectory, _ arguments: [String] = [], environment: [String: String] = [:]) throws {
        self.home = home
        process = try ChildProcess(
            Self.program("tallyd").path, ["--data", home.data, "--socket", home.socket] + arguments,
            environment: ["SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 }, errors: home.appending("stderr"))
    }

    deinit { kill() }

    /// The program that was built beside the tests.
    static func program(_ name: String) throws -> URL {
        let here = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: here).deletingLastPathComponent().appending(path: name)
    }
}

extension Daemon {
    /// What the daemons of this home have written to standard error.
    var talk: String { (try? String(contentsOfFile: home.appending("stderr"), encoding: .utf8)) ?? "" }

    var isRunning: Bool { process.isRunning }

    var pid: Int32 { process.pid }

    /// Waits until the daemon takes connections.
    func waitUntilItServes() async throws {
        for _ in 0..<10_000 where process.isRunning {
            if (try? Wire(home.socket)) != nil { return }
            try await Task.sleep(for: .milliseconds(1))
        }
        throw Failure(text: "the daemon does not serve: \(talk)")
    }

    /// Pulls the plug: no handler runs, no buffer is written.
    func kill() { process.kill() }

    /// Asks the daemon to stop, as a service manager does, without waiting.
    func terminate() { process.signal(SIGTERM) }

    /// Waits for the daemon's own end.
    func exitStatus() -> Int32 { process.waitUntilExit() }

    /// Kilobytes of memory that the process holds now.
    func residentKilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return Int(line.filter(\.isNumber)) ?? 0
    }
}

extension TemporaryDirectory {
    var data: String { appending("data") }
    var socket: String { appending("s.sock") }
}

/// Runs a program to its end.
///
/// - Returns: Its exit status, and what it wrote to both of its outputs.
func run(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws -> (Int32, String) {
    let ended = try ChildProcess.run(
        Daemon.program(name).path, arguments,
        environment: ["SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 })
    return (ended.status, String(decoding: ended.output + ended.errors, as: UTF8.self))
}
