import TallyBytes
import TallyCodec
import TallyModel

extension RecordJSON {
    /// A receipt and the steps of its codes, each without an envelope: theirs is the record's.
    ///
    /// A step names its member, for a bearer's card may pay the receipt of a member.
    static func addCodedReceipt(
        _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        let coded = try CodedReceipt(message.bytes)
        let template = try Message.templateID(of: coded.receipt)
        guard let kind = RecordKind(rawValue: template),
            [.purchaseRecorded, .returnRecorded, .exchangeRecorded].contains(kind)
        else { throw CodecError(.unexpectedTemplate(template), at: message.textOffset + 2) }
        var receipt = JSONText()
        receipt.add("record", JSONText.snakeCase("\(kind)"))
        try add(kind, coded.receipt, at: message.textOffset, to: &receipt)
        line.add("receipt", raw: receipt.object)
        var steps: [String] = []
        var start = message.textOffset + coded.receipt.byteCount
        for index in 0..<coded.stepCount {
            let bytes = coded.step(at: index)
            var step = JSONText()
            try add(.instrumentMoved, bytes, at: start, to: &step)
            steps.append(step.object)
            start += bytes.byteCount
        }
        line.add("codes", list: steps)
        texts.skip(UInt16(message.textLength))
    }

    /// Adds the body of a record that stands at an offset of another.
    static func add(
        _ kind: RecordKind, _ bytes: RawSpan, at offset: Int, to line: inout JSONText
    ) throws(CodecError) {
        do throws(CodecError) {
            let inner = try Message(bytes, shape: kind.shape)
            var texts = RecordTexts()
            if kind == .instrumentMoved { line.add("member", inner.envelope.member) }
            try addBody(kind, inner, &texts, to: &line)
            try texts.checkEnd(inner)
        } catch {
            throw CodecError(error.fault, at: offset + error.offset)
        }
    }
}
