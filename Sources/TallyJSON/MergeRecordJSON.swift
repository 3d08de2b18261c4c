import TallyBytes
import TallyCodec
import TallyModel

extension RecordJSON {
    static func addMerge(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = MembersMergedLayout
        typealias Entry = MembersMergedLayout.Wallets
        try addParties(message, to: &line)
        line.add("operator", try texts.next(message, count: message.u8(Layout.operatorLength)))
        line.add("reason", try texts.next(message, count: message.u8(Layout.reasonLength)))
        line.add(
            "wallets",
            list: wallets(
                message,
                [
                    ("active_minor", Entry.active), ("pending_minor", Entry.pending), ("held_minor", Entry.held),
                    ("debt_minor", Entry.debt), ("active_after_minor", Entry.activeAfter),
                    ("pending_after_minor", Entry.pendingAfter), ("held_after_minor", Entry.heldAfter),
                    ("debt_after_minor", Entry.debtAfter),
                ], number: Entry.wallet))
        line.add("postings", list: try postings(message))
        line.add("lots", list: try lots(message, &texts, length: message.u16(Layout.lotsLength)))
    }

    static func addSplit(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = MembersSplitLayout
        typealias Entry = MembersSplitLayout.Wallets
        try addParties(message, to: &line)
        line.add("operator", try texts.next(message, count: message.u8(Layout.operatorLength)))
        line.add("reason", try texts.next(message, count: message.u8(Layout.reasonLength)))
        line.add(
            "wallets",
            list: wallets(
                message,
                [
                    ("active_minor", Entry.active), ("pending_minor", Entry.pending), ("debt_minor", Entry.debt),
                    ("active_after_minor", Entry.activeAfter), ("pending_after_minor", Entry.pendingAfter),
                    ("debt_after_minor", Entry.debtAfter),
                ], number: Entry.wallet))
        line.add("lots", list: try lots(message, &texts, length: message.u16(Layout.lotsLength)))
    }

    /// Who is merged or split; these fields stand at the same places in both records.
    private static func addParties(_ message: borrowing Message, to line: inout JSONText) throws(CodecError) {
        typealias Layout = MembersMergedLayout
        let offset = message.i16(Layout.utcOffsetMinutes)
        line.add(
            instant: "occurred_at", Instant(microseconds: message.i64(Layout.occurredAt)), utcOffsetMinutes: offset)
        line.add("previous_of_absorbed", message.u64(Layout.previousOfAbsorbed))
        line.add("absorbed", message.u32(Layout.absorbed))
        line.add("utc_offset_minutes", offset)
        let mode = message.u8(Layout.blocked)
        line.add("blocked", try name(of: BlockMode(rawValue: mode), "blocked", mode))
    }

    /// The figures of each wallet, each under its name, and the wallet behind them.
    private static func wallets(
        _ message: borrowing Message, _ figures: [(name: String, offset: Int)], number: Int
    ) -> [String] {
        let group = message.firstGroup
        var wallets: [String] = []
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            var wallet = JSONText()
            for figure in figures { wallet.add(figure.name, message.bytes.i64(at: entry + figure.offset)) }
            wallet.add("wallet", message.bytes.u16(at: entry + number))
            wallets.append(wallet.object)
        }
        return wallets
    }
}
