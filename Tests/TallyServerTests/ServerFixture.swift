import Glibc
import Logging
import Synchronization
import TallyServer

/// A directory for sockets that goes away with the test.
final class SocketDirectory {
    let path: String

    init() {
        var name = Array("/tmp/tally-XXXXXX".utf8CString)
        path = unsafe String(cString: mkdtemp(&name))
    }

    var socket: String { path + "/s.sock" }

    deinit {
        for name in ["s.sock", "t.sock", "new/s.sock"] { unsafe unlink(path + "/" + name) }
        unsafe rmdir(path + "/new")
        unsafe rmdir(path)
    }
}

/// Runs `body` against a server on a socket of its own and stops the server afterwards.
func withServer(
    _ engine: any RequestTaker, _ adjust: (inout ServerOptions) -> Void = { _ in },
    _ body: (Server, String) async throws -> Void
) async throws {
    let directory = SocketDirectory()
    var options = ServerOptions(socketPath: directory.socket)
    options.drainSeconds = 2
    options.lingerMilliseconds = 200
    adjust(&options)
    let server = Server(options: options, engine: engine, logger: silent)
    try await server.start()
    do {
        try await body(server, directory.socket)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Waits at most ten seconds until `condition` holds.
func eventually(_ condition: () -> Bool) async throws -> Bool {
    for _ in 0..<10_000 {
        if condition() { return true }
        try await Task.sleep(for: .milliseconds(1))
    }
    return false
}

/// The permission bits of the file at `path`; nil when there is none.
func mode(of path: String) -> UInt32? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status.st_mode & 0o777 : nil
}
