import TallyBytes
import TallyModel

extension Command {
    /// Writes a purchase without its codes.
    func encode(plain receipt: Receipt, into writer: inout ByteWriter) throws(Rejection) {
        guard receipt.lines.count <= Limits.linesMax else { throw .linesTooMany }
        guard receipt.redemptions.count <= Limits.walletsPerReceiptMax else { throw .walletRepeated }
        let member = receipt.member.parts
        let head = [receipt.store, member.key, receipt.number]
        try check(head)
        writer.append(header: PurchaseLayout.shape)
        writer.append(i64: receipt.occurredAt.microseconds)
        writer.append(i64: receipt.total.minor)
        writer.append(u32: member.number)
        writer.append(i16: receipt.utcOffsetMinutes)
        writer.append(u8: member.kind)
        writer.append(u8: receipt.channel.rawValue)
        for text in head { writer.append(lengthOf: text) }
        try writer.append(hold: receipt.hold)
        var textBytes = head.reduce(0) { $0 + $1.utf8.count }
        textBytes += try encode(lines: receipt.lines, into: &writer)
        textBytes += try encode(redemptions: receipt.redemptions, into: &writer)
        guard textBytes <= Limits.commandBytesMax else { throw .commandTooLong }
        writer.append(u16: UInt16(textBytes))
        for text in head { writer.append(text: text) }
        for line in receipt.lines {
            writer.append(text: line.sku)
            writer.append(text: line.category)
        }
        for redemption in receipt.redemptions { writer.append(text: redemption.wallet) }
    }

    /// Writes the entries of the lines.
    ///
    /// - Returns: Bytes of their strings, which come later.
    private func encode(lines: [ReceiptLine], into writer: inout ByteWriter) throws(Rejection) -> Int {
        writer.append(groupOf: lines.count, entryLength: PurchaseLayout.Lines.entryLength)
        var textBytes = 0
        for line in lines {
            try check([line.sku, line.category])
            writer.append(i64: line.quantity.thousandths)
            writer.append(i64: line.total.minor)
            writer.append(lengthOf: line.sku)
            writer.append(lengthOf: line.category)
            textBytes += line.sku.utf8.count + line.category.utf8.count
        }
        return textBytes
    }

    /// Writes the entries of the redemptions.
    ///
    /// - Returns: Bytes of their strings, which come later.
    private func encode(redemptions: [Redemption], into writer: inout ByteWriter) throws(Rejection) -> Int {
        writer.append(groupOf: redemptions.count, entryLength: PurchaseLayout.Redemptions.entryLength)
        var textBytes = 0
        for redemption in redemptions {
            try check([redemption.wallet])
            writer.append(i64: redemption.points.minor)
            writer.append(u8: redemption.isUpTo ? 1 : 0)
            writer.append(lengthOf: redemption.wallet)
            textBytes += redemption.wallet.utf8.count
        }
        return textBytes
    }

    func encode(_ slip: ReturnSlip, into writer: inout ByteWriter) throws(Rejection) {
        guard slip.lines.count <= Limits.linesMax else { throw .linesTooMany }
        let member = slip.member.parts
        let purchase = slip.purchase.parts
        guard slip.purchase == .blind || !purchase.isBlind else { throw .purchaseUnknown }
        let head = [slip.store, member.key, purchase.receipt, slip.number]
        try check(head)
        writer.append(header: ReturnLayout.shape)
        writer.append(i64: slip.occurredAt.microseconds)
        writer.append(i64: slip.total.minor)
        writer.append(u64: purchase.sequence)
        writer.append(u64: purchase.number)
        writer.append(u32: purchase.source)
        writer.append(u32: member.number)
        writer.append(i16: slip.utcOffsetMinutes)
        writer.append(u8: member.kind)
        writer.append(u8: slip.channel.rawValue)
        for text in head { writer.append(lengthOf: text) }
        writer.append(groupOf: slip.lines.count, entryLength: ReturnLayout.Lines.entryLength)
        var textBytes = head.reduce(0) { $0 + $1.utf8.count }
        for line in slip.lines {
            try check([line.sku, line.category])
            writer.append(i64: line.quantity.thousandths)
            writer.append(i64: line.total.minor)
            writer.append(lengthOf: line.sku)
            writer.append(lengthOf: line.category)
            writer.append(u16: line.purchaseLine)
            textBytes += line.sku.utf8.count + line.category.utf8.count
        }
        guard textBytes <= Limits.commandBytesMax else { throw .commandTooLong }
        writer.append(u16: UInt16(textBytes))
        for text in head { writer.append(text: text) }
        for line in slip.lines {
            writer.append(text: line.sku)
            writer.append(text: line.category)
        }
    }

    func encode(_ slip: VoidSlip, into writer: inout ByteWriter) throws(Rejection) {
        let member = slip.member.parts
        let purchase = slip.purchase.parts
        guard !purchase.isBlind else { throw .purchaseUnknown }
        let texts = [slip.store, member.key, purchase.receipt, slip.number]
        try check(texts)
        writer.append(header: VoidPurchaseLayout.shape)
        writer.append(i64: slip.occurredAt.microseconds)
        writer.append(u64: purchase.sequence)
        writer.append(u64: purchase.number)
        writer.append(u32: purchase.source)
        writer.append(u32: member.number)
        writer.append(i16: slip.utcOffsetMinutes)
        writer.append(u8: member.kind)
        writer.append(u8: slip.channel.rawValue)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    /// Writes both messages one behind the other as the text of a third; their lengths are set when they are known.
    func encode(_ exchange: Exchange, into writer: inout ByteWriter) throws(Rejection) {
        guard exchange.receipt.pricing == nil else { throw .exchangePriced }
        writer.append(header: ExchangeLayout.shape)
        let returnLengthAt = writer.count
        writer.append(u16: 0)
        let textLengthAt = writer.count
        writer.append(u16: 0)
        let start = writer.count
        try encode(exchange.slip, into: &writer)
        let returnLength = writer.count - start
        try encode(exchange.receipt, into: &writer)
        let textLength = writer.count - start
        guard textLength <= Limits.commandBytesMax else { throw .commandTooLong }
        writer.set(u16: UInt16(returnLength), at: returnLengthAt)
        writer.set(u16: UInt16(textLength), at: textLengthAt)
    }
}

extension Receipt {
    /// Reads a purchase that uses no codes.
    init(decodingPlain bytes: RawSpan) throws(CodecError) {
        typealias Layout = PurchaseLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let store = message.string(&cursor, Int(message.u8(Layout.storeLength)))
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let number = message.string(&cursor, Int(message.u8(Layout.receiptLength)))
        let lines = Receipt.lines(message, &cursor)
        let redemptions = Receipt.redemptions(message, &cursor)
        try message.checkText(readTo: cursor)
        self.init(
            store: store,
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            number: number, occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes),
            channel: try Channel(decoding: message.u8(Layout.channel)),
            total: Money(minor: message.i64(Layout.total)), lines: lines, redemptions: redemptions,
            hold: HoldReference(
                sequence: message.u64(Layout.hold), source: message.u32(Layout.holdSource),
                number: message.u64(Layout.holdNumber)))
    }

    private static func lines(_ message: borrowing Message, _ cursor: inout Int) -> [ReceiptLine] {
        typealias Entry = PurchaseLayout.Lines
        let (group, bytes) = (message.firstGroup, message.bytes)
        var lines: [ReceiptLine] = []
        lines.reserveCapacity(group.count)
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            lines.append(
                ReceiptLine(
                    sku: message.string(&cursor, Int(bytes.u8(at: entry + Entry.skuLength))),
                    category: message.string(&cursor, Int(bytes.u8(at: entry + Entry.categoryLength))),
                    quantity: Quantity(thousandths: bytes.i64(at: entry + Entry.quantity)),
                    total: Money(minor: bytes.i64(at: entry + Entry.total))))
        }
        return lines
    }

    private static func redemptions(_ message: borrowing Message, _ cursor: inout Int) -> [Redemption] {
        typealias Entry = PurchaseLayout.Redemptions
        let (group, bytes) = (message.secondGroup, message.bytes)
        var redemptions: [Redemption] = []
        redemptions.reserveCapacity(group.count)
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            redemptions.append(
                Redemption(
                    wallet: message.string(&cursor, Int(bytes.u8(at: entry + Entry.walletLength))),
                    points: Points(minor: bytes.i64(at: entry + Entry.points)),
                    isUpTo: bytes.u8(at: entry + Entry.upTo) != 0))
        }
        return redemptions
    }
}

extension ReturnSlip {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = ReturnLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let store = message.string(&cursor, Int(message.u8(Layout.storeLength)))
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let purchaseReceipt = message.string(&cursor, Int(message.u8(Layout.purchaseReceiptLength)))
        let number = message.string(&cursor, Int(message.u8(Layout.receiptLength)))
        var lines: [ReturnLine] = []
        lines.reserveCapacity(message.firstGroup.count)
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            lines.append(
                ReturnLine(
                    purchaseLine: bytes.u16(at: entry + Layout.Lines.purchaseLine),
                    sku: message.string(&cursor, Int(bytes.u8(at: entry + Layout.Lines.skuLength))),
                    category: message.string(&cursor, Int(bytes.u8(at: entry + Layout.Lines.categoryLength))),
                    quantity: Quantity(thousandths: bytes.i64(at: entry + Layout.Lines.quantity)),
                    total: Money(minor: bytes.i64(at: entry + Layout.Lines.total))))
        }
        try message.checkText(readTo: cursor)
        self.init(
            store: store,
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            number: number, occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes),
            channel: try Channel(decoding: message.u8(Layout.channel)),
            total: Money(minor: message.i64(Layout.total)),
            purchase: PurchaseReference(
                sequence: message.u64(Layout.purchaseSequence), source: message.u32(Layout.purchaseSource),
                number: message.u64(Layout.purchaseNumber), receipt: purchaseReceipt),
            lines: lines)
    }
}

extension VoidSlip {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = VoidPurchaseLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let store = message.string(&cursor, Int(message.u8(Layout.storeLength)))
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let purchaseReceipt = message.string(&cursor, Int(message.u8(Layout.purchaseReceiptLength)))
        let number = message.string(&cursor, Int(message.u8(Layout.receiptLength)))
        try message.checkText(readTo: cursor)
        self.init(
            store: store,
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            number: number, occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes),
            channel: try Channel(decoding: message.u8(Layout.channel)),
            purchase: PurchaseReference(
                sequence: message.u64(Layout.purchaseSequence), source: message.u32(Layout.purchaseSource),
                number: message.u64(Layout.purchaseNumber), receipt: purchaseReceipt))
    }
}

extension Exchange {
    init(decoding bytes: RawSpan) throws(CodecError) {
        let message = try Message(bytes, shape: ExchangeLayout.shape)
        let returnLength = Int(message.u16(ExchangeLayout.returnLength))
        guard let first = message.text(at: 0, count: returnLength),
            let second = message.text(at: returnLength, count: message.textLength - returnLength)
        else {
            throw CodecError(
                .textLengthMismatch(needed: returnLength, found: message.textLength), at: message.textOffset)
        }
        self.init(
            slip: try CodecError.moved(by: message.textOffset) { () throws(CodecError) in
                try ReturnSlip(decoding: first)
            },
            receipt: try CodecError.moved(by: message.textOffset + returnLength) { () throws(CodecError) in
                try Receipt(decoding: second)
            })
    }
}

extension Channel {
    init(decoding value: UInt8) throws(CodecError) {
        guard let channel = Channel(rawValue: value) else {
            throw CodecError(.valueUnknown(field: "channel", value: Int64(value)))
        }
        self = channel
    }
}
