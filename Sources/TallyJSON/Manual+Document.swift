import TallyModel

// What people do by hand, as a line of JSON or a programme's file writes it.

extension OperatorDefinition {
    static let documentKeys = ["id", "name", "rights", "limit_per_act_minor", "limit_per_day_minor"]

    init(_ fields: Fields) throws(DocumentFault) {
        let id = try fields.text("id", "the operator's id as text, for example \"olga\"")
        self.init(
            id: id, name: try fields.text("name", or: id, bytesMax: Limits.nameBytesMax, "what people call the person"),
            rights: try fields.rights(), limitPerAct: try fields.limit("limit_per_act_minor"),
            limitPerDay: try fields.limit("limit_per_day_minor"))
    }
}

extension Approval {
    static let documentKeys = ["proposal", "verdict", "operator", "reason", "occurred_at"]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt("the time")
        self.init(
            proposal: try fields.proposal(),
            verdict: try fields.choice("verdict", among: ProposalVerdict.documentNames, or: .approved),
            operatorID: try fields.text("operator", "the id of the person who decides as text"),
            reason: try fields.text("reason", or: "", bytesMax: Limits.nameBytesMax, "why, in a few words"),
            occurredAt: occurredAt, utcOffsetMinutes: offset)
    }
}

extension Transfer {
    static let documentKeys = ["from", "to", "wallet", "points_minor", "occurred_at", "operator", "reason"]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt("the time")
        _ = try fields.required("from", "the member who gives, for example {\"number\":5}")
        _ = try fields.required("to", "the member who takes, for example {\"number\":6}")
        self.init(
            member: try fields.member("from"), other: try fields.member("to"),
            wallet: try fields.text("wallet", "the id of the wallet, for example \"points\""),
            points: try fields.points("points_minor"), occurredAt: occurredAt, utcOffsetMinutes: offset,
            operatorID: try fields.operatorID(),
            reason: try fields.text("reason", or: "", bytesMax: Limits.nameBytesMax, "why, in a few words"))
    }
}

extension Block {
    static let documentKeys = ["member", "mode", "operator", "reason", "occurred_at"]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt("the time")
        _ = try fields.required("member", "the member who is blocked, for example {\"number\":5}")
        self.init(
            member: try fields.member("member"), mode: try fields.choice("mode", among: BlockMode.documentNames),
            operatorID: try fields.operatorID(),
            reason: try fields.text("reason", or: "", bytesMax: Limits.nameBytesMax, "why, in a few words"),
            occurredAt: occurredAt, utcOffsetMinutes: offset)
    }
}

extension PeriodClose {
    static let documentKeys = ["month", "utc_offset_minutes", "operator"]

    init(_ fields: Fields) throws(DocumentFault) {
        let expected = "a month, for example \"2026-01\""
        let text = try fields.text("month", expected)
        guard text.utf8.count == 7, let day = CivilDay(text: text + "-01") else {
            throw fields.fault("month", expected)
        }
        self.init(
            year: UInt16(day.date.year), month: UInt8(day.date.month),
            utcOffsetMinutes: try fields.whole(
                "utc_offset_minutes", or: 0, in: Int16.min...Int16.max,
                "minutes east of UTC by which the month ends, for example 180"),
            operatorID: try fields.operatorID())
    }
}

extension Fields {
    func operatorID() throws(DocumentFault) -> String {
        try text("operator", or: "", "the id of the person who acts as text")
    }

    fileprivate func limit(_ key: String) throws(DocumentFault) -> Int64 {
        try whole(key, or: 0, in: Int64.min...Int64.max, "a whole number of minor units, 0 for no limit")
    }

    /// The rights of a list of their names; an empty list for somebody who may do nothing any more.
    fileprivate func rights() throws(DocumentFault) -> OperatorRights {
        let names = OperatorRights.names.map(\.name)
        let expected = "a right: \(names.joined(separator: ", "))"
        if case .array(let nodes) = try required("rights", "a list, each \(expected)").value, nodes.isEmpty {
            return []
        }
        let rights = try list("rights", countMax: names.count, expected) { name in
            OperatorRights.names.first { $0.name == name }?.right
        }
        return OperatorRights(rights)
    }

    /// The proposal: by the sequence of its answer, or by source and number.
    fileprivate func proposal() throws(DocumentFault) -> HoldReference {
        _ = try required("proposal", "what is decided, for example {\"sequence\":9}")
        let proposal = try object("proposal", keys: ["sequence", "source", "number"])
        switch Set(proposal.keys) {
        case ["sequence"]:
            return .sequence(
                LogSequence(
                    try proposal.whole("sequence", in: 1...UInt64.max, "the sequence of the proposal's answer")))
        case ["source", "number"]:
            return .event(
                source: SourceNumber(
                    try proposal.whole("source", in: 1...UInt32.max, "the number of the source that proposed it")),
                number: try proposal.whole("number", in: 1...UInt64.max, "that source's number for it"))
        default: throw fault("proposal", "sequence, or source and number")
        }
    }
}

extension BlockMode {
    /// How documents name the modes.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}

extension ProposalVerdict {
    /// How documents name the verdicts.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}
