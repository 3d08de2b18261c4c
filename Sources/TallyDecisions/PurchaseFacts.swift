import TallyBytes
import TallyCodec
import TallyModel

/// What a return needs to know of its purchase, taken out of the purchase's record.
struct PurchaseFacts {
    var sequence: UInt64
    var member: MemberNumber
    var total: Int64
    var revision: UInt16
    /// Points that the purchase gave.
    var points: Int64 = 0
    /// Who gave them; zero when none were given.
    var business = BusinessNumber(0)
    var lines: [(quantity: Int64, total: Int64)] = []

    /// Reads the record of a purchase.
    ///
    /// - Returns: nil when the record is something else.
    init?(_ record: RawSpan, sequence: UInt64) {
        typealias Layout = PurchaseRecordedLayout
        guard let message = try? Message(record, shape: Layout.shape) else { return nil }
        self.sequence = sequence
        member = MemberNumber(message.envelope.member)
        total = message.i64(Layout.total)
        revision = message.u16(Layout.accrualRevision)
        for index in 0..<message.secondGroup.count {
            let offset = message.secondGroup.offset + index * message.secondGroup.stride
            guard let posting = Posting(record, at: offset), posting.purpose == .issued else { continue }
            points = -posting.amount
            business = BusinessNumber(posting.business)
        }
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            lines.append((record.i64(at: entry + Layout.Lines.quantity), record.i64(at: entry + Layout.Lines.total)))
        }
    }

    /// True when the record is a purchase with that number on its receipt.
    static func isPurchase(_ record: RawSpan, receipt: RawSpan) -> Bool {
        typealias Layout = PurchaseRecordedLayout
        guard let message = try? Message(record, shape: Layout.shape) else { return false }
        guard let number = message.text(at: 0, count: Int(message.u8(Layout.receiptLength))) else { return false }
        return number.hasSameBytes(as: receipt)
    }

    /// The member's record before this one, whatever it is; 0 when there is none.
    static func previousOfMember(_ record: RawSpan) -> UInt64 {
        let offset = messageHeaderLength + LedgerCreatedLayout.previousOfMember
        return record.byteCount >= offset + 8 ? record.u64(at: offset) : 0
    }
}
