import TallyBytes

/// Reads words of LEB128 one after the other: lists in records whose numbers are mostly small.
struct WordReader: ~Escapable {
    private let bytes: RawSpan
    /// Where the next word begins.
    private(set) var offset = 0

    /// A reader in front of the first word of `bytes`.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan) { self.bytes = bytes }

    /// True behind the last byte.
    var isAtEnd: Bool { offset >= bytes.byteCount }

    /// Bytes that have not been read yet.
    var left: Int { bytes.byteCount - offset }

    /// The next word.
    ///
    /// - Throws: ``CodecError`` when the bytes end inside it or it has more than 64 bits.
    mutating func word() throws(CodecError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64 {
            guard offset < bytes.byteCount else {
                throw CodecError(.tooShort(needed: offset + 1, found: bytes.byteCount), at: offset)
            }
            let byte = bytes.u8(at: offset)
            offset += 1
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw CodecError(.valueUnknown(field: "word", value: Int64(truncatingIfNeeded: value)), at: offset)
    }

    /// The next word as a number of a smaller type.
    ///
    /// - Throws: ``CodecError`` also when it does not fit.
    mutating func number<T: FixedWidthInteger>(_ field: String) throws(CodecError) -> T {
        let value = try word()
        guard let number = T(exactly: value) else {
            throw CodecError(.valueUnknown(field: field, value: Int64(truncatingIfNeeded: value)), at: offset)
        }
        return number
    }

    /// The next word as a signed number that was folded: 0, −1, 1, −2 and so on.
    mutating func folded() throws(CodecError) -> Int64 {
        let value = try word()
        return Int64(bitPattern: (value &>> 1) ^ (0 &- (value & 1)))
    }

    /// The next bytes as they are.
    ///
    /// - Throws: ``CodecError`` when there are fewer.
    @_lifetime(copy self)
    mutating func take(_ count: Int) throws(CodecError) -> RawSpan {
        guard count <= bytes.byteCount - offset else {
            throw CodecError(.tooShort(needed: offset + count, found: bytes.byteCount), at: offset)
        }
        defer { offset += count }
        return bytes.extracting(offset..<(offset + count))
    }
}

extension ByteWriter {
    /// Appends a word of LEB128.
    mutating func append(word: UInt64) {
        var rest = word
        while rest >= 0x80 {
            append(u8: UInt8(rest & 0x7F) | 0x80)
            rest &>>= 7
        }
        append(u8: UInt8(rest))
    }

    /// Appends a signed number, folded so that small ones of either sign are short.
    mutating func append(folded value: Int64) {
        append(word: UInt64(bitPattern: (value &<< 1) ^ (value &>> 63)))
    }
}
