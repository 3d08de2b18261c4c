import Foundation
import TallyImport

/// A file or standard input, read in large pieces.
struct FileSource: Sendable {
    private let descriptor: Int32
    /// Bytes of the file; nil when it has no length, as a pipe.
    let byteCount: Int?

    private static let chunkBytes = 1 << 20

    /// Opens `path`; `-` is standard input.
    ///
    /// - Throws: ``Failure`` when there is no such file.
    init(path: String) throws {
        descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY)
        guard descriptor >= 0 else { throw Failure(.usage, "\(path): \(unsafe String(cString: strerror(errno)))") }
        let length = lseek(descriptor, 0, SEEK_END)
        if length >= 0 { lseek(descriptor, 0, SEEK_SET) }
        byteCount = length >= 0 ? Int(length) : nil
    }

    /// Appends the next bytes to `buffer`; nothing at the end.
    ///
    /// - Throws: `ImportFault.unreadable` with the system's reason.
    func read(into buffer: inout [UInt8]) throws(ImportFault) {
        var count = 0
        let chunk = unsafe [UInt8](unsafeUninitializedCapacity: FileSource.chunkBytes) { bytes, initialized in
            repeat {
                count = unsafe Foundation.read(descriptor, bytes.baseAddress, bytes.count)
            } while count < 0 && errno == EINTR
            initialized = max(0, count)
        }
        guard count >= 0 else { throw .unreadable(unsafe String(cString: strerror(errno))) }
        buffer += chunk
    }

    /// The whole text of a file.
    ///
    /// - Throws: ``Failure`` when it cannot be read or is not UTF-8.
    static func text(of path: String) throws -> String {
        let source = try FileSource(path: path)
        var bytes: [UInt8] = []
        var count = -1
        while bytes.count != count {
            count = bytes.count
            try source.read(into: &bytes)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.usage, "\(path): the file is not UTF-8")
        }
        return text
    }
}
