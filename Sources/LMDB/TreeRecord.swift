/// The 48 bytes with which LMDB describes a tree: in meta pages, and as the value of a named table.
///
/// ```
/// 0 padding u32 · 4 flags u16 · 6 depth u16 · 8 branch pages u64 · 16 leaf pages u64 · 24 overflow pages u64 ·
/// 32 entries u64 · 40 root page u64 (all ones: empty)
/// ```
struct TreeRecord: Sendable {
    static let byteCount = 48
    static let noPage = UInt64.max
    /// The flag of a tree whose keys are integers: `MDB_INTEGERKEY`.
    static let integerKeys: UInt16 = 0x08

    let flags: UInt16
    let depth: Int
    let branchPages: UInt64
    let leafPages: UInt64
    let overflowPages: UInt64
    let entryCount: UInt64
    let root: UInt64

    init(bytes: RawSpan, at offset: Int) {
        flags = bytes.load(UInt16.self, at: offset + 4)
        depth = Int(bytes.load(UInt16.self, at: offset + 6))
        branchPages = bytes.load(UInt64.self, at: offset + 8)
        leafPages = bytes.load(UInt64.self, at: offset + 16)
        overflowPages = bytes.load(UInt64.self, at: offset + 24)
        entryCount = bytes.load(UInt64.self, at: offset + 32)
        root = bytes.load(UInt64.self, at: offset + 40)
    }
}

extension RawSpan {
    /// An integer of the machine's byte order, as LMDB writes them; bounds-checked.
    @inline(__always)
    func load<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type, at offset: Int) -> Value {
        unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self)
    }
}
