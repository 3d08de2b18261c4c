/// One tree under audit: what it should be, and what has been met so far.
struct TreeWalk {
    /// What the leaves of a tree hold.
    enum Kind {
        /// Names, and the records of the named tables.
        case main
        /// Keys and values of a user.
        case named
        /// Transactions, and the pages they set free.
        case free
    }

    let kind: Kind
    let record: TreeRecord
    /// True when leaf pages are read, not only the pages above them.
    let readsLeaves: Bool

    var branchPages: UInt64 = 0
    var leafPages: UInt64 = 0
    var overflowPages: UInt64 = 0
    var entryCount: UInt64 = 0
    var namedTrees: [TreeRecord] = []
    var freeLists: [FreeList] = []

    /// The greatest key so far, in a leaf or above one.
    private var lastKey: [UInt8] = []
    /// True when the next key may equal ``lastKey``, because that one came from above.
    private var mayRepeat = true

    init(kind: Kind, record: TreeRecord, leafPagesMax: UInt64) {
        self.kind = kind
        self.record = record
        readsLeaves = record.leafPages <= leafPagesMax
    }

    var comparesIntegers: Bool { record.flags & TreeRecord.integerKeys != 0 }

    /// Takes the next key of the tree in order.
    ///
    /// - Parameters:
    ///   - key: The bytes of the key.
    ///   - isFromAbove: True for the key of a branch, which bounds the page under it.
    /// - Returns: False when it is out of order.
    mutating func accept(_ key: ArraySlice<UInt8>, isFromAbove: Bool) -> Bool {
        let isFirst = lastKey.isEmpty
        let isGreater =
            comparesIntegers
            ? lastKey.reversed().lexicographicallyPrecedes(key.reversed())
            : lastKey.lexicographicallyPrecedes(key)
        guard isFirst || isGreater || (mayRepeat && lastKey.elementsEqual(key)) else { return false }
        lastKey.replaceSubrange(lastKey.startIndex..., with: key)
        mayRepeat = isFromAbove
        return true
    }
}
