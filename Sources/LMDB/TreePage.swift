/// A page of keys, taken apart without trusting it.
///
/// ```
/// 0 number u64 · 8 padding u16 · 10 flags u16 · 12 lower u16 · 14 upper u16 · 16 pointers, u16 a node
/// … free space from lower to upper … nodes from upper to the end of the page
/// node: 0 size low u16 · 2 size high u16 · 4 flags u16 · 6 key length u16 · 8 key · value
/// ```
/// In a branch the first three fields of a node together are the number of the page below.
struct TreePage {
    static let headerByteCount = 16
    static let nodeHeaderByteCount = 8
    static let branchFlag: UInt16 = 0x01
    static let leafFlag: UInt16 = 0x02
    static let overflowFlag: UInt16 = 0x04
    /// Flag of a node: its value is the number of an overflow page.
    static let bigValue: UInt16 = 0x01
    /// Flag of a node: its value is the record of a named table.
    static let subTable: UInt16 = 0x02

    /// One entry of a page.
    struct Node {
        let key: Range<Int>
        let flags: UInt16
        /// The length of the value, wherever it is.
        let valueByteCount: Int
        /// Where the value, or the number of its overflow page, starts.
        let valueStart: Int
        /// In a branch: the page below.
        let child: UInt64
    }

    let number: UInt64
    let bytes: [UInt8]
    let isBranch: Bool
    let nodes: [Node]

    /// Takes a page apart.
    ///
    /// - Throws: ``LMDBError/damaged(page:what:)``.
    init(number: UInt64, bytes: [UInt8]) throws(LMDBError) {
        self.number = number
        self.bytes = bytes
        let span = unsafe bytes.span.bytes
        let flags = span.load(UInt16.self, at: 10)
        let lower = Int(span.load(UInt16.self, at: 12))
        let upper = Int(span.load(UInt16.self, at: 14))
        guard span.load(UInt64.self, at: 0) == number else {
            throw .damaged(page: number, what: "it has another number")
        }
        guard flags == Self.branchFlag || flags == Self.leafFlag else {
            throw .damaged(page: number, what: "it is neither branch nor leaf (flags \(flags))")
        }
        guard lower > Self.headerByteCount, lower % 2 == 0, lower <= upper, upper <= bytes.count else {
            throw .damaged(page: number, what: "its free space is from \(lower) to \(upper)")
        }
        isBranch = flags == Self.branchFlag
        var nodes: [Node] = []
        var nodeBytes = 0
        for pointer in stride(from: Self.headerByteCount, to: lower, by: 2) {
            let start = Int(span.load(UInt16.self, at: pointer))
            guard start >= upper, start % 2 == 0, let (node, size) = Self.node(at: start, of: span, isBranch: isBranch)
            else { throw .damaged(page: number, what: "a node at \(start) does not fit in") }
            nodes.append(node)
            nodeBytes += size
        }
        guard upper + nodeBytes == bytes.count else {
            throw .damaged(page: number, what: "its nodes have \(nodeBytes) bytes, not \(bytes.count - upper)")
        }
        self.nodes = nodes
    }

    /// The key of a node.
    func key(_ node: Node) -> ArraySlice<UInt8> { bytes[node.key] }

    /// The node at `start` and its even length in bytes, or nil when it does not fit in.
    private static func node(at start: Int, of page: RawSpan, isBranch: Bool) -> (Node, Int)? {
        guard start + nodeHeaderByteCount <= page.byteCount else { return nil }
        let low = Int(page.load(UInt16.self, at: start))
        let high = Int(page.load(UInt16.self, at: start + 2))
        let flags = page.load(UInt16.self, at: start + 4)
        let keyStart = start + nodeHeaderByteCount
        let keyEnd = keyStart + Int(page.load(UInt16.self, at: start + 6))
        let size = low | high << 16
        let inPage = isBranch ? 0 : flags == bigValue ? 8 : size
        let end = keyEnd + inPage
        guard end <= page.byteCount else { return nil }
        let child = isBranch ? UInt64(size) | UInt64(flags) << 32 : 0
        let node = Node(
            key: keyStart..<keyEnd, flags: flags, valueByteCount: size, valueStart: keyEnd, child: child)
        return (node, (end - start + 1) & ~1)
    }
}
