import TallyBytes
import TallyCodec
import TallyModel

extension RecordJSON {
    static func addWalletTerms(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = WalletTermsSetLayout
        line.add("max_per_receipt_minor", message.i64(Layout.maxPerReceipt))
        line.add("min_receipt_minor", message.i64(Layout.minReceipt))
        line.add("negative_limit_minor", message.i64(Layout.negativeLimit))
        line.add("money_numerator", message.u32(Layout.moneyNumerator))
        line.add("money_denominator", message.u32(Layout.moneyDenominator))
        let waitsForDay = message.u8(Layout.pendingKind) == PendingKind.date.rawValue
        line.add("pending_day", waitsForDay ? CivilDay(days: message.i32(Layout.pendingDay)).description : nil)
        line.add("expiry_count", message.u16(Layout.expiryCount))
        line.add("pending_count", message.u16(Layout.pendingCount))
        line.add("return_window_days", message.u16(Layout.returnWindowDays))
        line.add("max_share_basis_points", message.u16(Layout.maxShareBasisPoints))
        line.add("grace_days", message.u16(Layout.graceDays))
        try addKinds(message, to: &line)
        line.add("keeps_on_return", message.u8(Layout.keepsOnReturn) != 0)
        line.add("takes_back_blind", message.u8(Layout.takesBackBlind) != 0)
        line.add("earns_on_points", message.u8(Layout.earnsOnPoints) != 0)
        line.add("wallet", message.u16(Layout.wallet))
        line.add("revision", message.u16(Layout.revision))
        line.add("items", list: try items(message, &texts))
    }

    private static func addKinds(_ message: borrowing Message, to line: inout JSONText) throws(CodecError) {
        typealias Layout = WalletTermsSetLayout
        let (expiry, pending) = (message.u8(Layout.expiryKind), message.u8(Layout.pendingKind))
        line.add("expiry_kind", try name(of: ExpiryKind(rawValue: expiry), "expiryKind", expiry))
        line.add("pending_kind", try name(of: PendingKind(rawValue: pending), "pendingKind", pending))
        let (order, negative) = (message.u8(Layout.burnOrder), message.u8(Layout.negativeKind))
        line.add("burn_order", try name(of: BurnOrder(rawValue: order), "burnOrder", order))
        line.add("negative_kind", try name(of: NegativeKind(rawValue: negative), "negativeKind", negative))
        let (earn, burn) = (message.u8(Layout.earnFilter), message.u8(Layout.burnFilter))
        line.add("earn_filter", try name(of: FilterKind(rawValue: earn), "earnFilter", earn))
        line.add("burn_filter", try name(of: FilterKind(rawValue: burn), "burnFilter", burn))
    }

    private static func items(
        _ message: borrowing Message, _ texts: inout RecordTexts
    ) throws(CodecError) -> [String] {
        typealias Entry = WalletTermsSetLayout.Items
        let (group, bytes) = (message.firstGroup, message.bytes)
        var items: [String] = []
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            let kind = bytes.u8(at: entry + Entry.kind)
            var item = JSONText()
            item.add("value", bytes.u16(at: entry + Entry.value))
            item.add("kind", try name(of: TermItem(rawValue: kind), "kind", kind))
            item.add("name", try texts.next(message, count: bytes.u8(at: entry + Entry.nameLength)))
            items.append(item.object)
        }
        return items
    }

    static func addSettlementTerms(_ message: borrowing Message, to line: inout JSONText) throws(CodecError) {
        typealias Layout = SettlementTermsSetLayout
        line.add("numerator", message.u32(Layout.numerator))
        line.add("denominator", message.u32(Layout.denominator))
        line.add("fee_basis_points", message.u16(Layout.feeBasisPoints))
        line.add("issuer", message.u16(Layout.issuer))
        line.add("redeemer", message.u16(Layout.redeemer))
        line.add("wallet", message.u16(Layout.wallet))
        let timing = message.u8(Layout.timing)
        line.add("timing", try name(of: SettlementTiming(rawValue: timing), "timing", timing))
    }
}
