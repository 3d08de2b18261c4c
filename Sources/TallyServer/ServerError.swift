/// Why the stream socket could not be offered: what failed, where, and what to do.
public struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What failed.
    public enum Code: Sendable, Hashable {
        /// The path is longer than the kernel takes.
        case pathTooLong
        /// Another daemon listens on the path.
        case socketInUse
        /// Something that is no socket stands at the path.
        case notASocket
        /// The directory of the socket cannot be made or opened.
        case directoryUnusable
        /// The kernel refused a call.
        case systemCallFailed
        /// The environment promises a socket that is not there.
        case inheritedSocketMissing
    }

    /// What failed.
    public var code: Code
    /// One sentence or two with the values at hand and the remedy.
    public var message: String

    /// An error of its parts.
    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// The message.
    public var description: String { message }
}
