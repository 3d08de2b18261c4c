import TallyBytes
import TallyModel

extension Command {
    /// Writes a purchase: one that asks promotions around the one that it is without them.
    func encode(_ receipt: Receipt, into writer: inout ByteWriter) throws(Rejection) {
        guard let pricing = receipt.pricing else { return try encode(coded: receipt, into: &writer) }
        try encode(receipt, asking: pricing, into: &writer)
    }

    /// Writes a purchase: one without codes as it has always been, one with codes as the text of another message, so that the plain one
    /// stays as short and as quick to read as it is.
    func encode(coded receipt: Receipt, into writer: inout ByteWriter) throws(Rejection) {
        guard !receipt.codes.isEmpty else { return try encode(plain: receipt, into: &writer) }
        guard receipt.codes.count <= Limits.codesPerReceiptMax else { throw .codesTooMany }
        typealias Layout = CodedPurchaseLayout
        writer.append(header: Layout.shape)
        let purchaseLengthAt = writer.count
        writer.append(u16: 0)
        writer.append(groupOf: receipt.codes.count, entryLength: Layout.Codes.entryLength)
        var texts: [String] = []
        for code in receipt.codes {
            let copy = try code.copy.encoded()
            try check([copy.code, copy.instrument])
            writer.append(i64: code.amount)
            try writer.append(hold: code.reservation)
            writer.append(u32: copy.serial)
            writer.append(lengthOf: copy.code)
            writer.append(lengthOf: copy.instrument)
            texts += [copy.code, copy.instrument]
        }
        let textLengthAt = writer.count
        writer.append(u16: 0)
        let start = writer.count
        try encode(plain: receipt, into: &writer)
        let purchaseLength = writer.count - start
        for text in texts { writer.append(text: text) }
        let textLength = writer.count - start
        guard textLength <= Limits.commandBytesMax else { throw .commandTooLong }
        writer.set(u16: UInt16(purchaseLength), at: purchaseLengthAt)
        writer.set(u16: UInt16(textLength), at: textLengthAt)
    }
}

extension Receipt {
    /// Reads a purchase of any of its messages.
    init(decoding bytes: RawSpan) throws(CodecError) {
        if try Message.templateID(of: bytes) == PricedPurchaseLayout.templateID {
            try self.init(decodingPriced: bytes)
        } else {
            try self.init(decodingCoded: bytes)
        }
    }

    /// Reads a purchase, with codes or without.
    init(decodingCoded bytes: RawSpan) throws(CodecError) {
        typealias Layout = CodedPurchaseLayout
        guard try Message.templateID(of: bytes) == Layout.templateID else {
            self = try Receipt(decodingPlain: bytes)
            return
        }
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = Int(message.u16(Layout.purchaseLength))
        guard let purchase = message.text(at: 0, count: cursor) else {
            throw CodecError(.textLengthMismatch(needed: cursor, found: message.textLength), at: message.textOffset)
        }
        var receipt = try CodecError.moved(by: message.textOffset) { () throws(CodecError) in
            try Receipt(decodingPlain: purchase)
        }
        for index in 0..<message.firstGroup.count {
            receipt.codes.append(PurchaseCode(message, index, &cursor))
        }
        try message.checkText(readTo: cursor)
        self = receipt
    }
}

extension PurchaseCode {
    /// Reads the code at `index`; its strings begin at the cursor.
    fileprivate init(_ message: borrowing Message, _ index: Int, _ cursor: inout Int) {
        typealias Entry = CodedPurchaseLayout.Codes
        let (bytes, entry) = (message.bytes, message.firstGroup.offset + index * message.firstGroup.stride)
        let code = message.string(&cursor, Int(bytes.u8(at: entry + Entry.codeLength)))
        let instrument = message.string(&cursor, Int(bytes.u8(at: entry + Entry.instrumentLength)))
        self.init(
            InstrumentReference(
                InstrumentReference.Parts(
                    code: code, instrument: instrument, serial: bytes.u32(at: entry + Entry.serial))),
            amount: bytes.i64(at: entry + Entry.amount),
            reservation: HoldReference(
                sequence: bytes.u64(at: entry + Entry.reference), source: bytes.u32(at: entry + Entry.referenceSource),
                number: bytes.u64(at: entry + Entry.referenceNumber)))
    }
}
