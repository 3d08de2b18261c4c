import TallyBytes
import TallyModel

extension Command {
    func encode(_ definition: OperatorDefinition, into writer: inout ByteWriter) throws(Rejection) {
        let texts = [definition.id, definition.name]
        try check(texts)
        writer.append(header: SetOperatorLayout.shape)
        writer.append(i64: definition.limitPerAct)
        writer.append(i64: definition.limitPerDay)
        writer.append(u8: definition.rights.rawValue)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    func encode(_ approval: Approval, into writer: inout ByteWriter) throws(Rejection) {
        let texts = [approval.operatorID, approval.reason]
        try check(texts)
        writer.append(header: ApproveLayout.shape)
        writer.append(i64: approval.occurredAt.microseconds)
        do throws(Rejection) { try writer.append(hold: approval.proposal) } catch { throw .proposalUnknown }
        writer.append(i16: approval.utcOffsetMinutes)
        writer.append(u8: approval.verdict.rawValue)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    func encode(_ transfer: Transfer, into writer: inout ByteWriter) throws(Rejection) {
        let (member, other) = (transfer.member.parts, transfer.other.parts)
        let texts = [member.key, other.key, transfer.wallet, transfer.operatorID, transfer.reason]
        try check(texts)
        writer.append(header: TransferLayout.shape)
        writer.append(i64: transfer.occurredAt.microseconds)
        writer.append(i64: transfer.points.minor)
        writer.append(u32: member.number)
        writer.append(u32: other.number)
        writer.append(i16: transfer.utcOffsetMinutes)
        writer.append(u8: member.kind)
        writer.append(u8: other.kind)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    func encode(_ block: Block, into writer: inout ByteWriter) throws(Rejection) {
        let member = block.member.parts
        let texts = [member.key, block.operatorID, block.reason]
        try check(texts)
        writer.append(header: BlockLayout.shape)
        writer.append(i64: block.occurredAt.microseconds)
        writer.append(u32: member.number)
        writer.append(i16: block.utcOffsetMinutes)
        writer.append(u8: member.kind)
        writer.append(u8: block.mode.rawValue)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    func encode(_ close: PeriodClose, into writer: inout ByteWriter) throws(Rejection) {
        try check([close.operatorID])
        writer.append(header: ClosePeriodLayout.shape)
        writer.append(u16: close.year)
        writer.append(i16: close.utcOffsetMinutes)
        writer.append(u8: close.month)
        writer.append(lengthOf: close.operatorID)
        writer.append(texts: [close.operatorID])
    }
}

extension OperatorDefinition {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = SetOperatorLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let id = message.string(&cursor, Int(message.u8(Layout.idLength)))
        let name = message.string(&cursor, Int(message.u8(Layout.nameLength)))
        try message.checkText(readTo: cursor)
        self.init(
            id: id, name: name, rights: OperatorRights(rawValue: message.u8(Layout.rights)),
            limitPerAct: message.i64(Layout.limitPerAct), limitPerDay: message.i64(Layout.limitPerDay))
    }
}

extension Approval {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = ApproveLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let operatorID = message.string(&cursor, Int(message.u8(Layout.operatorLength)))
        let reason = message.string(&cursor, Int(message.u8(Layout.reasonLength)))
        try message.checkText(readTo: cursor)
        let proposal = HoldReference(
            sequence: message.u64(Layout.proposal), source: message.u32(Layout.proposalSource),
            number: message.u64(Layout.proposalNumber))
        guard let proposal else {
            throw CodecError(.valueUnknown(field: "proposal", value: 0), at: messageHeaderLength + Layout.proposal)
        }
        self.init(
            proposal: proposal, verdict: try message.value(Layout.verdict, "verdict"), operatorID: operatorID,
            reason: reason, occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
    }
}

extension Transfer {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = TransferLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let otherKey = message.string(&cursor, Int(message.u8(Layout.otherKeyLength)))
        let wallet = message.string(&cursor, Int(message.u8(Layout.walletLength)))
        let operatorID = message.string(&cursor, Int(message.u8(Layout.operatorLength)))
        let reason = message.string(&cursor, Int(message.u8(Layout.reasonLength)))
        try message.checkText(readTo: cursor)
        self.init(
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            other: try MemberReference(
                kind: message.u8(Layout.otherKind), number: message.u32(Layout.otherMember), key: otherKey),
            wallet: wallet, points: Points(minor: message.i64(Layout.points)),
            occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes), operatorID: operatorID, reason: reason)
    }
}

extension Block {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = BlockLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let operatorID = message.string(&cursor, Int(message.u8(Layout.operatorLength)))
        let reason = message.string(&cursor, Int(message.u8(Layout.reasonLength)))
        try message.checkText(readTo: cursor)
        self.init(
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            mode: try message.value(Layout.mode, "mode"), operatorID: operatorID, reason: reason,
            occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
    }
}

extension PeriodClose {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = ClosePeriodLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let operatorID = message.string(&cursor, Int(message.u8(Layout.operatorLength)))
        try message.checkText(readTo: cursor)
        self.init(
            year: message.u16(Layout.year), month: message.u8(Layout.month),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes), operatorID: operatorID)
    }
}
