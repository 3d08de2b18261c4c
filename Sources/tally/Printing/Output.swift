import Foundation

/// Standard output, or a file in its place: data only.
///
/// Lines are gathered and written in large pieces.
struct Output: ~Copyable {
    private var bytes: [UInt8] = []
    private let descriptor: Int32
    private static let flushBytes = 1 << 16

    /// An output that nothing was written to.
    init(_ descriptor: Int32 = Output.standard) { self.descriptor = descriptor }

    /// Adds a line.
    mutating func line(_ text: String) {
        bytes += text.utf8
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count >= Output.flushBytes { flush() }
    }

    /// Writes what was gathered.
    mutating func flush() {
        Output.write(bytes, to: descriptor)
        bytes.removeAll(keepingCapacity: true)
    }

    deinit { Output.write(bytes, to: descriptor) }

    /// Writes one text with a line end at once.
    static func print(_ text: String) { write(Array(text.utf8) + [UInt8(ascii: "\n")], to: STDOUT_FILENO) }

    /// The descriptor of standard output.
    static var standard: Int32 { STDOUT_FILENO }

    /// True when a person reads what is written.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Opens a file, which is made or replaced, for the rest of the program.
    ///
    /// - Returns: Its descriptor; that of standard output when there is no file.
    /// - Throws: ``Failure`` when it cannot be opened.
    static func open(file: String?) throws -> Int32 {
        guard let file else { return standard }
        let descriptor = unsafe Foundation.open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(.usage, "\(file): \(unsafe String(cString: strerror(errno)))") }
        return descriptor
    }

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
