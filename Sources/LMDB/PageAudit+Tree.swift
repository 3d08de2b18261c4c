extension PageAudit {
    /// The deepest tree that LMDB can walk.
    private static let depthMax = 32

    /// Walks one tree and compares it with its record.
    mutating func walk(_ tree: inout TreeWalk) throws(LMDBError) {
        let record = tree.record
        let isEmpty = record.root == TreeRecord.noPage
        guard record.flags & ~TreeRecord.integerKeys == 0, tree.kind != .main || record.flags == 0 else {
            throw .damaged(page: 0, what: "a table with flags \(record.flags), which is never made here")
        }
        guard record.depth <= Self.depthMax, isEmpty == (record.depth == 0) else {
            throw .damaged(page: record.root, what: "the root of a table with \(record.depth) levels")
        }
        if !isEmpty { try walk(record.root, levelsBelow: record.depth - 1, &tree) }
        try compare(tree)
    }

    private func compare(_ tree: TreeWalk) throws(LMDBError) {
        let record = tree.record
        var fits = record.branchPages == tree.branchPages && record.leafPages == tree.leafPages
        if tree.readsLeaves {
            fits = fits && record.entryCount == tree.entryCount && record.overflowPages == tree.overflowPages
        }
        guard fits else {
            let found = "\(tree.entryCount) entries on \(tree.leafPages) leaves"
            let expected = "\(record.entryCount) on \(record.leafPages)"
            throw .damaged(page: record.root, what: "the table under it has \(found), not \(expected)")
        }
    }

    private mutating func walk(_ number: UInt64, levelsBelow: Int, _ tree: inout TreeWalk) throws(LMDBError) {
        try meet(number)
        if levelsBelow == 0 { tree.leafPages += 1 } else { tree.branchPages += 1 }
        if levelsBelow == 0, !tree.readsLeaves { return }
        let page = try TreePage(number: number, bytes: read(number))
        guard page.isBranch == (levelsBelow > 0) else {
            throw .damaged(page: number, what: "it is on the wrong level of its table")
        }
        if page.isBranch {
            try walkBranch(page, levelsBelow: levelsBelow, &tree)
        } else {
            try walkLeaf(page, &tree)
        }
    }

    private mutating func walkBranch(_ page: TreePage, levelsBelow: Int, _ tree: inout TreeWalk) throws(LMDBError) {
        for (index, node) in page.nodes.enumerated() {
            // The first key of a branch is implicit: everything smaller than the second.
            if index > 0 { try take(node, of: page, isFromAbove: true, &tree) }
            try walk(node.child, levelsBelow: levelsBelow - 1, &tree)
        }
    }

    private mutating func walkLeaf(_ page: TreePage, _ tree: inout TreeWalk) throws(LMDBError) {
        for node in page.nodes {
            try take(node, of: page, isFromAbove: false, &tree)
            tree.entryCount += 1
            try checkFlags(of: node, on: page, in: tree.kind)
            let overflow = try overflowPage(of: node, on: page, &tree)
            switch tree.kind {
            case .named: break
            case .main: tree.namedTrees.append(try namedTree(node, on: page))
            case .free: tree.freeLists.append(try freeList(node, on: page, overflow: overflow))
            }
        }
    }

    private func take(
        _ node: TreePage.Node, of page: TreePage, isFromAbove: Bool, _ tree: inout TreeWalk
    ) throws(LMDBError) {
        guard node.key.count > 0, !tree.comparesIntegers || node.key.count == 8 else {
            throw .damaged(page: page.number, what: "a key of \(node.key.count) bytes")
        }
        guard tree.accept(page.key(node), isFromAbove: isFromAbove) else {
            throw .damaged(page: page.number, what: "its keys are out of order")
        }
    }

    /// Any other flag would send LMDB into a sorted list of duplicates, which is never made here.
    private func checkFlags(of node: TreePage.Node, on page: TreePage, in kind: TreeWalk.Kind) throws(LMDBError) {
        let isRight = kind == .main ? node.flags == TreePage.subTable : node.flags & ~TreePage.bigValue == 0
        guard isRight else { throw .damaged(page: page.number, what: "a node with flags \(node.flags)") }
    }

    /// Checks the pages of a value that is too long for a leaf.
    ///
    /// - Returns: The first of them, or nil when the value is in the leaf.
    private mutating func overflowPage(
        of node: TreePage.Node, on page: TreePage, _ tree: inout TreeWalk
    ) throws(LMDBError) -> UInt64? {
        guard node.flags == TreePage.bigValue else { return nil }
        let first = unsafe page.bytes.span.bytes.load(UInt64.self, at: node.valueStart)
        try meet(first)
        let header = try read(first, byteCount: TreePage.headerByteCount)
        let span = unsafe header.span.bytes
        let count = UInt64(span.load(UInt32.self, at: 12))
        let needed = (TreePage.headerByteCount - 1 + node.valueByteCount) / meta.pageSizeBytes + 1
        guard span.load(UInt64.self, at: 0) == first, span.load(UInt16.self, at: 10) == TreePage.overflowFlag,
            count >= UInt64(needed)
        else { throw .damaged(page: first, what: "it does not begin a value of \(node.valueByteCount) bytes") }
        if count > 1 { try meet(first + 1, count: count - 1) }
        tree.overflowPages += count
        return first
    }

    private func namedTree(_ node: TreePage.Node, on page: TreePage) throws(LMDBError) -> TreeRecord {
        guard node.valueByteCount == TreeRecord.byteCount else {
            throw .damaged(page: page.number, what: "the record of a table has \(node.valueByteCount) bytes")
        }
        return unsafe TreeRecord(bytes: page.bytes.span.bytes, at: node.valueStart)
    }

    /// The pages that one transaction set free: a count, and as many numbers.
    private func freeList(
        _ node: TreePage.Node, on page: TreePage, overflow: UInt64?
    ) throws(LMDBError) -> FreeList {
        var bytes = page.bytes
        var start = node.valueStart
        if let overflow {
            bytes = try read(overflow, byteCount: TreePage.headerByteCount + node.valueByteCount)
            start = TreePage.headerByteCount
        }
        let words = node.valueByteCount / 8
        let span = unsafe bytes.span.bytes
        guard words > 0, node.valueByteCount % 8 == 0, span.load(UInt64.self, at: start) == UInt64(words - 1) else {
            throw .damaged(page: page.number, what: "a list of unused pages has \(node.valueByteCount) bytes")
        }
        let pages = (1..<words).map { index in unsafe bytes.span.bytes.load(UInt64.self, at: start + 8 * index) }
        return FreeList(foundOn: page.number, pages: pages)
    }
}
