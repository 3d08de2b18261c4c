import TallyBytes
import TallyCodec
import TallyModel

extension RecordJSON {
    /// A part of a document: what it is, not its bytes.
    static func addDocument(_ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText) {
        typealias Layout = DocumentKeptLayout
        line.add("document", message.u32(Layout.document))
        line.add("digest", DocumentDigest(message.bytes, at: messageHeaderLength + Layout.digest0).hex)
        line.add("part", message.u16(Layout.part))
        line.add("parts", message.u16(Layout.parts))
        line.add("bytes", message.textLength)
        texts.skip(UInt16(message.textLength))
    }

    /// Promotions in force.
    static func addPromotions(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        typealias Layout = PromotionsSetLayout
        line.add("revision", message.u32(Layout.revision))
        line.add(instant: "effective_from", Instant(microseconds: message.i64(Layout.effectiveFrom)))
        let (action, names) = (Int(message.u8(Layout.action)), ["publish", "pause", "activate", "archive"])
        guard action < names.count else {
            throw CodecError(
                .valueUnknown(field: "action", value: Int64(action)), at: messageHeaderLength + Layout.action)
        }
        line.add("action", names[action])
        line.add("words", message.u32(Layout.words))
        line.add("rules", message.u32(Layout.rules))
        line.add("author", try texts.next(message, count: message.u8(Layout.authorLength)))
        line.add("note", try texts.next(message, count: message.u8(Layout.noteLength)))
        var resting: [String] = []
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let state = message.bytes.u8(at: entry + Layout.Resting.state)
            guard let rest = PromotionRest(rawValue: state) else {
                throw CodecError(.valueUnknown(field: "state", value: Int64(state)), at: entry + Layout.Resting.state)
            }
            var object = JSONText()
            let length = message.bytes.u8(at: entry + Layout.Resting.length)
            object.add("promotion", try texts.next(message, count: length))
            object.add("state", "\(rest)")
            resting.append(object.object)
        }
        line.add("resting", list: resting)
    }

    /// A purchase with what promotions did; the purchase has no envelope of its own.
    static func addPromotedReceipt(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        let promoted = try PromotedReceipt(message.bytes)
        let template = try Message.templateID(of: promoted.receipt)
        guard let kind = RecordKind(rawValue: template), [.purchaseRecorded, .codedReceiptRecorded].contains(kind)
        else { throw CodecError(.unexpectedTemplate(template), at: message.textOffset + 2) }
        var receipt = JSONText()
        receipt.add("record", JSONText.snakeCase("\(kind)"))
        try add(kind, promoted.receipt, at: message.textOffset, to: &receipt)
        line.add("receipt", raw: receipt.object)
        let account = try promoted.account()
        var object = JSONText()
        object.add("revision", promoted.revision)
        object.add("shelf_total_minor", promoted.shelfTotal)
        if promoted.difference != 0 { object.add("difference_minor", promoted.difference) }
        object.add("awards", list: account.awards.map(award))
        object.add("facts", list: account.facts.map(String.init))
        object.add("codes", list: account.codes.map(JSONText.quoted))
        if !account.extras.isEmpty { object.add("extras_minor", list: account.extras.map(String.init)) }
        if !account.names.isEmpty {
            object.add(
                "names",
                list: account.names.map { name in
                    var entry = JSONText()
                    entry.add("place", name.place)
                    entry.add("promotion", name.id)
                    return entry.object
                })
        }
        object.add("uses", promoted.useCount)
        line.add("promotions", raw: object.object)
        texts.skip(UInt16(message.textLength))
    }

    private static func award(_ award: PromotionAward) -> String {
        var object = JSONText()
        object.add("place", award.place)
        object.add("case", Int64(award.rule) + 1)
        if award.isWithheld { object.add("withheld", true) }
        if let wallet = award.wallet { object.add("wallet", wallet.rawValue) }
        object.add(
            "lines",
            list: award.parts.map { part in
                var line = JSONText()
                line.add("line", Int(part.line) + 1)
                line.add("discount_minor", part.discount)
                line.add("points_minor", part.points)
                return line.object
            })
        return object.object
    }

    /// A refusal because something else was to be paid.
    static func addPriceChange(_ message: borrowing Message, to line: inout JSONText) {
        typealias Layout = PriceChangedLayout
        line.add("code", Rejection.priceChanged.rawValue)
        line.add("rejection", Rejection.priceChanged.documentName)
        line.add("stated_minor", message.i64(Layout.stated))
        line.add("payable_minor", message.i64(Layout.payable))
        line.add("revision", message.u32(Layout.revision))
        line.add("command", message.u16(Layout.command))
    }
}
