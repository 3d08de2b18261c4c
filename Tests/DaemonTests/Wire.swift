import Glibc
import TallyBytes
import TallyCodec

/// A socket to the daemon that carries any bytes; it waits ten seconds at most for an answer.
final class Wire {
    private let descriptor: CInt
    private var received: [UInt8] = []

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let result = unsafe withSocketAddress(path) { unsafe connect(descriptor, $0, $1) }
        guard result == 0 else {
            // The descriptor is closed once, by deinit: closing it here too would close whoever has its number by then.
            throw Daemon.Failure(text: "connecting to \(path): errno \(errno)")
        }
    }

    deinit { close(descriptor) }

    /// Sends as much as the daemon takes: it may close before the end.
    func send(_ bytes: [UInt8]) {
        var left = bytes[...]
        while !left.isEmpty {
            let count = unsafe left.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            left = left.dropFirst(count)
        }
    }

    func shutdownWriting() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Reads until `isEnough` or the daemon closes.
    ///
    /// - Returns: False when the daemon neither answers nor closes.
    private func receive(until isEnough: ([UInt8]) -> Bool) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isEnough(received) {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 || (count < 0 && errno == ECONNRESET) { return true }
            // The end of another daemon interrupts whoever waits.
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            received += buffer[..<count]
        }
        return true
    }

    /// Everything that the daemon says until it closes the connection, as messages.
    func messagesToTheEnd() throws -> [[UInt8]] {
        guard receive(until: { _ in false }) else {
            throw Daemon.Failure(text: "the daemon neither answers nor closes")
        }
        let bytes = received
        var messages: [[UInt8]] = []
        var offset = 0
        while true {
            guard case .frame(let start, let count) = unsafe try Frame.next(in: bytes.span.bytes, at: offset) else {
                return messages
            }
            messages.append(Array(bytes[start..<(start + count)]))
            offset = start + count
        }
    }

    /// The next `count` lines, fewer when the daemon closes.
    func lines(_ count: Int) -> [String] {
        let lineFeed = UInt8(ascii: "\n")
        _ = receive { bytes in bytes.count { $0 == lineFeed } >= count }
        let lines = received.split(separator: lineFeed).map { String(decoding: $0, as: UTF8.self) }
        received = []
        return lines
    }
}

/// Lends the address of a socket in the file system.
func withSocketAddress<Result>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    return unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
