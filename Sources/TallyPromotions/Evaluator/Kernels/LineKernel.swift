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
    @inline(__always)
    init(_ batch: borrowing BasketBatch, _ first: Int, _ count: Int) {
        unsafe (items, units) = (batch.items.pointer + first, batch.units.pointer + first)
        unsafe (quantities, totals) = (batch.quantities.pointer + first, batch.totals.pointer + first)
        self.count = count
    }

    /// Lays the lines out by their items.
    ///
    /// - Returns: What they cost together; nil when two are of one product, and then the positions hold nothing of use.
    @inline(__always)
    func layOut(_ positions: borrowing PositionColumns, _ running: UnsafeMutablePointer<Int64>) -> Int64? {
        let (places, own) = unsafe (positions.ofLine.pointer, positions.items.pointer)
        unsafe rank(positions.keys.pointer, places)
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
    @inline(__always)
    private func rank(_ keys: UnsafeMutablePointer<Int32>, _ places: UnsafeMutablePointer<Int32>) {
        let blockCount = (count &+ 3) &>> 2
        let blocks = unsafe UnsafeMutableRawPointer(keys).assumingMemoryBound(to: SIMD4<Int32>.self)
        let ranks = unsafe UnsafeMutableRawPointer(places).assumingMemoryBound(to: SIMD4<Int32>.self)
        // What is behind the last line comes before nobody.
        if blockCount > 0 { unsafe blocks[blockCount &- 1] = SIMD4(repeating: .max) }
        for line in 0..<count {
            unsafe keys[line] = items[line] &<< LineKernel.lineBits | Int32(truncatingIfNeeded: line)
        }
        var block = 0
        while block < blockCount {
            let own = unsafe blocks[block]
            // Smaller keys, counted below zero: keys differ and are not negative, so the sign says which is smaller.
            var smaller = SIMD4<Int32>.zero
            var other = 0
            while other < blockCount {
                var key = unsafe blocks[other]
                for _ in 0..<4 {
                    smaller &+= (key &- own) &>> 31
                    key = key.turned
                }
                other &+= 1
            }
            unsafe ranks[block] = 0 &- smaller
            block &+= 1
        }
    }
}
