internal import Glibc
internal import Synchronization

/// A program that a test starts, watches and ends.
///
/// It waits for its own child by number and for nothing else, and talks with it through files. So tests that start many
/// programs at once, some of which are killed, do not wait for each other's: no child holds the end of another's pipe.
public final class ChildProcess: Sendable {
    /// The process's number.
    public let pid: Int32
    /// How it ended: its exit status, or the negative number of the signal; nil while it runs or nobody has asked.
    private let ending = Mutex<Int32?>(nil)

    /// Why a program did not start.
    public struct Failure: Error, CustomStringConvertible {
        /// What failed.
        public var description: String
    }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: Its path.
    ///   - arguments: Without the program's own name.
    ///   - environment: All its variables; nil for those of the tests.
    ///   - input: The file that it reads as standard input.
    ///   - output: The file to whose end it writes; made when it is not there.
    ///   - errors: The file to whose end it writes its errors; may be the same.
    /// - Throws: ``Failure`` when it cannot be started.
    public init(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil, input: String = "/dev/null",
        output: String = "/dev/null", errors: String = "/dev/null"
    ) throws {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var words: [UnsafeMutablePointer<CChar>?] = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] =
            unsafe (environment ?? [:]).map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer { unsafe (words + variables).forEach { unsafe free($0) } }
        var started = pid_t()
        let code =
            if environment == nil {
                unsafe posix_spawn(&started, program, &actions, nil, &words, environ)
            } else {
                unsafe posix_spawn(&started, program, &actions, nil, &words, &variables)
            }
        guard code == 0 else { throw Failure(description: unsafe "\(program): \(String(cString: strerror(code)))") }
        pid = started
    }

    deinit { kill() }

    /// True until the process has ended.
    public var isRunning: Bool { status(WNOHANG) == nil }

    /// Waits for the process to end.
    ///
    /// - Returns: Its exit status, or the negative number of the signal that ended it.
    @discardableResult
    public func waitUntilExit() -> Int32 { status(0) ?? 0 }

    /// Sends a signal, if the process still runs.
    public func signal(_ number: Int32) {
        if isRunning { _ = Glibc.kill(pid, number) }
    }

    /// Ends the process at once, and waits until it is gone.
    public func kill() {
        guard isRunning else { return }
        _ = Glibc.kill(pid, SIGKILL)
        waitUntilExit()
    }

    /// Asks the system how the process ended; only the first answer counts, afterwards the number may be another's.
    private func status(_ options: Int32) -> Int32? {
        ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            var found: pid_t
            repeat { found = unsafe waitpid(pid, &status, options) } while found < 0 && errno == EINTR
            guard found == pid else { return nil }
            let signal = status & 0x7F
            ending = signal == 0 ? status >> 8 & 0xFF : -signal
            return ending
        }
    }
}

extension ChildProcess {
    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - program: Its path.
    ///   - arguments: Without the program's own name.
    ///   - environment: All its variables; nil for those of the tests.
    ///   - input: What it reads.
    /// - Returns: How it ended, and what it wrote to its outputs.
    /// - Throws: ``Failure`` when it cannot be started or its files cannot be made.
    public static func run(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil, input: [UInt8] = []
    ) throws -> (status: Int32, output: [UInt8], errors: [UInt8]) {
        // Files instead of pipes: a full pipe on one side would stop the program on the other.
        let directory = TemporaryDirectory(prefix: "tally-run")
        try write(input, to: directory.appending("input"))
        let process = try ChildProcess(
            program, arguments, environment: environment, input: directory.appending("input"),
            output: directory.appending("output"), errors: directory.appending("errors"))
        let status = process.waitUntilExit()
        return (status, read(directory.appending("output")), read(directory.appending("errors")))
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = unsafe fopen(path, "we") else { throw Failure(description: "\(path) cannot be made") }
        defer { unsafe _ = fclose(file) }
        guard unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw Failure(description: "\(path) cannot be written")
        }
    }

    private static func read(_ path: String) -> [UInt8] {
        guard let file = unsafe fopen(path, "re") else { return [] }
        defer { unsafe _ = fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe fread(&piece, 1, piece.count, file)
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }
}
