import TallyBytes
import TallyCodec
import TallyModel

/// Reads from a record the answer that its event was given.
enum StoredOutcome {
    /// The outcome that a record states.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - sequence: Its place.
    ///   - digest: The digest of the command that was sent now.
    /// - Returns: nil when the record is of another command.
    static func read(_ record: RawSpan, sequence: UInt64, digest: UInt64) -> Outcome? {
        let block = messageHeaderLength + LedgerCreatedLayout.commandDigest
        guard record.byteCount >= block + 8, record.u64(at: block) == digest,
            let template = try? Message.templateID(of: record)
        else { return nil }
        var outcome = Outcome(status: .recorded, isRepeated: true, sequence: sequence)
        outcome.member = record.u32(at: messageHeaderLength + LedgerCreatedLayout.member)
        switch template {
        case RejectedLayout.templateID:
            guard let message = try? Message(record, shape: RejectedLayout.shape) else { return nil }
            outcome.status = .rejected
            outcome.code = message.u16(RejectedLayout.code)
            outcome.line = message.u16(RejectedLayout.line)
        case PurchaseRecordedLayout.templateID:
            guard let message = try? Message(record, shape: PurchaseRecordedLayout.shape) else { return nil }
            fill(&outcome, message)
        case ReturnRecordedLayout.templateID:
            guard let message = try? Message(record, shape: ReturnRecordedLayout.shape) else { return nil }
            fill(&outcome, message)
        default: break
        }
        return outcome
    }

    /// Points and balance stand at the same places in purchases and returns.
    private static func fill(_ outcome: inout Outcome, _ message: borrowing Message) {
        outcome.balance = message.i64(PurchaseRecordedLayout.balanceAfter)
        for index in 0..<message.secondGroup.count {
            let offset = message.secondGroup.offset + index * message.secondGroup.stride
            guard let posting = Posting(message.bytes, at: offset), posting.purpose == .issued else { continue }
            outcome.points = -posting.amount
        }
    }
}
