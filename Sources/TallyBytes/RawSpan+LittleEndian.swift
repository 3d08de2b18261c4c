/// Bounds-checked little-endian reads at a byte offset.
///
/// Every format of Tallystick is little-endian and unaligned (SBE packs its fields), so one set of readers
/// serves the log, the socket and the checkpoints. A read outside the span stops the process: a decoder
/// checks the whole message once before it reads fields, so such a read is a broken decoder, not broken input.
extension RawSpan {
    /// The byte at `offset`.
    @inlinable @inline(__always)
    public func u8(at offset: Int) -> UInt8 {
        unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt8.self)
    }

    /// Two bytes at `offset` as an unsigned integer.
    @inlinable @inline(__always)
    public func u16(at offset: Int) -> UInt16 {
        unsafe UInt16(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    /// Four bytes at `offset` as an unsigned integer.
    @inlinable @inline(__always)
    public func u32(at offset: Int) -> UInt32 {
        unsafe UInt32(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// Eight bytes at `offset` as an unsigned integer.
    @inlinable @inline(__always)
    public func u64(at offset: Int) -> UInt64 {
        unsafe UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Two bytes at `offset` as a signed integer.
    @inlinable @inline(__always)
    public func i16(at offset: Int) -> Int16 { Int16(bitPattern: u16(at: offset)) }

    /// Four bytes at `offset` as a signed integer.
    @inlinable @inline(__always)
    public func i32(at offset: Int) -> Int32 { Int32(bitPattern: u32(at: offset)) }

    /// Eight bytes at `offset` as a signed integer.
    @inlinable @inline(__always)
    public func i64(at offset: Int) -> Int64 { Int64(bitPattern: u64(at: offset)) }

    /// `count` bytes from `offset`, or nil when they are not all inside.
    @inlinable @inline(__always)
    @_lifetime(copy self)
    public func slice(at offset: Int, count: Int) -> RawSpan? {
        guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else { return nil }
        return extracting(offset..<(offset + count))
    }

    /// True when both spans hold the same bytes.
    @inlinable
    public func hasSameBytes(as other: RawSpan) -> Bool {
        guard byteCount == other.byteCount else { return false }
        for offset in 0..<byteCount where u8(at: offset) != other.u8(at: offset) { return false }
        return true
    }
}
