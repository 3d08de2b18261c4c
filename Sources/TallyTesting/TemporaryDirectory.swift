internal import Glibc

/// A directory for one test, deleted with everything in it when the test lets go of it.
public final class TemporaryDirectory: Sendable {
    /// The path of the directory.
    public let path: String

    /// A new, empty directory.
    ///
    /// - Parameter prefix: How its name begins, to recognise it.
    public init(prefix: String = "tally") {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/\(prefix)-XXXXXX".utf8CString)
        let made = unsafe mkdtemp(&template)
        precondition(unsafe made != nil, "A test needs a directory that it may write to.")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.delete(path) }

    /// The path of something inside.
    public func appending(_ name: String) -> String { path + "/" + name }

    private static func delete(_ path: String) {
        guard let directory = unsafe opendir(path) else {
            unsafe _ = unlink(path)
            return
        }
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != "." && name != ".." { deleteEntry(path + "/" + name) }
        }
        unsafe _ = closedir(directory)
        unsafe _ = rmdir(path)
    }

    /// Deletes a file or a link itself, and a directory with everything in it.
    private static func deleteEntry(_ path: String) {
        if unsafe unlink(path) != 0 { delete(path) }
    }
}
