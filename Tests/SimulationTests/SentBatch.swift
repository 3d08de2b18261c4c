import TallyCodec
import TallyModel
import TallyTesting

/// Events of one source as they are sent together.
struct SentBatch {
    var events: [SentEvent]
    var source: String
    var firstNumber: Int

    init(_ events: [SentEvent], from source: String, firstNumber: Int) {
        (self.events, self.source, self.firstNumber) = (events, source, firstNumber)
    }

    /// Its bytes.
    func message(_ auditor: Auditor) -> [UInt8] {
        SentMessage.batch(events, source: auditor.number(of: source) ?? .ledger, firstNumber: UInt64(firstNumber))
    }

    /// What must be answered; the model knows the events afterwards.
    func expected(of auditor: inout Auditor) -> BatchResults {
        let outcomes = auditor.take(events, from: source, firstNumber: firstNumber)
        return BatchResults(
            source: auditor.number(of: source) ?? .ledger, firstNumber: UInt64(firstNumber),
            tip: LogSequence(UInt64(auditor.tip)), nextNumber: UInt64(auditor.lastNumber(of: source) + 1),
            credit: UInt16(Limits.framesInFlightMax), outcomes: outcomes)
    }
}
