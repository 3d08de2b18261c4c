public import TallyCodec
public import TallyModel

/// Why the daemon did not do what was asked.
public enum ClientError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Nobody could be reached at the path.
    case unreachable(path: String, cause: String, remedy: String)
    /// The daemon refused the request; what was sent with it was not stored.
    case refused(Refusal)
    /// The request does not fit the schema, for example a member's key of more than 255 bytes; it was not sent.
    case unwritable(Rejection)
    /// The connection ended before the answer came. Whether a batch was stored is known only after connecting again and
    /// asking where the source stands.
    case disconnected
    /// The daemon's bytes are not what the schema says; the connection is closed.
    case protocolViolation(CodecError)
    /// The daemon speaks another version of the protocol.
    case versionUnsupported(daemon: UInt16, client: UInt16)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .unreachable(let path, let cause, let remedy): "no daemon at \(path): \(cause): \(remedy)"
        case .refused(let refusal) where refusal.retryAfterMilliseconds > 0:
            "\(refusal.text) (try again in \(refusal.retryAfterMilliseconds) ms)"
        case .refused(let refusal): refusal.text
        case .unwritable(let rejection): rejection.advice
        case .disconnected:
            "the daemon closed the connection before it answered: connect again, open the source, and go on from its last number"
        case .protocolViolation(let error):
            "the daemon's answer cannot be read: \(error): use a client of the daemon's version"
        case .versionUnsupported(let daemon, let client):
            "the daemon speaks version \(daemon) of the protocol, this client version \(client): use the same version of both"
        }
    }
}

extension ClientError {
    /// The failure of connecting to `path`.
    ///
    /// - Parameters:
    ///   - path: Where nobody answered.
    ///   - cause: What the system said.
    /// - Returns: The error with the remedy that fits the cause.
    static func unreachable(path: String, cause: String) -> ClientError {
        let remedy =
            if cause.contains("ermission denied") {
                "join the group that owns the socket, usually tally-pos"
            } else if path.utf8.count > 107 {
                "choose a path of at most 107 bytes"
            } else {
                "start tallyd, or give the path of its socket with --socket"
            }
        return .unreachable(path: path, cause: cause, remedy: remedy)
    }
}
