internal import TallyBytes

/// One of the two halves of a head file: where the log ended at some moment.
///
/// ```
///  0 magic "TLH1" u32    4 format version u16   6 zero u16    8 ledger id, 16 bytes   24 sequence u64
/// 32 block hash, 32 bytes   64 length of data.mdb in bytes u64   72 recorded at i64   80 zeros
/// 124 CRC-32C of bytes 0..<124 u32
/// ```
struct HeadSlot: Hashable {
    static let byteCount = 128
    static let checkedByteCount = 124
    /// "TLH1" as the first four bytes.
    static let magic: UInt32 = 0x3148_4C54
    static let formatVersion: UInt16 = 1

    let ledgerID: LedgerID
    let position: LogPosition
    /// How long `data.mdb` was, in bytes; the file never shrinks.
    let dataFileBytes: UInt64

    init(ledgerID: LedgerID, position: LogPosition, dataFileBytes: UInt64) {
        self.ledgerID = ledgerID
        self.position = position
        self.dataFileBytes = dataFileBytes
    }

    /// The slot stored at `offset`, or nil when it was never written or is torn.
    init?(at offset: Int, of file: RawSpan) {
        guard let bytes = file.slice(at: offset, count: Self.byteCount), bytes.u32(at: 0) == Self.magic,
            bytes.u16(at: 4) == Self.formatVersion,
            bytes.u32(at: 124) == CRC32C.checksum(bytes.extracting(0..<Self.checkedByteCount))
        else { return nil }
        ledgerID = LedgerID(at: 8, of: bytes)
        position = LogPosition(
            sequence: bytes.u64(at: 24), blockHash: SHA256Digest(at: 32, of: bytes), recordedAt: bytes.i64(at: 72))
        dataFileBytes = bytes.u64(at: 64)
    }

    func write(to writer: inout ByteWriter) {
        let start = writer.count
        writer.append(u32: Self.magic)
        writer.append(u16: Self.formatVersion)
        writer.append(u16: 0)
        ledgerID.write(to: &writer)
        writer.append(u64: position.sequence)
        position.blockHash.write(to: &writer)
        writer.append(u64: dataFileBytes)
        writer.append(i64: position.recordedAt)
        writer.append(zeros: Self.checkedByteCount - (writer.count - start))
        let checksum = CRC32C.checksum(writer.bytes.extracting(start..<start + Self.checkedByteCount))
        writer.append(u32: checksum)
    }
}
