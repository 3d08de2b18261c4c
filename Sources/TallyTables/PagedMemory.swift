import CTally

/// Growing raw memory that remembers which of its chunks changed.
///
/// A checkpoint copies the changed chunks and nothing else. Memory is mapped on huge pages where the kernel grants them:
/// a random access then costs one cache miss and no walk of the page table.
@safe
public struct PagedMemory: ~Copyable {
    /// Bytes of a chunk: what a checkpoint writes at least when one byte changed.
    @inlinable public static var chunkBytes: Int { 65_536 }
    @inlinable static var chunkShift: Int { 16 }

    @usableFromInline var base: UnsafeMutableRawPointer
    @usableFromInline var changed: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    /// Bytes in use; whatever lies behind them is zero.
    @usableFromInline var used: Int

    /// Empty memory.
    ///
    /// - Parameter capacity: Bytes to map at once, rounded up to whole chunks. Untouched memory costs nothing.
    public init(capacity: Int = PagedMemory.chunkBytes) {
        let chunks = max(1, (capacity + PagedMemory.chunkBytes - 1) >> PagedMemory.chunkShift)
        self.capacity = chunks << PagedMemory.chunkShift
        guard let mapped = unsafe tally_map_huge(self.capacity) else {
            fatalError("No memory for a table of \(chunks) chunks of 64 KiB: give the process more.")
        }
        unsafe base = mapped
        unsafe changed = UnsafeMutablePointer<UInt8>.allocate(capacity: chunks)
        unsafe changed.initialize(repeating: 0, count: chunks)
        used = 0
    }

    deinit {
        unsafe tally_unmap(base, capacity)
        unsafe changed.deallocate()
    }

    /// Bytes in use.
    @inlinable public var byteCount: Int { used }

    /// Chunks that hold the bytes in use; the last may be short.
    @inlinable public var chunkCount: Int { (used + PagedMemory.chunkBytes - 1) >> PagedMemory.chunkShift }

    /// Takes `more` zero bytes into use and marks them as changed.
    ///
    /// - Returns: The offset of the first of them.
    @inlinable
    public mutating func extend(by more: Int) -> Int {
        if used &+ more > capacity { growExtendSlowPath(to: used + more) }
        let offset = used
        used &+= more
        markChanged(at: offset, count: more)
        return offset
    }

    @inline(never) @usableFromInline
    mutating func growExtendSlowPath(to needed: Int) {
        var larger = capacity
        while larger < needed { larger *= 2 }
        guard let moved = unsafe tally_grow_huge(base, capacity, larger) else {
            fatalError("No memory to grow a table from \(capacity) to \(larger) bytes: give the process more.")
        }
        let chunks = larger >> PagedMemory.chunkShift
        let marks = UnsafeMutablePointer<UInt8>.allocate(capacity: chunks)
        unsafe marks.initialize(repeating: 0, count: chunks)
        unsafe marks.update(from: changed, count: capacity >> PagedMemory.chunkShift)
        unsafe changed.deallocate()
        unsafe changed = marks
        unsafe base = moved
        capacity = larger
    }

    /// Notes that `count` bytes from `offset` are about to change.
    @inlinable @inline(__always)
    public mutating func markChanged(at offset: Int, count: Int) {
        let first = offset &>> PagedMemory.chunkShift
        let last = (offset &+ count &- 1) &>> PagedMemory.chunkShift
        unsafe changed[first] = 1
        if last != first { markRestChanged(after: first, through: last) }
    }

    @inlinable
    mutating func markRestChanged(after first: Int, through last: Int) {
        guard last > first else { return }
        for chunk in (first + 1)...last { unsafe changed[chunk] = 1 }
    }

    /// All bytes in use.
    @inlinable
    public var bytes: RawSpan {
        @_lifetime(borrow self) get {
            let span = unsafe RawSpan(_unsafeStart: base, byteCount: used)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// Makes room for `byteCount` bytes that ``load(_:chunk:)`` then fills; whatever was in use before is forgotten.
    public mutating func prepareToLoad(byteCount: Int) {
        used = 0
        _ = extend(by: byteCount)
        clearChanged()
    }

    /// Copies a chunk from a checkpoint into place.
    ///
    /// - Returns: False when the chunk has another size than its place.
    public mutating func load(_ bytes: RawSpan, chunk: Int) -> Bool {
        let offset = chunk << PagedMemory.chunkShift
        guard chunk >= 0, offset < used, bytes.byteCount == min(PagedMemory.chunkBytes, used - offset) else {
            return false
        }
        let target = unsafe base + offset
        unsafe bytes.withUnsafeBytes { source in
            unsafe target.copyMemory(from: source.baseAddress!, byteCount: source.count)
        }
        return true
    }

    /// True when the chunk changed since the last ``clearChanged()``.
    public func isChanged(chunk: Int) -> Bool { unsafe changed[chunk] != 0 }

    /// Notes that everything changed: no checkpoint has it for certain.
    public mutating func markAllChanged() {
        if used > 0 { markChanged(at: 0, count: used) }
    }

    /// Forgets all changes: a checkpoint has them.
    public mutating func clearChanged() {
        unsafe changed.update(repeating: 0, count: capacity >> PagedMemory.chunkShift)
    }

    /// The bytes of a chunk; the last one may be short.
    @_lifetime(borrow self)
    public func chunk(_ index: Int) -> RawSpan {
        let offset = index << PagedMemory.chunkShift
        precondition(index >= 0 && offset < used, "A chunk lies within the bytes in use.")
        let span = unsafe RawSpan(
            _unsafeStart: base + offset, byteCount: min(PagedMemory.chunkBytes, used - offset))
        return unsafe _overrideLifetime(span, borrowing: self)
    }
}
