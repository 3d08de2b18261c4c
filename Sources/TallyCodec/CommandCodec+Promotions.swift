public import TallyBytes
public import TallyModel

extension Command {
    func encode(_ part: DocumentPart, into writer: inout ByteWriter) throws(Rejection) {
        guard part.bytes.count <= Limits.documentPartBytesMax else { throw .documentMalformed }
        writer.append(header: KeepDocumentLayout.shape)
        writer.append(part.digest)
        writer.append(u16: part.part)
        writer.append(u16: part.parts)
        writer.append(u16: UInt16(part.bytes.count))
        for byte in part.bytes { writer.append(u8: byte) }
    }

    func encode(_ change: PromotionsChange, into writer: inout ByteWriter) throws(Rejection) {
        let (action, ids) = change.act.parts
        let texts = [change.author, change.note] + ids
        try check(texts)
        guard ids.count <= Limits.restingPromotionsMax else { throw .promotionsTooMany }
        writer.append(header: SetPromotionsLayout.shape)
        writer.append(i64: change.effectiveFrom?.microseconds ?? 0)
        let none = DocumentDigest(0, 0, 0, 0)
        if case .publish(let words, let rules) = change.act {
            writer.append(words)
            writer.append(rules)
        } else {
            writer.append(none)
            writer.append(none)
        }
        writer.append(u8: action)
        writer.append(lengthOf: change.author)
        writer.append(lengthOf: change.note)
        writer.append(groupOf: ids.count, entryLength: SetPromotionsLayout.Ids.entryLength)
        for id in ids { writer.append(lengthOf: id) }
        writer.append(texts: texts)
    }

    /// Writes a purchase that asks the promotions: a purchase with its text around it.
    func encode(_ receipt: Receipt, asking pricing: Pricing, into writer: inout ByteWriter) throws(Rejection) {
        typealias Layout = PricedPurchaseLayout
        guard pricing.facts.count <= Limits.statedFactsMax, pricing.codes.count <= Limits.shownCodesMax else {
            throw .promotionsTooMany
        }
        let texts = pricing.facts.flatMap { [$0.name, $0.value] } + pricing.codes
        try check(texts)
        writer.append(header: Layout.shape)
        writer.append(i64: pricing.payable?.minor ?? 0)
        let purchaseLengthAt = writer.count
        writer.append(u16: 0)
        writer.append(
            u8: (pricing.payable == nil ? 0 : 1) | (pricing.isSettled ? 2 : 0) | (pricing.wantsOffers ? 4 : 0))
        writer.append(groupOf: pricing.facts.count, entryLength: Layout.Facts.entryLength)
        for fact in pricing.facts {
            writer.append(lengthOf: fact.name)
            writer.append(lengthOf: fact.value)
        }
        writer.append(groupOf: pricing.codes.count, entryLength: Layout.Codes.entryLength)
        for code in pricing.codes { writer.append(lengthOf: code) }
        let textLengthAt = writer.count
        writer.append(u16: 0)
        let start = writer.count
        try encode(coded: receipt, into: &writer)
        let purchaseLength = writer.count - start
        for text in texts { writer.append(text: text) }
        let textLength = writer.count - start
        guard textLength <= Limits.commandBytesMax else { throw .commandTooLong }
        writer.set(u16: UInt16(purchaseLength), at: purchaseLengthAt)
        writer.set(u16: UInt16(textLength), at: textLengthAt)
    }
}

extension PromotionsChange.Act {
    /// How the schema writes what changes: a number, and the promotions that it names.
    fileprivate var parts: (action: UInt8, ids: [String]) {
        switch self {
        case .publish: (0, [])
        case .pause(let ids): (1, ids)
        case .activate(let ids): (2, ids)
        case .archive(let ids): (3, ids)
        }
    }
}

extension DocumentPart {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = KeepDocumentLayout
        let message = try Message(bytes, shape: Layout.shape)
        var part: [UInt8] = []
        if let text = message.text(at: 0, count: message.textLength) {
            part = (0..<text.byteCount).map { text.u8(at: $0) }
        }
        self.init(
            digest: DocumentDigest(bytes, at: messageHeaderLength + Layout.digest0), part: message.u16(Layout.part),
            parts: message.u16(Layout.parts), bytes: part)
    }
}

extension PromotionsChange {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = SetPromotionsLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let author = message.string(&cursor, Int(message.u8(Layout.authorLength)))
        let note = message.string(&cursor, Int(message.u8(Layout.noteLength)))
        var ids: [String] = []
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            ids.append(message.string(&cursor, Int(bytes.u8(at: entry + Layout.Ids.length))))
        }
        try message.checkText(readTo: cursor)
        let act: Act
        switch message.u8(Layout.action) {
        case 0:
            act = .publish(
                words: DocumentDigest(bytes, at: messageHeaderLength + Layout.words0),
                rules: DocumentDigest(bytes, at: messageHeaderLength + Layout.rules0))
        case 1: act = .pause(ids)
        case 2: act = .activate(ids)
        case 3: act = .archive(ids)
        case let other:
            throw CodecError(
                .valueUnknown(field: "action", value: Int64(other)), at: messageHeaderLength + Layout.action)
        }
        let from = message.i64(Layout.effectiveFrom)
        self.init(act, effectiveFrom: from == 0 ? nil : Instant(microseconds: from), author: author, note: note)
    }
}

extension Receipt {
    /// Reads a purchase that asks the promotions.
    init(decodingPriced bytes: RawSpan) throws(CodecError) {
        typealias Layout = PricedPurchaseLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = Int(message.u16(Layout.purchaseLength))
        guard let purchase = message.text(at: 0, count: cursor) else {
            throw CodecError(.textLengthMismatch(needed: cursor, found: message.textLength), at: message.textOffset)
        }
        var receipt = try CodecError.moved(by: message.textOffset) { () throws(CodecError) in
            try Receipt(decodingCoded: purchase)
        }
        let flags = message.u8(Layout.flags)
        guard flags < 8 else {
            throw CodecError(
                .valueUnknown(field: "flags", value: Int64(flags)), at: messageHeaderLength + Layout.flags)
        }
        var pricing = Pricing(
            payable: flags & 1 == 0 ? nil : Money(minor: message.i64(Layout.payable)), isSettled: flags & 2 != 0,
            wantsOffers: flags & 4 != 0)
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let name = message.string(&cursor, Int(bytes.u8(at: entry + Layout.Facts.nameLength)))
            let value = message.string(&cursor, Int(bytes.u8(at: entry + Layout.Facts.valueLength)))
            pricing.facts.append(StatedFact(name, value))
        }
        for index in 0..<message.secondGroup.count {
            let entry = message.secondGroup.offset + index * message.secondGroup.stride
            pricing.codes.append(message.string(&cursor, Int(bytes.u8(at: entry + Layout.Codes.length))))
        }
        try message.checkText(readTo: cursor)
        receipt.pricing = pricing
        self = receipt
    }
}

extension DocumentDigest {
    /// Reads the digest at `offset`.
    public init(_ bytes: RawSpan, at offset: Int = 0) {
        self.init(
            bytes.u64(at: offset), bytes.u64(at: offset + 8), bytes.u64(at: offset + 16), bytes.u64(at: offset + 24))
    }

    /// The same digest as the hasher gives it.
    public init(_ digest: SHA256Digest) {
        var writer = ByteWriter(capacity: SHA256Digest.byteCount)
        digest.write(to: &writer)
        self.init(writer.bytes)
    }

    /// The digest as 64 hexadecimal digits.
    public var hex: String {
        var writer = ByteWriter(capacity: SHA256Digest.byteCount)
        writer.append(self)
        return SHA256Digest(of: writer.bytes).description
    }

    /// The digest that 64 hexadecimal digits stand for; nil for any other text.
    public init?(hex: String) {
        guard let digest = SHA256Digest(hex: hex) else { return nil }
        self.init(digest)
    }
}

extension ByteWriter {
    /// Appends the 32 bytes of a digest.
    public mutating func append(_ digest: DocumentDigest) {
        append(u64: digest.word0)
        append(u64: digest.word1)
        append(u64: digest.word2)
        append(u64: digest.word3)
    }
}
