import TallyBytes
import TallyLog
import TallyTesting

/// A data directory with a log whose records follow from their sequences.
struct LogFixture {
    let directory = TemporaryDirectory()
    var layout: DataLayout { DataLayout(directory: directory.path) }
    var dataFile: String { layout.logDirectory + "/data.mdb" }

    /// Creates the log and appends blocks of these sizes.
    init(blocks: [Int]) throws {
        let log = try EventLog.create(directory: directory.path, ledgerID: .random())
        for count in blocks { _ = try LogContract.append(count, to: log) }
    }

    func open(isReadOnly: Bool = false) throws(LogError) -> EventLog {
        try EventLog.open(directory: directory.path, isReadOnly: isReadOnly)
    }
}

/// Sizes of blocks that lie inside leaves, on overflow pages, and on many of them.
let mixedBlocks = (0..<60).map { [1, 3, 20, 70, 400, 2][$0 % 6] }

/// The number of records that a scan lends, each compared with what was appended.
func countRightRecords(_ log: any RecordLog, check: BlockCheck = .quick) throws -> Int {
    var count = 0
    try log.forEachBlock(from: 1, through: nil, check: check) { block in
        for index in 0..<block.recordCount
        where LogContract.isRecord(block.record(at: index), of: block.sequence(at: index)) { count += 1 }
        return true
    }
    return count
}

/// A draft of these records, all of one source.
func draft(_ records: [String], behind position: LogPosition, source: UInt32 = 1, firstNumber: UInt64 = 1) -> BlockDraft
{
    let draft = BlockDraft(firstSequence: position.sequence + 1)
    for (index, record) in records.enumerated() {
        draft.noteRecord(offset: draft.records.count, source: source, number: firstNumber + UInt64(index))
        draft.records.append(text: record)
    }
    return draft
}
