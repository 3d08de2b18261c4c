import Glibc

/// The name of a socket in the file system, and the file that stands there.
struct SocketFile {
    /// Bytes of a path that the kernel takes, without the zero at its end.
    static let pathBytesMax = 107

    private let path: String
    private let device: dev_t
    private let inode: ino_t

    /// Remembers the file at `path`, so that it can be told from one that stands there later.
    init(at path: String) throws(ServerError) {
        guard let status = SocketFile.status(of: path) else { throw ServerError.systemCall("stat", path: path) }
        (self.path, device, inode) = (path, status.st_dev, status.st_ino)
    }

    /// Removes the file if it is still the same.
    func remove() {
        guard let status = SocketFile.status(of: path), status.st_dev == device, status.st_ino == inode else { return }
        unsafe unlink(path)
    }

    /// Checks that a socket can have `path` as its name.
    static func check(path: String) throws(ServerError) {
        guard !path.isEmpty, path.utf8.count <= pathBytesMax else {
            throw ServerError(
                .pathTooLong,
                "the socket path has \(path.utf8.count) bytes, 1 to \(pathBytesMax) are possible: choose a shorter one with --socket (\(path))"
            )
        }
    }

    /// Removes a socket that nobody listens on any more, as a daemon leaves it that was killed.
    ///
    /// - Throws: ``ServerError`` when somebody listens, or when something else than a socket stands there; it is untouched.
    static func removeStale(at path: String) throws(ServerError) {
        guard let status = status(of: path) else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw ServerError(
                .notASocket, "\(path) exists and is no socket: move it away or choose another path with --socket")
        }
        switch connectError(path) {
        case ECONNREFUSED: unsafe unlink(path)
        case ENOENT: break
        case EACCES:
            throw ServerError(
                .socketInUse, "\(path) exists and may not be tried: run the daemon as its owner or choose another path")
        default:
            throw ServerError(
                .socketInUse, "another daemon listens on \(path): stop it first or choose another path with --socket")
        }
    }

    /// Binds `descriptor` to `path`.
    ///
    /// - Returns: 0, or -1 with `errno` set.
    static func bind(_ descriptor: CInt, to path: String) -> CInt {
        unsafe withAddress(of: path) { address, size in unsafe Glibc.bind(descriptor, address, size) }
    }

    /// Why connecting fails; 0 when it does not.
    private static func connectError(_ path: String) -> CInt {
        // Not blocking: a listener whose queue is full says EAGAIN, and it lives all the same.
        let flags = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, flags, 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        let result = unsafe withAddress(of: path) { address, size in unsafe connect(descriptor, address, size) }
        return result == 0 ? 0 : errno
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status : nil
    }

    private static func withAddress(
        of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // The path fits with a zero behind it: `check(path:)` came first.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

extension ServerError {
    /// The failure of the system call that came last.
    static func systemCall(_ name: String, path: String) -> ServerError {
        let cause = unsafe String(cString: strerror(errno))
        return ServerError(
            .systemCallFailed, "\(name) failed for the socket \(path): \(cause): check the directory's owner and mode")
    }
}
