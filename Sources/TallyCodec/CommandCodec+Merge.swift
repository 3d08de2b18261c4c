import TallyBytes
import TallyModel

extension Command {
    func encode(_ merge: Merge, into writer: inout ByteWriter) throws(Rejection) {
        let (survivor, absorbed) = (merge.survivor.parts, merge.absorbed.parts)
        let texts = [survivor.key, absorbed.key, merge.operatorID, merge.reason]
        try check(texts)
        writer.append(header: MergeLayout.shape)
        writer.append(i64: merge.occurredAt.microseconds)
        writer.append(u32: survivor.number)
        writer.append(u32: absorbed.number)
        writer.append(i16: merge.utcOffsetMinutes)
        writer.append(u8: survivor.kind)
        writer.append(u8: absorbed.kind)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    func encode(_ split: Split, into writer: inout ByteWriter) throws(Rejection) {
        let member = split.member.parts
        let texts = [member.key, split.operatorID, split.reason]
        try check(texts)
        writer.append(header: SplitLayout.shape)
        writer.append(i64: split.occurredAt.microseconds)
        writer.append(u32: member.number)
        writer.append(i16: split.utcOffsetMinutes)
        writer.append(u8: member.kind)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }
}

extension Merge {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = MergeLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let survivorKey = message.string(&cursor, Int(message.u8(Layout.survivorKeyLength)))
        let absorbedKey = message.string(&cursor, Int(message.u8(Layout.absorbedKeyLength)))
        let operatorID = message.string(&cursor, Int(message.u8(Layout.operatorLength)))
        let reason = message.string(&cursor, Int(message.u8(Layout.reasonLength)))
        try message.checkText(readTo: cursor)
        self.init(
            survivor: try MemberReference(
                kind: message.u8(Layout.survivorKind), number: message.u32(Layout.survivor), key: survivorKey),
            absorbed: try MemberReference(
                kind: message.u8(Layout.absorbedKind), number: message.u32(Layout.absorbed), key: absorbedKey),
            operatorID: operatorID, reason: reason,
            occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
    }
}

extension Split {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = SplitLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let operatorID = message.string(&cursor, Int(message.u8(Layout.operatorLength)))
        let reason = message.string(&cursor, Int(message.u8(Layout.reasonLength)))
        try message.checkText(readTo: cursor)
        self.init(
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            operatorID: operatorID, reason: reason,
            occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
    }
}
