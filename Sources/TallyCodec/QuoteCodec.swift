public import TallyBytes
public import TallyModel

extension Quote {
    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        if try Message.templateID(of: bytes) == PricedQuoteLayout.templateID {
            try self.init(decodingPriced: bytes)
        } else {
            try self.init(decodingPlain: bytes)
        }
    }

    /// Reads a quote of a purchase that asks no promotions.
    init(decodingPlain bytes: RawSpan) throws(CodecError) {
        typealias Layout = QuoteLayout
        let message = try Message(bytes, shape: Layout.shape)
        self.init(
            sequence: LogSequence(message.u64(Layout.sequence)), code: message.u16(Layout.code),
            line: message.u16(Layout.line), member: message.u32(Layout.member),
            points: Points(minor: message.i64(Layout.points)), earned: Points(minor: message.i64(Layout.earned)),
            balance: Points(minor: message.i64(Layout.balance)), toPay: Money(minor: message.i64(Layout.toPay)))
        var cursor = 0
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            payments.append(
                Payment(
                    wallet: message.string(&cursor, Int(bytes.u8(at: entry + Layout.Redemptions.walletLength))),
                    points: Points(minor: bytes.i64(at: entry + Layout.Redemptions.points)),
                    money: Money(minor: bytes.i64(at: entry + Layout.Redemptions.money))))
        }
        try message.checkText(readTo: cursor)
    }

    /// Writes the message.
    ///
    /// - Precondition: A wallet's id has at most 255 bytes, as every id of the ledger has.
    public func encode(into writer: inout ByteWriter) {
        if let promotions { encode(promotions, into: &writer) } else { encode(plain: &writer) }
    }

    /// Writes a quote without what promotions do.
    func encode(plain writer: inout ByteWriter) {
        writer.append(header: QuoteLayout.shape)
        writer.append(u64: sequence.rawValue)
        for amount in [points.minor, earned.minor, balance.minor, toPay.minor] { writer.append(i64: amount) }
        writer.append(u32: member)
        writer.append(u16: code)
        writer.append(u16: line)
        writer.append(groupOf: payments.count, entryLength: QuoteLayout.Redemptions.entryLength)
        for payment in payments {
            writer.append(i64: payment.points.minor)
            writer.append(i64: payment.money.minor)
            writer.append(lengthOf: payment.wallet)
        }
        writer.append(texts: payments.map(\.wallet))
    }
}

extension ByteWriter {
    /// Appends the question what a purchase would be answered.
    ///
    /// - Throws: The ``TallyModel/Rejection`` that says why the receipt cannot be written down.
    public mutating func append(quoteOf receipt: Receipt) throws(Rejection) {
        append(header: AskQuoteLayout.shape)
        let lengthAt = count
        append(u16: 0)
        try Command.purchase(receipt).encode(into: &self)
        set(u16: UInt16(count - lengthAt - 2), at: lengthAt)
    }
}
