internal import Glibc
internal import Synchronization

/// Which environments this process has open.
///
/// LMDB forbids opening one twice in a process, because closing either would drop the file locks of both, but it
/// does not notice. A path is no identity (links, mounts), so environments are known by device and inode.
enum EnvironmentRegistry {
    /// A directory, whatever it is called.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    private static let open = Mutex<Set<Identity>>([])

    /// Notes that `directory` is open.
    ///
    /// - Returns: What to give to ``release(_:)`` later.
    /// - Throws: ``LMDBError/alreadyOpen(directory:)``, or the system's error when there is no such directory.
    static func claim(_ directory: String) throws(LMDBError) -> Identity {
        var status = stat()
        guard unsafe stat(directory, &status) == 0 else {
            throw errno == ENOENT ? .missing(directory: directory) : .system(errno: errno)
        }
        let identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        let isNew = open.withLock { $0.insert(identity).inserted }
        guard isNew else { throw .alreadyOpen(directory: directory) }
        return identity
    }

    /// Forgets an environment that has been closed.
    static func release(_ identity: Identity) {
        open.withLock { _ = $0.remove(identity) }
    }
}
