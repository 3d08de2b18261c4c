public import TallyCodec
public import TallyEngine

/// What the server needs from an engine.
///
/// Tests put scripted ones behind real sockets.
public protocol RequestTaker: Sendable {
    /// The daemon's answer to a greeting.
    ///
    /// - Parameter server: Name and version of the daemon.
    /// - Returns: Versions, limits, durability and where the log stands.
    func welcome(server: String) -> Welcome

    /// Takes a request, or says that it cannot.
    ///
    /// It never blocks, and any thread may call it.
    ///
    /// - Parameter request: It is answered once or, for a long answer, in parts, from any thread.
    /// - Returns: Whether it will be answered.
    func submit(_ request: any Request) -> Submission
}

extension Engine: RequestTaker {}
