internal import Glibc
internal import LMDB
internal import TallyBytes

extension StateStore {
    /// The position and table sizes that are saved.
    ///
    /// - Returns: nil when nothing is saved.
    /// - Throws: ``StateStoreError``.
    public func checkpoint() throws(StateStoreError) -> Checkpoint? {
        do {
            return try environment.read { transaction in try savedCheckpoint(in: transaction) }
        } catch {
            throw StateStoreError(error)
        }
    }

    /// Lends everything that is saved, from one consistent state.
    ///
    /// - Parameters:
    ///   - prepare: Called once, first, to make room for the tables.
    ///   - takeChunk: Called with every chunk, in order of table and index.
    /// - Returns: The checkpoint, or nil when nothing is saved; then neither closure is called.
    /// - Throws: ``StateStoreError``, or what the closures throw.
    public func load(prepare: (Checkpoint) throws -> Void, takeChunk: ChunkSink) throws -> Checkpoint? {
        do {
            return try environment.read { transaction in
                guard let checkpoint = try savedCheckpoint(in: transaction) else { return nil }
                try checkRunIndex(in: transaction)
                try prepare(checkpoint)
                for table in checkpoint.tables { try load(table, in: transaction, takeChunk) }
                return checkpoint
            }
        } catch let error as LMDBError {
            throw StateStoreError(error)
        }
    }

    /// Sums every entry of the run index.
    ///
    /// A look-up sees only neighbours: under a damaged key an entry would seem not to be there, and an event that was
    /// repeated would be taken for a new one.
    private func checkRunIndex(in transaction: borrowing ReadTransaction) throws {
        var cursor = try transaction.cursor(over: runs)
        while try cursor.next() { _ = try Self.decodeRun(cursor.key, cursor.value) }
    }

    private func savedCheckpoint(in transaction: borrowing ReadTransaction) throws -> Checkpoint? {
        guard let bytes = try transaction.value(of: Self.checkpointKey, in: about) else {
            guard try transaction.statistics(of: about).entryCount == 0 else {
                throw StateStoreError.damaged(what: "the checkpoint lies under another key")
            }
            return nil
        }
        return try Checkpoint(decoding: bytes)
    }

    /// Lends the chunks of one table.
    ///
    /// Chunks behind its end are left over from a longer table and not lent.
    private func load(
        _ table: Checkpoint.TableSize, in transaction: borrowing ReadTransaction, _ takeChunk: ChunkSink
    ) throws {
        guard table.chunkCount <= UInt64(UInt32.max) else {
            throw StateStoreError.damaged(what: "table \(table.id) has \(table.byteCount) bytes")
        }
        var cursor = try transaction.cursor(over: chunks)
        var isThere = try cursor.seek(toOrAfter: Self.chunkKey(table: table.id, index: 0))
        var left = table.byteCount
        for index in 0..<UInt32(table.chunkCount) {
            let wanted = min(left, UInt64(Checkpoint.chunkBytes))
            guard isThere, cursor.key == Self.chunkKey(table: table.id, index: index) else {
                throw StateStoreError.damaged(what: "chunk \(index) of table \(table.id) is missing")
            }
            try Self.check(cursor.value, byteCount: Int(wanted), table: table.id, index: index)
            try takeChunk(table.id, index, cursor.value.extracting(0..<Int(wanted)))
            left -= wanted
            isThere = try cursor.next()
        }
    }

    private static func check(
        _ stored: RawSpan, byteCount: Int, table: UInt16, index: UInt32
    ) throws(StateStoreError) {
        guard stored.byteCount == byteCount + 4,
            CRC32C.checksum(stored.extracting(0..<byteCount)) == stored.u32(at: byteCount)
        else { throw .damaged(what: "chunk \(index) of table \(table) does not fit its checksum") }
    }

    /// Where a source's event is, as far as the checkpoint goes.
    ///
    /// ``load(prepare:takeChunk:)`` has summed the whole index before. The caller also knows the last number of every
    /// source: when nothing is found for a number up to that one, the index is damaged.
    ///
    /// - Returns: The run that holds it, or nil.
    /// - Throws: ``StateStoreError``.
    public func findRun(source: UInt32, number: UInt64) throws(StateStoreError) -> IndexedRun? {
        do {
            return try environment.read { transaction in
                var cursor = try transaction.cursor(over: runs)
                guard try cursor.seek(toOrBefore: RunKey(source: source, firstNumber: number)) else { return nil }
                let indexed = try Self.decodeRun(cursor.key, cursor.value)
                guard indexed.run.source == source, indexed.run.index(of: number) != nil else { return nil }
                return indexed
            }
        } catch {
            throw StateStoreError(error)
        }
    }

    private static func decodeRun(_ key: RunKey?, _ value: RawSpan) throws(StateStoreError) -> IndexedRun {
        guard let key, value.byteCount == runByteCount,
            CRC32C.checksum(value.extracting(0..<12), seed: seed(of: key)) == value.u32(at: 12)
        else { throw .damaged(what: "an entry of the run index does not fit its checksum") }
        let run = SourceRun(source: key.source, count: value.u32(at: 8), firstNumber: key.firstNumber)
        return IndexedRun(run: run, firstSequence: value.u64(at: 0))
    }
}
