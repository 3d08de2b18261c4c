public import TallyPromotions

/// A basket and what must come of it, as a document says it.
public struct GoldenTest: Sendable, Hashable {
    /// What people call the test.
    public var name: String
    /// Where it stands.
    public var place: DocumentPlace
    /// A number for each fact of the schema.
    public var facts: [Int32]
    /// Codes that are shown and coupons that are held.
    public var codes: [String]
    /// What is bought.
    public var lines: [Line]
    /// The awards, in the order in which they apply.
    public var expected: [Expectation]

    /// A line as a till knows it.
    public struct Line: Sendable, Hashable {
        /// The product's id; may be empty.
        public var sku: String
        /// Its category as the till knows it; may be empty.
        public var category: String
        /// How much, in thousandths.
        public var quantity: Int64
        /// What it costs before promotions, in minor units of money.
        public var total: Int64

        /// The line for an assortment.
        func basketLine(_ assortment: Assortment) -> BasketLine {
            BasketLine(item: assortment.item(sku: sku, category: category), quantity: quantity, total: total)
        }
    }

    /// An award as people write it.
    public struct Expectation: Sendable, Hashable {
        /// The promotion's id.
        public var promotion: String
        /// Its case, counted from 1; nil for whichever.
        public var rule: Int32?
        /// What is taken off, in minor units of money.
        public var discount: Int64
        /// Points that are given, in minor units.
        public var points: Int64
    }

    /// The basket for an assortment.
    public func basket(_ assortment: Assortment) -> Basket {
        Basket(
            facts: facts, tokens: codes,
            lines: lines.map { $0.basketLine(assortment) })
    }
}

/// How a test ended.
public struct GoldenResult: Sendable, Hashable {
    /// The test.
    public var test: GoldenTest
    /// The awards that came out.
    public var found: [GoldenTest.Expectation]

    /// True when the awards are those that were expected.
    public var isPassed: Bool {
        found.count == test.expected.count
            && zip(found, test.expected).allSatisfy { found, expected in
                var found = found
                if expected.rule == nil { found.rule = nil }
                return found == expected
            }
    }
}

extension GoldenTest {
    /// Decides the basket by a rule set.
    ///
    /// - Parameters:
    ///   - ruleSet: What decides.
    ///   - assortment: The goods.
    /// - Returns: What came out beside what was expected.
    public func run(_ ruleSet: RuleSet, _ assortment: Assortment) -> GoldenResult {
        let awards = PlainEvaluator(ruleSet, assortment).evaluate(basket(assortment)).map(\.award)
        let found = awards.map { award in
            Expectation(
                promotion: ruleSet.promotions[Int(award.promotion)].id, rule: award.rule + 1,
                discount: award.discount, points: award.points)
        }
        return GoldenResult(test: self, found: found)
    }
}
