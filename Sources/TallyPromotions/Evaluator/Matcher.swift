public import TallyTables

/// Finds for every basket of a batch the rules whose conditions hold.
///
/// 1. Lines and tokens put baskets into the sets of goods and tokens (`Matcher+Goods`).
/// 2. Facts put baskets into the sets of their classes (`Matcher+Facts`).
/// 3. Every rule that could apply is the intersection of its sets, 512 baskets at a time (`Matcher+Rules`).
/// 4. What was found rule by rule is laid out basket by basket.
///
/// A matcher belongs to one thread. It holds the memory of one batch and allocates nothing while batches run, but where more
/// is found than ever before.
public final class Matcher {
    /// The table that it reads.
    public let table: RuleTable

    /// All sets of the batch.
    let sets: Column<BasketSet>
    /// For sets that goods and tokens fill, whether they are in use in this batch.
    let live: Column<UInt8>

    /// What the basket at hand has of goods.
    let gauges: Column<Gauge>
    let touched: Column<UInt32>
    /// Counts baskets, so that nothing needs to be cleared between them.
    var mark: UInt64 = 0
    /// For every product the basket that last had it, to count different ones.
    let productMarks: Column<UInt64>

    /// The class of each fact of each basket.
    let classes: Column<UInt16>

    /// Rules that some basket fits, and which.
    let hitRules: Column<UInt32>
    let hitSets: Column<BasketSet>
    let cursors: Column<UInt32>

    /// Where the rules of each basket begin, and where the last one's end.
    public let starts: Column<UInt32>
    /// Rules that fit, basket by basket, ascending.
    public private(set) var matches: Column<UInt32>

    /// A matcher for one thread.
    public init(_ table: RuleTable) {
        self.table = table
        sets = Column(repeating: .zero, count: table.setCount)
        live = Column(repeating: 0, count: table.filledCount)
        gauges = Column(repeating: Gauge(), count: table.gaugeCount)
        touched = Column(repeating: 0, count: table.gaugeCount)
        productMarks = Column(repeating: 0, count: table.countsProducts ? table.assortment.goods.count : 0)
        classes = Column(repeating: 0, count: table.facts.count * BasketSet.capacity)
        hitRules = Column(repeating: 0, count: table.rules.count)
        hitSets = Column(repeating: .zero, count: table.rules.count)
        cursors = Column(repeating: 0, count: BasketSet.capacity)
        starts = Column(repeating: 0, count: BasketSet.capacity + 1)
        matches = Column(repeating: 0, count: BasketSet.capacity * 8)
    }

    /// Finds the rules of all baskets of a batch.
    ///
    /// - Parameter batch: Baskets with the facts of the table's schema; all items are of its assortment.
    public func match(_ batch: borrowing BasketBatch) {
        precondition(batch.factCount == table.facts.count, "A batch has the facts of its table.")
        unsafe sets.pointer[0] = .first(batch.count)
        fillGoods(batch)
        fillFacts(batch)
        let hits = intersect(count: batch.count)
        layOut(hits, count: batch.count)
    }

    /// Lays out basket by basket what was found rule by rule.
    private func layOut(_ hits: Int, count: Int) {
        var next: UInt32 = 0
        for basket in 0..<count {
            let found = cursors[basket]
            starts[basket] = next
            cursors[basket] = next
            next += found
        }
        starts[count] = next
        if Int(next) > matches.count { matches = Column(repeating: 0, count: Int(next) * 2) }
        let (rules, sets) = unsafe (hitRules.pointer, hitSets.pointer)
        let (cursors, matches) = unsafe (cursors.pointer, matches.pointer)
        for hit in 0..<hits {
            let rule = unsafe rules[hit]
            let set = unsafe sets[hit]
            for word in 0..<8 {
                var bits = set[word]
                while bits != 0 {
                    let basket = word &* 64 &+ bits.trailingZeroBitCount
                    unsafe matches[Int(cursors[basket])] = rule
                    unsafe cursors[basket] &+= 1
                    bits &= bits &- 1
                }
            }
        }
    }
}
