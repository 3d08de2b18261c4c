import TallyBytes
import TallyCodec
import TallyDecisions
import TallyLog
import TallyModel
import TallyProjections
import TallyTables

extension Pipeline {
    /// Finds a source by name, or numbers a new one.
    ///
    /// The answer leaves when everything that it tells is durable.
    mutating func takeOpenSource(_ request: any Request) {
        request.withMessage { message in
            do throws(CodecError) {
                let asked = try Message(message, shape: OpenSourceLayout.shape)
                let length = Int(asked.u8(OpenSourceLayout.nameLength))
                guard let name = asked.text(at: 0, count: length), length == asked.textLength else {
                    throw CodecError(.textLengthMismatch(needed: length, found: asked.textLength))
                }
                openSource(named: name)
            } catch {
                refuse(BatchRefused(error).refusal)
            }
        }
        filling.noteAnswer(to: request)
    }

    private mutating func openSource(named name: RawSpan) {
        let source = state.source(named: name) ?? recordSource(named: name)
        guard let source else {
            refuse(
                Refusal(
                    .sourceUnknown, isClosing: false,
                    text:
                        "A source is named by 1 to \(Limits.identifierBytesMax) bytes of UTF-8 without control characters."
                ))
            return
        }
        let row = state.sources[Int(source.rawValue)]
        filling.frames.appendFrame { writer in
            SourceOpened(source: source, lastNumber: row.lastNumber, lastSequence: LogSequence(row.lastSequence))
                .encode(into: &writer)
        }
    }

    /// Records a new source; nil when the name is not an identifier or there are too many.
    private mutating func recordSource(named name: RawSpan) -> SourceNumber? {
        guard decider.mayOpenSource(named: name, state: state) else { return nil }
        let source = SourceNumber(UInt32(state.sources.count))
        let envelope = ledgerEnvelope()
        record.removeAll()
        record.append(sourceOpened: source, name: name, envelope)
        takeRecord(envelope)
        return source
    }

    /// The envelope of a record that the ledger writes of its own accord.
    func ledgerEnvelope() -> RecordEnvelope {
        RecordEnvelope(
            recordedAt: max(services.now(), state.recordedAt + 1), source: SourceNumber.ledger.rawValue,
            number: state.sources[0].lastNumber + 1, commandDigest: 0)
    }
}
