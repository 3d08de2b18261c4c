import TallyBytes
import TallyModel

extension Command {
    func encode(_ definition: InstrumentDefinition, into writer: inout ByteWriter) throws(Rejection) {
        let texts = [definition.id, definition.name, definition.code, definition.business, definition.wallet]
        try check(texts)
        writer.append(header: DefineInstrumentLayout.shape)
        writer.append(i64: definition.faceValue.minor)
        writer.append(i64: definition.amountBudget)
        writer.append(i64: definition.usesBudget)
        writer.append(i32: try definition.validFrom.encoded())
        writer.append(i32: try definition.validThrough.encoded())
        writer.append(u32: definition.codesMax)
        writer.append(u32: definition.usesPerCode)
        writer.append(u32: definition.memberLimit)
        writer.append(i16: definition.utcOffsetMinutes)
        writer.append(u8: definition.kind.rawValue)
        writer.append(u8: definition.codes.rawValue)
        writer.append(u8: definition.checkScheme.rawValue)
        writer.append(u8: definition.onReturn.rawValue)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    func encode(_ issue: InstrumentIssue, into writer: inout ByteWriter) throws(Rejection) {
        let member = issue.member.parts
        let texts = [issue.instrument, member.key]
        try check(texts)
        writer.append(header: IssueInstrumentsLayout.shape)
        writer.append(i64: issue.occurredAt.microseconds)
        writer.append(i64: issue.faceValue.minor)
        writer.append(u32: issue.count)
        writer.append(u32: member.number)
        writer.append(i32: try issue.endsOn.encoded())
        writer.append(u32: issue.seconds)
        writer.append(i16: issue.utcOffsetMinutes)
        writer.append(u8: member.kind)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    func encode(_ move: InstrumentMove, into writer: inout ByteWriter) throws(Rejection) {
        let (member, copy) = (move.member.parts, try move.copy.encoded())
        let texts = [move.store, member.key, move.receipt, copy.code, copy.instrument]
        try check(texts)
        writer.append(header: MoveInstrumentLayout.shape)
        writer.append(i64: move.occurredAt.microseconds)
        writer.append(i64: move.amount)
        try writer.append(hold: move.reference)
        writer.append(u32: copy.serial)
        writer.append(u32: member.number)
        writer.append(u32: move.seconds)
        writer.append(i16: move.utcOffsetMinutes)
        writer.append(u8: member.kind)
        writer.append(u8: move.action.rawValue)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }
}

extension InstrumentReference {
    /// The fields of a reference; all empty when the command names the copy by a reservation or redemption.
    struct Parts {
        var code = ""
        var instrument = ""
        var serial: UInt32 = 0
    }

    /// - Throws: ``TallyModel/Rejection/textMalformed`` for a code or id that is empty and would read as none.
    func encoded() throws(Rejection) -> Parts {
        switch self {
        case .code(let code):
            guard !code.isEmpty else { throw .textMalformed }
            return Parts(code: code)
        case .serial(let instrument, let serial):
            guard !instrument.isEmpty else { throw .textMalformed }
            return Parts(instrument: instrument, serial: serial)
        case .byReference: return Parts()
        }
    }

    /// The reference that the schema's parts stand for: the first that is not empty.
    init(_ parts: Parts) {
        if !parts.code.isEmpty {
            self = .code(parts.code)
        } else if !parts.instrument.isEmpty {
            self = .serial(instrument: parts.instrument, parts.serial)
        } else {
            self = .byReference
        }
    }
}

extension InstrumentDefinition {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = DefineInstrumentLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let id = message.string(&cursor, Int(message.u8(Layout.idLength)))
        let name = message.string(&cursor, Int(message.u8(Layout.nameLength)))
        let code = message.string(&cursor, Int(message.u8(Layout.codeLength)))
        let business = message.string(&cursor, Int(message.u8(Layout.businessLength)))
        let wallet = message.string(&cursor, Int(message.u8(Layout.walletLength)))
        try message.checkText(readTo: cursor)
        self.init(
            id: id, name: name, kind: try message.value(Layout.kind, "kind"),
            codes: try message.value(Layout.codes, "codes"), code: code,
            checkScheme: try message.value(Layout.checkScheme, "checkScheme"), business: business, wallet: wallet,
            faceValue: Points(minor: message.i64(Layout.faceValue)),
            validFrom: CivilDay?(decoding: message.i32(Layout.validFrom)),
            validThrough: CivilDay?(decoding: message.i32(Layout.validThrough)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes), codesMax: message.u32(Layout.codesMax),
            usesPerCode: message.u32(Layout.usesPerCode), usesBudget: message.i64(Layout.usesBudget),
            amountBudget: message.i64(Layout.amountBudget), memberLimit: message.u32(Layout.memberLimit),
            onReturn: try message.value(Layout.onReturn, "onReturn"))
    }
}

extension InstrumentIssue {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = IssueInstrumentsLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let instrument = message.string(&cursor, Int(message.u8(Layout.instrumentLength)))
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        try message.checkText(readTo: cursor)
        self.init(
            instrument: instrument, count: message.u32(Layout.count),
            faceValue: Points(minor: message.i64(Layout.faceValue)),
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes),
            endsOn: CivilDay?(decoding: message.i32(Layout.endsOn)), seconds: message.u32(Layout.seconds))
    }
}

extension InstrumentMove {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = MoveInstrumentLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let store = message.string(&cursor, Int(message.u8(Layout.storeLength)))
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let receipt = message.string(&cursor, Int(message.u8(Layout.receiptLength)))
        let code = message.string(&cursor, Int(message.u8(Layout.codeLength)))
        let instrument = message.string(&cursor, Int(message.u8(Layout.instrumentLength)))
        try message.checkText(readTo: cursor)
        self.init(
            try message.value(Layout.action, "action"),
            InstrumentReference(
                InstrumentReference.Parts(code: code, instrument: instrument, serial: message.u32(Layout.serial))),
            amount: message.i64(Layout.amount), store: store,
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            receipt: receipt, occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes), seconds: message.u32(Layout.seconds),
            reference: HoldReference(
                sequence: message.u64(Layout.reference), source: message.u32(Layout.referenceSource),
                number: message.u64(Layout.referenceNumber)))
    }
}
