internal import Dispatch
internal import TallyBytes
internal import TallyLog

/// Benchmarks of the log by itself; to it records are bytes.
enum LogBenchmarks {
    /// Bytes of a record: 120 to 136, 128 in the middle.
    private static let recordBytesMin = 120

    /// Appends blocks as a busy daemon does, with all work inside the clock.
    ///
    /// One thread hashes the next blocks while the other makes the one before durable. Only filling them is not timed.
    ///
    /// - Parameters:
    ///   - directory: Where the log is made.
    ///   - blockCount: Blocks of 8,192 records.
    /// - Throws: What the log throws.
    static func append(directory: String, blockCount: Int) throws {
        let log = try EventLog.create(directory: directory, ledgerID: Benchmark.ledgerID)
        var random = SplitMix(seed: 1)
        var firstSequence: UInt64 = 1
        let drafts = (0..<blockCount).map { _ in
            let draft = BlockDraft(firstSequence: firstSequence, recordBytes: 5 << 18)
            fill(draft, records: LedgerWriter.blockRecords, &random)
            firstSequence = draft.nextSequence
            return draft
        }
        let isSealed = DispatchSemaphore(value: 0)
        var end = LogPosition.empty
        let seconds = try Benchmark.seconds {
            DispatchQueue.global().async {
                for draft in drafts {
                    draft.sealContent()
                    isSealed.signal()
                }
            }
            for draft in drafts {
                isSealed.wait()
                end = try log.append(draft, expecting: end)
            }
        }
        Benchmark.print(seconds: seconds, count: end.sequence, hash: try contentHash(log))
    }

    /// Appends blocks on one thread, each hashed inside the clock and durable before the next begins.
    ///
    /// - Parameters:
    ///   - directory: Where the log is made.
    ///   - blockCount: Blocks of 8,192 records.
    /// - Throws: What the log throws.
    static func appendOnOneThread(directory: String, blockCount: Int) throws {
        let log = try EventLog.create(directory: directory, ledgerID: Benchmark.ledgerID)
        let draft = BlockDraft(recordBytes: 2 << 20)
        var random = SplitMix(seed: 1)
        var end = LogPosition.empty
        var seconds = 0.0
        for _ in 0..<blockCount {
            draft.reset(firstSequence: end.sequence + 1)
            fill(draft, records: LedgerWriter.blockRecords, &random)
            seconds += try Benchmark.seconds { end = try log.append(draft, expecting: end) }
        }
        Benchmark.print(seconds: seconds, count: end.sequence, hash: try contentHash(log))
    }

    /// Appends blocks of one record and tells how long one takes on the average.
    ///
    /// A client that sends one event at a time waits for that at least. The average, because it is set against a rate, which is one too: both have the disk's
    /// slow moments in them.
    static func commit(directory: String, blockCount: Int) throws {
        let log = try EventLog.create(directory: directory, ledgerID: Benchmark.ledgerID)
        let draft = BlockDraft()
        var random = SplitMix(seed: 2)
        var end = LogPosition.empty
        var seconds = 0.0
        for _ in 0..<blockCount {
            draft.reset(firstSequence: end.sequence + 1)
            fill(draft, records: 1, &random)
            seconds += try Benchmark.seconds { end = try log.append(draft, expecting: end) }
        }
        Benchmark.print(seconds: seconds / Double(blockCount), count: end.sequence, hash: try contentHash(log))
    }

    /// Walks all blocks with the checks of a replay and touches every record.
    static func scan(directory: String) throws {
        let log = try EventLog.open(directory: directory, isReadOnly: true)
        // The first walk brings the file into memory.
        _ = try contentHash(log)
        var hash = ResultHash()
        let seconds = try Benchmark.seconds { hash = try contentHash(log) }
        Benchmark.print(seconds: seconds, count: log.tip().sequence, hash: hash)
    }

    private static func fill(_ draft: BlockDraft, records: Int, _ random: inout SplitMix) {
        for _ in 0..<records {
            let offset = draft.records.count
            let length = recordBytesMin + random.next(below: 17)
            // Whole words, cut to the length: bytes that no disk can compress.
            while draft.records.count < offset + length { draft.records.append(u64: random.next()) }
            draft.records.truncate(to: offset + length)
            draft.noteRecord(offset: offset, source: 1, number: draft.nextSequence)
        }
        draft.lastRecordedAt = Benchmark.firstMoment + Int64(draft.nextSequence)
    }

    /// A hash over all blocks: where each begins, the checksum of its bytes, length and first word of every record.
    private static func contentHash(_ log: EventLog) throws -> ResultHash {
        var hash = ResultHash()
        try log.forEachBlock(from: 1, through: nil, check: .quick) { block in
            hash.add(block.header.firstSequence)
            hash.add(UInt64(block.header.contentChecksum))
            for index in 0..<block.recordCount {
                let record = block.record(at: index)
                hash.add(UInt64(record.byteCount) ^ record.u64(at: 0))
            }
            return true
        }
        return hash
    }
}
