import TallyTables

/// Makes positions of the lines of a basket that are all of different products, as most baskets are.
///
/// Lines are not sorted but counted: a line's place is how many lines have a smaller item. That is the same work whatever the order,
/// four lines at a time, and nothing has to be guessed.
///
/// Bounds are checked once a basket: there are no more lines than positions have room for, and a place is less than the lines are.
@safe
struct LineKernel {
    /// So many lines at most are counted against one another.
    static let linesMax = 32
    /// Items below this leave room for the number of a line in 31 bits.
    static let itemsMax = 1 << 26
    private static let lineBits: Int32 = 5

    private let items: UnsafeMutablePointer<Int32>
    private let units: UnsafeMutablePointer<Int64>
    private let quantities: UnsafeMutablePointer<Int64>
    private let totals: UnsafeMutablePointer<Int64>
    private let count: Int

    /// A kernel over the lines of a basket.
    init(_ batch: borrowing BasketBatch, _ first: Int, _ count: Int) {
        unsafe (items, units) = (batch.items.pointer + first, batch.units.pointer + first)
        unsafe (quantities, totals) = (batch.quantities.pointer + first, batch.totals.pointer + first)
        self.count = count
    }

    /// Lays the lines out by their items.
    ///
    /// - Returns: What they cost together; nil when two are of one product, and then the positions hold nothing of use.
    func layOut(_ positions: borrowing PositionColumns, _ running: UnsafeMutablePointer<Int64>) -> Int64? {
        rank(positions)
        let (places, own) = unsafe (positions.ofLine.pointer, positions.items.pointer)
        let (ownUnits, ownQuantities) = unsafe (positions.units.pointer, positions.quantities.pointer)
        let ownTotals = unsafe positions.totals.pointer
        var sum: Int64 = 0
        var line = 0
        while line < count {
            let place = unsafe Int(places[line])
            let total = unsafe totals[line]
            unsafe own[place] = items[line]
            unsafe ownUnits[place] = units[line]
            unsafe ownQuantities[place] = quantities[line]
            unsafe ownTotals[place] = total
            unsafe running[place] = total
            sum &+= total
            line &+= 1
        }
        var same: UInt8 = 0
        line = 1
        while line < count {
            same |= unsafe own[line] == own[line &- 1] ? 1 : 0
            line &+= 1
        }
        return same == 0 ? sum : nil
    }

    /// Finds for every line how many come before it.
    private func rank(_ positions: borrowing PositionColumns) {
        let (keys, places) = unsafe (positions.keys.pointer, positions.ofLine.pointer)
        let end = (count &+ 3) & ~3
        for line in 0..<count {
            unsafe keys[line] = items[line] &<< LineKernel.lineBits | Int32(truncatingIfNeeded: line)
        }
        for line in count..<end { unsafe keys[line] = .max }
        let blocks = unsafe UnsafeMutableRawPointer(keys).assumingMemoryBound(to: SIMD4<Int32>.self)
        let ranks = unsafe UnsafeMutableRawPointer(places).assumingMemoryBound(to: SIMD4<Int32>.self)
        var block = 0
        while block < end &>> 2 {
            let own = unsafe blocks[block]
            var rank = SIMD4<UInt32>.zero
            var other = 0
            while other < count {
                // Keys differ and are not negative: the sign says which is smaller.
                let distance = unsafe SIMD4<Int32>(repeating: keys[other]) &- own
                rank &+= SIMD4<UInt32>(truncatingIfNeeded: distance) &>> 31
                other &+= 1
            }
            unsafe ranks[block] = SIMD4(truncatingIfNeeded: rank)
            block &+= 1
        }
    }
}
