internal import TallyBytes

extension BlockHeader {
    /// Appends the 136 bytes to `writer`.
    func write(to writer: inout ByteWriter) {
        let start = writer.count
        writer.append(u32: Self.magic)
        writer.append(u16: Self.formatVersion)
        writer.append(u16: UInt16(Self.byteCount))
        ledgerID.write(to: &writer)
        writer.append(u32: Self.partition)
        writer.append(u32: Self.epoch)
        writer.append(u64: firstSequence)
        writer.append(u32: recordCount)
        writer.append(u32: runCount)
        writer.append(u32: contentByteCount)
        writer.append(u32: contentChecksum)
        writer.append(i64: lastRecordedAt)
        previousHash.write(to: &writer)
        contentHash.write(to: &writer)
        let checksum = CRC32C.checksum(writer.bytes.extracting(start..<start + Self.checkedByteCount))
        writer.append(u32: checksum)
        writer.append(u32: 0)
    }

    /// Decodes the header of a block and checks what it says about itself.
    ///
    /// - Parameters:
    ///   - bytes: A whole block.
    ///   - sequence: The sequence to name when the header cannot be trusted.
    /// - Throws: ``LogError/corrupt(sequence:what:)`` or ``LogError/unsupportedFormat(found:supported:)``.
    init(of bytes: RawSpan, blamedOn sequence: UInt64) throws(LogError) {
        guard bytes.byteCount >= Self.byteCount else {
            throw .corrupt(sequence: sequence, what: "a block of \(bytes.byteCount) bytes is shorter than its header")
        }
        let checksum = CRC32C.checksum(bytes.extracting(0..<Self.checkedByteCount))
        guard bytes.u32(at: 0) == Self.magic, checksum == bytes.u32(at: 128), bytes.u32(at: 132) == 0 else {
            throw .corrupt(sequence: sequence, what: "the header of a block does not fit its checksum")
        }
        guard bytes.u16(at: 4) == Self.formatVersion, bytes.u16(at: 6) == UInt16(Self.byteCount) else {
            throw .unsupportedFormat(found: bytes.u16(at: 4), supported: Self.formatVersion)
        }
        guard bytes.u32(at: 24) == Self.partition, bytes.u32(at: 28) == Self.epoch else {
            throw .corrupt(sequence: sequence, what: "a block of another partition or epoch")
        }
        self.init(uncheckedFields: bytes)
        try checkSizes(blockByteCount: bytes.byteCount, blamedOn: sequence)
    }

    private init(uncheckedFields bytes: RawSpan) {
        ledgerID = LedgerID(at: 8, of: bytes)
        firstSequence = bytes.u64(at: 32)
        recordCount = bytes.u32(at: 40)
        runCount = bytes.u32(at: 44)
        contentByteCount = bytes.u32(at: 48)
        contentChecksum = bytes.u32(at: 52)
        lastRecordedAt = bytes.i64(at: 56)
        previousHash = SHA256Digest(at: 64, of: bytes)
        contentHash = SHA256Digest(at: 96, of: bytes)
    }

    private func checkSizes(blockByteCount: Int, blamedOn sequence: UInt64) throws(LogError) {
        guard blockByteCount == Self.byteCount + Int(contentByteCount) else {
            throw .corrupt(
                sequence: sequence, what: "a block of \(blockByteCount) bytes that says \(contentByteCount) + 136")
        }
        guard recordCount > 0, runCount > 0, runCount <= recordCount, tablesByteCount <= Int(contentByteCount) else {
            throw .corrupt(sequence: sequence, what: "a block with impossible counts")
        }
        guard firstSequence > 0, firstSequence <= UInt64.max - UInt64(recordCount) else {
            throw .corrupt(sequence: sequence, what: "a block with impossible sequences")
        }
    }

    /// The length of the offsets and runs behind the records, in bytes.
    var tablesByteCount: Int { 4 * Int(recordCount) + SourceRun.byteCount * Int(runCount) }
}

extension BlockHeader {
    /// Checks that the block continues the log at `position`.
    ///
    /// - Throws: ``LogError/corrupt(sequence:what:)`` naming the first sequence after `position`.
    func check(follows position: LogPosition, ledgerID: LedgerID) throws(LogError) {
        let expected = position.sequence + 1
        guard self.ledgerID == ledgerID else {
            throw .corrupt(sequence: expected, what: "a block of ledger \(self.ledgerID) in ledger \(ledgerID)")
        }
        guard firstSequence == expected else {
            throw .corrupt(sequence: expected, what: "the next block starts at \(firstSequence)")
        }
        guard previousHash == position.blockHash else {
            throw .corrupt(sequence: expected, what: "the next block does not name the hash of the block before it")
        }
    }
}
