import TallyBytes
import TallyCodec
import TallyDecisions
import TallyLog
import TallyModel
import TallyProjections
import TallyRing
import TallyTables

/// The path of every event, as a list of steps.
///
/// One thread owns it and everything it points to.
///
/// ```
///   requests ─► 1 collect ─► 2 admit ─► 3 evaluate ─► 4 record ─► 5 apply ─► 6 append ─► 7 reply
///                              └─────────── event by event ──────────┘        └── writer ──┘
/// ```
/// Durable before told, not before thought: batch N+1 is decided on the state after batch N while N is being synced. The
/// state in memory may run ahead of the disk; an answer never does.
struct Pipeline: ~Copyable {
    let services: EngineServices
    let decider: Decider
    /// Keeps promotions compiled.
    let desk: PromotionDesk?
    var state: ProgrammeState

    /// The block being filled.
    var filling: OpenBlock
    /// The block that the writer has; read only until it is taken back.
    var writing: OpenBlock?
    /// A block that waits for its next use.
    var spare: OpenBlock?
    /// Where the log ends, as far as it is durable.
    var durable: LogPosition
    /// Why nothing more can be written.
    var failure: EngineError?

    var recent = RecentRuns()
    var checkpoints: CheckpointSchedule
    var outcomes: [Outcome] = []
    /// The record being decided.
    ///
    /// It has a place of its own because deciding may look into the block that it goes to.
    var record = ByteWriter(capacity: 1 << 16)
    /// Requests for a digest of the state at their sequence or later.
    var digestWaiters: [(request: any Request, sequence: UInt64)] = []

    /// Bytes of records after which a block is full: a larger one gains little and delays its answers.
    static let blockBytesMax = 1 << 20

    /// Bytes of records that the engine writes itself when nobody else waits.
    ///
    /// Deciding the next block beside the sync would
    /// save little for so few events, and handing them over costs two changes of thread.
    static let ownBytesMax = 1 << 16

    /// Runs until the engine is stopped and everything accepted is answered.
    mutating func run() {
        while true {
            // 1 Collect: whatever has gathered while the last block was being synced, up to one block's worth.
            while !isFull, let queued = services.requests.tryPop() { take(queued.request) }
            takeBackFromWriter()
            takeBackFromCheckpointer()
            // The clock is a source like any other: what it brings is recorded and applied between the tills' events.
            tick()
            // 6 Append, 7 reply: the writer syncs the block and lets its answers leave.
            handOver()
            scheduleCheckpoint()
            if services.isClosed, isIdle, checkpoints.isSettled(state.sequence) || failure != nil { return }
            if !canGoOn { sleep() }
        }
    }

    /// Waits for a request, or, while the block is full, for one of the other threads.
    private func sleep() {
        if isFull {
            // Hashing takes about as long as writing. Here it costs nobody time: the writer is busy with the block before.
            filling.draft.sealContent()
            services.requests.waitForWake(timeoutMicroseconds: 100_000)
        } else {
            services.requests.wait(timeoutMicroseconds: 100_000)
        }
    }

    /// True when no more fits into the block; the queue then holds what arrives, and a full queue stops the doors.
    var isFull: Bool {
        filling.draft.recordCount >= Limits.batchEventsMax || filling.draft.records.count >= Pipeline.blockBytesMax
    }

    /// True when there is work that needs nobody else.
    private var canGoOn: Bool {
        (!services.requests.isEmpty && !isFull) || isTickDue
            || (writing == nil && !(filling.draft.isEmpty && filling.hasNoAnswers))
    }

    var isIdle: Bool {
        services.requests.isEmpty && writing == nil && filling.draft.isEmpty && filling.hasNoAnswers
    }

    // MARK: Steps 2 to 5

    /// Sends a request on its way by the kind of its message.
    private mutating func take(_ request: any Request) {
        var template: UInt16 = 0
        request.withMessage { template = (try? Message.templateID(of: $0)) ?? 0 }
        switch template {
        case BatchLayout.templateID where failure != nil, OpenSourceLayout.templateID where failure != nil:
            // What cannot become durable is not even decided; questions go on.
            request.answer(readOnlyRefusal().bytes, isLast: true)
        case BatchLayout.templateID: takeBatch(request)
        case OpenSourceLayout.templateID: takeOpenSource(request)
        case AskQuoteLayout.templateID: takeQuote(request)
        default: takeQuestion(request)
        }
    }

    /// Decides the events of a batch one by one, in order: each sees what the ones before it did.
    private mutating func takeBatch(_ request: any Request) {
        request.withMessage { message in
            do throws(BatchRefused) {
                let batch = try admittedBatch(message)
                if let refusal = refusal(of: batch) { throw BatchRefused(refusal) }
                let first = batch.firstNumber
                // One for the whole batch: the blocks it looks into change between batches only.
                let history = history
                outcomes.removeAll(keepingCapacity: true)
                var clock = services.now()
                var offset = 0
                for index in 0..<batch.count {
                    let event = try Pipeline.event(of: batch, at: &offset)
                    outcomes.append(
                        decide(event, source: batch.source, number: first &+ UInt64(index), history, &clock))
                }
                reply(to: batch)
            } catch {
                refuse(error.refusal)
            }
        }
        filling.noteAnswer(to: request)
    }

    /// Steps 2 to 5 for one event.
    private mutating func decide(
        _ command: RawSpan, source: SourceNumber, number: UInt64, _ history: History, _ clock: inout Int64
    ) -> Outcome {
        let last = state.sources[Int(source.rawValue)].lastNumber
        let digest = decider.digest(command: command)
        // 2 Admit: an event is its source's next, or it is answered without being decided.
        guard number == last &+ 1 else {
            return number > last
                ? Outcome(status: .gap, code: Rejection.numberTooHigh.rawValue)
                : repeated(digest: digest, source: source, number: number, history)
        }
        clock = max(clock, state.recordedAt + 1)
        let envelope = RecordEnvelope(
            recordedAt: clock, source: source.rawValue, number: number, commandDigest: digest)
        // 3 Evaluate, 4 record: the rules say yes or no, and either is written down.
        record.removeAll()
        var outcome = decider.decide(
            command, envelope, state: state, history: history, desk: desk, into: &record)
        outcome.sequence = state.sequence + 1
        // 5 Apply: the same function as in a restart or a replay.
        takeRecord(envelope)
        if state.ledger[0].clockTarget > state.ledger[0].clock { followClock() }
        return outcome
    }

    /// Takes ``record`` into the block and into the state.
    mutating func takeRecord(_ envelope: RecordEnvelope) {
        let draft = filling.draft
        draft.noteRecord(offset: draft.records.count, source: envelope.source, number: envelope.number)
        draft.records.append(bytes: record.bytes)
        draft.lastRecordedAt = envelope.recordedAt
        Pipeline.apply(record, to: &state)
    }

    private static func apply(_ record: borrowing ByteWriter, to state: inout ProgrammeState) {
        let sequence = state.sequence + 1
        do throws(StateError) {
            try state.apply(record.bytes, sequence: sequence)
        } catch {
            // The record was just decided on this very state: going on would write what no replay can read.
            fatalError("A record that was just decided cannot be applied: \(error). Nothing of its block was told.")
        }
    }

    // MARK: Steps 6 and 7

    /// Gives the filled block to the writer when it is free.
    private mutating func handOver() {
        guard writing == nil else { return }
        guard !filling.draft.isEmpty else {
            // Nothing new to sync, and all before it is durable: the answers may leave.
            filling.answerAll()
            sendErrands(of: filling)
            return
        }
        filling.expected = durable
        // While the writer has the block this thread looks repeats and purchases up in it, so both may only read.
        filling.draft.closeTables()
        checkpoints.copyIfDue(&state, now: services.monotonic())
        let next = spare ?? OpenBlock(firstSequence: 1)
        spare = nil
        next.reset(firstSequence: state.sequence + 1)
        let block = filling
        writing = block
        filling = next
        if services.requests.isEmpty, block.draft.records.count <= Pipeline.ownBytesMax {
            services.writer.append(block)
            finish(block)
        } else {
            services.writer.write(block)
        }
    }

    /// Takes the block back that the writer is done with.
    private mutating func takeBackFromWriter() {
        if let block = services.writer.takeBack() { finish(block) }
    }

    /// Notes how the block ended that was being written.
    private mutating func finish(_ block: OpenBlock) {
        writing = nil
        if let position = block.position {
            durable = position
            block.draft.forEachRun { run, first in recent.add(run, firstSequence: first) }
            checkpoints.blockIsDurable(position, runs: recent, with: services.checkpointer)
            services.metrics.wrote(records: block.draft.recordCount, bytes: block.draft.records.count)
        } else if let error = block.failure {
            failure = EngineError(error)
            services.fail(EngineError(error))
            checkpoints.abandon()
            // What was decided on top of the lost block is lost with it.
            refuseFilled()
            filling.draft.reset(firstSequence: durable.sequence + 1)
            // No checkpoint is taken any more, so nobody waits for its digest.
            answerDigestWaiters()
        }
        // Also after a failure: what is durable can still be asked about.
        sendErrands(of: block)
        spare = block
    }

    /// After a failed write nothing can become durable, so whatever waits for that is refused.
    private mutating func refuseFilled() {
        sendErrands(of: filling)
        filling.refuseAll(readOnlyRefusal().bytes)
    }

    private func readOnlyRefusal() -> ByteWriter {
        var writer = ByteWriter(capacity: 1024)
        let cause = failure?.message ?? "the log cannot be written"
        let text = "Nothing of this was stored: \(cause). Ask where the source stands after the restart."
        writer.appendFrame { Refusal(.readOnly, isClosing: true, text: text).encode(into: &$0) }
        return writer
    }
}
