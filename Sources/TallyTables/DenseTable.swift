public import CTally

/// Rows of one fixed size, numbered from 0, never removed.
///
/// A row is a struct of integers without padding, so its bytes are a function of its values and two tables with the same
/// rows are the same bytes: that is what the digest of a state relies on.
@safe
public struct DenseTable<Row: BitwiseCopyable>: ~Copyable {
    /// The rows' bytes, for checkpoints and digests.
    public var memory: PagedMemory

    /// An empty table.
    ///
    /// - Parameters:
    ///   - rowBytes: Bytes of a row as its author believes; a row with hidden padding is stopped here.
    ///   - capacity: Rows to map room for at once, from 1; the table grows beyond them.
    public init(rowBytes: Int, capacity: Int = 1024) {
        precondition(
            MemoryLayout<Row>.size == rowBytes && MemoryLayout<Row>.stride == rowBytes,
            "A row of \(Row.self) has \(MemoryLayout<Row>.stride) bytes, not \(rowBytes): look for padding.")
        memory = PagedMemory(capacity: capacity * rowBytes)
    }

    /// Number of rows.
    @inlinable public var count: Int { memory.used / MemoryLayout<Row>.stride }

    /// Adds a row at the end.
    ///
    /// - Returns: Its index.
    @inlinable @discardableResult
    public mutating func append(_ row: Row) -> Int {
        let offset = memory.extend(by: MemoryLayout<Row>.stride)
        unsafe memory.base.storeBytes(of: row, toByteOffset: offset, as: Row.self)
        return offset / MemoryLayout<Row>.stride
    }

    /// The row at `index`.
    @inlinable
    public subscript(index: Int) -> Row {
        @inline(__always) get {
            let offset = index &* MemoryLayout<Row>.stride
            precondition(index >= 0 && offset < memory.used, "A row lies within the table.")
            return unsafe memory.base.loadUnaligned(fromByteOffset: offset, as: Row.self)
        }
    }

    /// Changes the row at `index` in place.
    @inlinable @inline(__always)
    public mutating func update(_ index: Int, _ body: (inout Row) -> Void) {
        let offset = index &* MemoryLayout<Row>.stride
        precondition(index >= 0 && offset < memory.used, "A row lies within the table.")
        memory.markChanged(at: offset, count: MemoryLayout<Row>.stride)
        // Mapped memory begins on a page and the offset is a multiple of the stride, so the row is aligned.
        unsafe body(&(memory.base + offset).assumingMemoryBound(to: Row.self).pointee)
    }

    /// Asks the CPU to bring the row at `index` near; an index outside the table is let pass, it is only a hint.
    @inlinable @inline(__always)
    public func prefetch(_ index: Int) {
        let offset = index &* MemoryLayout<Row>.stride
        guard offset >= 0, offset < memory.used else { return }
        unsafe tally_prefetch_write(memory.base + offset)
    }
}
