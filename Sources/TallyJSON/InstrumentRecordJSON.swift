import TallyBytes
import TallyCodec
import TallyModel

extension RecordJSON {
    static func addInstrument(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = InstrumentDefinedLayout
        line.add("instrument", message.u32(Layout.instrument))
        line.add("face_value_minor", message.i64(Layout.faceValue))
        line.add("amount_budget_minor", message.i64(Layout.amountBudget))
        line.add("uses_budget", message.i64(Layout.usesBudget))
        line.add(second: "begins_at", message.u32(Layout.beginsAt))
        line.add(second: "ends_at", message.u32(Layout.endsAt))
        line.add("codes_max", message.u32(Layout.codesMax))
        line.add("uses_per_code", message.u32(Layout.usesPerCode))
        line.add("member_limit", message.u32(Layout.memberLimit))
        line.add("business", message.u16(Layout.business))
        line.add("wallet", message.u16(Layout.wallet))
        let (kind, codes) = (message.u8(Layout.kind), message.u8(Layout.codes))
        line.add("kind", try name(of: InstrumentKind(rawValue: kind), "kind", kind))
        line.add("codes", try name(of: CodeForm(rawValue: codes), "codes", codes))
        let (check, onReturn) = (message.u8(Layout.checkScheme), message.u8(Layout.onReturn))
        line.add("check_scheme", try name(of: CheckScheme(rawValue: check), "checkScheme", check))
        line.add("on_return", try name(of: RestorePolicy(rawValue: onReturn), "onReturn", onReturn))
        line.add("id", try texts.next(message, count: message.u8(Layout.idLength)))
        line.add("name", try texts.next(message, count: message.u8(Layout.nameLength)))
        line.add("code", try texts.next(message, count: message.u8(Layout.codeLength)))
    }

    static func addIssue(_ message: borrowing Message, to line: inout JSONText) throws(CodecError) {
        typealias Layout = InstrumentsIssuedLayout
        let offset = message.i16(Layout.utcOffsetMinutes)
        line.add(
            instant: "occurred_at", Instant(microseconds: message.i64(Layout.occurredAt)), utcOffsetMinutes: offset)
        line.add("face_value_minor", message.i64(Layout.faceValue))
        line.add("instrument", message.u32(Layout.instrument))
        line.add("batch", message.u32(Layout.batch))
        line.add("first_serial", message.u32(Layout.firstSerial))
        line.add("count", message.u32(Layout.count))
        line.add(second: "ends_at", message.u32(Layout.endsAt))
        line.add("utc_offset_minutes", offset)
        line.add("postings", list: try postings(message))
    }

    static func addStep(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = InstrumentMovedLayout
        let offset = message.i16(Layout.utcOffsetMinutes)
        line.add(
            instant: "occurred_at", Instant(microseconds: message.i64(Layout.occurredAt)), utcOffsetMinutes: offset)
        line.add("amount_minor", message.i64(Layout.amount))
        line.add("lost_minor", message.i64(Layout.lost))
        line.add("balance_after_minor", message.i64(Layout.balanceAfter))
        line.add("reference", message.u64(Layout.reference))
        line.add("instrument", message.u32(Layout.instrument))
        line.add("serial", message.u32(Layout.serial))
        line.add("store", message.u32(Layout.store))
        line.add("slot", message.u32(Layout.slot))
        line.add(second: "ends_at", message.u32(Layout.endsAt))
        line.add("utc_offset_minutes", offset)
        let (action, why) = (message.u8(Layout.action), message.u8(Layout.why))
        line.add("action", try name(of: InstrumentAction(rawValue: action), "action", action))
        line.add("why", try name(of: HoldEnd(rawValue: why), "why", why))
        line.add("receipt", try texts.next(message, count: message.u8(Layout.receiptLength)))
        line.add("postings", list: try postings(message))
    }

    static func addExpiry(_ message: borrowing Message, to line: inout JSONText) throws(CodecError) {
        typealias Entry = InstrumentsExpiredLayout.Batches
        let bytes = message.bytes
        var batches: [String] = []
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            var batch = JSONText()
            batch.add("batch", bytes.u32(at: entry + Entry.batch))
            batch.add("first_serial", bytes.u32(at: entry + Entry.firstSerial))
            batch.add("amount_minor", bytes.i64(at: entry + Entry.amount))
            batches.append(batch.object)
        }
        line.add("batches", list: batches)
        line.add("postings", list: try postings(message))
    }
}
