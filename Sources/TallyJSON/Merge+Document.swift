import TallyModel

// Merges and splits of members, as a line of JSON writes them.

extension Merge {
    static let documentKeys = ["survivor", "absorbed", "operator", "reason", "occurred_at"]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt("the time")
        _ = try fields.required("survivor", "the member who stands for both, for example {\"number\":5}")
        _ = try fields.required("absorbed", "the member who comes to the other, for example {\"card\":\"2000\"}")
        self.init(
            survivor: try fields.member("survivor"), absorbed: try fields.member("absorbed"),
            operatorID: try fields.operatorID(),
            reason: try fields.text("reason", or: "", bytesMax: Limits.nameBytesMax, "why, in a few words"),
            occurredAt: occurredAt, utcOffsetMinutes: offset)
    }
}

extension Split {
    static let documentKeys = ["member", "operator", "reason", "occurred_at"]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt("the time")
        _ = try fields.required("member", "the member who was absorbed, for example {\"number\":6}")
        self.init(
            member: try fields.member("member"), operatorID: try fields.operatorID(),
            reason: try fields.text("reason", or: "", bytesMax: Limits.nameBytesMax, "why, in a few words"),
            occurredAt: occurredAt, utcOffsetMinutes: offset)
    }
}
