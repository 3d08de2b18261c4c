public import TallyPromotions

/// Promotions as documents say them, before they are compiled.
public struct PromotionBook: Sendable {
    /// The promotions and their groups.
    public var ruleSet: RuleSet
    /// The facts that they may ask for.
    public var schema: FactSchema
    /// For every fact the number that stands for not known.
    public var unknowns: [Int32]
    /// The goods.
    public var assortment: Assortment
    /// Decimals of points, for facts that count them whole.
    public var pointsScale: Int

    /// A book of its parts.
    public init(
        ruleSet: RuleSet, schema: FactSchema, unknowns: [Int32], assortment: Assortment, pointsScale: Int = 2
    ) {
        precondition(unknowns.count == schema.facts.count, "Every fact has a number that stands for not known.")
        self.ruleSet = ruleSet
        self.schema = schema
        self.unknowns = unknowns
        self.assortment = assortment
        self.pointsScale = pointsScale
    }
}

/// Reads the documents that are published; the ledger itself knows no language.
public protocol PromotionReader: Sendable {
    /// Reads words and promotions.
    ///
    /// The same bytes give the same book in every version: what a document says never changes.
    ///
    /// - Parameters:
    ///   - words: The document of words: names that the programme has given, and its goods.
    ///   - rules: The document of promotions.
    /// - Returns: The promotions.
    /// - Throws: ``PromotionsUnreadable`` when either is not such a document, or they do not fit together.
    func read(words: [UInt8], rules: [UInt8]) throws(PromotionsUnreadable) -> PromotionBook
}

/// Why documents are no promotions.
public struct PromotionsUnreadable: Error, Sendable, Hashable, CustomStringConvertible {
    /// One line: what is wrong, and where.
    public var description: String

    /// An error of its line.
    public init(_ description: String) { self.description = description }
}
