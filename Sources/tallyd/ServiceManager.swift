import Glibc

/// Tells systemd how the daemon stands, by the datagrams of sd_notify(3).
///
/// Without systemd it says nothing.
struct ServiceManager: Sendable {
    private let address: String?
    /// Microseconds within which the service manager wants to hear of a living daemon; nil when it does not.
    let watchdogMicroseconds: Int64?

    /// The manager that `environment` names.
    ///
    /// - Parameters:
    ///   - environment: `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` are looked at.
    ///   - pid: This process.
    init(environment: [String: String], pid: Int32) {
        address = environment["NOTIFY_SOCKET"].flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
        let isForUs = environment["WATCHDOG_PID"].map { $0 == "\(pid)" } ?? true
        watchdogMicroseconds = isForUs ? environment["WATCHDOG_USEC"].flatMap { Int64($0) } : nil
    }

    /// The socket is open and answers.
    func ready() { notify("READY=1\nSTATUS=serving") }

    /// The daemon stops.
    func stopping() { notify("STOPPING=1\nSTATUS=stopping") }

    /// The daemon lives.
    func alive() { notify("WATCHDOG=1") }

    /// What the daemon does, for `systemctl status`.
    func status(_ text: String) { notify("STATUS=\(text)") }

    /// What the daemon does while it starts: a long recovery asks for more time with every step that it reports.
    func starting(_ text: String) { notify("STATUS=\(text)\nEXTEND_TIMEOUT_USEC=60000000") }

    private func notify(_ message: String) {
        guard let address else { return }
        let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        var name = Array(address.utf8)
        guard name.count < MemoryLayout.size(ofValue: target.sun_path) else { return }
        // "@" stands for the zero byte with which names outside the file system begin.
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        unsafe withUnsafeMutableBytes(of: &target.sun_path) { unsafe $0.copyBytes(from: name) }
        let size = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let bytes = Array(message.utf8)
        _ = unsafe withUnsafePointer(to: &target) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                // The manager's ear is not worth an error: the daemon works without it.
                unsafe sendto(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL), $0, size)
            }
        }
    }
}
