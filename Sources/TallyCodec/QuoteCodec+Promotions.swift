import TallyBytes
import TallyModel

extension Quote {
    /// Reads a quote with what promotions do.
    init(decodingPriced bytes: RawSpan) throws(CodecError) {
        typealias Layout = PricedQuoteLayout
        let message = try Message(bytes, shape: Layout.shape)
        let length = Int(message.u16(Layout.quoteLength))
        guard let plain = message.text(at: 0, count: length) else {
            throw CodecError(.textLengthMismatch(needed: length, found: message.textLength), at: message.textOffset)
        }
        var quote = try CodecError.moved(by: message.textOffset) { () throws(CodecError) in
            try Quote(decodingPlain: plain)
        }
        var promotions = QuotedPromotions(
            shelfTotal: Money(minor: message.i64(Layout.shelfTotal)),
            payable: Money(minor: message.i64(Layout.payable)), revision: message.u32(Layout.revision))
        let validUntil = message.i64(Layout.validUntil)
        if validUntil != 0 { promotions.validUntil = Instant(microseconds: validUntil) }
        var cursor = length
        for index in 0..<message.firstGroup.count {
            promotions.effects.append(try QuotedEffect(message, index, &cursor))
        }
        for index in 0..<message.secondGroup.count {
            let entry = message.secondGroup.offset + index * message.secondGroup.stride
            let effect = Int(bytes.u16(at: entry + Layout.Acts.effect))
            guard effect < promotions.effects.count else {
                throw CodecError(.valueUnknown(field: "effect", value: Int64(effect)), at: entry + Layout.Acts.effect)
            }
            promotions.effects[effect].acts.append(try QuotedAct(message, entry, &cursor))
        }
        for index in 0..<message.thirdGroup.count {
            let entry = message.thirdGroup.offset + index * message.thirdGroup.stride
            promotions.lines.append(
                QuotedLine(
                    discount: Money(minor: bytes.i64(at: entry + Layout.Lines.discount)),
                    points: Points(minor: bytes.i64(at: entry + Layout.Lines.points))))
        }
        try message.checkText(readTo: cursor)
        quote.promotions = promotions
        self = quote
    }

    /// Writes a quote with what promotions do.
    ///
    /// - Precondition: What the effects say together fits a message; whoever makes a quote leaves acts out first.
    func encode(_ promotions: QuotedPromotions, into writer: inout ByteWriter) {
        typealias Layout = PricedQuoteLayout
        writer.append(header: Layout.shape)
        writer.append(i64: promotions.shelfTotal.minor)
        writer.append(i64: promotions.payable.minor)
        writer.append(i64: promotions.validUntil?.microseconds ?? 0)
        writer.append(u32: promotions.revision)
        let quoteLengthAt = writer.count
        writer.append(u16: 0)
        writer.append(effects: promotions.effects)
        writer.append(actsOf: promotions.effects)
        writer.append(groupOf: promotions.lines.count, entryLength: Layout.Lines.entryLength)
        for line in promotions.lines {
            writer.append(i64: line.discount.minor)
            writer.append(i64: line.points.minor)
        }
        let textLengthAt = writer.count
        writer.append(u16: 0)
        let start = writer.count
        encode(plain: &writer)
        writer.set(u16: UInt16(writer.count - start), at: quoteLengthAt)
        for effect in promotions.effects {
            writer.append(text: effect.promotion)
            writer.append(text: effect.title)
        }
        for act in promotions.effects.flatMap(\.acts) {
            writer.append(text: act.argument)
            writer.append(text: act.channel)
        }
        precondition(writer.count - start <= Int(UInt16.max), "The text of a quote has at most 65,535 bytes.")
        writer.set(u16: UInt16(writer.count - start), at: textLengthAt)
    }
}

extension QuotedEffect {
    /// Reads the effect at `index`; its strings begin at the cursor.
    fileprivate init(_ message: borrowing Message, _ index: Int, _ cursor: inout Int) throws(CodecError) {
        typealias Entry = PricedQuoteLayout.Effects
        let (bytes, entry) = (message.bytes, message.firstGroup.offset + index * message.firstGroup.stride)
        let promotion = message.string(&cursor, Int(bytes.u8(at: entry + Entry.promotionLength)))
        let title = message.string(&cursor, Int(bytes.u8(at: entry + Entry.titleLength)))
        let (state, number) = (bytes.u8(at: entry + Entry.state), bytes.u8(at: entry + Entry.measure))
        guard state < 2 else {
            throw CodecError(.valueUnknown(field: "state", value: Int64(state)), at: entry + Entry.state)
        }
        guard let measure = BasketMeasure(rawValue: number) else {
            throw CodecError(.valueUnknown(field: "measure", value: Int64(number)), at: entry + Entry.measure)
        }
        self.init(
            promotion: promotion, title: title, discount: Money(minor: bytes.i64(at: entry + Entry.discount)),
            points: Points(minor: bytes.i64(at: entry + Entry.points)),
            missing: state == 0 ? nil : Missing(bytes.i64(at: entry + Entry.missing), measure))
    }
}

extension QuotedAct {
    /// Reads the act whose entry stands at an offset; its strings begin at the cursor.
    fileprivate init(_ message: borrowing Message, _ entry: Int, _ cursor: inout Int) throws(CodecError) {
        typealias Entry = PricedQuoteLayout.Acts
        let bytes = message.bytes
        let argument = message.string(&cursor, Int(bytes.u16(at: entry + Entry.argumentLength)))
        let channel = message.string(&cursor, Int(bytes.u8(at: entry + Entry.channelLength)))
        let number = bytes.u8(at: entry + Entry.kind)
        guard let kind = ActKind(rawValue: number) else {
            throw CodecError(.valueUnknown(field: "kind", value: Int64(number)), at: entry + Entry.kind)
        }
        self.init(
            kind, argument, count: bytes.i32(at: entry + Entry.count), minutes: bytes.i32(at: entry + Entry.minutes),
            amount: bytes.i64(at: entry + Entry.amount), channel: channel)
    }
}

extension ByteWriter {
    fileprivate mutating func append(effects: [QuotedEffect]) {
        append(groupOf: effects.count, entryLength: PricedQuoteLayout.Effects.entryLength)
        for effect in effects {
            append(i64: effect.discount.minor)
            append(i64: effect.points.minor)
            append(i64: effect.missing?.amount ?? 0)
            append(u8: effect.missing == nil ? 0 : 1)
            append(u8: effect.missing?.measure.rawValue ?? 0)
            append(lengthOf: effect.promotion)
            append(lengthOf: effect.title)
        }
    }

    fileprivate mutating func append(actsOf effects: [QuotedEffect]) {
        append(groupOf: effects.reduce(0) { $0 + $1.acts.count }, entryLength: PricedQuoteLayout.Acts.entryLength)
        for (index, effect) in effects.enumerated() {
            for act in effect.acts {
                append(i64: act.amount)
                append(i32: act.count)
                append(i32: act.minutes)
                append(u16: UInt16(index))
                append(u16: UInt16(act.argument.utf8.count))
                append(u8: act.kind.rawValue)
                append(lengthOf: act.channel)
            }
        }
    }
}
