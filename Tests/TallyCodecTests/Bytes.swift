import TallyBytes

extension [UInt8] {
    /// A copy of the bytes in `span`.
    init(copying span: RawSpan) {
        self = (0..<span.byteCount).map { span.u8(at: $0) }
    }

    /// Lets `body` read the bytes in place.
    func read<Result>(_ body: (RawSpan) throws -> Result) rethrows -> Result {
        // The bytes of a span are unsafe for types with padding; bytes have none.
        try body(unsafe span.bytes)
    }

    /// Two digits a byte.
    var hexDigits: String { Hex.encode(self) }
}
