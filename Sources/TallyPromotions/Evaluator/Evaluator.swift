import TallyLedger
import TallyTables

/// Decides baskets: which promotions apply, and what they are worth for every line.
///
/// 1. Which rules fit (``Matcher``).
/// 2. Lines become positions: all units of a product at one price, in one order. What follows cannot depend on how lines stand or
///    were split (`Evaluator+Positions`).
/// 3. Lane by lane, groups choose among the promotions that fit (`Evaluator+Choice`).
/// 4. What was chosen is carried out, within caps and floors (`Evaluator+Carrying`), by what each effect says
///    (`Evaluator+Money`, `Evaluator+Units`, `Evaluator+Points`).
/// 5. Amounts of positions go to the lines by largest remainder.
///
/// An evaluator belongs to one thread and allocates nothing while batches run, but where a basket is larger than any before.
/// ``PlainEvaluator`` says the same in plain words.
public struct Evaluator: ~Copyable {
    /// The table that it reads.
    public let table: RuleTable
    /// Finds the rules that fit.
    public let matcher: Matcher

    /// Promotions that do nothing whatever fits, by their places: those that rest, or that have reached a limit.
    ///
    /// Decisions are those of a rule set without them. A few at most: each is looked for among them.
    public var barred: [Int32] = []

    /// Positions of the basket at hand.
    var positions: PositionColumns
    /// What is left to be paid and which units are counted, before and while promotions are tried.
    var levels: LevelColumns
    /// What the promotion at hand does.
    var trial: TrialColumns
    /// Promotions that fit, and how many; of each promotion there is one at most.
    let candidates: Column<Candidate>
    var candidateCount = 0
    /// Lanes that they are in: bits.
    var lanes: UInt8 = 0
    /// Promotions that groups have chosen, as a stack of lists.
    var chosen = PlaceStack()
    /// Groups with candidates.
    let nodeStates: Column<NodeState>
    /// Counts trials, so that nothing needs to be cleared between them.
    var stamp: UInt64 = 0
    var trialStamp: UInt64 = 0
    /// What the basket at hand costs before promotions.
    var receiptTotal: Int64 = 0
    var isUnproven = false
    /// True when items leave room for the number of a line beside them.
    let countsLines: Bool

    /// An evaluator for one thread.
    public init(_ table: RuleTable) {
        self.table = table
        matcher = Matcher(table)
        positions = PositionColumns(capacity: 64)
        levels = LevelColumns(capacity: 64)
        trial = TrialColumns(capacity: 64)
        nodeStates = Column(repeating: NodeState(), count: table.awards.nodes.count)
        candidates = Column(repeating: Candidate(), count: table.awards.promotions.count)
        countsLines = table.assortment.goods.count <= LineKernel.itemsMax
    }

    /// Decides all baskets of a batch.
    ///
    /// - Parameters:
    ///   - batch: Baskets with the facts of the table's schema; all items are of its assortment.
    ///   - awards: Receives what was decided; what it held before is gone.
    public mutating func evaluate(_ batch: borrowing BasketBatch, into awards: inout AwardBatch) {
        matcher.match(batch)
        awards.removeAll()
        let matches = unsafe matcher.matches.pointer
        for basket in 0..<batch.count {
            awards.beginBasket()
            let found = Int(matcher.starts[basket])..<Int(matcher.starts[basket + 1])
            if found.isEmpty { continue }
            isUnproven = false
            layOut(batch, basket)
            unsafe gather(matches, found)
            decide(&awards)
            if isUnproven { awards.markUnproven() }
        }
    }

    /// Gathers the promotions whose rules fit; of several rules of one promotion the first counts.
    private mutating func gather(_ matches: UnsafePointer<UInt32>, _ found: Range<Int>) {
        candidateCount = 0
        lanes = 0
        var last: Int32 = -1
        for place in found {
            let rule = unsafe Int(matches[place])
            let promotion = table.owners[rule].promotion
            guard promotion != last else { continue }
            last = promotion
            if !barred.isEmpty, barred.contains(promotion) { continue }
            let row = table.awards.promotions[Int(promotion)]
            lanes |= 1 << row.lane
            candidates[candidateCount] = Candidate(
                promotion: promotion, rule: Int32(rule), rank: row.rank, node: row.node, lane: row.lane)
            candidateCount += 1
        }
    }

    /// Decides lane by lane.
    private mutating func decide(_ awards: inout AwardBatch) {
        while lanes != 0 {
            let lane = UInt8(lanes.trailingZeroBitCount)
            lanes &= lanes - 1
            stamp += 1
            for place in 0..<candidateCount where candidates[place].lane == lane { enter(place) }
            chosen.removeAll()
            choose(UInt32(lane), level: 0)
            carryOut(&awards)
        }
    }
}

/// A promotion that fits the basket at hand.
struct Candidate: BitwiseCopyable {
    var promotion: Int32 = 0
    var rule: Int32 = 0
    var rank: UInt32 = 0
    var node: UInt32 = 0
    var lane: UInt8 = 0
    /// The next candidate of the same node, counted from 1; 0 for none.
    var next: Int32 = 0
}

/// A lane or group while a basket is decided.
struct NodeState: BitwiseCopyable {
    /// The lane at hand, when it has candidates.
    var stamp: UInt64 = 0
    /// Its first candidate, counted from 1.
    var candidates: Int32 = 0
    /// Its first group with candidates; 0 for none: no lane is within another.
    var groups: UInt32 = 0
    /// The next group of the node above.
    var nextGroup: UInt32 = 0
    /// The trial for which cap and count stand.
    var trial: UInt64 = 0
    var capLeft: Int64 = 0
    var applied: Int32 = 0
}
