import TallyBytes
import TallyCodec
import TallyModel

/// A good conversation as bytes, and where its lengths stand.
enum Conversation {
    static let hello = frame { Hello(client: "test").encode(into: &$0) }
    static let open = frame { (writer) throws(Rejection) in try OpenSource(name: "till").encode(into: &writer) }
    static let question = frame { (writer) throws(Rejection) in
        try Question.balances(asOf: .now, member: .external("nobody")).encode(into: &writer)
    }
    static let batch = frame { (writer) throws(Rejection) in
        writer.append(batchOf: 2, source: SourceNumber(1), firstNumber: 1)
        try writer.appendEvent(.registerMember(Registration(externalID: "900")))
        try writer.appendEvent(Shop.command(0, 1, source: SourceNumber(1)))
    }

    /// Everything a client says, from its first byte.
    static let whole = Frame.preamble + hello + open + batch + question

    /// The frames that come after the greeting.
    static let frames: [(name: String, bytes: [UInt8])] = [("open", open), ("batch", batch), ("question", question)]

    /// A number of a frame that says how long something is or what it is.
    struct Field: Sendable {
        var name: String
        var offset: Int
        var width: Int
    }

    /// The lengths and numbers in front of a frame's message.
    static let header = [
        Field(name: "frame length", offset: 0, width: 4), Field(name: "block length", offset: 4, width: 2),
        Field(name: "template", offset: 6, width: 2), Field(name: "schema", offset: 8, width: 2),
        Field(name: "version", offset: 10, width: 2),
    ]

    /// Further lengths of the frames, by name.
    static let further: [String: [Field]] = [
        "open": [
            Field(name: "name length", offset: 12 + OpenSourceLayout.nameLength, width: 1),
            Field(name: "text length", offset: 12 + OpenSourceLayout.blockLength, width: 2),
        ],
        "question": [
            Field(name: "key length", offset: 12 + AskBalancesLayout.memberKeyLength, width: 1),
            Field(name: "text length", offset: 12 + AskBalancesLayout.blockLength, width: 2),
        ],
        "batch": [
            Field(name: "count", offset: 12 + BatchLayout.count, width: 4),
            Field(name: "event length", offset: 12 + BatchLayout.blockLength, width: 4),
            Field(name: "event block length", offset: 16 + BatchLayout.blockLength, width: 2),
            Field(name: "event template", offset: 18 + BatchLayout.blockLength, width: 2),
        ],
    ]

    /// The frame with the little-endian number of `field` set to every value that is wrong in a way of its own.
    static func spoiled(_ bytes: [UInt8], _ field: Field) -> [(value: UInt64, bytes: [UInt8])] {
        let right = (0..<field.width).reduce(UInt64(0)) { $0 | UInt64(bytes[field.offset + $1]) << (8 * UInt64($1)) }
        let largest = UInt64.max >> (64 - 8 * UInt64(field.width))
        let limit = UInt64(Limits.frameBytesMax)
        let values = Set([0, 1, right &- 1, right + 1, largest / 2, largest - 1, largest, limit, limit + 1])
        return values.filter { $0 <= largest && $0 != right }.sorted().map { value in
            var spoiled = bytes
            for index in 0..<field.width {
                spoiled[field.offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))
            }
            return (value, spoiled)
        }
    }

    static func frame(_ encode: (inout ByteWriter) throws(Rejection) -> Void) -> [UInt8] {
        var message = ByteWriter()
        do throws(Rejection) { try encode(&message) } catch { preconditionFailure("\(error.advice)") }
        var writer = ByteWriter()
        writer.append(u32: UInt32(message.count))
        writer.append(bytes: message.bytes)
        return unsafe writer.bytes.withUnsafeBytes { unsafe Array($0) }
    }
}
