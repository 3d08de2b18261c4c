import LMDB

extension UInt64 {
    /// The eight bytes of the number.
    var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }
}

extension Span<UInt8> {
    /// The same bytes, raw.
    var rawBytes: RawSpan { @_lifetime(copy self) get { unsafe bytes } }
}

extension MutableRawSpan {
    /// Sets every byte.
    @_lifetime(self: copy self)
    mutating func fill(_ byte: UInt8) {
        for offset in 0..<byteCount { storeBytes(of: byte, toByteOffset: offset, as: UInt8.self) }
    }
}
