import TallyModel

/// When a connection reads and when it waits.
///
/// Everything that makes it wait ends by itself, and nothing grows meanwhile.
package struct FlowControl: Sendable {
    /// Requests whose answer has not left.
    package var unanswered = 0
    /// False while more answers wait for the client than it should leave unread.
    package var isWritable = true
    /// True while a request waits for room in the engine's queue.
    package var isEngineBusy = false
    /// True while the number of a source is on its way that the next lines of JSON need.
    package var isOpeningSource = false
    /// True once no further request is taken, because the server stops or the client said something wrong.
    package var isClosing = false

    /// The state of a new connection.
    package init() {}

    /// True when the next request may be taken from the bytes at hand.
    package var mayTake: Bool {
        !isClosing && isWritable && !isEngineBusy && !isOpeningSource && unanswered < Limits.framesInFlightMax
    }
}
