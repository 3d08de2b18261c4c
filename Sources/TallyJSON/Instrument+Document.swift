public import TallyModel

// Gift cards, certificates, coupons and promo codes, as a line of JSON or a programme's file writes them.

extension InstrumentDefinition {
    /// The keys of an instrument in a document.
    public static let documentKeys = [
        "id", "name", "kind", "codes", "code", "check", "business", "wallet", "face_value_minor", "valid_from",
        "valid_through", "utc_offset_minutes", "codes_max", "uses_per_code", "uses_budget", "amount_budget_minor",
        "uses_per_member", "on_return",
    ]

    /// Reads an instrument; limits that are not given are none.
    ///
    /// - Parameter fields: An object with ``documentKeys``.
    /// - Throws: ``DocumentFault`` at the first value that is missing or wrong.
    public init(_ fields: Fields) throws(DocumentFault) {
        let limit = UInt32(0)...UInt32.max
        let limitText = "a whole number, 0 for no limit"
        self.init(
            id: try fields.text("id", "the instrument's id as text, for example \"spring-flyer\""),
            name: try fields.text("name", or: "", bytesMax: Limits.nameBytesMax, "what people call it"),
            kind: try fields.choice("kind", among: InstrumentKind.documentNames),
            codes: try fields.choice("codes", among: CodeForm.documentNames, or: .unique),
            code: try fields.text("code", or: "", "the printed code that serves everybody, for example \"SPRING25\""),
            checkScheme: try fields.choice("check", among: CheckScheme.documentNames, or: CheckScheme.none),
            business: try fields.text("business", "the id of the business that stands for it"),
            wallet: try fields.text("wallet", or: "", "the id of the wallet in whose books cards stand"),
            faceValue: Points(minor: try fields.minor("face_value_minor")), validFrom: try fields.day("valid_from"),
            validThrough: try fields.day("valid_through"), utcOffsetMinutes: try fields.offset(),
            codesMax: try fields.whole("codes_max", or: 0, in: limit, limitText),
            usesPerCode: try fields.whole("uses_per_code", or: 0, in: limit, limitText),
            usesBudget: try fields.whole("uses_budget", or: 0, in: Int64.min...Int64.max, limitText),
            amountBudget: try fields.minor("amount_budget_minor"),
            memberLimit: try fields.whole("uses_per_member", or: 0, in: limit, limitText),
            onReturn: try fields.choice("on_return", among: RestorePolicy.documentNames, or: .restore))
    }
}

extension InstrumentIssue {
    static let documentKeys = [
        "instrument", "count", "face_value_minor", "member", "occurred_at", "ends_on", "seconds",
    ]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt("the time")
        self.init(
            instrument: try fields.text("instrument", "the id of an instrument as text"),
            count: try fields.whole("count", or: 1, in: 0...UInt32.max, "how many codes, for example 1000000"),
            faceValue: Points(minor: try fields.minor("face_value_minor")), member: try fields.member("member"),
            occurredAt: occurredAt, utcOffsetMinutes: offset, endsOn: try fields.day("ends_on"),
            seconds: try fields.whole("seconds", or: 0, in: 0...UInt32.max, "whole seconds, for example 3600"))
    }
}

extension InstrumentMove {
    static let documentKeys = [
        "action", "code", "instrument", "serial", "amount_minor", "store", "member", "receipt", "occurred_at",
        "seconds", "reservation", "redemption",
    ]

    init(_ fields: Fields) throws(DocumentFault) {
        let (occurredAt, offset) = try fields.occurredAt()
        let action = try fields.choice("action", among: InstrumentAction.documentNames)
        let reference = try fields.reference(for: action)
        self.init(
            action, try fields.copy(orBy: reference), amount: try fields.minor("amount_minor"),
            store: try fields.text("store", or: "", "a store id, for example \"330\""),
            member: try fields.member("member"),
            receipt: try fields.text("receipt", or: "", "the number on the receipt as text"), occurredAt: occurredAt,
            utcOffsetMinutes: offset,
            seconds: try fields.whole(
                "seconds", or: Limits.holdSecondsDefault, in: 0...UInt32.max, "whole seconds, for example 900"),
            reference: reference)
    }
}

extension PurchaseCode {
    static let documentKeys = ["code", "instrument", "serial", "amount_minor", "reservation"]

    init(_ fields: Fields) throws(DocumentFault) {
        let reservation = fields.optional("reservation") == nil ? nil : try fields.step("reservation")
        self.init(
            try fields.copy(orBy: reservation), amount: try fields.minor("amount_minor"), reservation: reservation)
    }
}

extension Fields {
    /// A number of minor units of any sign, 0 when it is missing: what it may be is the ledger's to judge.
    fileprivate func minor(_ key: String) throws(DocumentFault) -> Int64 {
        try whole(key, or: 0, in: Int64.min...Int64.max, "a whole number of minor units, for example 150 for 1.50")
    }

    fileprivate func offset() throws(DocumentFault) -> Int16 {
        try whole(
            "utc_offset_minutes", or: 0, in: Int16.min...Int16.max,
            "minutes east of UTC by which days begin and end, for example 180")
    }

    /// The reservation that a redemption or release names, or the redemption that a restoration names.
    fileprivate func reference(for action: InstrumentAction) throws(DocumentFault) -> HoldReference? {
        let key: String
        switch action {
        case .redeem: key = "reservation"
        case .release:
            key = "reservation"
            _ = try required(key, "the reservation that ends, for example {\"sequence\":9}")
        case .restore:
            key = "redemption"
            _ = try required(key, "the redemption that is given back, for example {\"sequence\":9}")
        case .reserve, .cancel, .charge: key = ""
        }
        for other in ["reservation", "redemption"] where other != key && optional(other) != nil {
            throw fault(other, "none, because this action ends no \(other)")
        }
        return optional(key) == nil ? nil : try step(key)
    }

    fileprivate func step(_ key: String) throws(DocumentFault) -> HoldReference {
        let step = try object(key, keys: ["sequence", "source", "number"])
        switch Set(step.keys) {
        case ["sequence"]:
            return .sequence(
                LogSequence(try step.whole("sequence", in: 1...UInt64.max, "the sequence of the \(key)'s answer")))
        case ["source", "number"]:
            return .event(
                source: SourceNumber(
                    try step.whole("source", in: 1...UInt32.max, "the number of the source that asked for it")),
                number: try step.whole("number", in: 1...UInt64.max, "that source's number for it"))
        default: throw fault(key, "sequence, or source and number")
        }
    }

    /// The copy: by its code, by instrument and serial, or by what the line refers to anyway.
    fileprivate func copy(orBy reference: HoldReference?) throws(DocumentFault) -> InstrumentReference {
        let isByCode = optional("code") != nil
        guard isByCode || optional("instrument") != nil || reference == nil else { return .byReference }
        guard !isByCode else {
            let expected = "what is printed or typed, as text"
            let code = try text("code", expected)
            guard !code.isEmpty, optional("instrument") == nil else {
                throw fault("code", "\(expected), or an instrument")
            }
            return .code(code)
        }
        let expected = "the id of an instrument as text, unless there is a code"
        let instrument = try text("instrument", expected)
        guard !instrument.isEmpty else { throw fault("instrument", expected) }
        return .serial(
            instrument: instrument,
            try whole("serial", or: 0, in: 0...UInt32.max, "the serial of a copy, or none for a generic instrument"))
    }
}

extension InstrumentKind {
    /// How documents name the kinds.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}

extension CodeForm {
    /// How documents name the forms.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}

extension CheckScheme {
    /// How documents name the schemes.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}

extension RestorePolicy {
    /// How documents name the policies.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}

extension InstrumentAction {
    /// How documents name the steps.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}
