import Glibc
import TallyServer
import Testing

@Suite(.serialized) struct SocketFileTests {
    private func start(_ adjust: (inout ServerOptions) -> Void) async -> Result<Server, ServerError> {
        var options = ServerOptions(socketPath: "")
        adjust(&options)
        let server = Server(options: options, engine: ScriptedEngine(), logger: silent)
        do {
            try await server.start()
            return .success(server)
        } catch {
            return .failure(error)
        }
    }

    private func code(_ result: Result<Server, ServerError>) async -> ServerError.Code? {
        switch result {
        case .success(let server):
            await server.stop()
            return nil
        case .failure(let error): return error.code
        }
    }

    /// Leaves a socket file behind that nobody listens on, as a daemon does that is killed.
    private func leaveStaleSocket(at path: String) {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        _ = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        close(descriptor)
    }

    @Test(arguments: [0o600, 0o640, 0o660, 0o666] as [UInt32])
    func `the socket has the mode asked for, whatever the umask`(bits: UInt32) async throws {
        let directory = SocketDirectory()
        let result = await start { ($0.socketPath, $0.socketMode) = (directory.socket, bits) }
        #expect(mode(of: directory.socket) == bits)
        #expect(await code(result) == nil)
        #expect(mode(of: directory.socket) == nil)
    }

    @Test func `a missing directory is made for the owner and the group only`() async {
        let directory = SocketDirectory()
        #expect(await code(start { $0.socketPath = directory.path + "/new/s.sock" }) == nil)
        #expect(mode(of: directory.path + "/new") == 0o750)
    }

    @Test func `a socket that nobody listens on is replaced`() async {
        let directory = SocketDirectory()
        leaveStaleSocket(at: directory.socket)
        #expect(mode(of: directory.socket) != nil)
        #expect(await code(start { $0.socketPath = directory.socket }) == nil)
    }

    @Test func `a second server on the same socket is refused and the first goes on`() async throws {
        try await withServer(ScriptedEngine()) { _, path in
            #expect(await code(start { $0.socketPath = path }) == .socketInUse)
            let client = try RawClient(path)
            try await client.send(Sent.greeting)
            #expect(try await client.messages(1).count == 1)
        }
    }

    @Test func `a file that is no socket is left alone`() async {
        let directory = SocketDirectory()
        close(unsafe open(directory.socket, O_CREAT | O_WRONLY, 0o600))
        #expect(await code(start { $0.socketPath = directory.socket }) == .notASocket)
        #expect(mode(of: directory.socket) == 0o600)
    }

    @Test(arguments: [(107, nil), (108, .pathTooLong), (0, .pathTooLong)] as [(Int, ServerError.Code?)])
    func `a path has at most 107 bytes`(length: Int, expected: ServerError.Code?) async {
        let directory = SocketDirectory()
        let missing = max(0, length - directory.path.utf8.count - 1)
        let path = length == 0 ? "" : directory.path + "/" + String(repeating: "s", count: missing)
        #expect(await code(start { $0.socketPath = path }) == expected)
    }

    @Test func `a socket that took the name since is not removed at the end`() async throws {
        let directory = SocketDirectory()
        let server = try await start { $0.socketPath = directory.socket }.get()
        unsafe unlink(directory.socket)
        leaveStaleSocket(at: directory.socket)
        await server.stop()
        #expect(mode(of: directory.socket) != nil)
    }

    @Test func `a directory that cannot be made is named`() async {
        let result = await start { $0.socketPath = "/proc/nowhere/s.sock" }
        guard case .failure(let error) = result else {
            Issue.record("the server started")
            return
        }
        #expect(error.code == .directoryUnusable)
        #expect(error.message.contains("/proc/nowhere"))
    }

    @Test(
        arguments: [
            ([:], nil), (["LISTEN_PID": "7", "LISTEN_FDS": "1"], 3), (["LISTEN_PID": "8", "LISTEN_FDS": "1"], nil),
            (["LISTEN_PID": "7", "LISTEN_FDS": "0"], nil),
        ] as [([String: String], Int32?)])
    func `a socket is inherited only when it is meant for this process`(
        environment: [String: String], descriptor: Int32?
    ) throws {
        #expect(try SocketActivation.inheritedSocket(environment: environment, pid: 7) == descriptor)
    }

    @Test func `several inherited sockets are refused`() {
        #expect(throws: ServerError.self) {
            try SocketActivation.inheritedSocket(environment: ["LISTEN_PID": "7", "LISTEN_FDS": "2"], pid: 7)
        }
    }

    @Test func `a descriptor that is no listening socket is refused`() async {
        let file = unsafe open("/dev/null", O_RDONLY)
        defer { close(file) }
        #expect(await code(start { $0.inheritedSocket = file }) == .inheritedSocketMissing)
    }
}
