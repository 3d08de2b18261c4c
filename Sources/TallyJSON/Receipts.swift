import TallyModel

// The events of a till, as a line of JSON writes them.

extension Receipt {
    static let documentKeys = ["store", "member", "receipt", "occurred_at", "channel", "total_minor", "lines"]
    static let lineKeys = ["sku", "category", "quantity", "total_minor"]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt()
        var lines: [ReceiptLine] = []
        for line in try fields.objects("lines", keys: Receipt.lineKeys, isRequired: true) {
            lines.append(
                ReceiptLine(
                    sku: try line.sku(), category: try line.category(), quantity: try line.quantity(),
                    total: try line.money()))
        }
        self.init(
            store: try fields.store(), member: try fields.member("member"), number: try fields.receiptNumber(),
            occurredAt: occurredAt, utcOffsetMinutes: offset, channel: try fields.channel(), total: try fields.money(),
            lines: lines)
    }
}

extension ReturnSlip {
    static let documentKeys = Receipt.documentKeys + ["purchase"]
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
                    total: try line.money()))
        }
        self.init(
            store: try fields.store(), member: try fields.member("member"), number: try fields.receiptNumber(),
            occurredAt: occurredAt, utcOffsetMinutes: offset, channel: try fields.channel(), total: try fields.money(),
            purchase: try fields.purchase(), lines: lines)
    }
}

extension Fields {
    fileprivate func store() throws(DocumentFault) -> String { try text("store", "a store id, for example \"330\"") }

    fileprivate func sku() throws(DocumentFault) -> String {
        try text("sku", "the product's id as text, for example \"1095275\"")
    }

    fileprivate func category() throws(DocumentFault) -> String {
        try text("category", or: "", "the product's category as text")
    }

    fileprivate func receiptNumber() throws(DocumentFault) -> String {
        try text("receipt", "the number on the receipt as text, for example \"A-17\"")
    }

    fileprivate func money() throws(DocumentFault) -> Money {
        let all = Int64.min...Int64.max
        return Money(
            minor: try whole("total_minor", in: all, "a whole number of minor units, for example 150 for 1.50"))
    }

    fileprivate func channel() throws(DocumentFault) -> Channel {
        try choice("channel", among: Channel.documentNames, or: .till)
    }

    fileprivate func occurredAt() throws(DocumentFault) -> (Instant, Int16) {
        let expected = "the till's time with its offset from UTC, for example \"2017-01-01T06:53:26-05:00\""
        guard let moment = Instant.parse(try text("occurred_at", expected)) else {
            throw fault("occurred_at", expected)
        }
        return (moment.instant, moment.utcOffsetMinutes)
    }

    /// Pieces as a whole number, anything else as a decimal in quotes: a JSON fraction would invite floating point.
    fileprivate func quantity() throws(DocumentFault) -> Quantity {
        let expected = "whole pieces, for example 2, or a decimal in quotes with up to 3 decimals, for example \"0.5\""
        switch try required("quantity", expected).value {
        case .number(let text):
            guard let pieces = Int64(text) else { throw fault("quantity", expected) }
            let (thousandths, overflow) = pieces.multipliedReportingOverflow(by: 1000)
            guard !overflow else { throw fault("quantity", "at most \(Limits.quantityThousandthsMax / 1000)") }
            return Quantity(thousandths: thousandths)
        case .string(let text):
            guard let thousandths = ExactDecimal.parse(text, scale: 3) else { throw fault("quantity", expected) }
            return Quantity(thousandths: thousandths)
        default: throw fault("quantity", expected)
        }
    }

    /// The member that `key` names; nobody when it is missing or null.
    func member(_ key: String) throws(DocumentFault) -> MemberReference {
        guard optional(key) != nil else { return .anonymous }
        let member = try object(key, keys: ["number", "phone", "card", "external"])
        guard member.keys.count == 1 else { throw fault(key, "exactly one of number, phone, card, external") }
        switch member.keys[0] {
        case "number":
            return .number(MemberNumber(try member.whole("number", in: 1...UInt32.max, "the member's number, from 1")))
        case "phone":
            return .phone(try member.text("phone", "a phone number as text, for example \"+7 903 123-45-67\""))
        case "card": return .card(try member.text("card", "a card number as text"))
        default: return .external(try member.text("external", "the id of other systems as text, for example \"900\""))
        }
    }

    fileprivate func purchase() throws(DocumentFault) -> PurchaseReference {
        guard optional("purchase") != nil else { return .blind }
        let purchase = try object("purchase", keys: ["sequence", "source", "number", "receipt"])
        switch Set(purchase.keys) {
        case ["sequence"]:
            return .sequence(
                LogSequence(try purchase.whole("sequence", in: 1...UInt64.max, "the sequence of the purchase's answer"))
            )
        case ["source", "number"]:
            return .event(
                source: SourceNumber(
                    try purchase.whole("source", in: 1...UInt32.max, "the number of the source that sold")),
                number: try purchase.whole("number", in: 1...UInt64.max, "that source's number for the purchase"))
        case ["receipt"]: return .receipt(try purchase.purchaseReceipt())
        default: throw fault("purchase", "sequence, or source and number, or receipt")
        }
    }
}

extension Fields {
    /// The receipt of a purchase; an empty one would make the return a blind one.
    fileprivate func purchaseReceipt() throws(DocumentFault) -> String {
        let expected = "the number on the receipt as text, or no purchase at all for a blind return"
        let receipt = try text("receipt", expected)
        guard !receipt.isEmpty else { throw fault("receipt", expected) }
        return receipt
    }
}

extension Channel {
    /// How documents name the channels.
    static let documentNames = Channel.allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}
