public import TallyCodec
public import TallyEngine

/// What the server needs from an engine. Tests put scripted ones behind real sockets.
public protocol RequestTaker: Sendable {
    /// The daemon's answer to a greeting.
    ///
    /// - Parameter server: Name and version of the daemon.
    func welcome(server: String) -> Welcome

    /// Takes a request, or says that it cannot. Never blocks; any thread may call it.
    func submit(_ request: any Request) -> Submission
}

extension Engine: RequestTaker {}
