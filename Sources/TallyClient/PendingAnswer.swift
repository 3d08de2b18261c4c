import TallyCodec

/// A request on its way, and what is done with its answer.
///
/// Its closures run on the client's own thread.
struct PendingAnswer: Sendable {
    /// Takes a message of the answer.
    ///
    /// - Returns: True when it ends the answer.
    let receive: @Sendable (RawSpan) throws(CodecError) -> Bool
    /// Takes the reason why there is no answer, or no more of it.
    let fail: @Sendable (ClientError) -> Void
}
