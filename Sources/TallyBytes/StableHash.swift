/// SipHash-2-4 with a key of one's own: the hash of table slots and partitions.
///
/// Swift's `Hasher` is seeded anew in every process; tables that are saved to disk and loaded by another process
/// need the same slot for the same key. SipHash is keyed, so nobody outside can choose colliding keys.
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012).
@frozen
public struct StableHash: Sendable, BitwiseCopyable {
    @usableFromInline let key0, key1: UInt64

    /// A hash function.
    ///
    /// - Parameters:
    ///   - key0: Bytes 0..<8 of the reference key, little-endian.
    ///   - key1: Bytes 8..<16 of the reference key, little-endian.
    @inlinable
    public init(key0: UInt64, key1: UInt64) {
        self.key0 = key0
        self.key1 = key1
    }

    /// The hash of `bytes`; any length.
    @inlinable
    public func hash(_ bytes: RawSpan) -> UInt64 {
        var state = State(key0: key0, key1: key1)
        let wholeWords = bytes.byteCount & ~7
        for offset in stride(from: 0, to: wholeWords, by: 8) { state.compress(bytes.u64(at: offset)) }
        // The last word holds the bytes left over and, on top, the length modulo 256.
        var last = UInt64(truncatingIfNeeded: bytes.byteCount) << 56
        for offset in wholeWords..<bytes.byteCount {
            last |= UInt64(bytes.u8(at: offset)) << UInt64(8 * (offset - wholeWords))
        }
        state.compress(last)
        return state.finish()
    }

    /// The hash of the eight little-endian bytes of `word`: the same as ``hash(_:)`` of those bytes.
    @inlinable @inline(__always)
    public func hash(_ word: UInt64) -> UInt64 {
        var state = State(key0: key0, key1: key1)
        state.compress(word)
        state.compress(8 << 56)
        return state.finish()
    }
}

extension StableHash {
    /// The four words that SipHash stirs.
    @usableFromInline @frozen
    struct State {
        @usableFromInline var v0, v1, v2, v3: UInt64

        @inlinable @inline(__always)
        init(key0: UInt64, key1: UInt64) {
            v0 = key0 ^ 0x736f_6d65_7073_6575
            v1 = key1 ^ 0x646f_7261_6e64_6f6d
            v2 = key0 ^ 0x6c79_6765_6e65_7261
            v3 = key1 ^ 0x7465_6462_7974_6573
        }

        @inlinable @inline(__always)
        mutating func compress(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }

        @inlinable @inline(__always)
        mutating func finish() -> UInt64 {
            v2 ^= 0xff
            round()
            round()
            round()
            round()
            return v0 ^ v1 ^ v2 ^ v3
        }

        @inlinable @inline(__always)
        mutating func round() {
            v0 &+= v1
            v1 = Self.rotate(v1, 13) ^ v0
            v0 = Self.rotate(v0, 32)
            v2 &+= v3
            v3 = Self.rotate(v3, 16) ^ v2
            v0 &+= v3
            v3 = Self.rotate(v3, 21) ^ v0
            v2 &+= v1
            v1 = Self.rotate(v1, 17) ^ v2
            v2 = Self.rotate(v2, 32)
        }

        @inlinable @inline(__always)
        static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word &<< bits | word &>> (64 &- bits) }
    }
}
