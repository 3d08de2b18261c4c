import TallyBytes
import TallyCodec
import TallyModel

/// What a return needs to know of its purchase, taken out of the purchase's record, which may be that of an exchange.
struct PurchaseFacts {
    /// A line as it was bought.
    struct Line {
        var quantity: Int64
        var total: Int64
        var earns: UInt8
        var burns: UInt8
        var sku: [UInt8]
        var category: [UInt8]
    }

    /// Points that the purchase gave in one wallet.
    struct Award {
        var wallet: WalletNumber
        var business: BusinessNumber
        var points: Int64
        /// The lots that hold them, unless they covered a debt.
        var lots: [LotID]
        /// Of the points those that promotions gave, by line; empty when they gave none.
        var gifts: [Int64] = []
    }

    var sequence: UInt64
    var member: MemberNumber
    var store: StoreNumber
    var total: Int64
    var revision: UInt16
    var lines: [Line] = []
    var awards: [Award] = []
    /// What points paid, by wallet.
    var redemptions: [Payment] = []
    /// The lots that they came from.
    var taken: [LotMove] = []
    /// The codes that it used.
    var codes: [UsedCode] = []

    /// What cards and certificates paid, behind points.
    var paidByCards: Int64 { codes.reduce(0) { $1.isMoney ? $0 + $1.amount : $0 } }

    /// Reads the record of a purchase.
    ///
    /// - Returns: nil when the record is something else.
    init?(_ record: RawSpan, sequence: UInt64) {
        typealias Layout = PurchaseRecordedLayout
        guard let message = PurchaseFacts.purchase(in: record) else { return nil }
        self.sequence = sequence
        // An exchange says the member in its own envelope and in those of its parts.
        member = MemberNumber(message.envelope.member)
        store = StoreNumber(message.u32(Layout.store))
        total = message.i64(Layout.total)
        revision = message.u16(Layout.accrualRevision)
        codes = UsedCode.all(in: record)
        readLines(message)
        readAwards(message)
        readGifts(record)
        for index in 0..<message.thirdGroup.count {
            let entry = message.thirdGroup.offset + index * message.thirdGroup.stride
            redemptions.append(
                Payment(
                    wallet: WalletNumber(message.bytes.u16(at: entry + Layout.Redemptions.wallet)),
                    points: message.bytes.i64(at: entry + Layout.Redemptions.points),
                    money: message.bytes.i64(at: entry + Layout.Redemptions.money)))
        }
        guard var list = try? message.lots(length: message.u16(Layout.lotsLength)) else { return }
        while let move = try? list.next() { taken.append(move) }
    }

    private mutating func readLines(_ message: borrowing Message) {
        typealias Entry = PurchaseRecordedLayout.Lines
        var cursor = Int(message.u8(PurchaseRecordedLayout.receiptLength))
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let sku = Int(message.bytes.u8(at: entry + Entry.skuLength))
            let category = Int(message.bytes.u8(at: entry + Entry.categoryLength))
            lines.append(
                Line(
                    quantity: message.bytes.i64(at: entry + Entry.quantity),
                    total: message.bytes.i64(at: entry + Entry.total), earns: message.bytes.u8(at: entry + Entry.earns),
                    burns: message.bytes.u8(at: entry + Entry.burns), sku: message.textBytes(at: cursor, count: sku),
                    category: message.textBytes(at: cursor + sku, count: category)))
            cursor += sku + category
        }
    }

    private mutating func readAwards(_ message: borrowing Message) {
        let group = message.secondGroup
        for index in 0..<group.count {
            guard let posting = message.posting(index, of: group), posting.purpose == .issued else { continue }
            awards.append(
                Award(
                    wallet: WalletNumber(posting.wallet), business: BusinessNumber(posting.business),
                    points: -posting.amount, lots: []))
        }
        for index in 0..<group.count {
            guard let posting = message.posting(index, of: group), posting.lot != 0,
                let award = awards.firstIndex(where: { $0.wallet.rawValue == posting.wallet })
            else { continue }
            awards[award].lots.append(LotID(sequence: sequence, place: UInt16(posting.lot)))
        }
    }

    /// Which points of which line promotions gave.
    private mutating func readGifts(_ record: RawSpan) {
        guard let promoted = try? PromotedReceipt(record), let account = try? promoted.account() else { return }
        for award in account.awards where !award.isWithheld {
            guard let index = awards.firstIndex(where: { $0.wallet == award.wallet }) else { continue }
            if awards[index].gifts.isEmpty { awards[index].gifts = Array(repeating: 0, count: lines.count) }
            for part in award.parts where Int(part.line) < lines.count {
                awards[index].gifts[Int(part.line)] += part.points
            }
        }
    }

    /// Orders lines by SKU, then as they stand.
    func precedes(_ first: Int, _ second: Int) -> Bool {
        lines[first].sku == lines[second].sku
            ? first < second : lines[first].sku.lexicographicallyPrecedes(lines[second].sku)
    }

    /// The record of a purchase itself, or the one in an exchange, with codes or without.
    @_lifetime(copy record)
    static func purchase(in record: RawSpan) -> Message? {
        let record = CodedReceipt.receipt(in: record)
        if let message = try? Message(record, shape: PurchaseRecordedLayout.shape) { return message }
        guard let exchange = try? Message(record, shape: ExchangeRecordedLayout.shape) else { return nil }
        let length = Int(exchange.u16(ExchangeRecordedLayout.returnLength))
        guard let inner = exchange.text(at: length, count: exchange.textLength - length) else { return nil }
        return try? Message(inner, shape: PurchaseRecordedLayout.shape)
    }

    /// True when the record is a purchase with that number on its receipt.
    static func isPurchase(_ record: RawSpan, receipt: RawSpan) -> Bool {
        guard let message = purchase(in: record) else { return false }
        guard let number = message.text(at: 0, count: Int(message.u8(PurchaseRecordedLayout.receiptLength))) else {
            return false
        }
        return number.hasSameBytes(as: receipt)
    }

    /// The record of a member before this one; 0 for the first.
    ///
    /// Transfers, merges and splits belong to the chains of two members.
    static func previous(of member: MemberNumber, in record: RawSpan) -> UInt64 {
        if let transfer = try? Message(record, shape: TransferredLayout.shape),
            transfer.u32(TransferredLayout.otherMember) == member.rawValue
        {
            return transfer.u64(TransferredLayout.previousOfOther)
        }
        if let merge = try? Message(record, shape: MembersMergedLayout.shape),
            merge.u32(MembersMergedLayout.absorbed) == member.rawValue
        {
            return merge.u64(MembersMergedLayout.previousOfAbsorbed)
        }
        if let split = try? Message(record, shape: MembersSplitLayout.shape),
            split.u32(MembersSplitLayout.absorbed) == member.rawValue
        {
            return split.u64(MembersSplitLayout.previousOfAbsorbed)
        }
        let offset = messageHeaderLength + LedgerCreatedLayout.previousOfMember
        return record.byteCount >= offset + 8 ? record.u64(at: offset) : 0
    }
}

extension Message {
    /// A copy of some bytes of the text; empty when they are not all inside.
    fileprivate func textBytes(at start: Int, count: Int) -> [UInt8] {
        guard let bytes = text(at: start, count: count) else { return [] }
        return (0..<count).map { bytes.u8(at: $0) }
    }
}
