import NIOCore
import NIOPosix
import TallyBytes
import TallyCodec
import TallyModel

/// The way from tasks to the connection's event loop and back.
struct Link: Sendable {
    let channel: any NIOCore.Channel
    let connection: NIOLoopBound<ClientConnection>

    /// Connects, without a word yet.
    static func open(path: String) async throws(ClientError) -> Link {
        do {
            // The shared event loops never end, so a client needs no shutdown of its own.
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(Client.connectSecondsMax))
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 256 * 1024))
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let connection = ClientConnection()
                        try channel.pipeline.syncOperations.addHandler(connection)
                        return Link(
                            channel: channel, connection: NIOLoopBound(connection, eventLoop: channel.eventLoop))
                    }
                }
        } catch {
            throw .unreachable(path: path, cause: "\(error)")
        }
    }

    /// Sends preamble and hello.
    func greet(name: String) async throws(ClientError) -> Welcome {
        channel.eventLoop.execute { connection.value.send(preamble: Frame.preamble) }
        let hello = Hello(client: name)
        return try await one(try Link.frame(hello.encode(into:))) { message throws(CodecError) in try Welcome(message) }
    }

    /// Lets so many requests be unanswered at once.
    func set(credit: Int) { channel.eventLoop.execute { connection.value.set(credit: credit) } }

    /// Ends the connection for the reason given.
    func finish(with reason: ClientError) { channel.eventLoop.execute { connection.value.finish(reason) } }

    /// Ends the connection for the reason given unless the returned task is cancelled before.
    func finish(after seconds: Int64, with reason: ClientError) -> Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: .seconds(seconds)) { connection.value.finish(reason) }
    }

    /// Sends a request whose answer is one message.
    func one<Answer: Sendable>(
        _ frame: ByteBuffer, _ decode: @escaping @Sendable (RawSpan) throws(CodecError) -> Answer
    ) async throws(ClientError) -> Answer {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Answer, ClientError>, Never>) in
            let answer = PendingAnswer(
                receive: { message throws(CodecError) in
                    continuation.resume(returning: .success(try decode(message)))
                    return true
                }, fail: { continuation.resume(returning: .failure($0)) })
            channel.eventLoop.execute { connection.value.send(frame, answer: answer) {} }
        }
        return try result.get()
    }

    /// Sends a request and returns when it has left.
    func send(_ frame: ByteBuffer, _ answer: PendingAnswer) async {
        await withCheckedContinuation { continuation in
            channel.eventLoop.execute { connection.value.send(frame, answer: answer) { continuation.resume() } }
        }
    }

    /// The frame of a message that `encode` writes.
    ///
    /// - Throws: ``ClientError/unwritable(_:)``; nothing is sent then.
    static func frame(_ encode: (inout ByteWriter) throws(Rejection) -> Void) throws(ClientError) -> ByteBuffer {
        var writer = ByteWriter()
        do throws(Rejection) { try encode(&writer) } catch { throw .unwritable(error) }
        return frame(writer.bytes)
    }

    /// The frame of a message that is written already.
    static func frame(_ message: RawSpan) -> ByteBuffer {
        var frame = ByteBufferAllocator().buffer(capacity: Frame.lengthBytes + message.byteCount)
        frame.writeInteger(UInt32(message.byteCount), endianness: .little)
        frame.writeBytes(message)
        return frame
    }
}

extension Link {
    /// Sends a question whose answer is pages; returns after the one for which `take` says that it is the last.
    func pages(
        _ frame: ByteBuffer, _ take: @escaping @Sendable (RawSpan) throws(CodecError) -> Bool
    ) async throws(ClientError) {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Void, ClientError>, Never>) in
            let answer = PendingAnswer(
                receive: { message throws(CodecError) in
                    let isLast = try take(message)
                    if isLast { continuation.resume(returning: .success(())) }
                    return isLast
                }, fail: { continuation.resume(returning: .failure($0)) })
            channel.eventLoop.execute { connection.value.send(frame, answer: answer) {} }
        }
        try result.get()
    }
}
