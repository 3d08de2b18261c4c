internal import TallyBytes
public import TallyLog

/// What every ``RecordLog`` promises, as checks that a test runs against each implementation.
public struct LogContract: Sendable {
    /// A broken promise.
    public struct Violation: Error, CustomStringConvertible {
        /// Which one.
        public let description: String
    }

    /// Makes a new, empty log.
    private let makeLog: @Sendable () throws -> any RecordLog

    /// The contract of one implementation.
    public init(_ makeLog: @escaping @Sendable () throws -> any RecordLog) { self.makeLog = makeLog }

    /// Checks every promise.
    ///
    /// - Throws: ``Violation`` with the first that is broken.
    public func check() throws {
        try anEmptyLogHasNothing()
        try whatIsAppendedIsRead()
        try sequencesAreDenseAcrossBlocks()
        try aWrongExpectationChangesNothing()
        try aScanStartsAndStopsWhereAsked()
        try aBodyEndsAScan()
        try everyBlockNamesTheOneBefore()
    }

    /// Appends a block of records whose bytes follow from their sequence.
    ///
    /// - Returns: The new end.
    public static func append(_ count: Int, to log: any RecordLog) throws -> LogPosition {
        let tip = log.tip()
        return try log.append(draft(count, behind: tip), expecting: tip)
    }

    /// A draft of records whose bytes follow from their sequence.
    public static func draft(_ count: Int, behind position: LogPosition) -> BlockDraft {
        let draft = BlockDraft(firstSequence: position.sequence + 1, recordBytes: 64 * count)
        for _ in 0..<count {
            let sequence = draft.nextSequence
            draft.noteRecord(offset: draft.records.count, source: UInt32(sequence % 3), number: sequence)
            for _ in 0..<recordWords(sequence) { draft.records.append(u64: sequence &* 0x9E37_79B9_7F4A_7C15) }
        }
        draft.lastRecordedAt = Int64(draft.nextSequence) * 1_000
        return draft
    }

    /// True when these are the bytes that ``draft(_:behind:)`` gives the record of `sequence`.
    public static func isRecord(_ bytes: RawSpan, of sequence: UInt64) -> Bool {
        guard bytes.byteCount == 8 * recordWords(sequence) else { return false }
        for offset in stride(from: 0, to: bytes.byteCount, by: 8)
        where bytes.u64(at: offset) != sequence &* 0x9E37_79B9_7F4A_7C15 { return false }
        return true
    }

    /// Records of 0 to 104 bytes, so that also an empty one is met.
    private static func recordWords(_ sequence: UInt64) -> Int { Int(sequence % 14) }
}

// MARK: - The promises

extension LogContract {
    private func anEmptyLogHasNothing() throws {
        let log = try makeLog()
        try require(log.tip() == .empty, "an empty log ends at 0")
        try requireNotFound(0, in: log)
        try requireNotFound(1, in: log)
        try log.forEachBlock(from: 1, through: nil, check: .full) { _ in throw Violation("an empty log has no blocks") }
    }

    private func whatIsAppendedIsRead() throws {
        let log = try makeLog()
        let tip = try Self.append(100, to: log)
        try require(tip.sequence == 100 && log.tip() == tip, "append returns the end")
        for sequence in UInt64(1)...100 {
            let isRight = try log.read(sequence: sequence) { Self.isRecord($0, of: sequence) }
            try require(isRight, "record \(sequence) is what was appended")
        }
        try requireNotFound(0, in: log)
        try requireNotFound(101, in: log)
    }

    private func sequencesAreDenseAcrossBlocks() throws {
        let log = try makeLog()
        for count in [1, 7, 500, 1, 30] { _ = try Self.append(count, to: log) }
        var expected: UInt64 = 1
        try log.forEachBlock(from: 1, through: nil, check: .full) { block in
            for index in 0..<block.recordCount {
                try require(block.sequence(at: index) == expected, "sequence \(expected) follows")
                try require(Self.isRecord(block.record(at: index), of: expected), "record \(expected) is in its place")
                expected += 1
            }
            return true
        }
        try require(expected == 540, "a scan reaches the end")
    }

    private func aWrongExpectationChangesNothing() throws {
        let log = try makeLog()
        let first = try Self.append(3, to: log)
        let second = try Self.append(4, to: log)
        var other = second
        other.blockHash = first.blockHash
        for wrong in [LogPosition.empty, first, other] {
            do {
                _ = try log.append(Self.draft(2, behind: wrong), expecting: wrong)
                throw Violation("an append behind \(wrong) is a conflict")
            } catch LogError.conflict(let expected, let actual) {
                try require(expected == wrong && actual.sequence == 7, "a conflict names both ends")
            }
        }
        try require(log.tip() == second, "a conflict changes nothing")
        _ = try Self.append(1, to: log)
        try require(log.tip().sequence == 8, "a log goes on after a conflict")
    }

    private func aScanStartsAndStopsWhereAsked() throws {
        let log = try makeLog()
        for _ in 0..<10 { _ = try Self.append(10, to: log) }
        try require(
            firstSequences(log, 1, nil) == stride(from: 1, to: 100, by: 10).map { $0 }, "a scan lends all blocks")
        try require(firstSequences(log, 35, 51) == [31, 41, 51], "a scan lends the blocks that hold its range")
        try require(firstSequences(log, 100, nil) == [91], "a scan may begin at the end")
        try require(firstSequences(log, 101, nil) == [], "there is nothing behind the end")
    }

    private func aBodyEndsAScan() throws {
        let log = try makeLog()
        for _ in 0..<3 { _ = try Self.append(1, to: log) }
        var count = 0
        try log.forEachBlock(from: 1, through: nil, check: .quick) { _ in
            count += 1
            return count < 2
        }
        try require(count == 2, "a scan ends when its body says so")
    }

    private func everyBlockNamesTheOneBefore() throws {
        let log = try makeLog()
        var ends = [LogPosition.empty]
        for count in [5, 1, 9] { ends.append(try Self.append(count, to: log)) }
        var index = 0
        try log.forEachBlock(from: 1, through: nil, check: .full) { block in
            try require(block.header.previousHash == ends[index].blockHash, "block \(index) names the one before")
            index += 1
            try require(block.position == ends[index], "block \(index) ends where append said")
            return true
        }
    }

    // MARK: Helpers

    private func firstSequences(_ log: any RecordLog, _ first: UInt64, _ last: UInt64?) throws -> [UInt64] {
        var result: [UInt64] = []
        try log.forEachBlock(from: first, through: last, check: .quick) { block in
            result.append(block.header.firstSequence)
            return true
        }
        return result
    }

    private func require(_ condition: Bool, _ promise: String) throws {
        guard condition else { throw Violation(promise) }
    }

    private func requireNotFound(_ sequence: UInt64, in log: any RecordLog) throws {
        do {
            try log.read(sequence: sequence) { _ in throw Violation("there is no record \(sequence)") }
        } catch LogError.notFound(sequence) {}
    }
}

extension LogContract.Violation {
    fileprivate init(_ promise: String) { description = "broken promise: \(promise)" }
}
