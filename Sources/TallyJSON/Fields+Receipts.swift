import TallyModel

// What the events of tills have in common.

extension Fields {
    func store() throws(DocumentFault) -> String { try text("store", "a store id, for example \"330\"") }

    func sku() throws(DocumentFault) -> String {
        try text("sku", "the product's id as text, for example \"1095275\"")
    }

    func category() throws(DocumentFault) -> String {
        try text("category", or: "", "the product's category as text")
    }

    func receiptNumber() throws(DocumentFault) -> String {
        try text("receipt", "the number on the receipt as text, for example \"A-17\"")
    }

    /// An amount of any sign: what a receipt may say is the ledger's to judge, and its answer is kept.
    func money(_ key: String) throws(DocumentFault) -> Money { Money(minor: try minorUnits(key)) }

    /// A number of points of any sign.
    func points(_ key: String) throws(DocumentFault) -> Points { Points(minor: try minorUnits(key)) }

    private func minorUnits(_ key: String) throws(DocumentFault) -> Int64 {
        try whole(key, in: Int64.min...Int64.max, "a whole number of minor units, for example 150 for 1.50")
    }

    func channel() throws(DocumentFault) -> Channel {
        try choice("channel", among: Channel.documentNames, or: .till)
    }

    /// When it happened; the offset says on which day.
    func occurredAt(_ what: String = "the till's time") throws(DocumentFault) -> (Instant, Int16) {
        try moment("occurred_at", "\(what) with its offset from UTC, for example \"2017-01-01T06:53:26-05:00\"")
    }

    /// Pieces as a whole number, anything else as a decimal in quotes: a JSON fraction would invite floating point.
    func quantity() throws(DocumentFault) -> Quantity {
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

    /// The purchase that `purchase` names.
    ///
    /// - Parameter expected: What a person should write as its receipt, which must not be empty.
    /// - Returns: The reference; never a blind one.
    /// - Throws: ``DocumentFault`` when it is missing or names no purchase.
    func purchase(_ expected: String) throws(DocumentFault) -> PurchaseReference {
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
        case ["receipt"]:
            let receipt = try purchase.text("receipt", expected)
            guard !receipt.isEmpty else { throw purchase.fault("receipt", expected) }
            return .receipt(receipt)
        default: throw fault("purchase", "sequence, or source and number, or receipt")
        }
    }

    /// The hold that `hold` names.
    func hold() throws(DocumentFault) -> HoldReference {
        let hold = try object("hold", keys: ["sequence", "source", "number"])
        switch Set(hold.keys) {
        case ["sequence"]:
            return .sequence(
                LogSequence(try hold.whole("sequence", in: 1...UInt64.max, "the sequence of the hold's answer")))
        case ["source", "number"]:
            return .event(
                source: SourceNumber(
                    try hold.whole("source", in: 1...UInt32.max, "the number of the source that asked for the hold")),
                number: try hold.whole("number", in: 1...UInt64.max, "that source's number for the hold"))
        default: throw fault("hold", "sequence, or source and number")
        }
    }
}

extension Channel {
    /// How documents name the channels.
    static let documentNames = Channel.allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}
