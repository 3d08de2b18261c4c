import TallyModel

// The events of a till, as a line of JSON writes them.

extension Receipt {
    static let documentKeys = slipKeys + ["redemptions", "hold", "codes", "pricing"]
    /// The keys that a purchase and a return have in common.
    static let slipKeys = ["store", "member", "receipt", "occurred_at", "channel", "total_minor", "lines"]
    static let lineKeys = ["sku", "category", "quantity", "total_minor"]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt()
        var lines: [ReceiptLine] = []
        for line in try fields.objects("lines", keys: Receipt.lineKeys, isRequired: true) {
            lines.append(
                ReceiptLine(
                    sku: try line.sku(), category: try line.category(), quantity: try line.quantity(),
                    total: try line.money("total_minor")))
        }
        self.init(
            store: try fields.store(), member: try fields.member("member"), number: try fields.receiptNumber(),
            occurredAt: occurredAt, utcOffsetMinutes: offset, channel: try fields.channel(),
            total: try fields.money("total_minor"), lines: lines, redemptions: try Receipt.redemptions(fields),
            hold: fields.optional("hold") == nil ? nil : try fields.hold(), codes: try Receipt.codes(fields),
            pricing: fields.optional("pricing") == nil
                ? nil : try Pricing(try fields.object("pricing", keys: Pricing.documentKeys)))
    }

    private static func codes(_ fields: Fields) throws(DocumentFault) -> [PurchaseCode] {
        var codes: [PurchaseCode] = []
        for code in try fields.objects("codes", keys: PurchaseCode.documentKeys, isRequired: false) {
            codes.append(try PurchaseCode(code))
        }
        return codes
    }

    private static func redemptions(_ fields: Fields) throws(DocumentFault) -> [Redemption] {
        var redemptions: [Redemption] = []
        for redemption in try fields.objects("redemptions", keys: Redemption.documentKeys, isRequired: false) {
            redemptions.append(try Redemption(redemption))
        }
        return redemptions
    }
}

extension ReturnSlip {
    static let documentKeys = Receipt.slipKeys + ["purchase"]
    static let lineKeys = Receipt.lineKeys + ["line"]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt()
        var lines: [ReturnLine] = []
        for line in try fields.objects("lines", keys: ReturnSlip.lineKeys, isRequired: true) {
            lines.append(
                ReturnLine(
                    purchaseLine: try line.whole(
                        "line", or: 0, in: 0...UInt16.max, "the purchase's line, counted from 1"),
                    sku: try line.sku(), category: try line.category(), quantity: try line.quantity(),
                    total: try line.money("total_minor")))
        }
        self.init(
            store: try fields.store(), member: try fields.member("member"), number: try fields.receiptNumber(),
            occurredAt: occurredAt, utcOffsetMinutes: offset, channel: try fields.channel(),
            total: try fields.money("total_minor"), purchase: try ReturnSlip.purchase(fields), lines: lines)
    }

    private static func purchase(_ fields: Fields) throws(DocumentFault) -> PurchaseReference {
        guard fields.optional("purchase") != nil else { return .blind }
        // An empty receipt would make the return a blind one.
        return try fields.purchase("the number on the receipt as text, or no purchase at all for a blind return")
    }
}

extension VoidSlip {
    static let documentKeys = ["store", "member", "receipt", "occurred_at", "channel", "purchase"]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt()
        _ = try fields.required("purchase", "the purchase that is taken back, for example {\"receipt\":\"A-1\"}")
        self.init(
            store: try fields.store(), member: try fields.member("member"), number: try fields.receiptNumber(),
            occurredAt: occurredAt, utcOffsetMinutes: offset, channel: try fields.channel(),
            purchase: try fields.purchase("the number on the receipt of the purchase as text"))
    }
}

extension Exchange {
    static let documentKeys = ["return", "purchase"]

    init(_ fields: Fields) throws(DocumentFault) {
        self.init(
            slip: try ReturnSlip(try fields.object("return", keys: ReturnSlip.documentKeys)),
            receipt: try Receipt(try fields.object("purchase", keys: Receipt.documentKeys)))
    }
}
