import TallyBytes
import TallyCodec
import TallyModel

extension RecordJSON {
    static func addHold(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = HoldPlacedLayout
        line.add("store", message.u32(Layout.store))
        line.add(instant: "occurred_at", Instant(microseconds: message.i64(Layout.occurredAt)))
        line.add("receipt_total_minor", message.i64(Layout.receiptTotal))
        line.add("balance_after_minor", message.i64(Layout.balanceAfter))
        line.add("points_minor", message.i64(Layout.points))
        line.add("slot", message.u32(Layout.slot))
        line.add(second: "ends_at", message.u32(Layout.endsAt))
        line.add("wallet", message.u16(Layout.wallet))
        line.add("receipt", try texts.next(message, count: message.u8(Layout.receiptLength)))
        line.add("postings", list: try postings(message))
        line.add("lots", list: try lots(message, &texts, length: message.u16(Layout.lotsLength)))
    }

    static func addRelease(_ message: borrowing Message, to line: inout JSONText) throws(CodecError) {
        typealias Layout = HoldReleasedLayout
        line.add("hold", message.u64(Layout.hold))
        line.add("balance_after_minor", message.i64(Layout.balanceAfter))
        line.add("points_minor", message.i64(Layout.points))
        line.add("slot", message.u32(Layout.slot))
        line.add("why", try name(of: HoldEnd(rawValue: message.u8(Layout.why)), "why", message.u8(Layout.why)))
        line.add("postings", list: try postings(message))
    }

    static func addAdjustment(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = AdjustedLayout
        let offset = message.i16(Layout.utcOffsetMinutes)
        line.add(
            instant: "occurred_at", Instant(microseconds: message.i64(Layout.occurredAt)), utcOffsetMinutes: offset)
        line.add("points_minor", message.i64(Layout.points))
        line.add("balance_after_minor", message.i64(Layout.balanceAfter))
        line.add("manifest", message.u64(Layout.manifest))
        line.add("proposal", message.u64(Layout.proposal))
        line.add("utc_offset_minutes", offset)
        line.add("business", message.u16(Layout.business))
        line.add("wallet", message.u16(Layout.wallet))
        let kind = message.u8(Layout.kind)
        line.add("kind", try name(of: Adjustment.Kind(rawValue: kind), "kind", kind))
        line.add("operator", try texts.next(message, count: message.u8(Layout.operatorLength)))
        line.add("category", try texts.next(message, count: message.u8(Layout.categoryLength)))
        line.add("reason", try texts.next(message, count: message.u8(Layout.reasonLength)))
        line.add("postings", list: try postings(message))
        line.add("lots", list: try lots(message, &texts, length: message.u16(Layout.lotsLength)))
    }

    static func addTick(_ message: borrowing Message, to line: inout JSONText) throws(CodecError) {
        typealias Entry = ClockAdvancedLayout.Lots
        line.add(instant: "to", Instant(microseconds: message.i64(ClockAdvancedLayout.to)))
        let bytes = message.bytes
        var lots: [String] = []
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let event = bytes.u8(at: entry + Entry.event)
            var lot = JSONText()
            lot.add("lot", LotID(bytes.u64(at: entry + Entry.lot)).description)
            lot.add("amount_minor", bytes.i64(at: entry + Entry.amount))
            lot.add("covers_minor", bytes.i64(at: entry + Entry.covers))
            lot.add("member", bytes.u32(at: entry + Entry.member))
            lot.add("slot", bytes.u32(at: entry + Entry.slot))
            lot.add(second: "until", bytes.u32(at: entry + Entry.until))
            lot.add("event", try name(of: LotEvent(rawValue: event), "event", event))
            lots.append(lot.object)
        }
        line.add("lots", list: lots)
        line.add("postings", list: try postings(message))
    }
}

extension RecordJSON {
    /// The postings of any record that has some.
    static func postings(_ message: borrowing Message) throws(CodecError) -> [String] {
        try postings(message, message.postings)
    }

    /// The postings of a group.
    static func postings(_ message: borrowing Message, _ group: Message.Group) throws(CodecError) -> [String] {
        typealias Entry = PurchaseRecordedLayout.Postings
        let bytes = message.bytes
        var postings: [String] = []
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            let purpose = bytes.u8(at: entry + Entry.purpose)
            var posting = JSONText()
            posting.add("amount_minor", bytes.i64(at: entry + Entry.amount))
            posting.add("business", bytes.u16(at: entry + Entry.business))
            posting.add("wallet", bytes.u16(at: entry + Entry.wallet))
            posting.add("purpose", try name(of: Purpose(rawValue: purpose), "purpose", purpose))
            posting.add("lot", bytes.u8(at: entry + Entry.lot))
            posting.add(second: "begins_at", bytes.u32(at: entry + Entry.beginsAt))
            posting.add(second: "ends_at", bytes.u32(at: entry + Entry.endsAt))
            postings.append(posting.object)
        }
        return postings
    }

    /// The lots at the end of the text, in front of `following` bytes; a lot has an issuer, a beginning and an end only where it is made.
    static func lots(
        _ message: borrowing Message, _ texts: inout RecordTexts, length: UInt16, before following: UInt16 = 0
    ) throws(CodecError) -> [String] {
        var list = try message.lots(length: length, before: following)
        texts.skip(length)
        var lots: [String] = []
        do throws(CodecError) {
            while let move = try list.next() { lots.append(object(of: move)) }
        } catch {
            let start = message.textOffset + message.textLength - Int(following) - Int(length)
            throw CodecError(error.fault, at: start + error.offset)
        }
        return lots
    }

    private static func object(of move: LotMove) -> String {
        var lot = JSONText()
        lot.add("wallet", move.wallet)
        lot.add("kind", "\(move.kind)")
        lot.add("lot", move.lot.description)
        lot.add("points_minor", move.points)
        if move.kind == .make {
            lot.add("issuer", move.issuer)
            lot.add(second: "begins_at", move.beginsAt)
            lot.add(second: "ends_at", move.endsAt)
        }
        return lot.object
    }
}
