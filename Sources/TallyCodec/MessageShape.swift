/// What the schema says about the form of a message: how long its block is at least, which groups follow, whether a text
/// ends it.
@frozen
public struct MessageShape: Sendable {
    /// The message's number in the schema.
    public let templateID: UInt16
    /// Bytes of the block in this version.
    public let blockLength: Int
    /// Bytes of an entry of the first, second and third group.
    public let entryLengths: (Int, Int, Int)
    /// How many groups follow the block: 0 to 3.
    public let groupCount: Int
    /// True when a text ends the message.
    public let hasText: Bool

    /// A shape of its parts.
    @inlinable
    public init(
        templateID: UInt16, blockLength: Int, entryLengths: (Int, Int, Int), groupCount: Int, hasText: Bool
    ) {
        self.templateID = templateID
        self.blockLength = blockLength
        self.entryLengths = entryLengths
        self.groupCount = groupCount
        self.hasText = hasText
    }
}
