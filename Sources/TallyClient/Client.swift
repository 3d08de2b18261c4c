import NIOCore
import NIOPosix
import TallyBytes
public import TallyCodec
import TallyModel

/// A connection to the daemon's stream socket.
///
/// ```swift
/// let client = try await Client.connect(path: "/run/tallystick/stream.sock", name: "till-3")
/// let source = try await client.openSource("store-17/till-3")
/// var batch = BatchWriter(source: source.source, firstNumber: source.lastNumber + 1)
/// try batch.append(.purchase(receipt))
/// let results = try await client.send(batch)
/// ```
/// Requests may overlap; answers come in the order of the requests. When the connection ends, connect again: the source
/// says which of its events are stored.
public final class Client: Sendable {
    /// Seconds that a daemon has to accept a connection and to greet.
    public static let connectSecondsMax: Int64 = 10

    /// What the daemon said of itself: versions, limits, durability.
    public let welcome: Welcome
    private let channel: any NIOCore.Channel
    private let connection: NIOLoopBound<ClientConnection>

    private init(welcome: Welcome, link: Link) {
        self.welcome = welcome
        channel = link.channel
        connection = link.connection
    }

    /// Connects and greets.
    ///
    /// - Parameters:
    ///   - path: Where the daemon's stream socket is.
    ///   - name: What the client calls itself in the daemon's log; at most 255 bytes.
    /// - Returns: A client that may be used from any task.
    /// - Throws: ``ClientError`` when nobody is there, or the daemon refuses or speaks another version.
    public static func connect(path: String, name: String) async throws(ClientError) -> Client {
        let link = try await Link.open(path: path)
        let deadline = link.finish(
            after: connectSecondsMax,
            with: .unreachable(path: path, cause: "no welcome within \(connectSecondsMax) seconds"))
        defer { deadline.cancel() }
        let welcome = try await link.greet(name: name)
        guard welcome.protocolVersion == protocolVersion else {
            let error = ClientError.versionUnsupported(daemon: welcome.protocolVersion, client: protocolVersion)
            link.finish(with: error)
            throw error
        }
        link.set(credit: Int(welcome.credit))
        return Client(welcome: welcome, link: link)
    }

    /// Asks for a source by name; the ledger numbers it at the first time.
    ///
    /// - Parameter name: 1 to `Limits.identifierBytesMax` bytes, for example `store-17/till-3`.
    /// - Returns: The source's number and its last event that the log holds.
    /// - Throws: ``ClientError``.
    public func openSource(_ name: String) async throws(ClientError) -> SourceOpened {
        let request = OpenSource(name: name)
        return try await link.one(try Link.frame(request.encode(into:))) { message throws(CodecError) in
            try SourceOpened(message)
        }
    }

    /// Sends a batch and waits for its results.
    ///
    /// - Parameter batch: At least one event; the numbers follow those of the source.
    /// - Returns: An outcome for every event, in order; they are durable.
    /// - Throws: ``ClientError``. After `disconnected` some of the batch may be stored: ask where the source stands.
    public func send(_ batch: borrowing BatchWriter) async throws(ClientError) -> BatchResults {
        try await link.one(Link.frame(batch.message)) { message throws(CodecError) in try BatchResults(message) }
    }

    /// Sends a batch and returns as soon as it has left; waits only while the daemon's credit is used up.
    ///
    /// The way for many events a second: no array is built for the results, and several batches are under way.
    ///
    /// - Parameters:
    ///   - batch: The events; the writer can be used again at once.
    ///   - results: Takes the bytes of the `BatchResults`, on the client's own thread, lent for the call.
    ///   - failure: Takes the reason why there are no results, on the client's own thread.
    public func submit(
        _ batch: borrowing BatchWriter, results: @escaping @Sendable (RawSpan) -> Void,
        failure: @escaping @Sendable (ClientError) -> Void
    ) async {
        let answer = PendingAnswer(
            receive: { message throws(CodecError) in
                guard try Message.templateID(of: message) == BatchResultsLayout.templateID else {
                    throw CodecError(.unexpectedTemplate(try Message.templateID(of: message)), at: 2)
                }
                results(message)
                return true
            }, fail: failure)
        await link.send(Link.frame(batch.message), answer)
    }

    /// Closes the connection; requests that have no answer yet fail as disconnected.
    public func close() async {
        link.finish(with: .disconnected)
        try? await channel.closeFuture.get()
    }

    var link: Link { Link(channel: channel, connection: connection) }
}
