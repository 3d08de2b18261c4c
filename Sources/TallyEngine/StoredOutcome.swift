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
            fill(&outcome, message, balance: PurchaseRecordedLayout.balanceAfter)
        case ReturnRecordedLayout.templateID:
            guard let message = try? Message(record, shape: ReturnRecordedLayout.shape) else { return nil }
            fill(&outcome, message, balance: ReturnRecordedLayout.balanceAfter)
        case AdjustedLayout.templateID:
            guard let message = try? Message(record, shape: AdjustedLayout.shape) else { return nil }
            fill(&outcome, message, balance: AdjustedLayout.balanceAfter)
        case TransferredLayout.templateID:
            guard let message = try? Message(record, shape: TransferredLayout.shape) else { return nil }
            outcome.points = -message.i64(TransferredLayout.points)
            outcome.balance = message.i64(TransferredLayout.balanceAfter)
        case ProposedLayout.templateID:
            guard let message = try? Message(record, shape: ProposedLayout.shape) else { return nil }
            outcome.balance = message.i64(ProposedLayout.balance)
        case DeclinedLayout.templateID:
            guard let message = try? Message(record, shape: DeclinedLayout.shape) else { return nil }
            outcome.balance = message.i64(DeclinedLayout.balance)
        case HoldPlacedLayout.templateID:
            guard let message = try? Message(record, shape: HoldPlacedLayout.shape) else { return nil }
            outcome.points = message.i64(HoldPlacedLayout.points)
            outcome.balance = message.i64(HoldPlacedLayout.balanceAfter)
        case HoldReleasedLayout.templateID:
            guard let message = try? Message(record, shape: HoldReleasedLayout.shape) else { return nil }
            outcome.points = message.i64(HoldReleasedLayout.points)
            outcome.balance = message.i64(HoldReleasedLayout.balanceAfter)
        case ExchangeRecordedLayout.templateID: fill(&outcome, exchange: record)
        case PromotedReceiptRecordedLayout.templateID:
            let receipt = PromotedReceipt.receipt(in: record)
            return receipt.byteCount < record.byteCount ? read(receipt, sequence: sequence, digest: digest) : nil
        case PriceChangedLayout.templateID:
            guard let message = try? Message(record, shape: PriceChangedLayout.shape) else { return nil }
            outcome.status = .rejected
            outcome.code = Rejection.priceChanged.rawValue
            outcome.balance = message.i64(PriceChangedLayout.payable)
            outcome.points = outcome.balance - message.i64(PriceChangedLayout.stated)
        case DocumentKeptLayout.templateID:
            guard let message = try? Message(record, shape: DocumentKeptLayout.shape) else { return nil }
            outcome.points = Int64(message.u16(DocumentKeptLayout.part))
            outcome.balance = Int64(message.u32(DocumentKeptLayout.document))
        case PromotionsSetLayout.templateID:
            guard let message = try? Message(record, shape: PromotionsSetLayout.shape) else { return nil }
            outcome.balance = Int64(message.u32(PromotionsSetLayout.revision))
        case CodedReceiptRecordedLayout.templateID:
            // The receipt inside carries the same digest, and the answer was the receipt's.
            let receipt = CodedReceipt.receipt(in: record)
            return receipt.byteCount < record.byteCount ? read(receipt, sequence: sequence, digest: digest) : nil
        case InstrumentsIssuedLayout.templateID, InstrumentMovedLayout.templateID:
            guard fill(&outcome, instrument: record) else { return nil }
        default: break
        }
        return outcome
    }

    /// The points that members gained or lost by a record's postings, and the balance that it states.
    private static func fill(_ outcome: inout Outcome, _ message: borrowing Message, balance: Int) {
        outcome.balance = message.i64(balance)
        for index in 0..<message.postings.count {
            guard let posting = message.posting(index, of: message.postings), posting.purpose.isOfMembers else {
                continue
            }
            outcome.points += posting.amount
        }
    }

    /// What an issue of codes is worth and its first serial, or what a step moved and left on the code.
    private static func fill(_ outcome: inout Outcome, instrument record: RawSpan) -> Bool {
        if let issue = try? Message(record, shape: InstrumentsIssuedLayout.shape) {
            let count = Int64(issue.u32(InstrumentsIssuedLayout.count))
            outcome.points = issue.i64(InstrumentsIssuedLayout.faceValue) * count
            outcome.balance = Int64(issue.u32(InstrumentsIssuedLayout.firstSerial))
            return true
        }
        typealias Layout = InstrumentMovedLayout
        guard let step = try? Message(record, shape: Layout.shape),
            let action = InstrumentAction(rawValue: step.u8(Layout.action))
        else { return false }
        outcome.points = action.points(amount: step.i64(Layout.amount), lost: step.i64(Layout.lost))
        outcome.balance = step.i64(Layout.balanceAfter)
        return true
    }

    private static func fill(_ outcome: inout Outcome, exchange record: RawSpan) {
        guard let message = try? Message(record, shape: ExchangeRecordedLayout.shape) else { return }
        let length = Int(message.u16(ExchangeRecordedLayout.returnLength))
        guard let slip = message.text(at: 0, count: length),
            let receipt = message.text(at: length, count: message.textLength - length),
            let back = try? Message(slip, shape: ReturnRecordedLayout.shape),
            let bought = try? Message(receipt, shape: PurchaseRecordedLayout.shape)
        else { return }
        fill(&outcome, back, balance: ReturnRecordedLayout.balanceAfter)
        fill(&outcome, bought, balance: PurchaseRecordedLayout.balanceAfter)
    }
}
