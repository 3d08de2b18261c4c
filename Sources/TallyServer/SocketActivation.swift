/// Sockets that a service manager opened before it started the daemon.
///
/// Clients can then connect while the daemon starts or restarts: nobody is ever turned away, they only wait.
public enum SocketActivation {
    /// The first descriptor that a service manager passes.
    static let firstDescriptor: Int32 = 3

    /// The listening socket that `environment` promises to process `pid`.
    ///
    /// - Parameters:
    ///   - environment: `LISTEN_PID` says to whom the sockets belong, `LISTEN_FDS` how many there are.
    ///   - pid: The process that asks.
    /// - Returns: nil when none is promised to this process.
    /// - Throws: ``ServerError`` when more than one is: the daemon would not know which one to serve.
    public static func inheritedSocket(environment: [String: String], pid: Int32) throws(ServerError) -> Int32? {
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == pid,
            let count = environment["LISTEN_FDS"].flatMap({ Int($0) }), count > 0
        else { return nil }
        guard count == 1 else {
            throw ServerError(
                .inheritedSocketMissing,
                "LISTEN_FDS names \(count) sockets, the daemon serves one: keep one ListenStream in the socket unit")
        }
        return firstDescriptor
    }
}

extension ServerOptions {
    /// Where the socket is unless the operator says otherwise: in the user's runtime directory, else in the system's.
    ///
    /// - Parameter environment: `XDG_RUNTIME_DIR` is looked at.
    /// - Returns: A path; nothing is made there yet.
    public static func defaultSocketPath(environment: [String: String]) -> String {
        let runtime = environment["XDG_RUNTIME_DIR"] ?? ""
        return (runtime.isEmpty ? "/run" : runtime) + "/tallystick/stream.sock"
    }
}
