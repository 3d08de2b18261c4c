import Glibc

/// The right to look at, remove and make a socket in a directory.
///
/// Two daemons that start at the same moment would otherwise both find a dead socket: the second would remove the one
/// that the first has just made. The lock is held for the moment of making only.
struct DirectoryLock {
    private let descriptor: CInt

    /// Makes the directory of `path` if it is missing, with mode 0750, and locks it; waits while another holds the lock.
    ///
    /// - Throws: ``ServerError`` when the directory cannot be made, opened or locked.
    init(parentOf path: String) throws(ServerError) {
        let directory = DirectoryLock.parent(of: path)
        if unsafe mkdir(directory, 0o750) != 0, errno != EEXIST { throw DirectoryLock.unusable(directory) }
        let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DirectoryLock.unusable(directory) }
        guard flock(descriptor, LOCK_EX) == 0 else {
            let error = DirectoryLock.unusable(directory)
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    /// Gives the lock back.
    func release() { close(descriptor) }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func unusable(_ directory: String) -> ServerError {
        let cause = unsafe String(cString: strerror(errno))
        return ServerError(
            .directoryUnusable,
            "the socket's directory \(directory) cannot be used: \(cause): create it for the daemon's user or choose another path with --socket"
        )
    }
}
