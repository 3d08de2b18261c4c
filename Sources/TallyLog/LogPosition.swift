public import TallyBytes

/// A place in the log, at the end of a block.
public struct LogPosition: Sendable, Hashable {
    /// The sequence of the last record; 0 in front of the first.
    public var sequence: UInt64
    /// The hash of the block that ends here; it covers every byte before it.
    public var blockHash: SHA256Digest
    /// When the last record was recorded, in microseconds since 1970 UTC.
    public var recordedAt: Int64

    /// A position that was noted before.
    public init(sequence: UInt64, blockHash: SHA256Digest, recordedAt: Int64) {
        self.sequence = sequence
        self.blockHash = blockHash
        self.recordedAt = recordedAt
    }

    /// The position in front of the first record.
    public static var empty: LogPosition { LogPosition(sequence: 0, blockHash: .zero, recordedAt: 0) }
}

extension LogPosition: CustomStringConvertible {
    /// The sequence and the first digits of the hash.
    public var description: String { "\(sequence) (block \(blockHash.description.prefix(12))…)" }
}
