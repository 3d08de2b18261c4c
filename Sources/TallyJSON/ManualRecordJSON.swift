import TallyBytes
import TallyCodec
import TallyModel

extension RecordJSON {
    static func addOperator(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = OperatorSetLayout
        line.add("operator", message.u32(Layout.operatorNumber))
        line.add("limit_per_act_minor", message.i64(Layout.limitPerAct))
        line.add("limit_per_day_minor", message.i64(Layout.limitPerDay))
        let rights = OperatorRights(rawValue: message.u8(Layout.rights))
        line.add(
            "rights", list: OperatorRights.names.filter { rights.contains($0.right) }.map { JSONText.quoted($0.name) })
        line.add("id", try texts.next(message, count: message.u8(Layout.idLength)))
        line.add("name", try texts.next(message, count: message.u8(Layout.nameLength)))
    }

    static func addProposal(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = ProposedLayout
        let offset = message.i16(Layout.utcOffsetMinutes)
        line.add(
            instant: "occurred_at", Instant(microseconds: message.i64(Layout.occurredAt)), utcOffsetMinutes: offset)
        line.add("points_minor", message.i64(Layout.points))
        line.add("balance_minor", message.i64(Layout.balance))
        line.add("manifest", message.u64(Layout.manifest))
        line.add("proposer", message.u32(Layout.operatorNumber))
        let (begins, ends) = (message.i32(Layout.beginsOn), message.i32(Layout.endsOn))
        line.add("begins_on", begins == .min ? nil : CivilDay(days: begins).description)
        line.add("ends_on", ends == .min ? nil : CivilDay(days: ends).description)
        line.add("utc_offset_minutes", offset)
        line.add("business", message.u16(Layout.business))
        line.add("wallet", message.u16(Layout.wallet))
        let kind = message.u8(Layout.kind)
        line.add("kind", try name(of: Adjustment.Kind(rawValue: kind), "kind", kind))
        line.add("operator", try texts.next(message, count: message.u8(Layout.operatorLength)))
        line.add("category", try texts.next(message, count: message.u8(Layout.categoryLength)))
        line.add("reason", try texts.next(message, count: message.u8(Layout.reasonLength)))
    }

    static func addRefusal(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = DeclinedLayout
        let offset = message.i16(Layout.utcOffsetMinutes)
        line.add(
            instant: "occurred_at", Instant(microseconds: message.i64(Layout.occurredAt)), utcOffsetMinutes: offset)
        line.add("proposal", message.u64(Layout.proposal))
        line.add("balance_minor", message.i64(Layout.balance))
        line.add("decided_by", message.u32(Layout.operatorNumber))
        line.add("utc_offset_minutes", offset)
        line.add("operator", try texts.next(message, count: message.u8(Layout.operatorLength)))
        line.add("reason", try texts.next(message, count: message.u8(Layout.reasonLength)))
    }

    static func addTransfer(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = TransferredLayout
        let offset = message.i16(Layout.utcOffsetMinutes)
        line.add(
            instant: "occurred_at", Instant(microseconds: message.i64(Layout.occurredAt)), utcOffsetMinutes: offset)
        line.add("points_minor", message.i64(Layout.points))
        line.add("balance_after_minor", message.i64(Layout.balanceAfter))
        line.add("other_balance_after_minor", message.i64(Layout.otherBalanceAfter))
        line.add("previous_of_other", message.u64(Layout.previousOfOther))
        line.add("other_member", message.u32(Layout.otherMember))
        line.add("utc_offset_minutes", offset)
        line.add("wallet", message.u16(Layout.wallet))
        line.add("operator", try texts.next(message, count: message.u8(Layout.operatorLength)))
        line.add("reason", try texts.next(message, count: message.u8(Layout.reasonLength)))
        line.add("postings", list: try postings(message, message.firstGroup))
        line.add("received", list: try postings(message, message.secondGroup))
        let (taken, made) = (message.u16(Layout.lotsLength), message.u16(Layout.madeLength))
        line.add("lots", list: try lots(message, &texts, length: taken))
        line.add("made", list: try lots(message, &texts, length: made, before: taken))
    }

    static func addBlock(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = MemberBlockedLayout
        let offset = message.i16(Layout.utcOffsetMinutes)
        line.add(
            instant: "occurred_at", Instant(microseconds: message.i64(Layout.occurredAt)), utcOffsetMinutes: offset)
        line.add("utc_offset_minutes", offset)
        let mode = message.u8(Layout.mode)
        line.add("mode", try name(of: BlockMode(rawValue: mode), "mode", mode))
        line.add("operator", try texts.next(message, count: message.u8(Layout.operatorLength)))
        line.add("reason", try texts.next(message, count: message.u8(Layout.reasonLength)))
    }

    static func addClosing(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = PeriodClosedLayout
        typealias Entry = PeriodClosedLayout.Accounts
        let (offset, bytes) = (message.i16(Layout.utcOffsetMinutes), message.bytes)
        line.add(instant: "ends_at", Instant(microseconds: message.i64(Layout.endsAt)), utcOffsetMinutes: offset)
        line.add("first_day", CivilDay(days: message.i32(Layout.firstDay)).description)
        line.add("last_day", CivilDay(days: message.i32(Layout.lastDay)).description)
        line.add("utc_offset_minutes", offset)
        line.add("operator", try texts.next(message, count: message.u8(Layout.operatorLength)))
        var accounts: [String] = []
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let purpose = bytes.u8(at: entry + Entry.purpose)
            var account = JSONText()
            account.add("balance_minor", bytes.i64(at: entry + Entry.balance))
            account.add("business", bytes.u16(at: entry + Entry.business))
            account.add("wallet", bytes.u16(at: entry + Entry.wallet))
            account.add("purpose", try name(of: Purpose(rawValue: purpose), "purpose", purpose))
            accounts.append(account.object)
        }
        line.add("accounts", list: accounts)
    }
}
