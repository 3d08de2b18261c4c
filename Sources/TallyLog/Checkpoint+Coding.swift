internal import TallyBytes

/// ```
///  0 magic "TLS1" u32   4 format version u16   6 number of tables u16   8 sequence u64   16 block hash, 32 bytes
/// 48 recorded at i64   56 digest, 32 bytes   88 … a table: id u16, zeros u16 and u32, length in bytes u64
/// end: CRC-32C of everything before it u32
/// ```
extension Checkpoint {
    static let magic: UInt32 = 0x3153_4C54
    static let formatVersion: UInt16 = 1
    private static let fixedByteCount = 88
    private static let tableByteCount = 16

    func encoded() -> ByteWriter {
        precondition(tables.count <= Self.tablesMax, "A checkpoint has at most tablesMax tables.")
        var writer = ByteWriter(capacity: 4096)
        writer.append(u32: Self.magic)
        writer.append(u16: Self.formatVersion)
        writer.append(u16: UInt16(tables.count))
        writer.append(u64: position.sequence)
        position.blockHash.write(to: &writer)
        writer.append(i64: position.recordedAt)
        digest.write(to: &writer)
        for table in tables {
            writer.append(u16: table.id)
            writer.append(zeros: 6)
            writer.append(u64: table.byteCount)
        }
        let checksum = CRC32C.checksum(writer.bytes)
        writer.append(u32: checksum)
        return writer
    }

    init(decoding bytes: RawSpan) throws(StateStoreError) {
        let end = bytes.byteCount - 4
        guard end >= Self.fixedByteCount, bytes.u32(at: 0) == Self.magic,
            bytes.u32(at: end) == CRC32C.checksum(bytes.extracting(0..<end))
        else { throw .damaged(what: "the checkpoint does not fit its checksum") }
        guard bytes.u16(at: 4) == Self.formatVersion else {
            throw .otherFormat(found: bytes.u16(at: 4), supported: Self.formatVersion)
        }
        let count = Int(bytes.u16(at: 6))
        guard end == Self.fixedByteCount + count * Self.tableByteCount else {
            throw .damaged(what: "a checkpoint of \(bytes.byteCount) bytes cannot have \(count) tables")
        }
        self.init(
            position: LogPosition(
                sequence: bytes.u64(at: 8), blockHash: SHA256Digest(at: 16, of: bytes), recordedAt: bytes.i64(at: 48)),
            digest: SHA256Digest(at: 56, of: bytes),
            tables: [])
        for index in 0..<count {
            let start = Self.fixedByteCount + index * Self.tableByteCount
            tables.append(TableSize(id: bytes.u16(at: start), byteCount: bytes.u64(at: start + 8)))
        }
    }
}
