public import TallyBytes
public import TallyModel

extension Definition {
    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        typealias Layout = DefinitionLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let id = message.string(&cursor, Int(message.u8(Layout.idLength)))
        try message.checkText(readTo: cursor)
        self.init(
            sequence: LogSequence(message.u64(Layout.sequence)),
            kind: try message.value(Layout.kind, "kind"), id: id,
            scale: message.u8(Layout.isDefined) == 0 ? nil : message.u8(Layout.scale))
    }

    /// Writes the message.
    ///
    /// - Precondition: The id has at most 255 bytes, as every id of the ledger has.
    public func encode(into writer: inout ByteWriter) {
        writer.append(header: DefinitionLayout.shape)
        writer.append(u64: sequence.rawValue)
        writer.append(u8: kind.rawValue)
        writer.append(u8: scale == nil ? 0 : 1)
        writer.append(u8: scale ?? 0)
        writer.append(lengthOf: id)
        writer.append(texts: [id])
    }
}
