internal import LMDB
internal import Synchronization
internal import TallyBytes

extension EventLog {
    /// Adds one block and waits until it is durable.
    ///
    /// - Returns: The new end.
    /// - Throws: ``LogError/conflict(expected:actual:)`` when somebody else appended; then nothing was written and
    ///   the log goes on. ``LogError/unknownOutcome(cause:)`` or ``LogError/unavailable(cause:)`` when the disk
    ///   failed; then every further append fails with the latter.
    public func append(_ draft: BlockDraft, expecting expected: LogPosition) throws(LogError) -> LogPosition {
        precondition(draft.firstSequence == expected.sequence + 1, "A draft starts where the log is expected to end.")
        // Summing and laying out the header needs no lock: the draft is this thread's own.
        let header = draft.header(ledgerID: ledgerID, behind: expected)
        var headerBytes = ByteWriter(capacity: BlockHeader.byteCount)
        header.write(to: &headerBytes)
        let position = LogPosition(
            sequence: header.lastSequence, blockHash: SHA256.digest(of: headerBytes.bytes),
            recordedAt: header.lastRecordedAt)
        try checkTakesRecords()
        do {
            try appendGrowingMap(draft, headerBytes.bytes, expected)
        } catch .conflict(let expected, let actual) {
            throw .conflict(expected: expected, actual: actual)
        } catch {
            stop(because: error)
            throw error
        }
        advance(to: position)
        return position
    }

    private func checkTakesRecords() throws(LogError) {
        guard !isReadOnly else { throw .unavailable(cause: "it was opened for reading only") }
        if let failure { throw .unavailable(cause: "an earlier append failed: \(failure)") }
    }

    /// Writes one block, with a larger map when the map is full.
    private func appendGrowingMap(
        _ draft: BlockDraft, _ header: RawSpan, _ expected: LogPosition
    ) throws(LogError) {
        do {
            try appendOnce(draft, header, expected)
        } catch LMDBError.mapFull {
            do {
                try environment.grow(to: 2 * environment.statistics().mapSizeBytes)
                try appendOnce(draft, header, expected)
            } catch { throw LogError(appending: error) }
        } catch {
            throw LogError(appending: error)
        }
    }

    private func appendOnce(_ draft: BlockDraft, _ header: RawSpan, _ expected: LogPosition) throws {
        try environment.write { transaction in
            try Self.checkEnd(in: transaction, blocks, expected)
            try transaction.append(draft.firstSequence, byteCount: draft.blockByteCount, to: blocks) { target in
                draft.write(header: header, to: &target)
            }
        }
    }

    /// Compares the end inside the transaction that appends, so two writers can never both succeed.
    private static func checkEnd(
        in transaction: borrowing WriteTransaction, _ blocks: Table<UInt64>, _ expected: LogPosition
    ) throws {
        var cursor = try transaction.cursor(over: blocks)
        var actual = LogPosition.empty
        if try cursor.last() {
            let header = try BlockHeader(of: cursor.value, blamedOn: cursor.key ?? 0)
            actual = BlockView(trusting: cursor.value, header: header).position
        }
        guard actual.sequence == expected.sequence, actual.blockHash == expected.blockHash else {
            throw LogError.conflict(expected: expected, actual: actual)
        }
    }

    private func stop(because error: LogError) {
        state.withLock { $0.failure = $0.failure ?? error }
    }

    /// Moves the end.
    ///
    /// The block is durable whatever becomes of the head file, so its failure fails the next append, not this one.
    private func advance(to position: LogPosition) {
        let statistics = try? environment.statistics()
        let bytes = statistics.map { ($0.lastPage + 1) * UInt64($0.pageSizeBytes) } ?? 0
        let slot = HeadSlot(ledgerID: ledgerID, position: position, dataFileBytes: bytes)
        state.withLock { state in
            state.tip = position
            do throws(LogError) { try state.head?.write(slot) } catch { state.failure = state.failure ?? error }
        }
    }
}
