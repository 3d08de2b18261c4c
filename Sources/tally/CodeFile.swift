import Foundation
import TallyDecisions

/// A new file of codes that its owner alone may read: whoever has a code may spend it.
struct CodeFile: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private static let flushBytes = 1 << 16

    /// Makes the file.
    ///
    /// - Throws: ``Failure`` when it cannot be made, or one of that name is there already.
    init(path: String) throws {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(.usage, "\(path): \(unsafe String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// Writes serials and codes, and sees them on the disk.
    ///
    /// - Throws: ``Failure`` with the system's reason.
    func write(_ codes: IssuedCodes) throws {
        var bytes = Array("serial,code\n".utf8)
        for (serial, code) in codes {
            bytes += "\(serial),\(code)\n".utf8
            if bytes.count >= CodeFile.flushBytes { try flush(&bytes) }
        }
        try flush(&bytes)
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    /// Takes the file away again, because there is nothing to write to it.
    func remove() { unsafe unlink(path) }

    private func flush(_ bytes: inout [UInt8]) throws {
        var offset = 0
        while offset < bytes.count {
            let count = unsafe bytes[offset...].withUnsafeBytes {
                unsafe Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            offset += count
        }
        bytes.removeAll(keepingCapacity: true)
    }

    private func failure() -> Failure {
        let cause = unsafe String(cString: strerror(errno))
        return Failure(.temporary, "\(path): \(cause); write it again with `tally instruments codes`")
    }
}
