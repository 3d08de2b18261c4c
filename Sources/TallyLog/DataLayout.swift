internal import Glibc

/// Where things are in a data directory.
///
/// ```
/// DATA/log/     the log: an LMDB environment, the only thing that must never be lost
/// DATA/head     where the log ends, outside LMDB, so that an old copy of the log is noticed
/// DATA/state/   everything computed from the log: an LMDB environment that may be deleted at any time
/// ```
public struct DataLayout: Sendable, Hashable {
    /// The data directory.
    public let directory: String

    /// The layout of a data directory.
    public init(directory: String) { self.directory = directory }

    /// The directory of the log.
    public var logDirectory: String { directory + "/log" }
    /// The directory of the computed state.
    public var stateDirectory: String { directory + "/state" }
    /// The head file.
    public var headPath: String { directory + "/head" }

    /// Makes a directory that only its owner can enter; one that is there already is fine.
    ///
    /// - Returns: 0, or the system's `errno`.
    static func makeDirectory(_ path: String) -> Int32 {
        unsafe mkdir(path, 0o700) == 0 || errno == EEXIST ? 0 : errno
    }

    /// Writes the entries of a directory to disk: a new file is durable only when its name is.
    ///
    /// - Returns: 0, or the system's `errno`.
    static func syncDirectory(_ path: String) -> Int32 {
        let file = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { return errno }
        defer { close(file) }
        return fsync(file) == 0 ? 0 : errno
    }
}
