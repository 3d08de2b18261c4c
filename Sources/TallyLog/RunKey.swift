internal import LMDB
internal import TallyBytes

/// The key of a run in the run index: source and first number, big-endian, so that LMDB's byte order is theirs.
struct RunKey: TableKey, Hashable {
    static var order: KeyOrder { .bytes }
    static let byteCount = 12

    let source: UInt32
    let firstNumber: UInt64

    init(source: UInt32, firstNumber: UInt64) {
        self.source = source
        self.firstNumber = firstNumber
    }

    init?(keyBytes: RawSpan) {
        guard keyBytes.byteCount == Self.byteCount else { return nil }
        source = keyBytes.u32(at: 0).byteSwapped
        firstNumber = keyBytes.u64(at: 4).byteSwapped
    }

    func withKeyBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
        var writer = ByteWriter(capacity: Self.byteCount)
        writer.append(u32: source.byteSwapped)
        writer.append(u64: firstNumber.byteSwapped)
        return body(writer.bytes)
    }
}
