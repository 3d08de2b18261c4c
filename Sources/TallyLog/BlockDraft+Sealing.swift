internal import TallyBytes

/// The sums over the content of a draft.
struct BlockSeal {
    let checksum: UInt32
    let contentHash: SHA256Digest
}

extension BlockDraft {
    /// Ends the tables: nothing that is read by ``record(at:)`` or ``findNumber(source:number:)`` changes afterwards.
    ///
    /// Whoever goes on reading a draft that another thread will append calls this before handing it over; sealing then
    /// writes nothing but the seal itself.
    public func closeTables() { tables.closeRun() }

    /// Sums the content; no record may be added afterwards.
    ///
    /// Appending seals a draft that is not sealed yet. Hashing a mebibyte takes about as long as writing it, so
    /// whoever has time before the writer is free can take this work off its path.
    public func sealContent() {
        guard seal == nil else { return }
        precondition(!isEmpty, "A block has at least one record.")
        precondition(records.count <= Self.recordBytesMax, "A block has at most recordBytesMax bytes of records.")
        tables.closeRun()
        var hasher = SHA256()
        hasher.update(records.bytes)
        hasher.update(tables.offsets.bytes)
        hasher.update(tables.closedRuns.bytes)
        let recordsSum = CRC32C.checksum(records.bytes)
        let tablesSum = CRC32C.checksum(tables.offsets.bytes, seed: recordsSum)
        seal = BlockSeal(
            checksum: CRC32C.checksum(tables.closedRuns.bytes, seed: tablesSum), contentHash: hasher.digest())
    }

    /// The header of the block that this draft becomes behind `position`.
    func header(ledgerID: LedgerID, behind position: LogPosition) -> BlockHeader {
        sealContent()
        guard let seal else { preconditionFailure("A draft was changed while it was sealed.") }
        return BlockHeader(
            ledgerID: ledgerID, firstSequence: firstSequence, recordCount: UInt32(recordCount),
            runCount: UInt32(tables.runCount), contentByteCount: UInt32(contentByteCount),
            contentChecksum: seal.checksum,
            lastRecordedAt: lastRecordedAt, previousHash: position.blockHash, contentHash: seal.contentHash)
    }

    /// The length of records, offsets and runs in bytes.
    private var contentByteCount: Int { records.count + tables.offsets.count + tables.closedRuns.count }

    /// The length of the block in bytes.
    var blockByteCount: Int { BlockHeader.byteCount + contentByteCount }

    /// Copies the block into `target`, which is exactly as long.
    func write(header: RawSpan, to target: inout MutableRawSpan) {
        var offset = 0
        target.copy(header, at: &offset)
        target.copy(records.bytes, at: &offset)
        tables.copy(to: &target, at: &offset)
        precondition(offset == target.byteCount, "A block fills its place exactly.")
    }

    /// The whole block as bytes of its own, for logs that keep blocks in memory.
    ///
    /// - Returns: Exactly what `EventLog` would write behind `position`.
    public func encodedBlock(ledgerID: LedgerID, behind position: LogPosition) -> [UInt8] {
        var writer = ByteWriter(capacity: blockByteCount)
        header(ledgerID: ledgerID, behind: position).write(to: &writer)
        writer.append(bytes: records.bytes)
        tables.append(to: &writer)
        return unsafe writer.bytes.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}

extension MutableRawSpan {
    /// Copies `source` to `offset` and moves `offset` behind it.
    @_lifetime(self: copy self)
    mutating func copy(_ source: RawSpan, at offset: inout Int) {
        let end = offset + source.byteCount
        precondition(end <= byteCount, "A copy stays inside its target.")
        unsafe withUnsafeMutableBytes { target in
            let place = unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset..<end])
            unsafe source.withUnsafeBytes { unsafe place.copyMemory(from: $0) }
        }
        offset = end
    }
}
