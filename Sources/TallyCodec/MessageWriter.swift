public import TallyBytes

extension ByteWriter {
    /// Appends a message header for `shape` at this version of the schema.
    @inlinable
    public mutating func append(header shape: MessageShape) {
        append(u16: UInt16(truncatingIfNeeded: shape.blockLength))
        append(u16: shape.templateID)
        append(u16: SchemaNumbers.id)
        append(u16: SchemaNumbers.version)
    }

    /// Appends the dimensions of a group.
    @inlinable
    public mutating func append(groupOf count: Int, entryLength: Int) {
        append(u16: UInt16(truncatingIfNeeded: entryLength))
        append(u16: UInt16(truncatingIfNeeded: count))
    }

    /// Appends the strings of a message as its text.
    ///
    /// - Precondition: Together they have at most 65,535 bytes; callers check their limits first.
    public mutating func append(texts: [String]) {
        let length = texts.reduce(0) { $0 + $1.utf8.count }
        precondition(length <= Int(UInt16.max), "The strings of one message have at most 65,535 bytes.")
        append(u16: UInt16(length))
        for text in texts { append(text: text) }
    }

    /// Appends a string's length in bytes as the schema keeps it.
    ///
    /// - Precondition: At most 255 bytes; callers check their limits first.
    public mutating func append(lengthOf text: String) {
        precondition(text.utf8.count <= Int(UInt8.max), "A string of a message has at most 255 bytes.")
        append(u8: UInt8(text.utf8.count))
    }
}
