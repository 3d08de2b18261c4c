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

    /// A group of the record.
    enum Group: Sendable {
        /// Entries field by field.
        case entries([[Field]])
        /// Postings, which have a writer and a reader of their own.
        case postings([Posting])

        var count: Int {
            switch self {
            case .entries(let entries): entries.count
            case .postings(let postings): postings.count
            }
        }
    }

    var shape: MessageShape
    var fields: [Field]
    var groups: [Group] = []
    var text = ""
    /// What stands behind the strings of the text.
    var tail: [UInt8] = []

    static let envelope = RecordEnvelope(
        recordedAt: 1_483_253_606_000_123, source: 7, number: 43, commandDigest: 0xFEDC_BA98_7654_3210,
        previousOfMember: 999_999, member: 5)

    static let envelopeFields: [String: Reading] = [
        "recordedAt": 1_483_253_606_000_123, "source": 7, "number": 43, "commandDigest": 0xFEDC_BA98_7654_3210,
        "previousOfMember": 999_999, "member": 5,
    ]

    func write(into writer: inout ByteWriter) {
        precondition(groups.count == shape.groupCount, "A draft has the groups of its shape.")
        writer.append(header: shape)
        let start = writer.count
        writer.append(envelope: RecordDraft.envelope)
        let rest = RecordDraft.block(fields, length: shape.blockLength).dropFirst(writer.count - start)
        for byte in rest { writer.append(u8: byte) }
        for (group, length) in zip(groups, shape.lengthsOfEntries) { RecordDraft.write(group, length, into: &writer) }
        guard shape.hasText else { return }
        writer.append(u16: UInt16(text.utf8.count + tail.count))
        writer.append(text: text)
        for byte in tail { writer.append(u8: byte) }
    }

    private static func write(_ group: Group, _ entryLength: Int, into writer: inout ByteWriter) {
        switch group {
        case .postings(let postings): writer.append(postings: postings)
        case .entries(let entries):
            writer.append(groupOf: entries.count, entryLength: entryLength)
            for entry in entries {
                for byte in block(entry, length: entryLength) { writer.append(u8: byte) }
            }
        }
    }

    func isRead(from bytes: RawSpan) throws -> Bool {
        let message = try Message(bytes, shape: shape)
        guard message.envelope == RecordDraft.envelope, holds(fields, in: bytes, at: messageHeaderLength) else {
            return false
        }
        let found = [message.firstGroup, message.secondGroup, message.thirdGroup]
        guard found.map(\.count).prefix(groups.count) == groups.map(\.count)[...],
            zip(groups, found).allSatisfy({ isRead($0, at: $1, in: message) })
        else { return false }
        guard let read = message.text(at: 0, count: message.textLength) else { return false }
        return Array(copying: read) == Array(text.utf8) + tail
    }

    private func isRead(_ group: Group, at place: Message.Group, in message: borrowing Message) -> Bool {
        switch group {
        case .postings(let postings): postings.indices.allSatisfy { message.posting($0, of: place) == postings[$0] }
        case .entries(let entries):
            entries.indices.allSatisfy { holds(entries[$0], in: message.bytes, at: place.offset + $0 * place.stride) }
        }
    }

    private func holds(_ fields: [Field], in bytes: RawSpan, at start: Int) -> Bool {
        fields.allSatisfy { field in
            field.bytes.indices.allSatisfy { bytes.u8(at: start + field.offset + $0) == field.bytes[$0] }
        }
    }

    private static func block(_ fields: [Field], length: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: length)
        for field in fields {
            block.replaceSubrange(field.offset..<(field.offset + field.bytes.count), with: field.bytes)
        }
        return block
    }
}

extension MessageShape {
    /// Bytes of an entry, group by group.
    var lengthsOfEntries: [Int] {
        Array([entryLengths.0, entryLengths.1, entryLengths.2].prefix(groupCount))
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
