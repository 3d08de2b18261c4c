public import TallyBytes
public import TallyCodec
public import TallyModel

extension ByteWriter {
    /// Appends the record of a refusal.
    public mutating func append(rejected: Rejection, line: UInt16, command: UInt16, _ envelope: RecordEnvelope) {
        append(header: RejectedLayout.shape)
        append(envelope: envelope)
        append(u16: rejected.rawValue)
        append(u16: line)
        append(u16: command)
    }

    /// Appends the first record of a ledger.
    public mutating func append(ledgerCreated id: (high: UInt64, low: UInt64), _ envelope: RecordEnvelope) {
        append(header: LedgerCreatedLayout.shape)
        append(envelope: envelope)
        append(u64: id.high)
        append(u64: id.low)
    }

    /// Appends the record of a new source.
    public mutating func append(sourceOpened source: SourceNumber, name: RawSpan, _ envelope: RecordEnvelope) {
        append(header: SourceRecordedLayout.shape)
        append(envelope: envelope)
        append(u32: source.rawValue)
        append(u8: UInt8(name.byteCount))
        append(u16: UInt16(name.byteCount))
        append(bytes: name)
    }

    /// Appends a group's entries as another message has them, shortened to the fields of this version.
    mutating func append(entriesOf group: Message.Group, in bytes: RawSpan, entryLength: Int) {
        append(groupOf: group.count, entryLength: entryLength)
        guard group.stride != entryLength else {
            append(bytes: bytes.extracting(group.offset..<(group.offset + group.count * entryLength)))
            return
        }
        for index in 0..<group.count {
            let start = group.offset + index * group.stride
            append(bytes: bytes.extracting(start..<(start + entryLength)))
        }
    }

    /// Appends the end of a command's text, from `start` on, as the text of a record.
    mutating func append(textOf message: borrowing Message, from start: Int) {
        append(u16: UInt16(message.textLength - start))
        append(
            bytes: message.bytes.extracting((message.textOffset + start)..<(message.textOffset + message.textLength)))
    }
}
