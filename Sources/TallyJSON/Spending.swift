import TallyModel

// Points that are spent, set aside, given or taken, as a line of JSON writes them.

extension Redemption {
    static let documentKeys = ["wallet", "points_minor", "up_to"]

    /// Reads `points_minor` of `wallet`; exactly so many unless `up_to` says that fewer will do.
    init(_ fields: Fields) throws(DocumentFault) {
        self.init(
            wallet: try fields.wallet(), points: try fields.points("points_minor"),
            isUpTo: try fields.flag("up_to", or: false))
    }
}

extension HoldRequest {
    static let documentKeys =
        ["store", "member", "receipt", "occurred_at", "receipt_total_minor"] + Redemption.documentKeys + ["seconds"]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt()
        _ = try fields.required("member", "the member whose points are set aside, for example {\"number\":5}")
        self.init(
            store: try fields.store(), member: try fields.member("member"),
            receipt: try fields.text("receipt", or: "", "the number of the receipt under way as text"),
            occurredAt: occurredAt, utcOffsetMinutes: offset, receiptTotal: try fields.money("receipt_total_minor"),
            redemption: try Redemption(fields),
            seconds: try fields.whole(
                "seconds", or: Limits.holdSecondsDefault, in: 0...UInt32.max, "whole seconds, for example 900"))
    }
}

extension HoldReference {
    static let documentKeys = ["hold"]

    init(_ fields: Fields) throws(DocumentFault) {
        _ = try fields.required("hold", "the hold that ends, for example {\"sequence\":9}")
        self = try fields.hold()
    }
}

extension Adjustment {
    static let documentKeys = [
        "member", "wallet", "business", "kind", "points_minor", "occurred_at", "begins_on", "ends_on", "operator",
        "category", "reason", "manifest",
    ]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt("the time")
        _ = try fields.required("member", "the member whose points move, for example {\"number\":5}")
        self.init(
            member: try fields.member("member"), wallet: try fields.wallet(),
            business: try fields.text("business", "the id of the business that gives or takes the points"),
            kind: try fields.choice("kind", among: Kind.documentNames), points: try fields.points("points_minor"),
            occurredAt: occurredAt, utcOffsetMinutes: offset, beginsOn: try fields.day("begins_on"),
            endsOn: try fields.day("ends_on"),
            operatorID: try fields.text("operator", or: "", "the id of the person who asks as text"),
            category: try fields.text("category", or: "", "what it is about as text, for reports"),
            reason: try fields.text("reason", or: "", bytesMax: Limits.nameBytesMax, "why, in a few words"),
            manifest: try fields.manifest())
    }
}

extension Adjustment.Kind {
    /// How documents name the kinds.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}

extension Fields {
    fileprivate func wallet() throws(DocumentFault) -> String {
        try text("wallet", "the id of the wallet, for example \"points\"")
    }

    fileprivate func manifest() throws(DocumentFault) -> LogSequence {
        guard optional("manifest") != nil else { return .none }
        let expected = "the sequence of the answer that opened the manifest"
        return LogSequence(try whole("manifest", in: 1...UInt64.max, expected))
    }
}
