public import TallyBytes

/// What stands in front of every block: whose it is, where it belongs, and what its content must be.
///
/// ```
///   0 magic "TLB1" u32      4 format version u16     6 header length u16     8 ledger id, 16 bytes
///  24 partition u32        28 epoch u32             32 first sequence u64
///  40 record count u32     44 run count u32         48 content length u32   52 CRC-32C of the content u32
///  56 last recorded at i64 64 hash of the previous block, 32 bytes          96 SHA-256 of the content, 32 bytes
/// 128 CRC-32C of bytes 0..<128 u32                 132 zero u32
/// ```
/// All little-endian. The hash of a block is the SHA-256 of these 136 bytes; because it covers the content's hash
/// and the previous block's hash, one hash vouches for everything before it, and the chain is checked without
/// reading content.
public struct BlockHeader: Sendable, Hashable {
    /// The length of a header in bytes.
    public static var byteCount: Int { 136 }
    /// The format written by this program.
    public static var formatVersion: UInt16 { 1 }
    /// "TLB1" as the first four bytes.
    static var magic: UInt32 { 0x3142_4C54 }
    /// The only partition, today.
    static var partition: UInt32 { 0 }
    /// The only epoch, today.
    static var epoch: UInt32 { 1 }
    /// The bytes that the header's own checksum covers.
    static var checkedByteCount: Int { 128 }

    /// The ledger that the block belongs to.
    public var ledgerID: LedgerID
    /// The sequence of the first record.
    public var firstSequence: UInt64
    /// The number of records, at least 1.
    public var recordCount: UInt32
    /// The number of runs of a source, at least 1.
    public var runCount: UInt32
    /// The number of bytes behind the header.
    public var contentByteCount: UInt32
    /// The checksum of those bytes.
    public var contentChecksum: UInt32
    /// When the last record was recorded, in microseconds since 1970 UTC.
    public var lastRecordedAt: Int64
    /// The hash of the block before this one; ``SHA256Digest/zero`` in the first.
    public var previousHash: SHA256Digest
    /// The SHA-256 of the content.
    public var contentHash: SHA256Digest

    /// The sequence of the last record.
    public var lastSequence: UInt64 { firstSequence &+ UInt64(recordCount) &- 1 }
}
