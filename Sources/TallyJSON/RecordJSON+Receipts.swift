import TallyBytes
import TallyCodec
import TallyModel

extension RecordJSON {
    /// A return has the fields of a purchase at the same places, and the purchase that it takes back behind them.
    static func addReceipt(
        _ kind: RecordKind, _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = PurchaseRecordedLayout
        let offset = message.i16(Layout.utcOffsetMinutes)
        line.add("store", message.u32(Layout.store))
        line.add(
            instant: "occurred_at", Instant(microseconds: message.i64(Layout.occurredAt)), utcOffsetMinutes: offset)
        line.add("total_minor", message.i64(Layout.total))
        line.add("balance_after_minor", message.i64(Layout.balanceAfter))
        line.add("utc_offset_minutes", offset)
        line.add("accrual_revision", message.u16(Layout.accrualRevision))
        line.add(
            "channel",
            try name(of: Channel(rawValue: message.u8(Layout.channel)), "channel", message.u8(Layout.channel)))
        line.add("receipt", try texts.next(message, count: message.u8(Layout.receiptLength)))
        if kind == .returnRecorded { line.add("purchase", message.u64(ReturnRecordedLayout.purchase)) }
        line.add("lines", list: try lines(kind, message, &texts))
        line.add("postings", list: try postings(message))
    }

    private static func lines(
        _ kind: RecordKind, _ message: borrowing Message, _ texts: inout RecordTexts
    ) throws(CodecError) -> [String] {
        typealias Layout = ReturnRecordedLayout.Lines
        var lines: [String] = []
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            var line = JSONText()
            line.add("sku", try texts.next(message, count: message.bytes.u8(at: entry + Layout.skuLength)))
            line.add("category", try texts.next(message, count: message.bytes.u8(at: entry + Layout.categoryLength)))
            line.add("quantity_thousandths", message.bytes.i64(at: entry + Layout.quantity))
            line.add("total_minor", message.bytes.i64(at: entry + Layout.total))
            if kind == .returnRecorded { line.add("purchase_line", message.bytes.u16(at: entry + Layout.purchaseLine)) }
            lines.append(line.object)
        }
        return lines
    }

    private static func postings(_ message: borrowing Message) throws(CodecError) -> [String] {
        typealias Layout = PurchaseRecordedLayout.Postings
        var postings: [String] = []
        for index in 0..<message.secondGroup.count {
            let entry = message.secondGroup.offset + index * message.secondGroup.stride
            let purpose = message.bytes.u8(at: entry + Layout.purpose)
            var posting = JSONText()
            posting.add("amount_minor", message.bytes.i64(at: entry + Layout.amount))
            posting.add("business", message.bytes.u16(at: entry + Layout.business))
            posting.add("wallet", message.bytes.u16(at: entry + Layout.wallet))
            posting.add("purpose", try name(of: Purpose(rawValue: purpose), "purpose", purpose))
            postings.append(posting.object)
        }
        return postings
    }

    static func addRejection(_ message: borrowing Message, to line: inout JSONText) {
        let code = message.u16(RejectedLayout.code)
        line.add("code", code)
        line.add("rejection", Rejection(rawValue: code)?.documentName)
        line.add("line", message.u16(RejectedLayout.line))
        line.add("command", message.u16(RejectedLayout.command))
    }
}
