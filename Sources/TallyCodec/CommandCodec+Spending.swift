import TallyBytes
import TallyModel

extension Command {
    func encode(_ request: HoldRequest, into writer: inout ByteWriter) throws(Rejection) {
        let member = request.member.parts
        let texts = [request.store, member.key, request.receipt, request.redemption.wallet]
        try check(texts)
        writer.append(header: PlaceHoldLayout.shape)
        writer.append(i64: request.occurredAt.microseconds)
        writer.append(i64: request.redemption.points.minor)
        writer.append(i64: request.receiptTotal.minor)
        writer.append(u32: member.number)
        writer.append(u32: request.seconds)
        writer.append(i16: request.utcOffsetMinutes)
        writer.append(u8: member.kind)
        writer.append(u8: request.redemption.isUpTo ? 1 : 0)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    func encode(_ hold: HoldReference, into writer: inout ByteWriter) throws(Rejection) {
        writer.append(header: ReleaseHoldLayout.shape)
        try writer.append(hold: hold)
    }

    func encode(_ adjustment: Adjustment, into writer: inout ByteWriter) throws(Rejection) {
        let member = adjustment.member.parts
        let texts = [
            member.key, adjustment.wallet, adjustment.business, adjustment.operatorID, adjustment.category,
            adjustment.reason,
        ]
        try check(texts)
        writer.append(header: AdjustLayout.shape)
        writer.append(i64: adjustment.occurredAt.microseconds)
        writer.append(i64: adjustment.points.minor)
        writer.append(u64: adjustment.manifest.rawValue)
        writer.append(u32: member.number)
        writer.append(i32: try adjustment.beginsOn.encoded())
        writer.append(i32: try adjustment.endsOn.encoded())
        writer.append(i16: adjustment.utcOffsetMinutes)
        writer.append(u8: member.kind)
        writer.append(u8: adjustment.kind.rawValue)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }
}

extension HoldRequest {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = PlaceHoldLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let store = message.string(&cursor, Int(message.u8(Layout.storeLength)))
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let receipt = message.string(&cursor, Int(message.u8(Layout.receiptLength)))
        let wallet = message.string(&cursor, Int(message.u8(Layout.walletLength)))
        try message.checkText(readTo: cursor)
        self.init(
            store: store,
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            receipt: receipt, occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes),
            receiptTotal: Money(minor: message.i64(Layout.receiptTotal)),
            redemption: Redemption(
                wallet: wallet, points: Points(minor: message.i64(Layout.points)),
                isUpTo: message.u8(Layout.upTo) != 0),
            seconds: message.u32(Layout.seconds))
    }
}

extension HoldReference {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = ReleaseHoldLayout
        let message = try Message(bytes, shape: Layout.shape)
        let hold = HoldReference(
            sequence: message.u64(Layout.hold), source: message.u32(Layout.holdSource),
            number: message.u64(Layout.holdNumber))
        guard let hold else {
            throw CodecError(.valueUnknown(field: "hold", value: 0), at: messageHeaderLength + Layout.hold)
        }
        self = hold
    }
}

extension Adjustment {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = AdjustLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let wallet = message.string(&cursor, Int(message.u8(Layout.walletLength)))
        let business = message.string(&cursor, Int(message.u8(Layout.businessLength)))
        let operatorID = message.string(&cursor, Int(message.u8(Layout.operatorLength)))
        let category = message.string(&cursor, Int(message.u8(Layout.categoryLength)))
        let reason = message.string(&cursor, Int(message.u8(Layout.reasonLength)))
        try message.checkText(readTo: cursor)
        self.init(
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            wallet: wallet, business: business, kind: try message.value(Layout.kind, "kind"),
            points: Points(minor: message.i64(Layout.points)),
            occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes),
            beginsOn: CivilDay?(decoding: message.i32(Layout.beginsOn)),
            endsOn: CivilDay?(decoding: message.i32(Layout.endsOn)), operatorID: operatorID, category: category,
            reason: reason, manifest: LogSequence(message.u64(Layout.manifest)))
    }
}

extension CivilDay? {
    /// Stands in the bytes for "as the terms say".
    private static var noDay: Int32 { Int32.min }

    /// The day that the schema writes so; nil for "as the terms say".
    init(decoding days: Int32) { self = days == Self.noDay ? nil : CivilDay(days: days) }

    /// - Throws: ``TallyModel/Rejection/daysMalformed`` for the one day that would read as none.
    func encoded() throws(Rejection) -> Int32 {
        guard let day = self else { return Self.noDay }
        guard day.days != Self.noDay else { throw .daysMalformed }
        return day.days
    }
}
