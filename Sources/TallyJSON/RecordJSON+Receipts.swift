import TallyBytes
import TallyCodec
import TallyModel

extension RecordJSON {
    /// A return begins with the fields of a purchase at the same places; what only one of them has stands behind.
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
        let lotsLength = kind == .returnRecorded ? try addOrigin(message, to: &line) : addHold(of: message, to: &line)
        line.add("lines", list: try lines(kind, message, &texts))
        line.add("postings", list: try postings(message))
        line.add("redemptions", list: redemptions(message))
        line.add("lots", list: try lots(message, &texts, length: lotsLength))
    }

    /// Adds the hold that a purchase ends.
    ///
    /// - Returns: Bytes of the list of lots.
    private static func addHold(of message: borrowing Message, to line: inout JSONText) -> UInt16 {
        line.add("hold", message.u64(PurchaseRecordedLayout.hold))
        line.add("hold_slot", message.u32(PurchaseRecordedLayout.holdSlot))
        return message.u16(PurchaseRecordedLayout.lotsLength)
    }

    /// Adds what a return takes back.
    ///
    /// - Returns: Bytes of the list of lots.
    private static func addOrigin(
        _ message: borrowing Message, to line: inout JSONText
    ) throws(CodecError) -> UInt16 {
        typealias Layout = ReturnRecordedLayout
        line.add("purchase", message.u64(Layout.purchase))
        line.add("paid_back_minor", message.i64(Layout.paidBack))
        line.add("kind", try name(of: ReturnKind(rawValue: message.u8(Layout.kind)), "kind", message.u8(Layout.kind)))
        return message.u16(Layout.lotsLength)
    }

    private static func lines(
        _ kind: RecordKind, _ message: borrowing Message, _ texts: inout RecordTexts
    ) throws(CodecError) -> [String] {
        typealias Entry = ReturnRecordedLayout.Lines
        let bytes = message.bytes
        var lines: [String] = []
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            var line = JSONText()
            line.add("sku", try texts.next(message, count: bytes.u8(at: entry + Entry.skuLength)))
            line.add("category", try texts.next(message, count: bytes.u8(at: entry + Entry.categoryLength)))
            line.add("quantity_thousandths", bytes.i64(at: entry + Entry.quantity))
            line.add("total_minor", bytes.i64(at: entry + Entry.total))
            if kind == .returnRecorded {
                line.add("purchase_line", bytes.u16(at: entry + Entry.purchaseLine))
            } else {
                line.add("earns", bytes.u8(at: entry + PurchaseRecordedLayout.Lines.earns))
                line.add("burns", bytes.u8(at: entry + PurchaseRecordedLayout.Lines.burns))
            }
            lines.append(line.object)
        }
        return lines
    }

    private static func redemptions(_ message: borrowing Message) -> [String] {
        typealias Entry = PurchaseRecordedLayout.Redemptions
        return (0..<message.thirdGroup.count).map { index in
            let entry = message.thirdGroup.offset + index * message.thirdGroup.stride
            var redemption = JSONText()
            redemption.add("points_minor", message.bytes.i64(at: entry + Entry.points))
            redemption.add("money_minor", message.bytes.i64(at: entry + Entry.money))
            redemption.add("wallet", message.bytes.u16(at: entry + Entry.wallet))
            return redemption.object
        }
    }

    /// A return and a purchase, each without an envelope: theirs is the exchange's.
    static func addExchange(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        let returnLength = Int(message.u16(ExchangeRecordedLayout.returnLength))
        line.add("return", raw: try part(.returnRecorded, message, at: 0, count: returnLength))
        let rest = message.textLength - returnLength
        line.add("purchase", raw: try part(.purchaseRecorded, message, at: returnLength, count: rest))
        texts.skip(UInt16(message.textLength))
    }

    private static func part(
        _ kind: RecordKind, _ message: borrowing Message, at start: Int, count: Int
    ) throws(CodecError) -> String {
        guard let bytes = message.text(at: start, count: count) else {
            throw CodecError(
                .textLengthMismatch(needed: start + max(0, count), found: message.textLength), at: message.textOffset)
        }
        do throws(CodecError) {
            let inner = try Message(bytes, shape: kind.shape)
            var object = JSONText()
            var texts = RecordTexts()
            try addReceipt(kind, inner, &texts, to: &object)
            try texts.checkEnd(inner)
            return object.object
        } catch {
            throw CodecError(error.fault, at: message.textOffset + start + error.offset)
        }
    }

    static func addRejection(_ message: borrowing Message, to line: inout JSONText) {
        let code = message.u16(RejectedLayout.code)
        line.add("code", code)
        line.add("rejection", Rejection(rawValue: code)?.documentName)
        line.add("line", message.u16(RejectedLayout.line))
        line.add("command", message.u16(RejectedLayout.command))
    }
}
