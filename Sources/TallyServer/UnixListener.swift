import Glibc
import TallyModel

/// A listening Unix socket and its name in the file system.
struct UnixListener {
    /// The socket; whoever takes it closes it.
    let descriptor: CInt
    /// The file that this listener made; nil when the socket was inherited and somebody else owns its file.
    private let file: SocketFile?

    /// Opens the socket that `options` describe.
    ///
    /// - Throws: ``ServerError`` with what stands in the way and what to do about it. Nothing is left behind then.
    static func open(_ options: ServerOptions) throws(ServerError) -> UnixListener {
        if let inherited = options.inheritedSocket {
            return UnixListener(descriptor: try checked(inherited), file: nil)
        }
        try SocketFile.check(path: options.socketPath)
        let directory = try DirectoryLock(parentOf: options.socketPath)
        defer { directory.release() }
        try SocketFile.removeStale(at: options.socketPath)
        let descriptor = try listen(at: options.socketPath, mode: options.socketMode)
        return UnixListener(descriptor: descriptor, file: try SocketFile(at: options.socketPath))
    }

    /// Removes the socket's file if it is still the one that this listener made.
    func removeFile() { file?.remove() }

    private static func checked(_ descriptor: CInt) throws(ServerError) -> CInt {
        var isListening: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size)
        guard result == 0, isListening != 0 else {
            throw ServerError(
                .inheritedSocketMissing,
                "descriptor \(descriptor) is no listening socket: start the daemon by its socket unit or without LISTEN_FDS"
            )
        }
        return descriptor
    }

    private static func listen(at path: String, mode: UInt32) throws(ServerError) -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ServerError.systemCall("socket", path: path) }
        do throws(ServerError) {
            // Linux gives the file the mode of the unbound socket less the umask: at no moment is it wider than asked for,
            // and nobody can connect before `listen`. The second call adds what the umask took.
            guard fchmod(descriptor, mode) == 0 else { throw ServerError.systemCall("fchmod", path: path) }
            guard SocketFile.bind(descriptor, to: path) == 0 else { throw ServerError.systemCall("bind", path: path) }
            guard unsafe chmod(path, mode) == 0 else { throw ServerError.systemCall("chmod", path: path) }
            guard Glibc.listen(descriptor, ServerOptions.backlog) == 0 else {
                throw ServerError.systemCall("listen", path: path)
            }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }
}
