import TallyTables

/// A rule set as the evaluator reads it: columns of numbers, in the order in which they are needed, never changed.
///
/// **Sets.** Every condition is a set of the baskets of a batch that it holds for. The table says where in a batch's memory
/// each set is, how it comes about, and which sets a rule is the intersection of.
///
/// * Sets of *goods* and of *tokens* are filled from the lines and the tokens of the baskets. A condition on more than one unit,
///   or on a sum, is the set of baskets of which one line has enough, or several lines may have; what these have is reckoned for the
///   few for which everything else holds.
/// * Sets of *facts*: the numbers of a fact fall into classes that no condition tells apart. A class has a set; for tests
///   with bounds there are the sets of each class and all above it and of all below it, for lists of numbers the union of their classes.
public final class RuleTable: Sendable {
    /// The promotions that were compiled, for words and for explanations.
    public let ruleSet: RuleSet
    /// The goods that it was compiled for.
    public let assortment: Assortment
    /// The facts that it was compiled for.
    public let schema: FactSchema

    /// Rules, in an order in which neighbours are made alike: the processor guesses the lengths of loops from those before.
    let rules: Column<RuleRow>
    /// For every row the number of its rule, in the order of promotions and their rules.
    let numbers: Column<UInt32>
    /// For every rule, by number, its promotion and its place there.
    let owners: Column<RuleOwner>
    /// What rows need beside the set that finds them: sets, lists and checks.
    let operands: Column<UInt32>
    /// Classes that a list holds: bits.
    let listBits: Column<UInt64>

    /// For every item and grade of a line what such a line does to its basket: two counts, pairs of the set of baskets with
    /// some goods and the set of those with several lines of them, and sets that the basket goes into; all as places of words.
    let uses: Column<UInt32>
    let useStarts: Column<UInt32>
    /// Grades of a line: ``LevelPlan``.
    let gradeCount: Int
    /// Cuts of each measure, ascending and filled up with what nobody reaches, and what a rank counts.
    let cuts: [LevelPlan.Cuts]
    let gradeStrides: [Int]
    /// Sets of baskets that may have enough, to which those with several lines are added.
    let merges: Column<Merge>
    /// Sums of all goods that put a basket into sets, ascending.
    let thresholds: Column<Threshold>
    /// Amounts of some goods that are reckoned only for baskets that everything else holds for.
    let checks: Column<CheckRow>
    /// For every row its conditions on a single unit, as checks: for baskets with goods of which there is nothing.
    let unitCheckStarts: Column<UInt32>
    let unitChecks: Column<UInt32>
    /// Which goods a filter means.
    let members: MemberMap
    /// True when a check counts different products.
    let countsProducts: Bool

    /// Sets of tokens.
    let tokenSets: [String: UInt32]
    /// Facts: how numbers become classes and where the sets of classes are.
    let facts: Column<FactRow>
    /// Bounds between classes, for facts with many numbers.
    let classBounds: Column<Int32>
    /// Classes by number, for facts with few.
    let classByNumber: Column<UInt16>
    /// Small lists that are united for every batch.
    let unions: Column<UnionRow>
    /// Tests with two bounds that several rules share.
    let windows: Column<WindowRow>

    /// Sets of goods and tokens that rules are cut out of, counted from 3; set 0 is all baskets of the batch.
    let askedCount: Int
    /// Sets that lines and tokens fill: behind those that are asked for, the two of each pair.
    let filledCount: Int
    /// The set of no basket.
    static let emptySet: UInt32 = 1
    /// The set that nobody asks for: it fills lists up.
    static let unaskedSet: UInt32 = 2
    /// The place of its words.
    static var unaskedWords: UInt32 { unaskedSet * UInt32(BasketSet.words) }
    /// Sets are filled by so many, and pairs by so many, because how many there are cannot be guessed.
    static let putStride = 4
    static let pairStride = 2
    /// What a line does of which there is nothing.
    static let noUse: UInt32 = 0
    /// All sets.
    let setCount: Int

    /// Compiles a rule set.
    ///
    /// - Parameters:
    ///   - ruleSet: What is to be decided.
    ///   - assortment: The goods that it is about.
    ///   - schema: The facts that its conditions ask for.
    public convenience init(_ ruleSet: RuleSet, _ assortment: Assortment, _ schema: FactSchema) {
        self.init(RuleCompiler.parts(ruleSet, assortment, schema))
    }

    /// How awards are made and combined.
    let awards: AwardTable

    init(_ parts: consuming RuleTableParts) {
        ruleSet = parts.ruleSet
        assortment = parts.assortment
        schema = parts.schema
        rules = Column(parts.rules)
        numbers = Column(parts.numbers)
        owners = Column(parts.owners)
        operands = Column(parts.operands)
        listBits = Column(parts.listBits)
        uses = Column(parts.uses)
        useStarts = Column(parts.useStarts)
        gradeCount = parts.gradeCount
        cuts = parts.cuts
        gradeStrides = parts.gradeStrides
        merges = Column(parts.merges)
        thresholds = Column(parts.thresholds)
        checks = Column(parts.checks)
        unitCheckStarts = Column(parts.unitCheckStarts)
        unitChecks = Column(parts.unitChecks)
        members = MemberMap(parts.members, goodsCount: parts.assortment.goods.count)
        countsProducts = parts.checks.contains { $0.measure == .products }
        tokenSets = parts.tokenSets
        facts = Column(parts.facts)
        classBounds = Column(parts.classBounds)
        classByNumber = Column(parts.classByNumber)
        unions = Column(parts.unions)
        windows = Column(parts.windows)
        askedCount = parts.askedCount
        filledCount = parts.filledCount
        setCount = parts.setCount
        awards = AwardTable(parts.ruleSet, owners: parts.owners, parts.assortment)
    }
}

/// A rule: which sets it is the intersection of, and what is asked of the baskets that are in all of them.
///
/// Its operands stand one after the other: sets, lists as pairs of a fact and the place of its bits, checks.
struct RuleRow: BitwiseCopyable, Sendable {
    /// The set that finds it: of goods, of a token, or 0 for all baskets.
    var access: UInt32
    /// Where its operands begin.
    var operands: UInt32
    var setCount: UInt16
    var listCount: UInt16
    var checkCount: UInt16
}

/// At least so much of some goods.
///
/// A basket with one line of such goods is in `set` when that line has enough. A basket with several lines is in `set` and in
/// `several`, and what they have together is reckoned when everything else holds.
struct CheckRow: BitwiseCopyable, Sendable {
    /// The filter, by its number in the map of members.
    var filter: UInt32
    var measure: Measure
    var atLeast: Int64
    /// The set of baskets that may have enough.
    var set: UInt32
    /// The set of those of which that is not known, as the place of its words.
    var several: UInt32
}

/// A set to which another is added.
struct Merge: BitwiseCopyable, Sendable {
    var into: UInt32
    var from: UInt32
}

// A byte.
extension Measure: BitwiseCopyable {}

/// To which promotion a rule belongs.
struct RuleOwner: BitwiseCopyable, Sendable {
    var promotion: Int32
    var rule: Int32
}

/// A list that is united for every batch.
struct UnionRow: BitwiseCopyable, Sendable {
    var fact: UInt32
    var bits: UInt32
    /// The set that receives it.
    var set: UInt32
}

/// A test with two bounds: in the set of a class and above, and in that of all below another.
struct WindowRow: BitwiseCopyable, Sendable, Hashable {
    var above: UInt32
    var below: UInt32
    /// The set that receives it.
    var set: UInt32
}

/// So much of all goods puts a basket into a set.
struct Threshold: BitwiseCopyable, Sendable {
    var atLeast: Int64
    var set: UInt32
}

/// How the numbers of a fact become classes.
struct FactRow: BitwiseCopyable, Sendable {
    /// The smallest number that has a class by table; numbers below have class 0.
    var low: Int32
    /// Numbers of the table; 0 when classes are found among bounds.
    var tableCount: Int32
    /// Where its table, or its bounds, begin.
    var start: UInt32
    /// How many bounds.
    var boundCount: UInt32
    /// Classes.
    var classCount: UInt32
    /// Where the sets of single classes begin; 0 for none.
    var classSets: UInt32
    /// Where the sets of a class and all above begin, and those of all below a class; 0 for none.
    var aboveSets: UInt32
    var belowSets: UInt32
    /// True when lists are looked up by the class of a basket.
    var keepsClasses: Bool
}
