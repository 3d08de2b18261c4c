public import TallyBytes

/// Bytes in front of every message: block length, template id, schema id, version.
@inlinable public var messageHeaderLength: Int { 8 }

/// A message read in place: checked against its shape once, then read field by field without copies.
///
/// ```
/// ┌ header 8 ┬ block ───────────┬ group: length, count, entries ┬ … ┬ text: length, bytes ┐
/// ```
/// A longer block or longer entries come from a later version of the schema: the new fields stand at the end and are
/// passed over.
@frozen
public struct Message: ~Escapable, BitwiseCopyable {
    /// The whole message with its header.
    public let bytes: RawSpan
    @usableFromInline let group0: Group
    @usableFromInline let group1: Group
    @usableFromInline let group2: Group
    /// Where the text begins.
    public let textOffset: Int
    /// Bytes of the text.
    public let textLength: Int

    /// Where a group's entries lie.
    @frozen
    public struct Group: Sendable, BitwiseCopyable {
        /// Offset of the first entry.
        public let offset: Int
        /// Bytes from one entry to the next.
        public let stride: Int
        /// Number of entries.
        public let count: Int
        @usableFromInline
        init(offset: Int, stride: Int, count: Int) { (self.offset, self.stride, self.count) = (offset, stride, count) }
    }

    /// The template id of the message in `bytes`.
    ///
    /// - Throws: ``CodecError`` when there is no header or the schema is another one.
    @inlinable @inline(__always)
    public static func templateID(of bytes: RawSpan) throws(CodecError) -> UInt16 {
        guard bytes.byteCount >= messageHeaderLength else {
            throw CodecError(.tooShort(needed: messageHeaderLength, found: bytes.byteCount))
        }
        guard bytes.u16(at: 4) == SchemaNumbers.id else { throw CodecError(.foreignSchema(bytes.u16(at: 4)), at: 4) }
        return bytes.u16(at: 2)
    }

    /// Checks that `bytes` are exactly one message of `shape`.
    ///
    /// - Throws: ``CodecError`` with the offset at which the bytes stop to fit.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, shape: MessageShape) throws(CodecError) {
        let template = try Message.templateID(of: bytes)
        guard template == shape.templateID else { throw CodecError(.unexpectedTemplate(template), at: 2) }
        let blockLength = Int(bytes.u16(at: 0))
        guard blockLength >= shape.blockLength else {
            throw CodecError(.blockTooShort(needed: shape.blockLength, found: blockLength))
        }
        var end = messageHeaderLength + blockLength
        guard end <= bytes.byteCount else {
            throw CodecError(.tooShort(needed: end, found: bytes.byteCount), at: messageHeaderLength)
        }
        let none = Group(offset: 0, stride: 0, count: 0)
        let first =
            shape.groupCount > 0 ? try Message.group(0, in: bytes, at: &end, minimum: shape.entryLengths.0) : none
        let second =
            shape.groupCount > 1 ? try Message.group(1, in: bytes, at: &end, minimum: shape.entryLengths.1) : none
        let third =
            shape.groupCount > 2 ? try Message.group(2, in: bytes, at: &end, minimum: shape.entryLengths.2) : none
        var length = 0
        if shape.hasText {
            guard end + 2 <= bytes.byteCount else {
                throw CodecError(.tooShort(needed: end + 2, found: bytes.byteCount), at: end)
            }
            length = Int(bytes.u16(at: end))
            end += 2
        }
        guard end + length <= bytes.byteCount else {
            throw CodecError(.tooShort(needed: end + length, found: bytes.byteCount), at: end)
        }
        guard end + length == bytes.byteCount else {
            throw CodecError(.trailingBytes(bytes.byteCount - end - length), at: end + length)
        }
        self.bytes = bytes
        group0 = first
        group1 = second
        group2 = third
        textOffset = end
        textLength = length
    }

    @inlinable @inline(__always)
    static func group(_ index: Int, in bytes: RawSpan, at end: inout Int, minimum: Int) throws(CodecError) -> Group {
        guard end + 4 <= bytes.byteCount else {
            throw CodecError(.tooShort(needed: end + 4, found: bytes.byteCount), at: end)
        }
        let (stride, count) = (Int(bytes.u16(at: end)), Int(bytes.u16(at: end + 2)))
        guard stride >= minimum || count == 0 else {
            throw CodecError(.entryTooShort(group: index, needed: minimum, found: stride), at: end)
        }
        let group = Group(offset: end + 4, stride: stride, count: count)
        let next = group.offset + stride * count
        guard next <= bytes.byteCount else {
            throw CodecError(.tooShort(needed: next, found: bytes.byteCount), at: end)
        }
        end = next
        return group
    }
}

extension Message {
    /// Reads a byte of the block.
    @inlinable @inline(__always) public func u8(_ field: Int) -> UInt8 { bytes.u8(at: messageHeaderLength + field) }
    /// Reads two bytes of the block.
    @inlinable @inline(__always) public func u16(_ field: Int) -> UInt16 { bytes.u16(at: messageHeaderLength + field) }
    /// Reads four bytes of the block.
    @inlinable @inline(__always) public func u32(_ field: Int) -> UInt32 { bytes.u32(at: messageHeaderLength + field) }
    /// Reads eight bytes of the block.
    @inlinable @inline(__always) public func u64(_ field: Int) -> UInt64 { bytes.u64(at: messageHeaderLength + field) }
    /// Reads two signed bytes of the block.
    @inlinable @inline(__always) public func i16(_ field: Int) -> Int16 { bytes.i16(at: messageHeaderLength + field) }
    /// Reads four signed bytes of the block.
    @inlinable @inline(__always) public func i32(_ field: Int) -> Int32 { bytes.i32(at: messageHeaderLength + field) }
    /// Reads eight signed bytes of the block.
    @inlinable @inline(__always) public func i64(_ field: Int) -> Int64 { bytes.i64(at: messageHeaderLength + field) }

    /// The first group; empty when the message has none.
    @inlinable public var firstGroup: Group { group0 }
    /// The second group; empty when the message has none.
    @inlinable public var secondGroup: Group { group1 }
    /// The third group; empty when the message has none.
    @inlinable public var thirdGroup: Group { group2 }

    /// `count` bytes of the text from `start`, or nil when they are not all inside.
    @inlinable
    @_lifetime(copy self)
    public func text(at start: Int, count: Int) -> RawSpan? {
        guard start >= 0, count >= 0, start + count <= textLength else { return nil }
        return bytes.extracting((textOffset + start)..<(textOffset + start + count))
    }

    /// The next `count` bytes of the text as a string; `cursor` moves on.
    ///
    /// - Returns: The string, with U+FFFD in place of broken UTF-8; empty when the text is shorter than that.
    public func string(_ cursor: inout Int, _ count: Int) -> String {
        defer { cursor += count }
        guard let span = text(at: cursor, count: count) else { return "" }
        return String(utf8Of: span)
    }
}

extension String {
    /// The string whose UTF-8 bytes are in `span`; U+FFFD stands for broken bytes.
    public init(utf8Of span: RawSpan) {
        self = unsafe span.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
