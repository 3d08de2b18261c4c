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
    private let process = Process()

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
        process.executableURL = try Self.program("tallyd")
        process.arguments = ["--data", home.data, "--socket", home.socket] + arguments
        process.environment = ["SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try Self.logFile(in: home)
        try process.run()
    }

    deinit { kill() }

    /// The program that was built beside the tests.
    static func program(_ name: String) throws -> URL {
        let here = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: here).deletingLastPathComponent().appending(path: name)
    }

    private static func logFile(in home: TemporaryDirectory) throws -> FileHandle {
        let path = home.appending("stderr")
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(text: "\(path) cannot be written") }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}

extension Daemon {
    /// What the daemons of this home have written to standard error.
    var talk: String { (try? String(contentsOfFile: home.appending("stderr"), encoding: .utf8)) ?? "" }

    var isRunning: Bool { process.isRunning }

    var pid: Int32 { process.processIdentifier }

    /// Waits until the daemon takes connections.
    func waitUntilItServes() async throws {
        for _ in 0..<10_000 where process.isRunning {
            if (try? Wire(home.socket)) != nil { return }
            try await Task.sleep(for: .milliseconds(1))
        }
        throw Failure(text: "the daemon does not serve: \(talk)")
    }

    /// Pulls the plug: no handler runs, no buffer is written.
    func kill() {
        guard process.isRunning else { return }
        _ = Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks the daemon to stop, as a service manager does, without waiting.
    func terminate() { _ = Glibc.kill(process.processIdentifier, SIGTERM) }

    /// Waits for the daemon's own end.
    func exitStatus() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

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
    let (process, output) = (Process(), Pipe())
    process.executableURL = try Daemon.program(name)
    process.arguments = arguments
    process.environment = ["SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 }
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
}
