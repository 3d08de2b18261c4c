import TallyTables

/// All units of a product at one price.
///
/// Columns have room for whole blocks of four positions; behind the last position nothing costs anything.
struct PositionColumns: ~Copyable {
    let capacity: Int
    var count = 0
    /// Blocks of four that hold them.
    var blockCount: Int { (count &+ 3) &>> 2 }
    /// True when every line is a position of its own.
    var areLines = false
    let items: Column<Int32>
    let units: Column<Int64>
    let quantities: Column<Int64>
    let totals: Column<Int64>
    /// The position of every line of the basket.
    let ofLine: Column<Int32>
    let lineTotals: Column<Int64>
    /// What is left of every line: of several lines of a position none is taken below nothing.
    let lineLeft: Column<Int64>
    /// Of the lines of a position that come next, what they cost and what is left of them.
    let rest: Column<Int64>
    let restLeft: Column<Int64>
    /// Lines by item and price, and room to put them in order.
    let order: Column<Int32>
    let spareOrder: Column<Int32>
    /// Items and lines as one number each.
    let keys: Column<Int32>
    var lineCount = 0

    init(capacity: Int) {
        self.capacity = capacity
        items = Column(repeating: 0, count: capacity)
        units = Column(repeating: 0, count: capacity)
        quantities = Column(repeating: 0, count: capacity)
        totals = Column(repeating: 0, count: capacity)
        rest = Column(repeating: 0, count: capacity)
        restLeft = Column(repeating: 0, count: capacity)
        order = Column(repeating: 0, count: capacity)
        spareOrder = Column(repeating: 0, count: capacity)
        ofLine = Column(repeating: 0, count: capacity)
        lineTotals = Column(repeating: 0, count: capacity)
        lineLeft = Column(repeating: 0, count: capacity)
        keys = Column(repeating: 0, count: capacity)
    }

    /// Makes the last block of so many positions cost nothing.
    @inline(__always)
    mutating func clearBehind(_ count: Int) {
        guard count > 0 else { return }
        let last = (count &- 1) & ~3
        for place in last..<last &+ 4 { (items[place], units[place], quantities[place], totals[place]) = (0, 0, 0, 0) }
    }
}

extension Evaluator {
    /// Makes the positions of a basket.
    ///
    /// They stand in the order of their items and prices. Lines of one product at one price become one.
    mutating func layOut(_ batch: borrowing BasketBatch, _ basket: Int) {
        let (first, end) = (Int(batch.lineStarts[basket]), Int(batch.lineStarts[basket + 1]))
        let count = end - first
        if count > positions.capacity { grow(count) }
        positions.lineCount = count
        positions.clearBehind(count)
        levels.clearBehind(count)
        if count <= LineKernel.linesMax, countsLines,
            let total = unsafe LineKernel(batch, first, count).layOut(positions, levels.running.pointer)
        {
            (positions.count, positions.areLines, receiptTotal) = (count, true, total)
        } else {
            layOutSorted(batch, first)
        }
        levels.open(positions.blockCount, left: receiptTotal)
    }

    /// Makes positions of lines that are many, or some of which are of one product.
    private mutating func layOutSorted(_ batch: borrowing BasketBatch, _ first: Int) {
        receiptTotal = 0
        for line in 0..<positions.lineCount {
            let total = batch.totals[first + line]
            receiptTotal += total
            positions.lineTotals[line] = total
            positions.lineLeft[line] = total
            positions.order[line] = Int32(line)
        }
        if positions.lineCount > Column<Int32>.comparedMax {
            orderByDigits(batch, first)
        } else {
            orderLines(0..<positions.lineCount, batch, first)
        }
        merge(batch, first)
        positions.areLines = false
        for place in positions.count..<positions.blockCount * 4 {
            (positions.items[place], positions.units[place]) = (0, 0)
            (positions.quantities[place], positions.totals[place]) = (0, 0)
        }
        for place in 0..<positions.blockCount * 4 { levels.running[place] = positions.totals[place] }
    }

    /// Puts a part of the lines in the order of their items and prices.
    private mutating func orderLines(_ places: Range<Int>, _ batch: borrowing BasketBatch, _ first: Int) {
        positions.order.sort(places) { one, other in
            let (item, otherItem) = (batch.items[first + Int(one)], batch.items[first + Int(other)])
            if item != otherItem { return item < otherItem }
            let (price, otherPrice) = (
                Evaluator.price(Int(one), batch, first), Evaluator.price(Int(other), batch, first)
            )
            return price != otherPrice ? price < otherPrice : one < other
        }
    }

    /// Puts many lines in the order of their items, and those of one item by price.
    private mutating func orderByDigits(_ batch: borrowing BasketBatch, _ first: Int) {
        let count = positions.lineCount
        var largest: Int32 = 0
        for line in 0..<count { largest = max(largest, batch.items[first + line]) }
        positions.order.orderByDigits(
            0..<count, upTo: Int64(largest), spare: positions.spareOrder, digits: trial.digits
        ) { Int64(batch.items[first + Int($0)]) }
        var start = 0
        for place in 1...count {
            let isSame =
                place < count
                && batch.items[first + Int(positions.order[place])] == batch.items[first + Int(positions.order[start])]
            if isSame { continue }
            if place - start > 1 { orderLines(start..<place, batch, first) }
            start = place
        }
    }

    /// The unit price by which lines of one product are put together.
    ///
    /// A weighed line has none that another could share: its number is below 0, and the smaller the earlier the line.
    private static func price(_ line: Int, _ batch: borrowing BasketBatch, _ first: Int) -> Int64 {
        let units = batch.units[first + line]
        let isWhole = units > 0 && batch.quantities[first + line] == units * 1_000
        return isWhole ? batch.totals[first + line] / units : Int64(line) - Int64.max
    }

    /// Makes positions of ordered lines.
    private mutating func merge(_ batch: borrowing BasketBatch, _ first: Int) {
        var count = 0
        var last = -1
        for place in 0..<positions.lineCount {
            let line = Int(positions.order[place])
            let item = batch.items[first + line]
            let isNew =
                last < 0 || item != batch.items[first + last]
                || Evaluator.price(line, batch, first) != Evaluator.price(last, batch, first)
            if isNew {
                positions.items[count] = item
                (positions.units[count], positions.quantities[count], positions.totals[count]) = (0, 0, 0)
                count += 1
            }
            last = line
            positions.ofLine[line] = Int32(count - 1)
            positions.units.add(batch.units[first + line], at: count - 1)
            positions.quantities.add(batch.quantities[first + line], at: count - 1)
            positions.totals.add(batch.totals[first + line], at: count - 1)
        }
        positions.count = count
    }

    private mutating func grow(_ lines: Int) {
        let capacity = (lines * 2 + 7) / 8 * 8
        positions = PositionColumns(capacity: capacity)
        levels = LevelColumns(capacity: capacity)
        trial = TrialColumns(capacity: capacity)
    }
}

/// What is left to be paid and which units are counted: at the bottom what holds, above it what is tried.
struct LevelColumns: ~Copyable {
    /// What holds, a list of promotions that is tried, and the effects of one of them.
    static var depth: Int { 3 }
    let capacity: Int
    let running: Column<Int64>
    let used: Column<Int64>
    /// What is left of all goods together.
    let left: Column<Int64>
    let tags: Column<UInt64>

    init(capacity: Int) {
        self.capacity = capacity
        running = Column(repeating: 0, count: capacity * LevelColumns.depth)
        used = Column(repeating: 0, count: capacity * LevelColumns.depth)
        left = Column(repeating: 0, count: LevelColumns.depth)
        tags = Column(repeating: 0, count: LevelColumns.depth)
    }

    /// Leaves nothing in the last block of so many positions at the bottom.
    @inline(__always)
    mutating func clearBehind(_ count: Int) {
        guard count > 0 else { return }
        let last = (count &- 1) & ~3
        for place in last..<last &+ 4 { running[place] = 0 }
    }

    /// Begins with what stands at the bottom, and no unit counted.
    @inline(__always)
    mutating func open(_ blockCount: Int, left sum: Int64) {
        for place in 0..<blockCount &* 4 { used[place] = 0 }
        (left[0], tags[0]) = (sum, 0)
    }

    /// Begins a trial on top of a level.
    mutating func copy(_ level: Int, _ blockCount: Int) {
        copySums(level)
        let (from, to) = (level * capacity, (level + 1) * capacity)
        for place in 0..<blockCount * 4 {
            (running[to + place], used[to + place]) = (running[from + place], used[from + place])
        }
    }

    /// Begins a trial that asks only how much is left.
    mutating func copySums(_ level: Int) {
        precondition(level + 1 < LevelColumns.depth, "A trial is on top of what holds, or of another.")
        (left[level + 1], tags[level + 1]) = (left[level], tags[level])
    }
}

/// What one promotion does to the positions.
struct TrialColumns: ~Copyable {
    let capacity: Int
    let discounts: Column<Int64>
    let points: Column<Int64>
    /// Units that it counts.
    let used: Column<Int64>
    let earlierDiscounts: Column<Int64>
    let earlierPoints: Column<Int64>
    let earlierUsed: Column<Int64>
    let weights: Column<Int64>
    let fractions: Column<UInt64>
    /// Fractions of shares of common amounts.
    let remainders: Column<Int32>
    /// How many elements have each digit, while many are put in order.
    let digits = Column(repeating: Int32(0), count: 256)
    let runs: Column<UnitRun>
    let spareRuns: Column<UnitRun>
    /// False when nobody asks how the amounts lie on the goods: then they are not shared.
    var needsParts = true
    /// Whether it may have counted units.
    var hasUsed = false
    var discount: Int64 = 0
    var pointSum: Int64 = 0
    var acts = false

    init(capacity: Int) {
        self.capacity = capacity
        discounts = Column(repeating: 0, count: capacity)
        points = Column(repeating: 0, count: capacity)
        used = Column(repeating: 0, count: capacity)
        earlierDiscounts = Column(repeating: 0, count: capacity)
        earlierPoints = Column(repeating: 0, count: capacity)
        earlierUsed = Column(repeating: 0, count: capacity)
        weights = Column(repeating: 0, count: capacity)
        fractions = Column(repeating: 0, count: capacity)
        remainders = Column(repeating: 0, count: capacity)
        runs = Column(repeating: UnitRun(), count: capacity * 2)
        spareRuns = Column(repeating: UnitRun(), count: capacity * 2)
    }
}

/// So many units of a position at one price.
struct UnitRun: BitwiseCopyable {
    var price: Int64 = 0
    var count: Int64 = 0
    var position: Int32 = 0
}
