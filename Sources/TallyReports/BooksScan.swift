import TallyBytes
import TallyCodec
public import TallyLog
public import TallyModel
public import TallyProjections

/// Reads a log once, record by record: the state and, beside it, every entry of the books.
///
/// All reports of finance are sums over these entries, so each figure can be derived again from the log, and the
/// entries behind it can be named by their sequences.
public struct BooksScan: ~Copyable {
    /// What is known after the records read so far.
    public private(set) var state = ProgrammeState()
    private var reader = EntryReader()

    /// A scan before the first record.
    public init() {}

    /// Reads the next record.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - body: Receives its entries in order and the state behind the record.
    /// - Throws: `CodecError` or `StateError` when the record cannot follow.
    public mutating func add(
        _ record: RawSpan, _ body: (BookEntry, borrowing ProgrammeState) throws -> Void
    ) throws {
        let sequence = state.sequence + 1
        let entries = try reader.entries(of: record, sequence, state)
        try state.apply(record, sequence: sequence)
        for entry in entries { try body(entry, state) }
    }

    /// Reads a log.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - last: The last record to read; nil for the end of the log.
    ///   - progress: Called after each block with the last record read and the one to reach.
    ///   - body: Receives each entry and the state behind its record.
    /// - Returns: The scan, with the state behind the last record.
    /// - Throws: `LogError`, `CodecError` or `StateError` when the log cannot be read.
    public static func read(
        _ log: some RecordLog, through last: LogSequence? = nil, progress: ((UInt64, UInt64) -> Void)? = nil,
        _ body: (BookEntry, borrowing ProgrammeState) throws -> Void
    ) throws -> BooksScan {
        var scan = BooksScan()
        let tip = log.tip().sequence
        let last = min(last?.rawValue ?? tip, tip)
        guard last > 0 else { return scan }
        try log.forEachBlock(from: 1, through: last, check: .quick) { block in
            for index in 0..<block.recordCount where block.sequence(at: index) <= last {
                try scan.add(block.record(at: index), body)
            }
            progress?(scan.state.sequence, last)
            return true
        }
        return scan
    }
}

/// A stretch of civil days, whole days on both sides.
public struct BooksPeriod: Sendable, Hashable {
    /// The first day; nil for the beginning.
    public var first: CivilDay?
    /// The last day, which belongs to it; nil for the end of the log.
    public var last: CivilDay?

    /// A period of its days.
    public init(first: CivilDay? = nil, last: CivilDay? = nil) { (self.first, self.last) = (first, last) }

    /// Everything that was recorded.
    public static var all: BooksPeriod { BooksPeriod() }

    /// Where a day lies.
    public func place(of day: CivilDay) -> Place {
        if let first, day < first { return .before }
        if let last, day > last { return .after }
        return .inside
    }

    /// Where a day lies in relation to a period.
    public enum Place: Sendable {
        /// Before its first day: part of the opening balance.
        case before
        /// Inside it.
        case inside
        /// Behind its last day: no part of it.
        case after
    }
}
