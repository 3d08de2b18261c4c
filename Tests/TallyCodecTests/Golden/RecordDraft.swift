import TallyBytes
import TallyCodec
import TallyModel

/// A record put together from the layouts alone: whole records are written by the room that decides, and this file
/// must notice when that room and the schema part ways.
struct RecordDraft: Sendable {
    /// A number at its offset in the block or in an entry.
    struct Field: Sendable {
        let offset: Int
        let bytes: [UInt8]

        init(_ offset: Int, _ value: some FixedWidthInteger) {
            self.offset = offset
            bytes = (0..<(value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }

        init(_ offset: Int, text: String) { (self.offset, bytes) = (offset, Array(text.utf8)) }
    }

    var shape: MessageShape
    var fields: [Field]
    var lines: [[Field]] = []
    var postings = PostingList()
    var text = ""

    static let envelope = RecordEnvelope(
        recordedAt: 1_483_253_606_000_123, source: 7, number: 43, commandDigest: 0xFEDC_BA98_7654_3210,
        previousOfMember: 999_999, member: 5)

    static let envelopeFields: [String: Reading] = [
        "recordedAt": 1_483_253_606_000_123, "source": 7, "number": 43, "commandDigest": 0xFEDC_BA98_7654_3210,
        "previousOfMember": 999_999, "member": 5,
    ]

    func write(into writer: inout ByteWriter) {
        writer.append(header: shape)
        let start = writer.count
        writer.append(envelope: RecordDraft.envelope)
        let rest = RecordDraft.block(fields, length: shape.blockLength).dropFirst(writer.count - start)
        for byte in rest { writer.append(u8: byte) }
        if shape.groupCount > 0 {
            writer.append(groupOf: lines.count, entryLength: shape.entryLengths.0)
            for line in lines {
                for byte in RecordDraft.block(line, length: shape.entryLengths.0) { writer.append(u8: byte) }
            }
            writer.append(postings: postings)
        }
        if shape.hasText { writer.append(texts: [text]) }
    }

    func isRead(from bytes: RawSpan) throws -> Bool {
        let message = try Message(bytes, shape: shape)
        guard message.envelope == RecordDraft.envelope, message.firstGroup.count == lines.count,
            message.secondGroup.count == postings.count
        else { return false }
        for index in 0..<postings.count {
            let offset = message.secondGroup.offset + index * message.secondGroup.stride
            guard try postings[index] == posting(in: bytes, at: offset) else { return false }
        }
        var cursor = 0
        guard message.string(&cursor, message.textLength) == text else { return false }
        return fields.allSatisfy { field in
            field.bytes.enumerated().allSatisfy { message.u8(field.offset + $0.offset) == $0.element }
        }
    }

    private func posting(in bytes: RawSpan, at offset: Int) throws -> Posting? { Posting(bytes, at: offset) }

    private static func block(_ fields: [Field], length: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: length)
        for field in fields {
            block.replaceSubrange(field.offset..<(field.offset + field.bytes.count), with: field.bytes)
        }
        return block
    }
}

extension GoldenMessage {
    /// A record: the envelope is the same in all of them.
    init(_ name: String, _ draft: RecordDraft, _ fields: [String: Reading]) {
        self.init(
            name: name, shape: draft.shape, fields: fields.merging(RecordDraft.envelopeFields) { own, _ in own },
            write: { draft.write(into: &$0) },
            isRead: { try draft.isRead(from: $0) })
    }
}
