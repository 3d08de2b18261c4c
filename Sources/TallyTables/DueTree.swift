/// A row of a table that something happens to at a second.
public protocol DueRow: BitwiseCopyable {
    /// The second since 1970; 0 when nothing is to come.
    var dueAt: UInt32 { get }
}

/// When something is due next among the rows of a table: a tree of minima over the table as it stands.
///
///     level 1     the least second of each sixteen level-0 entries, and so on up to one entry
///     level 0     the least second of each sixteen rows
///     rows        when each is due, which the table knows itself
///
/// A quarter of a byte a row, against eight for a queue of links. A row that is due later than its neighbours changes one word
/// or none, because what is made later mostly ends later; a row that goes looks at its fifteen neighbours when it was the next
/// of them. Seconds are kept less one, so that 0, which is never, comes last. What comes next depends on the table alone and not
/// on how it came about: a state that was loaded says the same as one that ran through.
public struct DueTree<Row: DueRow>: ~Copyable {
    /// Level 0.
    @usableFromInline var groups: [UInt32] = []
    @usableFromInline var levels: [[UInt32]] = []
    @usableFromInline var dueRows = 0

    /// Rows that are due at some time.
    public var count: Int { dueRows }

    /// A tree over an empty table.
    public init() {}

    /// The earliest second in which a row is due; nil when there is none.
    public var nextDue: UInt32? {
        guard let least = levels.last?.first ?? groups.first, least != .max else { return nil }
        return least + 1
    }

    /// Bytes of the tree.
    public var byteCount: Int { (groups.count + levels.reduce(0) { $0 + $1.count }) * 4 }

    /// Notes that a row has become due at some time.
    ///
    /// - Parameters:
    ///   - row: Its index.
    ///   - due: When, not 0; the table says so already.
    @inlinable @inline(__always)
    public mutating func insert(_ row: Int, due: UInt32) {
        let group = row &>> 4
        dueRows &+= 1
        if group < groups.count, groups[group] < due { return }
        insertSlowPath(due &- 1, group)
    }

    @usableFromInline
    mutating func insertSlowPath(_ least: UInt32, _ group: Int) {
        if group >= groups.count { grow(to: group + 1) }
        guard least < groups[group] else { return }
        groups[group] = least
        var index = group
        for level in levels.indices {
            index >>= 4
            guard least < levels[level][index] else { return }
            levels[level][index] = least
        }
    }

    private mutating func grow(to count: Int) {
        groups.append(contentsOf: repeatElement(.max, count: count - groups.count))
        var below = count
        var level = 0
        while below > 1 {
            if level == levels.count { levels.append([]) }
            below = (below + 15) / 16
            while levels[level].count < below { levels[level].append(least(ofEntry: levels[level].count, level)) }
            level += 1
        }
    }

    /// Notes that a row is due at another time than it was, or not any more.
    ///
    /// - Parameters:
    ///   - row: Its index.
    ///   - due: When it was due, not 0.
    ///   - rows: The table, which says when it is due now.
    @inlinable @inline(__always)
    public mutating func move(_ row: Int, from due: UInt32, _ rows: borrowing DenseTable<Row>) {
        precondition(due != 0 && row >> 4 < groups.count && groups[row >> 4] < due, "A row that moves was due.")
        // First where it comes, then where it goes: so no minimum that is found anew is less than it was.
        let now = rows[row].dueAt
        if now != 0 { insert(row, due: now) }
        dueRows &-= 1
        if groups[row >> 4] == due &- 1 { removeSlowPath(due &- 1, row, rows) }
    }

    @inlinable @inline(never)
    mutating func removeSlowPath(_ was: UInt32, _ row: Int, _ rows: borrowing DenseTable<Row>) {
        let group = row >> 4
        // Neighbours that are due with it have mostly not gone yet when they stand behind it.
        if row & 15 < 15, row + 1 < rows.count, rows[row + 1].dueAt &- 1 == was { return }
        var least = least(ofGroup: group, rows)
        guard least != was else { return }
        groups[group] = least
        var index = group
        for level in levels.indices {
            index >>= 4
            guard levels[level][index] == was else { return }
            least = self.least(ofEntry: index, level)
            guard least != was else { return }
            levels[level][index] = least
        }
    }

    /// Visits rows in the order in which they are due, and within a second in the order of the table.
    ///
    /// - Parameters:
    ///   - last: Rows that are due later are not visited.
    ///   - rows: The table.
    ///   - body: Receives a row and its second; returns false to end the visit.
    @inlinable
    public func forEach(
        through last: UInt32, _ rows: borrowing DenseTable<Row>, _ body: (Int, UInt32) -> Bool
    ) {
        var front = DueFront()
        let top = levels.count
        if let least = levels.last?.first ?? groups.first, least < last { front.insert(DueNode(least, 0, level: top)) }
        while let node = front.popFirst() {
            guard node.level == 0 else {
                for index in (node.index * 16)..<min(node.index * 16 + 16, entryCount(below: node.level)) {
                    let least = node.level == 1 ? groups[index] : levels[node.level - 2][index]
                    if least < last { front.insert(DueNode(least, index, level: node.level - 1)) }
                }
                continue
            }
            var next = UInt32.max
            for row in (node.index * 16)..<min(node.index * 16 + 16, rows.count) {
                let due = rows[row].dueAt &- 1
                if due == node.least {
                    guard body(row, due + 1) else { return }
                } else if due > node.least {
                    next = min(next, due)
                }
            }
            if next < last { front.insert(DueNode(next, node.index, level: 0)) }
        }
    }

    /// True when the tree says of a table what is so; linear in its rows.
    @inlinable
    public func isSound(_ rows: borrowing DenseTable<Row>) -> Bool {
        guard count == (0..<rows.count).count(where: { rows[$0].dueAt != 0 }),
            groups.count * 16 >= rows.count || (groups.count * 16..<rows.count).allSatisfy({ rows[$0].dueAt == 0 })
        else { return false }
        return groups.indices.allSatisfy { groups[$0] == least(ofGroup: $0, rows) }
            && levels.indices.allSatisfy { level in
                levels[level].indices.allSatisfy { levels[level][$0] == least(ofEntry: $0, level) }
            }
    }

    @usableFromInline
    func entryCount(below level: Int) -> Int { level == 1 ? groups.count : levels[level - 2].count }

    @inlinable
    func least(ofGroup group: Int, _ rows: borrowing DenseTable<Row>) -> UInt32 {
        var least = UInt32.max
        for row in (group * 16)..<min(group * 16 + 16, rows.count) { least = min(least, rows[row].dueAt &- 1) }
        return least
    }

    /// The least of the sixteen entries below an entry of a level.
    @usableFromInline
    func least(ofEntry index: Int, _ level: Int) -> UInt32 {
        var least = UInt32.max
        for entry in (index * 16)..<min(index * 16 + 16, entryCount(below: level + 1)) {
            least = min(least, level == 0 ? groups[entry] : levels[level - 1][entry])
        }
        return least
    }
}

/// An entry that is still to be looked into.
@usableFromInline
struct DueNode {
    /// What is below it is due then, less one, or later.
    @usableFromInline var least: UInt32
    @usableFromInline var level: Int
    @usableFromInline var index: Int

    @usableFromInline
    init(_ least: UInt32, _ index: Int, level: Int) { (self.least, self.index, self.level) = (least, index, level) }

    /// The earlier comes first; of one second what stands first in the table, and nothing below it is in the front yet.
    func comesBefore(_ other: DueNode) -> Bool {
        (least, index << (4 * level)) < (other.least, other.index << (4 * other.level))
    }
}

/// What is still to be looked into, the earliest first: a binary heap.
@usableFromInline
struct DueFront {
    private var nodes: [DueNode] = []

    @usableFromInline
    init() {}

    @usableFromInline
    mutating func insert(_ node: DueNode) {
        var place = nodes.count
        nodes.append(node)
        while place > 0, node.comesBefore(nodes[(place - 1) / 2]) {
            nodes[place] = nodes[(place - 1) / 2]
            place = (place - 1) / 2
        }
        nodes[place] = node
    }

    @usableFromInline
    mutating func popFirst() -> DueNode? {
        guard let first = nodes.first else { return nil }
        let last = nodes.removeLast()
        guard !nodes.isEmpty else { return first }
        var place = 0
        while place * 2 + 1 < nodes.count {
            var child = place * 2 + 1
            if child + 1 < nodes.count, nodes[child + 1].comesBefore(nodes[child]) { child += 1 }
            guard nodes[child].comesBefore(last) else { break }
            nodes[place] = nodes[child]
            place = child
        }
        nodes[place] = last
        return first
    }
}
