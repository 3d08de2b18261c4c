import Glibc
import TallyBytes
import TallyCodec
import TallyModel

/// A client that sends any bytes it likes.
///
/// It never blocks a thread: it tries, sleeps a millisecond, tries again.
final class RawClient {
    private let descriptor: CInt
    private var received: [UInt8] = []
    private(set) var hasEnded = false

    struct Failure: Error { var text: String }

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            // The descriptor is closed once, by deinit: closing it here too would close whoever has its number by then.
            throw Failure(text: "connect: errno \(errno)")
        }
    }

    deinit { close(descriptor) }

    /// Sends what the kernel takes at once.
    ///
    /// - Returns: Bytes sent; 0 when the daemon does not read.
    func sendSome(_ bytes: [UInt8]) -> Int {
        max(0, unsafe Glibc.send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL)))
    }

    /// Sends everything.
    func send(_ bytes: [UInt8]) async throws {
        var left = bytes[...]
        for _ in 0..<10_000 where !left.isEmpty {
            left = left.dropFirst(sendSome(Array(left)))
            if !left.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        }
        guard left.isEmpty else { throw Failure(text: "\(left.count) bytes could not be sent") }
    }

    func send(text: String) async throws { try await send(Array(text.utf8)) }

    func shutdownWriting() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Takes what has arrived.
    private func receiveSome() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { received += buffer[..<count] }
        if count == 0 || (count < 0 && errno != EAGAIN) { hasEnded = true }
    }

    /// The next `count` messages, or fewer when the daemon closes or ten seconds pass.
    func messages(_ count: Int) async throws -> [[UInt8]] {
        var messages: [[UInt8]] = []
        for _ in 0..<10_000 {
            receiveSome()
            while messages.count < count, let message = try nextMessage() { messages.append(message) }
            if messages.count == count || hasEnded { break }
            try await Task.sleep(for: .milliseconds(1))
        }
        return messages
    }

    private func nextMessage() throws -> [UInt8]? {
        let bytes = received
        guard case .frame(let offset, let length) = unsafe try Frame.next(in: bytes.span.bytes) else { return nil }
        received.removeFirst(offset + length)
        return Array(bytes[offset..<(offset + length)])
    }

    /// The next refusals' texts.
    func refusals(_ count: Int) async throws -> [String] {
        try await messages(count).map { message in
            try Received.refusal(message).text.split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
        }
    }

    /// The next `count` lines, or fewer when the daemon closes or ten seconds pass.
    func lines(_ count: Int) async throws -> [String] {
        var lines: [String] = []
        for _ in 0..<10_000 {
            receiveSome()
            while lines.count < count, let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                lines.append(String(decoding: received[..<end], as: UTF8.self))
                received.removeFirst(end + 1)
            }
            if lines.count == count || hasEnded { break }
            try await Task.sleep(for: .milliseconds(1))
        }
        return lines
    }

    /// Waits at most ten seconds for the daemon to close.
    func waitForEnd() async throws {
        for _ in 0..<10_000 where !hasEnded {
            receiveSome()
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}

/// Bytes as clients send them.
enum Sent {
    static func frame(_ encode: (inout ByteWriter) -> Void) -> [UInt8] {
        var writer = ByteWriter()
        writer.appendFrame(encode)
        return unsafe writer.bytes.withUnsafeBytes { unsafe Array($0) }
    }

    static let hello = frame { Hello(client: "test").encode(into: &$0) }
    static let status = frame { try! Question.status(wantDigest: false).encode(into: &$0) }
    static let greeting = Frame.preamble + hello
}

/// Messages as clients read them.
enum Received {
    static func refusal(_ message: [UInt8]) throws -> Refusal { unsafe try Refusal(message.span.bytes) }

    static func welcome(_ message: [UInt8]) throws -> Welcome { unsafe try Welcome(message.span.bytes) }
}
