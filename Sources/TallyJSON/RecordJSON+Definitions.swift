import TallyBytes
import TallyCodec
import TallyModel

extension RecordJSON {
    static func addLedger(_ message: borrowing Message, to line: inout JSONText) {
        typealias Layout = LedgerCreatedLayout
        line.add(
            "ledger",
            JSONText.hexadecimal(message.u64(Layout.ledgerHigh)) + JSONText.hexadecimal(message.u64(Layout.ledgerLow)))
    }

    static func addSource(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        line.add("opened", message.u32(SourceRecordedLayout.opened))
        line.add("name", try texts.next(message, count: message.u8(SourceRecordedLayout.nameLength)))
    }

    static func addBusiness(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = BusinessDefinedLayout
        let currencyAt = messageHeaderLength + Layout.currency
        line.add("business", message.u16(Layout.business))
        line.add("currency", String(utf8Of: message.bytes.extracting(currencyAt..<(currencyAt + 3))))
        line.add("scale", message.u8(Layout.scale))
        line.add("id", try texts.next(message, count: message.u8(Layout.idLength)))
        line.add("name", try texts.next(message, count: message.u8(Layout.nameLength)))
    }

    static func addStore(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = StoreDefinedLayout
        line.add("store", message.u32(Layout.store))
        line.add("business", message.u16(Layout.business))
        line.add("id", try texts.next(message, count: message.u8(Layout.idLength)))
        line.add("name", try texts.next(message, count: message.u8(Layout.nameLength)))
        line.add("zone", try texts.next(message, count: message.u8(Layout.zoneLength)))
    }

    static func addWallet(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = WalletDefinedLayout
        line.add("wallet", message.u16(Layout.wallet))
        line.add("scale", message.u8(Layout.scale))
        line.add("id", try texts.next(message, count: message.u8(Layout.idLength)))
        line.add("name", try texts.next(message, count: message.u8(Layout.nameLength)))
    }

    static func addAccrual(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = AccrualDefinedLayout
        line.add(instant: "effective_from", Instant(microseconds: message.i64(Layout.effectiveFrom)))
        line.add("numerator", message.u32(Layout.numerator))
        line.add("denominator", message.u32(Layout.denominator))
        line.add("revision", message.u16(Layout.revision))
        line.add("wallet", message.u16(Layout.wallet))
        line.add("business", message.u16(Layout.business))
        line.add(
            "rounding",
            try name(of: Rounding(rawValue: message.u8(Layout.rounding)), "rounding", message.u8(Layout.rounding)))
        line.add("id", try texts.next(message, count: message.u8(Layout.idLength)))
    }

    static func addMember(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        addIdentifiers(message, to: &line)
        line.add("external", try texts.next(message, count: message.u8(MemberRegisteredLayout.externalLength)))
    }

    /// Keyed hashes of phone and card: both records that have them have them in the same place.
    ///
    /// Zeros stand for none.
    static func addIdentifiers(_ message: borrowing Message, to line: inout JSONText) {
        typealias Layout = IdentifierLinkedLayout
        line.add("phone_hash", hash(message.u64(Layout.phoneHigh), message.u64(Layout.phoneLow)))
        line.add("card_hash", hash(message.u64(Layout.cardHigh), message.u64(Layout.cardLow)))
    }

    private static func hash(_ high: UInt64, _ low: UInt64) -> String? {
        high == 0 && low == 0 ? nil : JSONText.hexadecimal(high) + JSONText.hexadecimal(low)
    }

    /// The name of an enumerated value in documents.
    static func name<T>(of value: T?, _ field: String, _ raw: UInt8) throws(CodecError) -> String {
        guard let value else { throw CodecError(.valueUnknown(field: field, value: Int64(raw))) }
        return JSONText.snakeCase("\(value)")
    }
}
