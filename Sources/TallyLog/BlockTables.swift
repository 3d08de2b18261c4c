internal import TallyBytes

/// The tables behind the records of a draft, growing in the layout of a block.
struct BlockTables: ~Copyable {
    /// Where each record starts, four bytes each.
    var offsets: ByteWriter
    /// The runs that are complete, sixteen bytes each.
    var closedRuns: ByteWriter
    /// The run that the next record may continue; its count is 0 when there is none.
    var openRun = SourceRun(source: 0, count: 0, firstNumber: 0)

    init(recordCapacity: Int) {
        offsets = ByteWriter(capacity: 4 * recordCapacity)
        closedRuns = ByteWriter(capacity: SourceRun.byteCount * max(1, recordCapacity / 16))
    }

    var recordCount: Int { offsets.count &>> 2 }
    var runCount: Int { closedRuns.count / SourceRun.byteCount + (openRun.count > 0 ? 1 : 0) }

    mutating func removeAll() {
        offsets.removeAll()
        closedRuns.removeAll()
        openRun.count = 0
    }

    mutating func note(offset: Int, source: UInt32, number: UInt64) {
        offsets.append(u32: UInt32(truncatingIfNeeded: offset))
        if openRun.count > 0, source == openRun.source, number == openRun.firstNumber &+ UInt64(openRun.count) {
            openRun.count &+= 1
        } else {
            closeRun()
            openRun = SourceRun(source: source, count: 1, firstNumber: number)
        }
    }

    mutating func closeRun() {
        guard openRun.count > 0 else { return }
        closedRuns.append(u32: openRun.source)
        closedRuns.append(u32: openRun.count)
        closedRuns.append(u64: openRun.firstNumber)
        openRun.count = 0
    }

    func offset(at index: Int) -> Int { Int(offsets.bytes.u32(at: 4 * index)) }

    func run(at index: Int) -> SourceRun {
        let start = SourceRun.byteCount * index
        return start == closedRuns.count && openRun.count > 0 ? openRun : SourceRun(at: start, of: closedRuns.bytes)
    }

    /// Copies both tables, all runs closed, to `offset` of `target`.
    func copy(to target: inout MutableRawSpan, at offset: inout Int) {
        target.copy(offsets.bytes, at: &offset)
        target.copy(closedRuns.bytes, at: &offset)
    }

    /// Appends both tables, all runs closed, to `writer`.
    func append(to writer: inout ByteWriter) {
        writer.append(bytes: offsets.bytes)
        writer.append(bytes: closedRuns.bytes)
    }
}
