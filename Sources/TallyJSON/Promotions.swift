import TallyBytes
import TallyCodec
import TallyModel

// Promotions in the ledger, as a line of JSON writes them.

extension Pricing {
    static let documentKeys = ["payable_minor", "settled", "offers", "facts", "codes"]

    init(_ fields: Fields) throws(DocumentFault) {
        self.init(
            payable: fields.optional("payable_minor") == nil ? nil : try fields.money("payable_minor"),
            isSettled: try fields.flag("settled", or: false), facts: try Pricing.facts(fields),
            codes: try Pricing.codes(fields), wantsOffers: try fields.flag("offers", or: false))
    }

    /// Codes that were shown; a till that has seen none may send an empty list.
    private static func codes(_ fields: Fields) throws(DocumentFault) -> [String] {
        guard let node = fields.optional("codes"), node.value != .array([]) else { return [] }
        return try fields.list("codes", countMax: Limits.shownCodesMax, "a code as text") { $0 }
    }

    private static func facts(_ fields: Fields) throws(DocumentFault) -> [StatedFact] {
        guard let node = fields.optional("facts") else { return [] }
        let expected =
            "an object of at most \(Limits.statedFactsMax) facts, each a text or a whole number, "
            + "for example {\"tier\":\"gold\",\"rfm.r\":5}"
        guard case .object(let entries) = node.value, entries.count <= Limits.statedFactsMax else {
            throw fields.fault("facts", expected)
        }
        var facts: [StatedFact] = []
        for entry in entries {
            switch entry.node.value {
            case .string(let text): facts.append(StatedFact(entry.key, text))
            case .number(let text) where Int64(text) != nil: facts.append(StatedFact(entry.key, text))
            case .bool(let flag): facts.append(StatedFact(entry.key, flag ? "yes" : "no"))
            default:
                throw DocumentFault(
                    "found \(entry.node.value.summary), expected a text or a whole number",
                    path: "\(fields.path(of: "facts")).\(entry.key)", at: entry.node)
            }
        }
        return facts
    }
}

extension DocumentPart {
    static let documentKeys = ["digest", "part", "parts", "text", "bytes_base64"]

    init(_ fields: Fields) throws(DocumentFault) {
        let parts = 1...Limits.documentPartsMax
        self.init(
            digest: try fields.digest("digest"), part: try fields.whole("part", or: 1, in: parts, "which part, from 1"),
            parts: try fields.whole("parts", or: 1, in: parts, "how many parts there are"),
            bytes: try DocumentPart.bytes(fields))
    }

    /// The part as text, or in base64: text cannot hold half of a character, and a cut may go through one.
    private static func bytes(_ fields: Fields) throws(DocumentFault) -> [UInt8] {
        let forms = ["text", "bytes_base64"].filter { fields.optional($0) != nil }
        guard forms.count == 1 else { throw fields.fault(forms.last ?? "text", "exactly one of text, bytes_base64") }
        let max = Limits.documentPartBytesMax
        guard forms[0] == "bytes_base64" else {
            return Array(try fields.text("text", bytesMax: max, "the part of the document").utf8)
        }
        let expected = "the bytes of the part in base64, with its padding"
        let text = try fields.text("bytes_base64", bytesMax: Base64.count(of: max), expected)
        guard let bytes = Base64.decode(text) else { throw fields.fault("bytes_base64", expected) }
        return bytes
    }
}

extension PromotionsChange {
    static let documentKeys = ["publish", "pause", "activate", "archive", "effective_from", "author", "note"]

    init(_ fields: Fields) throws(DocumentFault) {
        let acts = ["publish", "pause", "activate", "archive"].filter { fields.optional($0) != nil }
        guard acts.count == 1 else {
            throw fields.fault(acts.last ?? "publish", "exactly one of publish, pause, activate, archive")
        }
        func ids() throws(DocumentFault) -> [String] {
            try fields.list(acts[0], countMax: Limits.restingPromotionsMax, "the id of a promotion") { $0 }
        }
        let act: Act
        switch acts[0] {
        case "publish":
            let documents = try fields.object("publish", keys: ["words", "rules"])
            act = .publish(words: try documents.digest("words"), rules: try documents.digest("rules"))
        case "pause": act = .pause(try ids())
        case "activate": act = .activate(try ids())
        default: act = .archive(try ids())
        }
        self.init(
            act,
            effectiveFrom: fields.optional("effective_from") == nil ? nil : try fields.moment("effective_from").instant,
            author: try fields.text("author", "who answers for it"),
            note: try fields.text("note", or: "", bytesMax: Limits.nameBytesMax, "why, in a few words"))
    }
}

extension Fields {
    fileprivate func digest(_ key: String) throws(DocumentFault) -> DocumentDigest {
        let expected = "the document's SHA-256 as 64 hexadecimal digits"
        guard let digest = DocumentDigest(hex: try text(key, expected)) else { throw fault(key, expected) }
        return digest
    }
}

extension JSONSession {
    /// Adds what promotions would do to a quote.
    static func add(_ promotions: QuotedPromotions, to line: inout JSONText) {
        var object = JSONText()
        object.add("shelf_total_minor", promotions.shelfTotal.minor)
        object.add("payable_minor", promotions.payable.minor)
        object.add("revision", promotions.revision)
        if let moment = promotions.validUntil { object.add(instant: "valid_until", moment) }
        object.add("effects", list: promotions.effects.filter { $0.missing == nil }.map(effect))
        let offers = promotions.effects.filter { $0.missing != nil }
        if !offers.isEmpty { object.add("offers", list: offers.map(offer)) }
        object.add(
            "lines",
            list: promotions.lines.map { entry in
                var line = JSONText()
                line.add("discount_minor", entry.discount.minor)
                line.add("points_minor", entry.points.minor)
                return line.object
            })
        line.add("promotions", raw: object.object)
    }

    private static func effect(_ effect: QuotedEffect) -> String {
        var object = JSONText()
        object.add("promotion", effect.promotion)
        if !effect.title.isEmpty { object.add("title", effect.title) }
        object.add("discount_minor", effect.discount.minor)
        object.add("points_minor", effect.points.minor)
        if !effect.acts.isEmpty { object.add("acts", list: effect.acts.map(act)) }
        return object.object
    }

    private static func act(_ act: QuotedAct) -> String {
        var object = JSONText()
        object.add("kind", JSONText.snakeCase("\(act.kind)"))
        object.add("argument", act.argument)
        object.add("count", act.count)
        if act.minutes != 0 { object.add("good_for_minutes", act.minutes) }
        if act.amount != 0 { object.add("amount_minor", act.amount) }
        if !act.channel.isEmpty { object.add("channel", act.channel) }
        return object.object
    }

    private static func offer(_ effect: QuotedEffect) -> String {
        var object = JSONText()
        object.add("promotion", effect.promotion)
        if !effect.title.isEmpty { object.add("title", effect.title) }
        object.add("missing", effect.missing?.amount)
        object.add("measure", effect.missing.map { "\($0.measure)" })
        return object.object
    }
}
