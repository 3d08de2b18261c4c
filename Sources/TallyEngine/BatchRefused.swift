import TallyCodec
import TallyModel

/// A batch that is not looked at event by event: nothing of it is stored.
struct BatchRefused: Error {
    var refusal: Refusal

    init(_ refusal: Refusal) { self.refusal = refusal }

    /// Broken bytes: the connection is closed, because nobody knows where the next frame begins to make sense.
    init(_ error: CodecError) {
        refusal = Refusal(
            .malformed, isClosing: true,
            text: "The frame is not a message of the schema, \(error). Nothing of it was stored; connect again.")
    }
}
