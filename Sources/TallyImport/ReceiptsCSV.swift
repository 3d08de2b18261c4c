import TallyBytes
import TallyModel

/// A file of receipts, read as a stream and turned into the events of one source.
///
/// The first time that a store or a member is named the file defines or registers it; then comes the receipt. A receipt of
/// which every total is negative, or zero with negative quantities, is a blind return; one that mixes signs is a bad row.
/// Which events come out under which numbers follows from the file and the options alone.
///
/// The rows of a receipt must be adjacent. Memory is bounded by the longest receipt and by one entry for each store and
/// each member.
public struct ReceiptsCSV: ~Copyable {
    /// Bytes of one row at most.
    public static let rowBytesMax = 4_096

    /// Appends the next bytes of the file; appends nothing at its end.
    public typealias Source = (inout [UInt8]) throws(ImportFault) -> Void

    let options: ImportOptions
    private let source: Source
    var buffer = FileWindow()
    /// The first byte of the buffer that no row has taken.
    private var cursor = 0
    private var isAtEnd = false
    private var line = 1
    private var hasHeader = false

    /// The rows of the receipt at hand.
    var rows: [ReceiptRow] = []
    /// What is wrong with the receipt at hand.
    var badRow: BadRow?
    /// The first row of the receipt after it.
    private var pending: (row: ReceiptRow, fault: BadRow?)?

    var stores = KeySet()
    var members = KeySet()
    var offsets: OffsetCache
    /// The latest day that the clock was told of.
    var clockDay = Int32.min
    /// What ended the file early; told once all events before it have been taken.
    var fault: ImportFault?
    var skipped: [SkippedReceipt] = []

    /// Events that the log holds already: they are left out, so that the first event taken is the one after them.
    public var eventsToSkip: UInt64 = 0
    /// True when all events have been taken.
    public internal(set) var isFinished = false
    /// Receipts read so far, bad ones included.
    public internal(set) var receiptCount = 0

    /// A file of receipts.
    ///
    /// - Parameters:
    ///   - options: How the file becomes events.
    ///   - source: Appends the next bytes of the file, about a megabyte at a time.
    public init(options: ImportOptions, source: @escaping Source) {
        (self.options, self.source) = (options, source)
        offsets = OffsetCache(zone: options.zone)
    }

    /// Bytes of the file taken so far, for a progress bar.
    public var bytesTaken: Int { buffer.position + cursor }

    /// The receipts left out since the last call.
    public mutating func takeSkipped() -> [SkippedReceipt] {
        defer { skipped.removeAll(keepingCapacity: true) }
        return skipped
    }
}

extension ReceiptsCSV {
    /// Reads the rows of the next receipt into ``rows``, or what is wrong with them into ``badRow``.
    ///
    /// - Returns: False at the end of the file.
    mutating func nextReceipt() throws(ImportFault) -> Bool {
        if !hasHeader { try readHeader() }
        rows.removeAll(keepingCapacity: true)
        badRow = nil
        var next = pending
        if next == nil { next = try nextRow() }
        while let (row, fault) = next {
            if let first = rows.first, !isSameText(first.receipt, row.receipt) { break }
            take(row, fault)
            next = try nextRow()
        }
        pending = next
        receiptCount += rows.isEmpty ? 0 : 1
        return !rows.isEmpty
    }

    /// A receipt beyond the limit keeps its first rows only; it is bad anyway.
    private mutating func take(_ row: ReceiptRow, _ fault: BadRow?) {
        if rows.count < Limits.linesMax {
            rows.append(row)
            badRow = badRow ?? fault
        } else {
            badRow =
                badRow
                ?? BadRow(
                    line: row.line, column: 1, found: "one more line",
                    expected: "at most \(Limits.linesMax) lines in a receipt")
        }
    }

    func isSameText(_ a: Field, _ b: Field) -> Bool { buffer[a].hasSameBytes(as: buffer[b]) }

    private mutating func readHeader() throws(ImportFault) {
        hasHeader = true
        let expected = Array(ReceiptsColumn.header.utf8)
        while !isAtEnd, buffer.bytes.count <= expected.count + 2 { try refill() }
        let end = buffer.bytes.firstIndex(of: UInt8(ascii: "\n")) ?? buffer.bytes.count
        var found = buffer.bytes[..<end]
        if found.last == UInt8(ascii: "\r") { found.removeLast() }
        guard found.elementsEqual(expected) else {
            throw .header(found: String(decoding: found.prefix(120), as: UTF8.self))
        }
        cursor = min(end + 1, buffer.bytes.count)
        line = 2
    }

    private mutating func nextRow() throws(ImportFault) -> (row: ReceiptRow, fault: BadRow?)? {
        var fields = RowFields()
        while true {
            switch scan(into: &fields) {
            case .row(let count, let lines):
                defer { (cursor, line) = (cursor + count, line + lines) }
                if fields.count == 1, fields.fields[0].count == 0 { continue }
                return judge(fields, count: count)
            case .needsMore:
                if isAtEnd, cursor == buffer.bytes.count { return nil }
                guard !isAtEnd, buffer.bytes.count - cursor <= ReceiptsCSV.rowBytesMax else {
                    throw .rowTooLong(line: line)
                }
                try refill()
            case .quoted: preconditionFailure("A row with quotes is read by the slow path.")
            }
        }
    }

    private mutating func scan(into fields: inout RowFields) -> RowScanner.Found {
        let found = unsafe RowScanner.scan(buffer.bytes.span.bytes, from: cursor, isLast: isAtEnd, into: &fields)
        guard case .quoted = found else { return found }
        return RowScanner.scanQuotedSlowPath(&buffer.bytes, from: cursor, isLast: isAtEnd, into: &fields)
    }

    private func judge(_ fields: RowFields, count: Int) -> (row: ReceiptRow, fault: BadRow?) {
        let position = buffer.position + cursor
        var row = ReceiptRow(fields, line: line, position: position)
        do {
            try unsafe row.judge(
                fields, in: buffer.bytes.span.bytes.extracting(cursor..<(cursor + count)), position: position)
            return (row, nil)
        } catch {
            return (row, error)
        }
    }

    /// Forgets what lies before the receipt at hand and takes the next bytes of the file.
    private mutating func refill() throws(ImportFault) {
        let kept = rows.first.map { $0.receipt.start - buffer.position } ?? cursor
        buffer.forget(kept)
        cursor -= kept
        let count = buffer.bytes.count
        try source(&buffer.bytes)
        isAtEnd = buffer.bytes.count == count
    }
}
