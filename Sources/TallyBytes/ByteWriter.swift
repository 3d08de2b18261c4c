/// A growable run of bytes that is written once, in order, little-endian.
///
/// The buffer keeps its memory when it is emptied, so a writer that is used again and again settles at the size
/// of its largest message and allocates no more. It is not copyable: bytes on the hot path have one owner.
@safe
public struct ByteWriter: ~Copyable {
    @usableFromInline var base: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    /// The bytes written so far.
    @inlinable public var count: Int { written }
    @usableFromInline var written: Int

    /// An empty writer.
    ///
    /// - Parameter capacity: Bytes to set aside at once; at least one cache line is taken.
    public init(capacity: Int = 4096) {
        self.capacity = max(64, capacity)
        unsafe base = UnsafeMutableRawPointer.allocate(byteCount: self.capacity, alignment: 64)
        written = 0
    }

    deinit { unsafe base.deallocate() }

    /// Everything written so far; valid until the next change.
    @inlinable
    public var bytes: RawSpan {
        @_lifetime(borrow self) get {
            let span = unsafe RawSpan(_unsafeStart: base, byteCount: written)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// Forgets the bytes and keeps the memory.
    @inlinable public mutating func removeAll() { written = 0 }

    /// Forgets everything behind the first `newCount` bytes.
    public mutating func truncate(to newCount: Int) {
        precondition(newCount >= 0 && newCount <= count, "A writer can only be cut to a shorter length.")
        written = newCount
    }

    /// Makes sure that `more` bytes fit without another allocation.
    @inlinable @inline(__always)
    public mutating func reserve(_ more: Int) {
        if written &+ more > capacity { growReserveSlowPath(more) }
    }

    /// Makes room for `more` bytes and not for more than that: for large buffers of a size known beforehand, which
    /// doubling would make up to twice as large.
    public mutating func reserve(exactly more: Int) {
        if written + more > capacity { move(toCapacity: written + more) }
    }

    @inline(never) @usableFromInline
    mutating func growReserveSlowPath(_ more: Int) { move(toCapacity: max(capacity * 2, written + more)) }

    private mutating func move(toCapacity wanted: Int) {
        let larger = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 64)
        unsafe larger.copyMemory(from: base, byteCount: written)
        unsafe base.deallocate()
        unsafe base = larger
        capacity = wanted
    }

    @inlinable @inline(__always)
    mutating func put<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        reserve(MemoryLayout<T>.size)
        unsafe base.storeBytes(of: value.littleEndian, toByteOffset: written, as: T.self)
        written &+= MemoryLayout<T>.size
    }

    /// Appends one byte.
    @inlinable @inline(__always) public mutating func append(u8 value: UInt8) { put(value) }
    /// Appends two bytes.
    @inlinable @inline(__always) public mutating func append(u16 value: UInt16) { put(value) }
    /// Appends four bytes.
    @inlinable @inline(__always) public mutating func append(u32 value: UInt32) { put(value) }
    /// Appends eight bytes.
    @inlinable @inline(__always) public mutating func append(u64 value: UInt64) { put(value) }
    /// Appends two bytes.
    @inlinable @inline(__always) public mutating func append(i16 value: Int16) { put(value) }
    /// Appends four bytes.
    @inlinable @inline(__always) public mutating func append(i32 value: Int32) { put(value) }
    /// Appends eight bytes.
    @inlinable @inline(__always) public mutating func append(i64 value: Int64) { put(value) }

    /// Appends a copy of `bytes`.
    @inlinable
    public mutating func append(bytes: RawSpan) {
        let size = bytes.byteCount
        guard size > 0 else { return }
        reserve(size)
        let target = unsafe base + written
        unsafe bytes.withUnsafeBytes { source in
            unsafe target.copyMemory(from: source.baseAddress!, byteCount: size)
        }
        written &+= size
    }

    /// Appends the UTF-8 bytes of `text`, without a length.
    @inlinable
    public mutating func append(text: String) {
        var copy = text
        copy.withUTF8 { unsafe append(bytes: RawSpan(_unsafeElements: $0)) }
    }

    /// Appends `size` zero bytes.
    @inlinable
    public mutating func append(zeros size: Int) {
        guard size > 0 else { return }
        reserve(size)
        unsafe (base + written).initializeMemory(as: UInt8.self, repeating: 0, count: size)
        written &+= size
    }

    /// Overwrites a byte at `offset`, which must have been written before.
    @inlinable
    public mutating func set(u8 value: UInt8, at offset: Int) {
        precondition(offset >= 0 && offset <= count - 1, "Only bytes already written can be overwritten.")
        unsafe base.storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
    }

    /// Overwrites two bytes at `offset`, which must have been written before.
    @inlinable
    public mutating func set(u16 value: UInt16, at offset: Int) {
        precondition(offset >= 0 && offset <= count - 2, "Only bytes already written can be overwritten.")
        unsafe base.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt16.self)
    }

    /// Overwrites four bytes at `offset`, which must have been written before.
    @inlinable
    public mutating func set(u32 value: UInt32, at offset: Int) {
        precondition(offset >= 0 && offset <= count - 4, "Only bytes already written can be overwritten.")
        unsafe base.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
    }

    /// Overwrites eight bytes at `offset`, which must have been written before.
    @inlinable
    public mutating func set(u64 value: UInt64, at offset: Int) {
        precondition(offset >= 0 && offset <= count - 8, "Only bytes already written can be overwritten.")
        unsafe base.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt64.self)
    }
}
