import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyPromotions
import TallyTables

/// A purchase that asks the promotions, read in place.
struct AskedPurchase: ~Escapable {
    /// The purchase at the totals of the shelf, with codes or without.
    let purchase: RawSpan
    /// True for a receipt that is over.
    let isSettled: Bool
    private let message: Message

    @_lifetime(copy command)
    init(_ command: RawSpan, _ decider: Decider) throws(Refused) {
        typealias Layout = PricedPurchaseLayout
        let message = try decider.message(command, Layout.shape)
        guard let purchase = message.text(at: 0, count: Int(message.u16(Layout.purchaseLength))) else {
            throw Refused(.textMalformed)
        }
        let flags = message.u8(Layout.flags)
        guard flags < 8 else { throw Refused(.textMalformed) }
        guard message.firstGroup.count <= Limits.statedFactsMax, message.secondGroup.count <= Limits.shownCodesMax
        else { throw Refused(.promotionsTooMany) }
        isSettled = flags & 2 != 0
        self.purchase = purchase
        self.message = message
    }

    /// What the customer was told to pay; nil when nobody was told.
    func statedPayable(of shelfTotal: Int64) throws(Refused) -> Int64? {
        typealias Layout = PricedPurchaseLayout
        guard message.u8(Layout.flags) & 1 != 0 else {
            guard !isSettled else { throw Refused(.payableMalformed) }
            return nil
        }
        let payable = message.i64(Layout.payable)
        guard payable >= 0, payable <= shelfTotal else { throw Refused(.payableMalformed) }
        return payable
    }

    /// What the shop states about the buyer.
    func facts() throws(Refused) -> [StatedFact] {
        typealias Entry = PricedPurchaseLayout.Facts
        var cursor = try cursor()
        var facts: [StatedFact] = []
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let name = try cursor.identifier(message.bytes.u8(at: entry + Entry.nameLength), of: message)
            let value = try cursor.identifier(message.bytes.u8(at: entry + Entry.valueLength), of: message)
            facts.append(StatedFact(String(utf8Of: name), String(utf8Of: value)))
        }
        return facts
    }

    /// Codes that promotions may ask for: those shown, then the instruments whose codes the purchase uses.
    func codes(
        of facts: borrowing Decider.PurchaseForm, _ decider: Decider, state: borrowing ProgrammeState
    ) throws(Refused) -> [String] {
        var cursor = try cursor()
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            cursor.skip(Int(message.bytes.u8(at: entry + PricedPurchaseLayout.Facts.nameLength)))
            cursor.skip(Int(message.bytes.u8(at: entry + PricedPurchaseLayout.Facts.valueLength)))
        }
        var codes: [String] = []
        for index in 0..<message.secondGroup.count {
            let entry = message.secondGroup.offset + index * message.secondGroup.stride
            let length = message.bytes.u8(at: entry + PricedPurchaseLayout.Codes.length)
            codes.append(String(utf8Of: try cursor.identifier(length, of: message)))
        }
        try cursor.finish(message)
        for instrument in decider.instruments(usedBy: purchase, state: state) where !codes.contains(instrument) {
            codes.append(instrument)
        }
        return codes
    }

    private func cursor() throws(Refused) -> TextCursor {
        var cursor = TextCursor(message)
        cursor.skip(purchase.byteCount)
        return cursor
    }

    /// The purchase at other totals.
    ///
    /// - Parameters:
    ///   - lines: What is to be paid for each line.
    ///   - total: What is to be paid in all.
    ///   - decider: Reads the purchase.
    /// - Returns: The bytes of the purchase.
    /// - Throws: ``Refused`` when the bytes are no purchase.
    func purchase(lines: [Int64], total: Int64, _ decider: Decider) throws(Refused) -> PaidPurchase {
        typealias Layout = PurchaseLayout
        var writer = ByteWriter(capacity: purchase.byteCount)
        writer.append(bytes: purchase)
        let plain = try decider.plainPurchase(in: purchase)
        // The plain purchase is the front of the text of one with codes.
        var start = 0
        if plain.byteCount != purchase.byteCount {
            start = try decider.message(purchase, CodedPurchaseLayout.shape).textOffset
        }
        let group = try decider.message(plain, Layout.shape).firstGroup
        writer.set(u64: UInt64(bitPattern: total), at: start + messageHeaderLength + Layout.total)
        for index in 0..<group.count {
            let entry = start + group.offset + index * group.stride
            writer.set(u64: UInt64(bitPattern: lines[index]), at: entry + Layout.Lines.total)
        }
        return PaidPurchase(writer: writer)
    }
}

/// A purchase at what is to be paid.
struct PaidPurchase: ~Copyable {
    var writer: ByteWriter
    var bytes: RawSpan {
        @_lifetime(borrow self)
        get { writer.bytes }
    }
}

extension Decider.PurchaseForm {
    /// The totals of its lines.
    var lineTotals: [Int64] {
        let group = message.firstGroup
        return (0..<group.count).map { index in
            message.bytes.i64(at: group.offset + index * group.stride + PurchaseLayout.Lines.total)
        }
    }

    /// The day on the store's clock.
    var day: CivilDay {
        CivilDay(of: Instant(microseconds: occurredAt), utcOffsetMinutes: utcOffsetMinutes)
    }

    /// What is known about it beside its goods.
    var occasion: FactGatherer.Occasion {
        FactGatherer.Occasion(
            store: store, business: business, member: member, memberKind: message.u8(PurchaseLayout.memberKind),
            channel: channel, occurredAt: occurredAt, utcOffsetMinutes: utcOffsetMinutes)
    }

    /// Its lines as promotions see them.
    func basketLines(_ assortment: Assortment) -> [BasketLine] {
        typealias Entry = PurchaseLayout.Lines
        let group = message.firstGroup
        var cursor = linesStart
        return (0..<group.count).map { index in
            let entry = group.offset + index * group.stride
            let sku = message.string(&cursor, Int(message.bytes.u8(at: entry + Entry.skuLength)))
            let category = message.string(&cursor, Int(message.bytes.u8(at: entry + Entry.categoryLength)))
            return BasketLine(
                item: assortment.item(sku: sku, category: category),
                quantity: message.bytes.i64(at: entry + Entry.quantity),
                total: message.bytes.i64(at: entry + Entry.total))
        }
    }

    /// The products of its lines, as bytes.
    var skus: [[UInt8]] { ReceiptLines(message, textAt: linesStart).skus }
}

extension Decider {
    /// The instruments whose codes a purchase uses, by their ids: promotions may ask for them.
    ///
    /// What is wrong with a code is found when it is used, so a code that cannot be read is passed over here.
    func instruments(usedBy purchase: RawSpan, state: borrowing ProgrammeState) -> [String] {
        typealias Entry = CodedPurchaseLayout.Codes
        guard let message = try? Message(purchase, shape: CodedPurchaseLayout.shape) else { return [] }
        var cursor = Int(message.u16(CodedPurchaseLayout.purchaseLength))
        var found: [String] = []
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let lengths = [Entry.codeLength, Entry.instrumentLength].map { Int(message.bytes.u8(at: entry + $0)) }
            guard let code = message.text(at: cursor, count: lengths[0]),
                let id = message.text(at: cursor + lengths[0], count: lengths[1])
            else { return found }
            cursor += lengths[0] + lengths[1]
            let serial = message.bytes.u32(at: entry + Entry.serial)
            guard let place = try? place(code: code, instrument: id, serial: serial, Verdict(), state: state) else {
                continue
            }
            found.append(state.texts.string(state.instruments[place.instrument].id))
        }
        return found
    }
}
