/// Bytes that are not a message of the schema.
///
/// Broken bytes are an error with a position, never a guess and never a trap. On the socket the connection is closed
/// with the text; in the log it is corruption.
public struct CodecError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Fault: Sendable, Hashable {
        /// The message ends before its fields do.
        case tooShort(needed: Int, found: Int)
        /// Bytes follow the last field.
        case trailingBytes(Int)
        /// The schema id is not ours.
        case foreignSchema(UInt16)
        /// The template id is not one that is expected here.
        case unexpectedTemplate(UInt16)
        /// The block is shorter than version 2 has it, the oldest of the schema that is read: the bytes are damaged or of
        /// version 1.
        case blockTooShort(needed: Int, found: Int)
        /// A group's entries are shorter than version 2 has them, the oldest of the schema that is read.
        case entryTooShort(group: Int, needed: Int, found: Int)
        /// The lengths of the strings do not add up to the text.
        case textLengthMismatch(needed: Int, found: Int)
        /// A value that the schema does not have.
        case valueUnknown(field: String, value: Int64)
        /// The frame says that it is longer than is allowed.
        case frameTooLong(bytes: Int, max: Int)
        /// The batch's count and its events disagree.
        case countMismatch(said: Int, found: Int)
    }

    /// What is wrong.
    public var fault: Fault
    /// Where in the bytes at hand.
    public var offset: Int

    /// An error of its parts.
    public init(_ fault: Fault, at offset: Int = 0) { (self.fault, self.offset) = (fault, offset) }

    /// Runs `body` on bytes that begin at `offset` of those at hand; its errors are told in the latter.
    static func moved<Value>(
        by offset: Int, _ body: () throws(CodecError) -> Value
    ) throws(CodecError) -> Value {
        do throws(CodecError) {
            return try body()
        } catch {
            throw CodecError(error.fault, at: offset + error.offset)
        }
    }

    /// What is wrong and where, for a log line or a refusal.
    public var description: String { "byte \(offset): \(sentence)" }

    /// The oldest version of the schema that is read; blocks of version 1 were shorter.
    private var oldest: UInt16 { 2 }

    private var sentence: String {
        switch fault {
        case .tooShort(let needed, let found): "the message is cut: \(needed) bytes are needed, \(found) are there"
        case .trailingBytes(let count): "\(count) bytes follow the end of the message"
        case .foreignSchema(let id): "schema \(id) is not Tallystick's schema \(SchemaNumbers.id)"
        case .unexpectedTemplate(let id): "message \(id) is not expected here"
        case .blockTooShort(let needed, let found):
            "the block has \(found) bytes, \(needed) are needed; version \(oldest) of the schema is the oldest that is read"
        case .entryTooShort(let group, let needed, let found):
            "the entries of group \(group) have \(found) bytes, \(needed) are needed"
        case .textLengthMismatch(let needed, let found): "the strings need \(needed) bytes of text, \(found) are there"
        case .valueUnknown(let field, let value): "\(field) has no value \(value)"
        case .frameTooLong(let bytes, let max): "the frame has \(bytes) bytes, \(max) are allowed"
        case .countMismatch(let said, let found): "the batch says \(said) events and holds \(found)"
        }
    }
}
