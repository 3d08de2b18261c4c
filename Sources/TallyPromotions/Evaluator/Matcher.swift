public import TallyTables

/// Finds for every basket of a batch the rules whose conditions hold.
///
/// 1. Lines and tokens put baskets into the sets of goods and tokens (`Matcher+Goods`).
/// 2. Facts put baskets into the sets of their classes (`Matcher+Facts`).
/// 3. Every rule that could apply is the intersection of its sets, 512 baskets at a time (`Matcher+Rules`); for the baskets that
///    are left, lists are looked up and amounts of goods are reckoned (`Matcher+Checks`).
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
    /// For every line of the batch where it stands what the line does to its basket.
    var uses = Column(repeating: UInt32(0), count: BasketSet.capacity * 16)
    /// Baskets with goods that cost something although there is nothing of them.
    let odd: Column<BasketSet>

    /// Counts the checks that count products, so that nothing needs to be cleared between them.
    var mark: UInt64 = 0
    /// For every product the check that last had it, to count different ones.
    let productMarks: Column<UInt64>

    /// The class of each fact of each basket, for facts with lists.
    let classes: Column<UInt16>

    /// Baskets that a rule fits, rule by rule, and where those of a rule begin and end.
    var hits: Column<UInt16>
    let hitStarts: Column<UInt32>
    let hitEnds: Column<UInt32>
    /// Rules that fit some basket: bits by number.
    let hitRules: Column<UInt64>
    /// The set at hand, as words.
    let scratch = Column(repeating: BasketSet.zero, count: 1)
    let cursors: Column<UInt32>

    /// Where the rules of each basket begin, and where the last one's end.
    public let starts: Column<UInt32>
    /// Rules that fit, basket by basket, ascending.
    public private(set) var matches: Column<UInt32>

    /// A matcher for one thread.
    public init(_ table: RuleTable) {
        self.table = table
        sets = Column(repeating: .zero, count: table.setCount)
        live = Column(repeating: 0, count: table.askedCount)
        odd = Column(repeating: .zero, count: 1)
        productMarks = Column(repeating: 0, count: table.countsProducts ? table.assortment.goods.count : 0)
        classes = Column(repeating: 0, count: table.facts.count * BasketSet.capacity)
        hits = Column(repeating: 0, count: BasketSet.capacity * 16)
        hitStarts = Column(repeating: 0, count: table.owners.count)
        hitEnds = Column(repeating: 0, count: table.owners.count)
        hitRules = Column(repeating: 0, count: (table.owners.count + 63) / 64)
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
        let hasOdd = fillGoods(batch)
        fillFacts(batch)
        intersect(batch, hasOdd: hasOdd)
        layOut(count: batch.count)
    }

    /// Lays out basket by basket what was found rule by rule.
    private func layOut(count: Int) {
        var next: UInt32 = 0
        for basket in 0..<count {
            let found = cursors[basket]
            starts[basket] = next
            cursors[basket] = next
            next += found
        }
        starts[count] = next
        if Int(next) > matches.count { matches = Column(repeating: 0, count: Int(next) * 2) }
        let (starts, ends, baskets) = unsafe (hitStarts.pointer, hitEnds.pointer, hits.pointer)
        let (cursors, matches) = unsafe (cursors.pointer, matches.pointer)
        for word in 0..<hitRules.count {
            var bits = unsafe hitRules.pointer[word]
            while bits != 0 {
                let rule = word &* 64 &+ bits.trailingZeroBitCount
                var hit = unsafe Int(starts[rule])
                let end = unsafe Int(ends[rule])
                while hit < end {
                    let basket = unsafe Int(baskets[hit])
                    let place = unsafe cursors[basket]
                    unsafe matches[Int(place)] = UInt32(truncatingIfNeeded: rule)
                    unsafe cursors[basket] = place &+ 1
                    hit &+= 1
                }
                bits &= bits &- 1
            }
        }
    }
}
