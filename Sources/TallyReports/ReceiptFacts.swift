import TallyBytes
import TallyCodec
import TallyModel

/// What the figures need of a receipt's record, read in place.
struct ReceiptFacts {
    var member: UInt32
    var store: UInt32
    /// Positive for a purchase, negative for a return, in minor units.
    var total: Int64
    var day: CivilDay
    var lines: Int
    /// Points given (positive) or taken back (negative), in minor units.
    var points: Int64 = 0
    /// Thousandths over the lines that cost something.
    var quantity: Int64 = 0

    /// Reads the receipts of a record: none, one, or the two of an exchange, the return first.
    ///
    /// A void is a return of all that is left of its purchase, as its record says.
    ///
    /// - Throws: ``TallyCodec/CodecError`` for bytes that are not a record.
    static func all(in record: RawSpan) throws(CodecError) -> [ReceiptFacts] {
        let record = CodedReceipt.receipt(in: record)
        guard try Message.templateID(of: record) == ExchangeRecordedLayout.templateID else {
            return try ReceiptFacts(record).map { [$0] } ?? []
        }
        let message = try Message(record, shape: ExchangeRecordedLayout.shape)
        let halves = try ExchangeHalves(message)
        var receipts: [ReceiptFacts] = []
        for half in [try ReceiptFacts(halves.slip), try ReceiptFacts(halves.receipt)] {
            guard var receipt = half else { continue }
            receipt.member = message.envelope.member
            receipts.append(receipt)
        }
        return receipts
    }

    /// Reads the record of a purchase, a return or a void.
    ///
    /// - Returns: nil for every other record.
    /// - Throws: ``TallyCodec/CodecError`` for bytes that are not a record.
    private init?(_ record: RawSpan) throws(CodecError) {
        typealias Layout = PurchaseRecordedLayout
        let template = try Message.templateID(of: record)
        let isReturn = template == ReturnRecordedLayout.templateID
        guard isReturn || template == Layout.templateID else { return nil }
        // A return has the fields of a purchase at the same places, and one more behind them.
        let message = try Message(record, shape: isReturn ? ReturnRecordedLayout.shape : Layout.shape)
        member = message.envelope.member
        store = message.u32(Layout.store)
        total = isReturn ? -message.i64(Layout.total) : message.i64(Layout.total)
        day = CivilDay(
            of: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
        lines = message.firstGroup.count
        for index in 0..<message.firstGroup.count {
            let line = message.firstGroup.offset + index * message.firstGroup.stride
            guard record.i64(at: line + Layout.Lines.total) > 0 else { continue }
            quantity += record.i64(at: line + Layout.Lines.quantity)
        }
        for index in 0..<message.secondGroup.count {
            let offset = message.secondGroup.offset + index * message.secondGroup.stride
            if let posting = Posting(record, at: offset), posting.purpose == .issued || posting.purpose == .clawback {
                points -= posting.amount
            }
        }
    }
}
