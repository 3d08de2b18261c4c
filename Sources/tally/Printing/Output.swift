import Foundation

/// Standard output: data only.
///
/// Lines are gathered and written in large pieces.
struct Output: ~Copyable {
    private var bytes: [UInt8] = []
    private static let flushBytes = 1 << 16

    /// Adds a line.
    mutating func line(_ text: String) {
        bytes += text.utf8
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count >= Output.flushBytes { flush() }
    }

    /// Writes what was gathered.
    mutating func flush() {
        Output.write(bytes, to: STDOUT_FILENO)
        bytes.removeAll(keepingCapacity: true)
    }

    deinit { Output.write(bytes, to: STDOUT_FILENO) }

    /// Writes one text with a line end at once.
    static func print(_ text: String) { write(Array(text.utf8) + [UInt8(ascii: "\n")], to: STDOUT_FILENO) }

    /// The descriptor of standard output.
    static var descriptor: Int32 { STDOUT_FILENO }

    /// True when a person reads what is written.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Ends the process.
    static func end(_ code: Int32) -> Never { exit(code) }

    /// Writes all bytes.
    ///
    /// A reader that went away, as `head` does, is no fault of ours: the program ends quietly.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var offset = 0
        while offset < bytes.count {
            let count = unsafe bytes[offset...].withUnsafeBytes {
                unsafe Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { end(errno == EPIPE ? ExitReason.done.rawValue : ExitReason.temporary.rawValue) }
            offset += count
        }
    }
}

/// Standard error: everything that is said about the work.
enum Talk {
    /// Says a line.
    static func say(_ text: String) { Output.write(Array("\(text)\n".utf8), to: STDERR_FILENO) }

    /// True when a person watches.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
