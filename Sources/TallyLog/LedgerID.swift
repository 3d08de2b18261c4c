public import TallyBytes

/// The identity of one ledger for ever: sixteen random bytes, drawn when it is created.
///
/// It stands in every block, so a block of another ledger is never taken for one of this ledger.
public struct LedgerID: Hashable, Sendable, BitwiseCopyable {
    /// The length of an identity in bytes.
    public static var byteCount: Int { 16 }

    /// Bytes 0..<8, little-endian.
    public let low: UInt64
    /// Bytes 8..<16, little-endian.
    public let high: UInt64

    /// A known identity.
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The identity stored at `offset` of `bytes`, which must hold it.
    public init(at offset: Int, of bytes: RawSpan) {
        self.init(low: bytes.u64(at: offset), high: bytes.u64(at: offset + 8))
    }

    /// A new identity from the system's random numbers.
    public static func random() -> LedgerID {
        LedgerID(low: .random(in: .min ... .max), high: .random(in: .min ... .max))
    }

    /// Appends the sixteen bytes to `writer`.
    public func write(to writer: inout ByteWriter) {
        writer.append(u64: low)
        writer.append(u64: high)
    }
}

extension LedgerID: CustomStringConvertible {
    /// Thirty-two hexadecimal digits, in the order of the bytes.
    public var description: String {
        var writer = ByteWriter(capacity: Self.byteCount)
        write(to: &writer)
        return Hex.encode(writer.bytes)
    }
}
