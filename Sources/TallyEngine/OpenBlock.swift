import TallyBytes
import TallyLog

/// A block being filled, with the answers that may leave once it is durable.
///
/// Sendable because it has one owner at a time: the engine fills it, hands it to the writer through a ring, and takes it
/// back the same way. While the writer has it, both only read its records.
final class OpenBlock: @unchecked Sendable {
    let draft: BlockDraft
    /// Where the log ends before it.
    var expected = LogPosition.empty
    /// Where the log ends after it, once it is durable.
    var position: LogPosition?
    /// Why it could not be written.
    var failure: LogError?
    /// The answers' frames, one after the other.
    var frames = ByteWriter(capacity: 1 << 16)
    /// Records of the clock in it.
    var ticks = 0
    private var answers: [(request: any Request, end: Int)] = []
    /// Questions about the whole log that were asked after the events of this block: they wait until it is part of it.
    private var errands: [Errand] = []

    init(firstSequence: UInt64) { draft = BlockDraft(firstSequence: firstSequence) }

    /// True when nothing waits for it.
    var hasNoAnswers: Bool { answers.isEmpty && errands.isEmpty }

    /// Keeps a question until the block is durable.
    func keep(_ errand: Errand) { errands.append(errand) }

    /// Gives the questions away.
    func takeErrands() -> [Errand] {
        defer { errands.removeAll(keepingCapacity: true) }
        return errands
    }

    /// Notes that the frames written since the last note are the answer to a request.
    func noteAnswer(to request: any Request) { answers.append((request, frames.count)) }

    /// Lets the answers leave.
    func answerAll() {
        var start = 0
        for answer in answers {
            answer.request.answer(frames.bytes.extracting(start..<answer.end), isLast: true)
            start = answer.end
        }
        clearAnswers()
    }

    /// Refuses all requests: what they asked for is not durable.
    func refuseAll(_ frame: RawSpan) {
        for answer in answers { answer.request.answer(frame, isLast: true) }
        clearAnswers()
    }

    private func clearAnswers() {
        answers.removeAll(keepingCapacity: true)
        frames.removeAll()
    }

    /// Empties the block for its next use.
    func reset(firstSequence: UInt64) {
        draft.reset(firstSequence: firstSequence)
        position = nil
        failure = nil
        ticks = 0
        clearAnswers()
    }
}
