import TallyTables

/// What a basket has of some goods, while its lines are read.
struct Gauge: BitwiseCopyable {
    var value: Int64 = 0
    /// The basket that it is about; another one begins at 0.
    var mark: UInt64 = 0
}

extension Matcher {
    /// Puts baskets into the sets of goods and tokens.
    func fillGoods(_ batch: borrowing BasketBatch) {
        for set in 0..<table.filledCount { unsafe live.pointer[set] = 0 }
        for set in 1..<table.filledCount { unsafe sets.pointer[set] = .zero }
        var kernel = GoodsKernel(self, batch)
        for basket in 0..<batch.count {
            kernel.begin(basket)
            var line = Int(batch.lineStarts[basket])
            let end = Int(batch.lineStarts[basket + 1])
            while line < end {
                kernel.read(line)
                line &+= 1
            }
            kernel.passThresholds()
            for place in Int(batch.tokenStarts[basket])..<Int(batch.tokenStarts[basket + 1]) {
                let set = Int(batch.tokens[place])
                precondition(set < table.filledCount, "A token is one of its table.")
                kernel.put(set)
            }
        }
        kernel.spreadTotals()
        mark = kernel.mark
    }
}

/// Reads the lines of a batch.
///
/// Bounds are checked where numbers come in: items against the assortment, tokens against the sets. Everything else is a place in
/// columns that were made for one another. All addresses are at hand, so that no write makes the compiler read one again.
@safe
private struct GoodsKernel: ~Copyable {
    private let sets: UnsafeMutablePointer<BasketSet>
    private let live: UnsafeMutablePointer<UInt8>
    private let gauges: UnsafeMutablePointer<Gauge>
    private let touched: UnsafeMutablePointer<UInt32>
    private let productMarks: UnsafeMutablePointer<UInt64>
    private let presenceStarts: UnsafeMutablePointer<UInt32>
    private let presence: UnsafeMutablePointer<UInt32>
    private let gaugeStarts: UnsafeMutablePointer<UInt32>
    private let gaugeUses: UnsafeMutablePointer<UInt32>
    private let thresholdStarts: UnsafeMutablePointer<UInt32>
    private let thresholds: UnsafeMutablePointer<Threshold>
    private let items: UnsafeMutablePointer<Int32>
    private let units: UnsafeMutablePointer<Int64>
    private let totals: UnsafeMutablePointer<Int64>
    private let quantities: UnsafeMutablePointer<Int64>
    private let goodsCount: Int
    private let countsProducts: Bool

    private var word = 0
    private var bit: UInt64 = 0
    private var total: Int64 = 0
    private var touchedCount = 0
    /// The basket at hand, counted through all batches.
    private(set) var mark: UInt64

    init(_ matcher: Matcher, _ batch: borrowing BasketBatch) {
        let table = matcher.table
        unsafe (sets, live, gauges) = (matcher.sets.pointer, matcher.live.pointer, matcher.gauges.pointer)
        unsafe (touched, productMarks) = (matcher.touched.pointer, matcher.productMarks.pointer)
        unsafe (presenceStarts, presence) = (table.presenceStarts.pointer, table.presence.pointer)
        unsafe (gaugeStarts, gaugeUses) = (table.gaugeStarts.pointer, table.gaugeUses.pointer)
        unsafe (thresholdStarts, thresholds) = (table.thresholdStarts.pointer, table.thresholds.pointer)
        unsafe (items, units) = (batch.items.pointer, batch.units.pointer)
        unsafe (totals, quantities) = (batch.totals.pointer, batch.quantities.pointer)
        goodsCount = table.assortment.goods.count
        countsProducts = table.countsProducts
        mark = matcher.mark
    }

    /// The lines that follow are of another basket.
    @inline(__always)
    mutating func begin(_ basket: Int) {
        (word, bit) = (basket &>> 6, UInt64(1) &<< UInt64(basket & 63))
        (total, touchedCount) = (0, 0)
        mark &+= 1
    }

    /// Puts the basket into a set.
    @inline(__always)
    func put(_ set: Int) {
        unsafe live[set] = 1
        let words = unsafe UnsafeMutableRawPointer(sets + set).assumingMemoryBound(to: UInt64.self)
        unsafe words[word] |= bit
    }

    /// Reads a line: its product puts the basket into sets and adds to gauges.
    @inline(__always)
    mutating func read(_ line: Int) {
        let item = unsafe Int(items[line])
        precondition(item >= 0 && item < goodsCount, "An item is one of the assortment.")
        let amounts = unsafe SIMD4<Int64>(units[line], totals[line], quantities[line], 1)
        total &+= amounts[1]
        var place = unsafe Int(gaugeStarts[item])
        var end = unsafe Int(gaugeStarts[item &+ 1])
        while place < end {
            let use = unsafe gaugeUses[place]
            add(item, use, amounts)
            place &+= 1
        }
        guard amounts[0] > 0 else { return }
        if countsProducts { unsafe productMarks[item] = mark }
        place = unsafe Int(presenceStarts[item])
        end = unsafe Int(presenceStarts[item &+ 1])
        while place < end {
            put(unsafe Int(presence[place]))
            put(unsafe Int(presence[place &+ 1]))
            put(unsafe Int(presence[place &+ 2]))
            put(unsafe Int(presence[place &+ 3]))
            place &+= RuleTable.presenceStride
        }
    }

    @inline(__always)
    private mutating func add(_ item: Int, _ use: UInt32, _ amounts: SIMD4<Int64>) {
        let (gauge, measure) = (Int(use &>> 2), Int(use & 3))
        var amount = amounts[measure]
        if measure == 3 { amount = unsafe amounts[0] > 0 && productMarks[item] != mark ? 1 : 0 }
        if unsafe gauges[gauge].mark != mark {
            unsafe gauges[gauge] = Gauge(value: 0, mark: mark)
            unsafe touched[touchedCount] = UInt32(truncatingIfNeeded: gauge)
            touchedCount &+= 1
        }
        unsafe gauges[gauge].value &+= amount
    }

    /// Puts the basket into the sets whose thresholds its gauges reach.
    ///
    /// Nothing is skipped: a threshold that is not reached adds no bit, which costs less than to guess wrong.
    @inline(__always)
    func passThresholds() {
        passTotal()
        var touch = 0
        while touch < touchedCount {
            let gauge = unsafe Int(touched[touch])
            let value = unsafe gauges[gauge].value
            var place = unsafe Int(thresholdStarts[gauge])
            let end = unsafe Int(thresholdStarts[gauge &+ 1])
            while place < end {
                let threshold = unsafe thresholds[place]
                let isReached: UInt8 = threshold.atLeast <= value ? 1 : 0
                unsafe live[Int(threshold.set)] |= isReached
                let words = unsafe UnsafeMutableRawPointer(sets + Int(threshold.set))
                unsafe words.assumingMemoryBound(to: UInt64.self)[word] |= bit & (0 &- UInt64(isReached))
                place &+= 1
            }
            touch &+= 1
        }
    }

    /// The sum of all goods has most thresholds and every basket has one: the basket goes into the set of the highest that it
    /// reaches, and into those below by ``spreadTotals()``.
    @inline(__always)
    private func passTotal() {
        let end = unsafe Int(thresholdStarts[1])
        var reached = 0
        for place in 0..<end { reached &+= unsafe thresholds[place].atLeast <= total ? 1 : 0 }
        if reached > 0 { put(unsafe Int(thresholds[reached &- 1].set)) }
    }

    /// Who reaches a threshold reaches all below.
    func spreadTotals() {
        var place = unsafe Int(thresholdStarts[1]) - 1
        while place > 0 {
            let (upper, lower) = unsafe (Int(thresholds[place].set), Int(thresholds[place - 1].set))
            unsafe sets[lower] |= sets[upper]
            unsafe live[lower] |= live[upper]
            place -= 1
        }
    }
}
