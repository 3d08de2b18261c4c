import TallyModel

/// How the stream socket is offered.
///
/// Every bound has a name and a unit.
public struct ServerOptions: Sendable {
    /// Where the socket appears in the file system; at most 107 bytes.
    public var socketPath: String
    /// Permission bits of the socket file.
    ///
    /// Connecting needs the right to write.
    public var socketMode: UInt32 = 0o660
    /// A socket that is bound and listening already, for example from systemd; nil to make one at ``socketPath``.
    public var inheritedSocket: Int32?
    /// What the daemon calls itself in its welcome.
    public var serverName: String = "tallyd"
    /// Threads that read and write sockets.
    ///
    /// One moves more events a second than a disk can sync.
    public var eventLoopThreads: Int = 1
    /// Connections at once; the next one is told that the daemon is busy.
    public var connectionsMax: Int = Limits.connectionsMax
    /// Seconds that clients have to read their last answers when the server stops or has refused them.
    public var drainSeconds: Int64 = 10
    /// Milliseconds for which a refused client may go on sending before its connection is cut.
    ///
    /// What it sends is dropped, but a connection cut at once could lose the refusal that explains it.
    public var lingerMilliseconds: Int64 = 1_000
    /// Milliseconds after which a frame that found the engine's queue full is offered again.
    public var busyRetryMilliseconds: Int64 = 1
    /// Bytes of answers that may wait for a client to read them.
    ///
    /// Nothing is read from a client that does not read; one that asks for the balances of everybody and then does not
    /// read them is cut off here.
    public var answerBytesMax: Int = 256 * 1024 * 1024

    /// Bytes of answers above which nothing more is read from a client until it has read some itself.
    static let unreadAnswerBytesHigh = 1024 * 1024
    /// Bytes of answers below which reading goes on.
    static let unreadAnswerBytesLow = 256 * 1024
    /// Bytes that one read from a socket takes at most.
    static let readBytes = 256 * 1024
    /// Connections that may wait to be accepted.
    static let backlog: Int32 = 512

    /// Options with the defaults of this version.
    ///
    /// - Parameter socketPath: Where the socket appears; at most 107 bytes.
    public init(socketPath: String) { self.socketPath = socketPath }
}
