import TallyBytes

/// Which ids a file has named so far, and how often: exact, without a string for each look-up.
///
/// Open addressing over a power of two of slots, at most half of them taken. A slot holds where the id lies in `slab`.
struct KeySet {
    private struct Slot {
        var start: UInt32
        var count: UInt32
        var times: UInt32 = 0
        static let empty = Slot(start: 0, count: 0)
    }

    private var slots: [Slot]
    private var slab: [UInt8] = []
    private var count = 0
    /// The file is no stranger's: a fixed key only spreads the slots.
    private let hash = StableHash(key0: 0x7461_6C6C_7973_7469, key1: 0x636B_2D69_6D70_6F72)

    init() { slots = Array(repeating: .empty, count: 1024) }

    /// Notes an id.
    ///
    /// - Parameters:
    ///   - field: Where it stands in the file; not empty.
    ///   - window: The part of the file that holds it.
    /// - Returns: True when it was not there before.
    mutating func insert(_ field: Field, of window: FileWindow) -> Bool {
        let key = window[field]
        let index = slot(of: key)
        guard slots[index].count == 0 else { return false }
        slots[index] = Slot(start: UInt32(slab.count), count: UInt32(key.byteCount))
        for offset in 0..<key.byteCount { slab.append(key.u8(at: offset)) }
        count += 1
        if count * 2 > slots.count { grow() }
        return true
    }

    /// Counts an id that was noted.
    ///
    /// - Parameters:
    ///   - field: Where it stands in the file.
    ///   - window: The part of the file that holds it.
    /// - Returns: How often it has been counted, this time included.
    mutating func count(_ field: Field, of window: FileWindow) -> Int {
        let index = slot(of: window[field])
        slots[index].times += 1
        return Int(slots[index].times)
    }

    /// The slot that holds `key`, or the free one where it belongs.
    private func slot(of key: RawSpan) -> Int {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: hash.hash(key)) & mask
        while slots[index].count != 0, !holds(slots[index], key) { index = (index + 1) & mask }
        return index
    }

    private func holds(_ slot: Slot, _ key: RawSpan) -> Bool {
        guard Int(slot.count) == key.byteCount else { return false }
        for offset in 0..<key.byteCount where slab[Int(slot.start) + offset] != key.u8(at: offset) { return false }
        return true
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: .empty, count: old.count * 2)
        for entry in old where entry.count != 0 {
            let start = Int(entry.start)
            let index = unsafe slot(of: slab.span.bytes.extracting(start..<(start + Int(entry.count))))
            slots[index] = entry
        }
    }
}
