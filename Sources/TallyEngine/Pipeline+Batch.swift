import TallyBytes
import TallyCodec
import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables

extension Pipeline {
    /// Reads the head of a batch and checks the form of all its events before any of them is decided.
    @_lifetime(copy message)
    func admittedBatch(_ message: RawSpan) throws(BatchRefused) -> BatchView {
        do throws(CodecError) {
            let batch = try BatchView(message)
            try check(batch)
            try batch.checkEvents()
            var offset = 0
            for _ in 0..<batch.count { try Decider.checkForm(batch.event(at: &offset)) }
            return batch
        } catch {
            throw BatchRefused(error)
        }
    }

    private func check(_ batch: borrowing BatchView) throws(CodecError) {
        guard batch.firstNumber > 0, batch.firstNumber <= UInt64.max - UInt64(batch.count) else {
            throw CodecError(.valueUnknown(field: "firstNumber", value: Int64(truncatingIfNeeded: batch.firstNumber)))
        }
    }

    /// Checks what is wrong with a batch as a whole although its bytes are sound.
    func refusal(of batch: borrowing BatchView) -> Refusal? {
        guard batch.count > 0, batch.count <= Limits.batchEventsMax else {
            return Refusal(
                .batchSize, isClosing: false,
                text: "The batch has \(batch.count) events; send 1 to \(Limits.batchEventsMax).")
        }
        guard batch.source != .ledger, Int(batch.source.rawValue) < state.sources.count else {
            return Refusal(
                .sourceUnknown, isClosing: false,
                text: "Source \(batch.source.rawValue) was not opened in this ledger: open it by name first.")
        }
        return nil
    }

    /// The next event of a batch whose form was checked.
    @_lifetime(copy batch)
    static func event(of batch: BatchView, at offset: inout Int) throws(BatchRefused) -> RawSpan {
        do throws(CodecError) { return try batch.event(at: &offset) } catch { throw BatchRefused(error) }
    }

    /// Writes the outcomes of a batch behind the answers of the block.
    mutating func reply(to batch: borrowing BatchView) {
        let nextNumber = state.sources[Int(batch.source.rawValue)].lastNumber + 1
        let (source, firstNumber) = (batch.source, batch.firstNumber)
        let tip = LogSequence(state.sequence)
        let outcomes = outcomes
        filling.frames.appendFrame { writer in
            writer.append(
                resultsOf: outcomes.count, source: source, firstNumber: firstNumber, tip: tip, nextNumber: nextNumber,
                credit: UInt16(Limits.framesInFlightMax))
            for outcome in outcomes { writer.append(outcome: outcome) }
        }
    }

    /// Writes a refusal behind the answers of the block.
    mutating func refuse(_ refusal: Refusal) {
        filling.frames.appendFrame { refusal.encode(into: &$0) }
    }

    /// The stored answer to an event that was sent before, or a conflict when the body is another.
    func repeated(digest: UInt64, source: SourceNumber, number: UInt64, _ history: History) -> Outcome {
        let conflict = Outcome(status: .conflict, code: Rejection.numberReused.rawValue)
        // When the record cannot be found or read, nothing is claimed about it.
        var outcome = Outcome(status: .unavailable, code: Rejection.unavailable.rawValue)
        guard let sequence = history.sequence(source: source.rawValue, number: number) else { return outcome }
        history.withRecord(sequence) { record in
            outcome = StoredOutcome.read(record, sequence: sequence, digest: digest) ?? conflict
        }
        return outcome
    }
}
