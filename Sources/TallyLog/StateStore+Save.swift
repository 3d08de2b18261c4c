internal import LMDB
internal import TallyBytes

extension StateStore {
    /// Takes one chunk: the table, the chunk's index, its bytes.
    public typealias ChunkSink = (_ table: UInt16, _ index: UInt32, _ bytes: RawSpan) throws -> Void

    /// Saves a position and the state there, all or nothing; durable on return.
    ///
    /// - Parameters:
    ///   - checkpoint: The position, and all tables with their lengths.
    ///   - newRuns: The runs behind the position saved before.
    ///   - writeChunks: Hands over every chunk changed since the last save, in order of table and index. It may
    ///     be called a second time, when the map had to grow.
    /// - Throws: ``StateStoreError/unavailable(cause:)``, or what `writeChunks` throws; then the state saved
    ///   before is still there.
    public func save(
        _ checkpoint: Checkpoint, runs newRuns: [IndexedRun], _ writeChunks: (ChunkSink) throws -> Void
    ) throws {
        do {
            try saveOnce(checkpoint, newRuns, writeChunks)
        } catch LMDBError.mapFull {
            do {
                try environment.grow(to: 2 * environment.statistics().mapSizeBytes)
                try saveOnce(checkpoint, newRuns, writeChunks)
            } catch let error as LMDBError { throw StateStoreError(error) }
        } catch let error as LMDBError {
            throw StateStoreError(error)
        }
    }

    private func saveOnce(
        _ checkpoint: Checkpoint, _ newRuns: [IndexedRun], _ writeChunks: (ChunkSink) throws -> Void
    ) throws {
        try environment.write { transaction in
            try writeChunks { table, index, bytes in
                precondition(bytes.byteCount <= Checkpoint.chunkBytes, "A chunk has at most chunkBytes bytes.")
                let key = Self.chunkKey(table: table, index: index)
                try transaction.put(at: key, byteCount: bytes.byteCount + 4, in: chunks) { target in
                    target.copyWithChecksum(bytes)
                }
            }
            for run in newRuns { try put(run, in: &transaction) }
            let encoded = checkpoint.encoded()
            try transaction.put(encoded.bytes, at: Self.checkpointKey, in: about)
        }
    }

    private func put(_ indexed: IndexedRun, in transaction: inout WriteTransaction) throws {
        let key = RunKey(source: indexed.run.source, firstNumber: indexed.run.firstNumber)
        var value = ByteWriter(capacity: Self.runByteCount)
        value.append(u64: indexed.firstSequence)
        value.append(u32: indexed.run.count)
        let checksum = CRC32C.checksum(value.bytes, seed: Self.seed(of: key))
        value.append(u32: checksum)
        try transaction.put(value.bytes, at: key, in: runs)
    }

    /// The length of a run's value: first sequence u64, count u32, CRC-32C of key and value u32.
    static let runByteCount = 16

    /// The checksum of a key, so that a value under a damaged key is noticed too.
    static func seed(of key: RunKey) -> UInt32 { key.withKeyBytes { CRC32C.checksum($0) } }

    /// Forgets everything; the next load finds nothing.
    ///
    /// - Throws: ``StateStoreError``.
    public func erase() throws(StateStoreError) {
        do {
            try environment.write { transaction in
                try transaction.deleteAll(from: about)
                try transaction.deleteAll(from: chunks)
                try transaction.deleteAll(from: runs)
            }
        } catch {
            throw StateStoreError(error)
        }
    }
}

extension MutableRawSpan {
    /// Copies `bytes` and their CRC-32C behind them.
    @_lifetime(self: copy self)
    fileprivate mutating func copyWithChecksum(_ bytes: RawSpan) {
        var offset = 0
        copy(bytes, at: &offset)
        storeBytes(of: CRC32C.checksum(bytes).littleEndian, toByteOffset: offset, as: UInt32.self)
    }
}
