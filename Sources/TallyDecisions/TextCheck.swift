import TallyBytes
import TallyCodec
import TallyModel

/// Checks of strings that come from outside.
enum TextCheck {
    /// What a string is made of.
    enum Content {
        /// Printable ASCII only.
        case plain
        /// Bytes beyond ASCII: each string must be checked as UTF-8 by itself.
        case beyondASCII
        /// Control characters.
        case broken
    }

    /// Looks at all bytes once, eight at a time.
    static func content(_ bytes: RawSpan) -> Content {
        let high: UInt64 = 0x8080_8080_8080_8080
        let ones: UInt64 = 0x0101_0101_0101_0101
        var beyond: UInt64 = 0
        var broken: UInt64 = 0
        var offset = 0
        while offset + 8 <= bytes.byteCount {
            let word = bytes.u64(at: offset)
            beyond |= word & high
            // A byte below 0x20 borrows from its high bit; a byte of 0x7F carries into it.
            broken |= (word &- ones &* 0x20) & ~word & high
            broken |= ((word & ~high) &+ ones) & ~word & high
            offset += 8
        }
        while offset < bytes.byteCount {
            let byte = bytes.u8(at: offset)
            if byte >= 0x80 { beyond |= 1 }
            if byte < 0x20 || byte == 0x7F { broken |= 1 }
            offset += 1
        }
        if beyond == 0 { return broken == 0 ? .plain : .broken }
        return .beyondASCII
    }

    /// True for well-formed UTF-8 without control characters.
    static func isText(_ bytes: RawSpan) -> Bool {
        switch content(bytes) {
        case .plain: return true
        case .broken: return false
        case .beyondASCII: break
        }
        let text = unsafe bytes.withUnsafeBytes { unsafe String(validating: $0, as: UTF8.self) }
        guard let text else { return false }
        return text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    /// True for a text of 1 to `Limits.identifierBytesMax` bytes.
    static func isIdentifier(_ bytes: RawSpan) -> Bool {
        bytes.byteCount > 0 && bytes.byteCount <= Limits.identifierBytesMax && isText(bytes)
    }
}

/// Reads the strings of a command's text one after the other.
struct TextCursor {
    private(set) var offset = 0
    /// True when the whole text is printable ASCII: one look settles most receipts, and then only lengths are checked.
    let isPlain: Bool

    /// A cursor in front of the text of a command.
    @inline(__always)
    init(_ message: borrowing Message) {
        let text = message.bytes.extracting(message.textOffset..<(message.textOffset + message.textLength))
        if case .plain = TextCheck.content(text) { isPlain = true } else { isPlain = false }
    }

    /// The next `count` bytes.
    ///
    /// - Throws: ``TallyModel/Rejection/textMalformed`` when the text is shorter.
    @inline(__always)
    @_lifetime(copy message)
    mutating func next(_ count: UInt8, of message: Message) throws(Refused) -> RawSpan {
        guard let bytes = message.text(at: offset, count: Int(count)) else { throw Refused(.textMalformed) }
        offset += Int(count)
        return bytes
    }

    /// Passes over bytes that are no string, for example a message inside a message.
    mutating func skip(_ count: Int) { offset += count }

    /// The next `count` bytes, which must be an identifier.
    @inline(__always)
    @_lifetime(copy message)
    mutating func identifier(_ count: UInt8, of message: Message) throws(Refused) -> RawSpan {
        let bytes = try next(count, of: message)
        guard count > 0, Int(count) <= Limits.identifierBytesMax, isPlain || TextCheck.isText(bytes) else {
            throw Refused(.textMalformed)
        }
        return bytes
    }

    /// The next `count` bytes, which must be an identifier or nothing.
    @_lifetime(copy message)
    mutating func optionalIdentifier(_ count: UInt8, of message: Message) throws(Refused) -> RawSpan {
        count == 0 ? try next(0, of: message) : try identifier(count, of: message)
    }

    /// The next `count` bytes, which must be text.
    @inline(__always)
    @_lifetime(copy message)
    mutating func name(_ count: UInt8, of message: Message) throws(Refused) -> RawSpan {
        let bytes = try next(count, of: message)
        guard isPlain || TextCheck.isText(bytes) else { throw Refused(.textMalformed) }
        return bytes
    }

    /// Checks that the whole text was read.
    func finish(_ message: borrowing Message) throws(Refused) {
        guard offset == message.textLength else { throw Refused(.textMalformed) }
    }
}
