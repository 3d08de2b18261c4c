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

    /// Reads the record of a purchase or a return.
    ///
    /// - Returns: nil for every other record.
    /// - Throws: ``TallyCodec/CodecError`` for bytes that are not a record.
    init?(_ record: RawSpan) throws(CodecError) {
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
            if let posting = Posting(record, at: offset), posting.purpose == .issued { points -= posting.amount }
        }
    }
}
