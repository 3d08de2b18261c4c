/// The 32 bytes of a SHA-256, as a plain value.
///
/// Four words instead of an array: no allocation, comparable in four instructions, and storable in flat tables.
/// The words hold the bytes in memory order, so ``bytes`` is the digest as every other program writes it.
@frozen
public struct SHA256Digest: Hashable, Sendable, BitwiseCopyable {
    /// The length of a digest in bytes.
    public static var byteCount: Int { 32 }

    /// The digest of nothing known: thirty-two zero bytes, the "previous hash" of the first block.
    public static var zero: SHA256Digest { SHA256Digest(words: (0, 0, 0, 0)) }

    @usableFromInline let word0, word1, word2, word3: UInt64

    @inlinable
    init(words: (UInt64, UInt64, UInt64, UInt64)) {
        (word0, word1, word2, word3) = words
    }

    /// The digest stored as 32 bytes at `offset` of `bytes`, which must hold them.
    @inlinable
    public init(at offset: Int = 0, of bytes: RawSpan) {
        self.init(
            words: (
                bytes.u64(at: offset), bytes.u64(at: offset + 8), bytes.u64(at: offset + 16), bytes.u64(at: offset + 24)
            ))
    }

    /// The digest written as 64 hexadecimal digits.
    ///
    /// - Returns: nil when the text is anything else.
    public init?(hex: String) {
        guard let bytes = Hex.decode(hex), bytes.count == Self.byteCount else { return nil }
        unsafe self.init(of: bytes.span.bytes)
    }

    /// The 32 bytes in order.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(Self.byteCount)
        for word in [word0, word1, word2, word3] {
            for shift in stride(from: 0, to: 64, by: 8) { result.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        return result
    }

    /// Appends the 32 bytes to `writer`.
    @inlinable
    public func write(to writer: inout ByteWriter) {
        writer.append(u64: word0)
        writer.append(u64: word1)
        writer.append(u64: word2)
        writer.append(u64: word3)
    }
}

extension SHA256Digest: CustomStringConvertible {
    /// Sixty-four hexadecimal digits.
    public var description: String { Hex.encode(bytes) }
}
