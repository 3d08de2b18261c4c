import TallyTables

/// A rule set as the evaluator reads it: columns of numbers, in the order in which they are needed, never changed.
///
/// **Sets.** Every condition is a set of the baskets of a batch that it holds for. The table says where in a batch's memory
/// each set is, how it comes about, and which sets a rule is the intersection of.
///
/// * Sets of *goods* and of *tokens* are filled from the lines and the tokens of the baskets.
/// * Sets of *facts*: the numbers of a fact fall into classes that no condition tells apart. A class has a set; for tests
///   with bounds there is the set of each class and all above it, for lists of numbers the union of their classes.
public final class RuleTable: Sendable {
    /// The promotions that were compiled, for words and for explanations.
    public let ruleSet: RuleSet
    /// The goods that it was compiled for.
    public let assortment: Assortment
    /// The facts that it was compiled for.
    public let schema: FactSchema

    /// Rules, in the order of promotions and their rules.
    let rules: Column<RuleRow>
    /// For every rule its promotion and its number there.
    let owners: Column<RuleOwner>
    /// Sets that a rule needs, behind the one that finds it.
    let needed: Column<UInt32>
    /// Pairs of sets of facts: in the first and not in the second.
    let bounds: Column<Bounds>
    /// Lists of numbers that are looked up for few baskets and united for many.
    let lists: Column<ListRow>
    /// Classes that a list holds: bits.
    let listBits: Column<UInt64>

    /// Sets that a product puts its basket into at once, by item, filled up to a whole number of ``presenceStride``.
    let presenceStarts: Column<UInt32>
    let presence: Column<UInt32>
    /// Gauges that a product adds to, by item: the number of the gauge and, in the two lowest bits, its measure.
    let gaugeStarts: Column<UInt32>
    let gaugeUses: Column<UInt32>
    /// Thresholds by gauge, ascending; gauge 0 is the sum of all goods.
    let thresholdStarts: Column<UInt32>
    let thresholds: Column<Threshold>
    let gaugeCount: Int
    /// True when a gauge counts different products.
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

    /// Sets that goods and tokens fill, counted from 3.
    ///
    /// 0 is the set of all baskets of the batch, 1 has none, and 2 is the one that nobody asks for: it fills lists up.
    let filledCount: Int
    /// Sets of a product are walked by so many, because how many there are cannot be guessed.
    static let presenceStride = 4
    /// All sets.
    let setCount: Int
    /// Sets of facts begin here.
    let factSetsStart: Int

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
        owners = Column(parts.owners)
        needed = Column(parts.needed)
        bounds = Column(parts.bounds)
        lists = Column(parts.lists)
        listBits = Column(parts.listBits)
        presenceStarts = Column(parts.presenceStarts)
        presence = Column(parts.presence)
        gaugeStarts = Column(parts.gaugeStarts)
        gaugeUses = Column(parts.gaugeUses)
        thresholdStarts = Column(parts.thresholdStarts)
        thresholds = Column(parts.thresholds)
        gaugeCount = parts.gauges.count
        countsProducts = parts.gauges.contains { $0.measure == .products }
        tokenSets = parts.tokenSets
        facts = Column(parts.facts)
        classBounds = Column(parts.classBounds)
        classByNumber = Column(parts.classByNumber)
        unions = Column(parts.unions)
        filledCount = parts.filledCount
        setCount = parts.setCount
        factSetsStart = parts.filledCount
        awards = AwardTable(parts.ruleSet, owners: parts.owners, parts.assortment)
    }
}

/// A rule: which sets it is the intersection of.
struct RuleRow: BitwiseCopyable, Sendable {
    /// The set that finds it: of goods, of a token, or 0 for all baskets.
    var access: UInt32
    /// Where its other filled and united sets begin.
    var neededStart: UInt32
    /// Where its bounds begin.
    var boundsStart: UInt32
    /// Where its lists begin.
    var listsStart: UInt32
    var neededCount: UInt16
    var boundsCount: UInt8
    var listsCount: UInt8
}

/// To which promotion a rule belongs.
struct RuleOwner: BitwiseCopyable, Sendable {
    var promotion: Int32
    var rule: Int32
}

/// A test with bounds: in the set of a class and above, and not in that of a later one.
struct Bounds: BitwiseCopyable, Sendable, Hashable {
    var inside: UInt32
    /// The empty set when there is no upper bound.
    var outside: UInt32
}

/// A list of numbers of a fact.
struct ListRow: BitwiseCopyable, Sendable {
    var fact: UInt32
    /// Where its bits begin.
    var bits: UInt32
}

/// A list that is united for every batch.
struct UnionRow: BitwiseCopyable, Sendable {
    var fact: UInt32
    var bits: UInt32
    /// The set that receives it.
    var set: UInt32
}

/// So much on a gauge puts a basket into a set.
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
    /// Where the sets of a class and all above begin; 0 for none.
    var aboveSets: UInt32
}
