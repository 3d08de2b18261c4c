import TallyLedger
import TallyTables

/// All units of a product at one price.
struct PositionColumns: ~Copyable {
    let capacity: Int
    var count = 0
    let items: Column<Int32>
    let units: Column<Int64>
    let quantities: Column<Int64>
    let totals: Column<Int64>
    /// The position of every line of the basket.
    let ofLine: Column<Int32>
    let lineTotals: Column<Int64>
    /// What is left of every line: of several lines of a position none is taken below nothing.
    let lineLeft: Column<Int64>
    /// Lines by item and price.
    let order: Column<Int32>
    var lineCount = 0

    init(capacity: Int) {
        self.capacity = capacity
        items = Column(repeating: 0, count: capacity)
        units = Column(repeating: 0, count: capacity)
        quantities = Column(repeating: 0, count: capacity)
        totals = Column(repeating: 0, count: capacity)
        order = Column(repeating: 0, count: capacity)
        ofLine = Column(repeating: 0, count: capacity)
        lineTotals = Column(repeating: 0, count: capacity)
        lineLeft = Column(repeating: 0, count: capacity)
    }
}

extension Evaluator {
    /// Makes the positions of a basket.
    ///
    /// They stand in the order of their items and prices. Lines of one product at one price become one.
    mutating func layOut(_ batch: borrowing BasketBatch, _ basket: Int) {
        // What was tried last goes while it is known how many positions it had.
        clearTrial()
        let (first, end) = (Int(batch.lineStarts[basket]), Int(batch.lineStarts[basket + 1]))
        if end - first > positions.capacity { grow(end - first) }
        positions.lineCount = end - first
        receiptTotal = 0
        for line in 0..<end - first {
            let total = batch.totals[first + line]
            receiptTotal += total
            positions.lineTotals[line] = total
            positions.lineLeft[line] = total
            positions.order[line] = Int32(line)
        }
        positions.order.sort(0..<positions.lineCount) { one, other in
            let (item, otherItem) = (batch.items[first + Int(one)], batch.items[first + Int(other)])
            if item != otherItem { return item < otherItem }
            let (price, otherPrice) = (
                Evaluator.price(Int(one), batch, first), Evaluator.price(Int(other), batch, first)
            )
            return price != otherPrice ? price < otherPrice : one < other
        }
        merge(batch, first)
        levels.copyTotals(positions)
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
            positions.units[count - 1] += batch.units[first + line]
            positions.quantities[count - 1] += batch.quantities[first + line]
            positions.totals[count - 1] += batch.totals[first + line]
        }
        positions.count = count
    }

    private mutating func grow(_ lines: Int) {
        positions = PositionColumns(capacity: lines * 2)
        levels = LevelColumns(capacity: lines * 2)
        trial = TrialColumns(capacity: lines * 2)
    }
}

/// What is left to be paid and which units are counted: at the bottom what holds, above it what is tried.
struct LevelColumns: ~Copyable {
    /// What holds, a list of promotions that is tried, and the effects of one of them.
    static var depth: Int { 3 }
    let capacity: Int
    let running: Column<Int64>
    let used: Column<Int64>
    let tags: Column<UInt64>

    init(capacity: Int) {
        self.capacity = capacity
        running = Column(repeating: 0, count: capacity * LevelColumns.depth)
        used = Column(repeating: 0, count: capacity * LevelColumns.depth)
        tags = Column(repeating: 0, count: LevelColumns.depth)
    }

    /// Begins with what goods cost on the shelf.
    func copyTotals(_ positions: borrowing PositionColumns) {
        for place in 0..<positions.count { (running[place], used[place]) = (positions.totals[place], 0) }
        tags[0] = 0
    }

    /// Begins a trial on top of a level.
    func copy(_ level: Int, count: Int) {
        precondition(level + 1 < LevelColumns.depth, "A trial is on top of what holds, or of another.")
        let (from, to) = (level * capacity, (level + 1) * capacity)
        for place in 0..<count { (running[to + place], used[to + place]) = (running[from + place], used[from + place]) }
        tags[level + 1] = tags[level]
    }
}

/// What one promotion does to the positions.
struct TrialColumns: ~Copyable {
    let discounts: Column<Int64>
    let points: Column<Int64>
    /// Units that it counts.
    let used: Column<Int64>
    let earlierDiscounts: Column<Int64>
    let earlierPoints: Column<Int64>
    let earlierUsed: Column<Int64>
    let weights: Column<Int64>
    let fractions: Column<UInt64>
    let runs: Column<UnitRun>
    /// False when nobody asks how the amounts lie on the goods: then they are not shared.
    var needsParts = true
    /// Which columns hold something.
    var hasDiscounts = false
    var hasPoints = false
    var hasUsed = false
    var discount: Int64 = 0
    var pointSum: Int64 = 0
    var acts = false

    init(capacity: Int) {
        discounts = Column(repeating: 0, count: capacity)
        points = Column(repeating: 0, count: capacity)
        used = Column(repeating: 0, count: capacity)
        earlierDiscounts = Column(repeating: 0, count: capacity)
        earlierPoints = Column(repeating: 0, count: capacity)
        earlierUsed = Column(repeating: 0, count: capacity)
        weights = Column(repeating: 0, count: capacity)
        fractions = Column(repeating: 0, count: capacity)
        runs = Column(repeating: UnitRun(), count: capacity * 2)
    }

    /// Shares an amount among the first positions by their weights.
    func share(_ whole: Int64, count: Int, into column: borrowing Column<Int64>) {
        var shares = column.mutableSpan(count)
        var fractions = fractions.mutableSpan(count)
        Allocation.allocate(whole, weights: weights.span(count), shares: &shares, fractions: &fractions)
    }
}

/// So many units of a position at one price.
struct UnitRun: BitwiseCopyable {
    var price: Int64 = 0
    var count: Int64 = 0
    var position: Int32 = 0
}
