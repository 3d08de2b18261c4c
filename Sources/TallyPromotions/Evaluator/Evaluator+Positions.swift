import TallyTables

/// All units of a product at one price.
///
/// Columns have room for whole blocks of four positions; behind the last position nothing costs anything.
struct PositionColumns: ~Copyable {
    let capacity: Int
    var count = 0
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
    /// Lines by item and price.
    let order: Column<Int32>
    /// Items and lines as one number each.
    let keys: Column<Int32>
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
        keys = Column(repeating: 0, count: capacity)
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
        if count <= LineKernel.linesMax, countsLines,
            let total = unsafe LineKernel(batch, first, count).layOut(positions, levels.running.pointer)
        {
            (positions.count, positions.areLines, receiptTotal) = (count, true, total)
        } else {
            layOutSorted(batch, first)
        }
        levels.open(positions.count, left: receiptTotal)
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
        positions.order.sort(0..<positions.lineCount) { one, other in
            let (item, otherItem) = (batch.items[first + Int(one)], batch.items[first + Int(other)])
            if item != otherItem { return item < otherItem }
            let (price, otherPrice) = (
                Evaluator.price(Int(one), batch, first), Evaluator.price(Int(other), batch, first)
            )
            return price != otherPrice ? price < otherPrice : one < other
        }
        merge(batch, first)
        positions.areLines = false
        for place in 0..<positions.count { levels.running[place] = positions.totals[place] }
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

    /// Begins with what stands at the bottom, and no unit counted.
    func open(_ count: Int, left sum: Int64) {
        for place in 0..<count { used[place] = 0 }
        (left[0], tags[0]) = (sum, 0)
    }

    /// Begins a trial on top of a level.
    func copy(_ level: Int, count: Int) {
        copySums(level)
        let (from, to) = (level * capacity, (level + 1) * capacity)
        for place in 0..<count { (running[to + place], used[to + place]) = (running[from + place], used[from + place]) }
    }

    /// Begins a trial that asks only how much is left.
    func copySums(_ level: Int) {
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
    /// Fractions of a few shares, and who gets one of the units that are left.
    let remainders: Column<Int32>
    let ones: Column<Int32>
    let runs: Column<UnitRun>
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
        ones = Column(repeating: 0, count: capacity)
        runs = Column(repeating: UnitRun(), count: capacity * 2)
    }
}

/// So many units of a position at one price.
struct UnitRun: BitwiseCopyable {
    var price: Int64 = 0
    var count: Int64 = 0
    var position: Int32 = 0
}
