import TallyTables

/// What lots are ordered by: first their wallet, so those of one wallet stand together, then something in which no two
/// lots of a wallet are equal.
protocol LotKey: BitwiseCopyable, Comparable {
    /// The key of a lot as the table has it.
    init(_ lot: LotRow)
}

/// Rows of lots in the order of a key: a B⁺-tree, for wallets whose chains are too long to be walked along.
///
///     branch   count │ child × 32 │ key × 32     keys stand in branches only
///     leaf     count │ row × 63                  a row's key stands in the table of lots
///
/// Rows are found, entered and taken out in logarithmic time. A row takes four bytes where leaves are full and eight where they
/// are half full. Empty nodes are used again; nodes that are nearly empty stay, because lots that were made together mostly go
/// together. The order is derived, so no checkpoint and no digest knows of it.
struct LotOrder<Key: LotKey>: ~Copyable {
    private static var leafRowsMax: Int { 63 }
    private static var branchChildrenMax: Int { 32 }

    /// The way to a leaf: by height the node and which of its children was taken; the leaf itself is at 0.
    ///
    /// A tree grows by a level only after a node of every level below was full, so twelve levels are out of reach.
    private struct Path {
        var nodes = InlineArray<12, Int>(repeating: 0)
        var places = InlineArray<12, Int>(repeating: 0)
    }

    /// Leaves of 64 words: how many rows, then the rows.
    private var leaves: [UInt32] = []
    /// How many children a branch has.
    private var childCounts: [Int] = []
    /// The children of branches, 32 each.
    private var children: [UInt32] = []
    /// No row below a child comes before its key; that of a branch's first child is not looked at.
    private var keys: [Key] = []
    private var freeLeaves: [Int] = []
    private var freeBranches: [Int] = []
    private var root = 0
    /// Levels of branches above the leaves.
    private var height = 0
    /// Rows in the order.
    private(set) var count = 0

    /// The row that has a key; nil when none has.
    func find(_ key: Key, _ lots: borrowing DenseTable<LotRow>) -> Int? {
        guard count > 0 else { return nil }
        let leaf = path(to: key).nodes[0]
        let place = place(of: key, inLeaf: leaf, lots)
        guard place < rowCount(of: leaf) else { return nil }
        let row = row(place, of: leaf)
        return Key(lots[row]) == key ? row : nil
    }

    /// Visits rows in order, from a key on.
    ///
    /// - Parameters:
    ///   - key: Rows before it are not visited.
    ///   - lots: The table.
    ///   - body: Returns false to end the visit.
    func forEach(from key: Key, _ lots: borrowing DenseTable<LotRow>, _ body: (Int) -> Bool) {
        guard count > 0 else { return }
        var path = path(to: key)
        var place = place(of: key, inLeaf: path.nodes[0], lots)
        repeat {
            while place < rowCount(of: path.nodes[0]) {
                guard body(row(place, of: path.nodes[0])) else { return }
                place += 1
            }
            place = 0
        } while step(&path)
    }

    /// Enters a row.
    ///
    /// - Returns: The row before it, −1 when it is the first; nil when there is a row with the same key, and nothing has changed.
    mutating func insert(_ row: Int, _ lots: borrowing DenseTable<LotRow>) -> Int? {
        let key = Key(lots[row])
        if leaves.isEmpty { _ = openLeaf() }
        let path = path(to: key)
        let leaf = path.nodes[0]
        let place = place(of: key, inLeaf: leaf, lots)
        let size = rowCount(of: leaf)
        if place < size, Key(lots[self.row(place, of: leaf)]) == key { return nil }
        let previous = last(before: place, path)
        count += 1
        guard size == Self.leafRowsMax else {
            insert(row, at: place, ofLeaf: leaf)
            return previous
        }
        // Lots come in order more often than not: a leaf that is left behind stays full.
        let kept = place == size ? size : size / 2
        let right = openLeaf()
        for index in kept..<size { leaves[right * 64 + 1 + index - kept] = leaves[leaf * 64 + 1 + index] }
        leaves[right * 64] = UInt32(size - kept)
        leaves[leaf * 64] = UInt32(kept)
        if place < kept { insert(row, at: place, ofLeaf: leaf) } else { insert(row, at: place - kept, ofLeaf: right) }
        insertChild(right, Key(lots[self.row(0, of: right)]), path)
        return previous
    }

    /// Takes a row out.
    ///
    /// - Parameters:
    ///   - row: A row that was entered; the table still has it with the key of then.
    ///   - lots: The table.
    /// - Returns: The row before it; −1 when it is the first.
    mutating func remove(_ row: Int, _ lots: borrowing DenseTable<LotRow>) -> Int {
        let key = Key(lots[row])
        let path = path(to: key)
        let leaf = path.nodes[0]
        let place = place(of: key, inLeaf: leaf, lots)
        let size = rowCount(of: leaf)
        precondition(place < size && self.row(place, of: leaf) == row, "A row leaves an order that it is in.")
        let previous = last(before: place, path)
        count -= 1
        for index in place..<(size - 1) { leaves[leaf * 64 + 1 + index] = leaves[leaf * 64 + 2 + index] }
        leaves[leaf * 64] = UInt32(size - 1)
        if size == 1, height > 0 {
            freeLeaves.append(leaf)
            removeChild(path)
        }
        return previous
    }

    // MARK: Leaves

    @inline(__always)
    private func rowCount(of leaf: Int) -> Int { Int(leaves[leaf * 64]) }

    @inline(__always)
    private func row(_ place: Int, of leaf: Int) -> Int { Int(leaves[leaf * 64 + 1 + place]) }

    /// How many rows of a leaf come before a key.
    private func place(of key: Key, inLeaf leaf: Int, _ lots: borrowing DenseTable<LotRow>) -> Int {
        var (low, high) = (0, rowCount(of: leaf))
        while low < high {
            let middle = (low + high) / 2
            if Key(lots[row(middle, of: leaf)]) < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The row before a place of the leaf to which a path leads; −1 at the beginning of the order.
    private func last(before place: Int, _ path: Path) -> Int {
        if place > 0 { return row(place - 1, of: path.nodes[0]) }
        // The last row below the nearest neighbour on the left.
        for level in 1..<(height + 1) where path.places[level] > 0 {
            var node = Int(children[path.nodes[level] * 32 + path.places[level] - 1])
            for _ in 1..<level { node = Int(children[node * 32 + childCounts[node] - 1]) }
            return row(rowCount(of: node) - 1, of: node)
        }
        return -1
    }

    /// Leads a path to the next leaf; false behind the last.
    private func step(_ path: inout Path) -> Bool {
        for level in 1..<(height + 1) where path.places[level] + 1 < childCounts[path.nodes[level]] {
            path.places[level] += 1
            for below in stride(from: level, to: 0, by: -1) {
                if below < level { path.places[below] = 0 }
                path.nodes[below - 1] = Int(children[path.nodes[below] * 32 + path.places[below]])
            }
            return true
        }
        return false
    }

    private mutating func insert(_ row: Int, at place: Int, ofLeaf leaf: Int) {
        var index = rowCount(of: leaf)
        leaves[leaf * 64] += 1
        while index > place {
            leaves[leaf * 64 + 1 + index] = leaves[leaf * 64 + index]
            index -= 1
        }
        leaves[leaf * 64 + 1 + place] = UInt32(row)
    }

    private mutating func openLeaf() -> Int {
        if let free = freeLeaves.popLast() { return free }
        leaves.append(contentsOf: repeatElement(0, count: 64))
        return leaves.count / 64 - 1
    }

    // MARK: Branches

    private func path(to key: Key) -> Path {
        var path = Path()
        var node = root
        for level in stride(from: height, to: 0, by: -1) {
            var (low, high) = (1, childCounts[node])
            while low < high {
                let middle = (low + high) / 2
                if key < keys[node * 32 + middle] { high = middle } else { low = middle + 1 }
            }
            (path.nodes[level], path.places[level]) = (node, low - 1)
            node = Int(children[node * 32 + low - 1])
        }
        path.nodes[0] = node
        return path
    }

    /// Puts a node behind the one to which a path leads; nodes that are full are split on the way up.
    private mutating func insertChild(_ child: Int, _ key: Key, _ path: Path) {
        var (child, key) = (child, key)
        for level in 1..<(height + 1) {
            let (node, place) = (path.nodes[level], path.places[level] + 1)
            let size = childCounts[node]
            guard size == Self.branchChildrenMax else { return insert(child, key, at: place, ofBranch: node) }
            let kept = place == size ? size : size / 2
            let right = openBranch(key)
            for index in kept..<size { moveChild(node * 32 + index, to: right * 32 + index - kept) }
            (childCounts[node], childCounts[right]) = (kept, size - kept)
            if place < kept {
                insert(child, key, at: place, ofBranch: node)
            } else {
                insert(child, key, at: place - kept, ofBranch: right)
            }
            (child, key) = (right, keys[right * 32])
        }
        let top = openBranch(key)
        childCounts[top] = 0
        insert(root, key, at: 0, ofBranch: top)
        insert(child, key, at: 1, ofBranch: top)
        root = top
        height += 1
    }

    /// Takes the leaf to which a path leads out of its branch, and branches that become empty out of theirs.
    private mutating func removeChild(_ path: Path) {
        var level = 1
        while level <= height {
            let (node, place) = (path.nodes[level], path.places[level])
            childCounts[node] -= 1
            for index in place..<childCounts[node] { moveChild(node * 32 + index + 1, to: node * 32 + index) }
            if childCounts[node] > 0 { break }
            freeBranches.append(node)
            level += 1
        }
        if level > height { (root, height) = (openLeaf(), 0) }
        while height > 0, childCounts[root] == 1 {
            freeBranches.append(root)
            root = Int(children[root * 32])
            height -= 1
        }
    }

    private mutating func insert(_ child: Int, _ key: Key, at place: Int, ofBranch branch: Int) {
        var index = childCounts[branch]
        childCounts[branch] += 1
        while index > place {
            moveChild(branch * 32 + index - 1, to: branch * 32 + index)
            index -= 1
        }
        (children[branch * 32 + place], keys[branch * 32 + place]) = (UInt32(child), key)
    }

    @inline(__always)
    private mutating func moveChild(_ from: Int, to place: Int) {
        (children[place], keys[place]) = (children[from], keys[from])
    }

    /// Opens a branch; the key fills the places of keys that are not used yet.
    private mutating func openBranch(_ key: Key) -> Int {
        if let free = freeBranches.popLast() { return free }
        childCounts.append(0)
        children.append(contentsOf: repeatElement(0, count: 32))
        keys.append(contentsOf: repeatElement(key, count: 32))
        return childCounts.count - 1
    }
}
