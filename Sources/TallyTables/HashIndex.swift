import CTally

/// From a 64-bit hash to rows of a table: open addressing, eight bytes a slot, nothing is removed.
///
/// A slot keeps the upper half of the hash beside the row. The slot's home follows from that half alone, so the index
/// grows without asking for hashes again, and a probe touches the table only when 32 bits agree. The index is derived: a
/// checkpoint does not hold it, whoever loads a table builds it again.
@safe
public struct HashIndex: ~Copyable {
    /// Row number plus one in the lower half (0: empty slot), upper half of the hash in the upper.
    @usableFromInline var slots: UnsafeMutablePointer<UInt64>
    @usableFromInline var mask: Int
    /// Number of rows entered.
    public private(set) var count = 0

    /// An empty index.
    public init() {
        mask = 511
        unsafe slots = HashIndex.map(512)
    }

    deinit { unsafe tally_unmap(slots, (mask + 1) * 8) }

    /// Maps empty slots, on huge pages when there are many: every probe is a random access.
    private static func map(_ count: Int) -> UnsafeMutablePointer<UInt64> {
        guard let memory = unsafe tally_map_huge(count * 8) else {
            fatalError("No memory for an index of \(count) slots of 8 bytes: give the process more.")
        }
        return unsafe memory.bindMemory(to: UInt64.self, capacity: count)
    }

    /// The first row entered under `hash` for which `matches` holds.
    ///
    /// - Parameters:
    ///   - hash: Evenly spread over its upper 32 bits.
    ///   - matches: Compares the row's key itself; called for rows whose upper 32 bits of hash agree.
    /// - Returns: nil when there is none.
    @inlinable
    public func find(_ hash: UInt64, _ matches: (Int) -> Bool) -> Int? {
        let tag = hash &>> 32
        var slot = Int(tag) & mask
        while true {
            let entry = unsafe slots[slot]
            if entry == 0 { return nil }
            if entry &>> 32 == tag {
                let row = Int(entry & 0xFFFF_FFFF) - 1
                if matches(row) { return row }
            }
            slot = (slot &+ 1) & mask
        }
    }

    /// Enters a row.
    ///
    /// - Parameters:
    ///   - row: 0 … 2³²−2.
    ///   - hash: The hash of its key; the same for every row of that key.
    public mutating func insert(_ row: Int, hash: UInt64) {
        if (count + 1) * 10 > (mask + 1) * 7 { growInsertSlowPath() }
        place((hash &>> 32) &<< 32 | UInt64(row + 1))
        count += 1
    }

    private mutating func place(_ entry: UInt64) {
        var slot = Int(entry &>> 32) & mask
        while unsafe slots[slot] != 0 { slot = (slot &+ 1) & mask }
        unsafe slots[slot] = entry
    }

    @inline(never)
    private mutating func growInsertSlowPath() {
        let old = unsafe slots
        let oldCount = mask + 1
        mask = oldCount * 2 - 1
        unsafe slots = HashIndex.map(mask + 1)
        for index in 0..<oldCount {
            let entry = unsafe old[index]
            if entry != 0 { place(entry) }
        }
        unsafe tally_unmap(old, oldCount * 8)
    }
}
