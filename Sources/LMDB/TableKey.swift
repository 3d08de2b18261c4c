/// How the keys of a table are compared.
public enum KeyOrder: Sendable {
    /// As integers of the machine (`MDB_INTEGERKEY`), eight bytes each.
    case integer
    /// Byte by byte, as `memcmp`.
    case bytes
}

/// A key of a table: its bytes in LMDB, and back.
public protocol TableKey: Sendable {
    /// How LMDB compares these keys.
    static var order: KeyOrder { get }

    /// The key stored as `keyBytes`.
    ///
    /// - Returns: nil when the bytes are no such key, that is, when the file is damaged.
    init?(keyBytes: RawSpan)

    /// Lends the bytes of the key.
    func withKeyBytes<Result>(_ body: (RawSpan) -> Result) -> Result
}

extension UInt64: TableKey {
    /// Compared as numbers.
    public static var order: KeyOrder { .integer }

    /// The number stored in eight bytes of the machine's order.
    public init?(keyBytes: RawSpan) {
        guard keyBytes.byteCount == 8 else { return nil }
        self = unsafe keyBytes.unsafeLoadUnaligned(as: UInt64.self)
    }

    /// Lends the eight bytes.
    public func withKeyBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
        unsafe withUnsafeBytes(of: self) { unsafe body(RawSpan(_unsafeBytes: $0)) }
    }
}
