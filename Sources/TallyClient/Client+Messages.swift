public import TallyBytes
import TallyCodec

extension Client {
    /// Sends a batch that the caller has written byte for byte: the way of importers and load generators, which go from
    /// bytes to bytes without a `Command` between them.
    ///
    /// In everything else as ``submit(_:results:failure:)``.
    ///
    /// - Parameters:
    ///   - message: One `Batch` message with its events, without its length; copied before this returns.
    ///   - results: Takes the bytes of the `BatchResults`, on the client's own thread, lent for the call.
    ///   - failure: Takes the reason why there are no results, on the client's own thread.
    public func submit(
        message: borrowing ByteWriter, results: @escaping @Sendable (RawSpan) -> Void,
        failure: @escaping @Sendable (ClientError) -> Void
    ) async {
        let answer = PendingAnswer(
            receive: { answer throws(CodecError) in
                let template = try Message.templateID(of: answer)
                guard template == BatchResultsLayout.templateID else {
                    throw CodecError(.unexpectedTemplate(template), at: 2)
                }
                results(answer)
                return true
            }, fail: failure)
        await link.send(Link.frame(message.bytes), answer)
    }
}
