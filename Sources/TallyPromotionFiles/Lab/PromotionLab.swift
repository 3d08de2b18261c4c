public import TallyPromotions

/// Tries a basket on promotions, offline and in plain words: what every line costs, what applied, and why the others did not.
public struct PromotionLab: Sendable {
    /// Promotions that are tried two by two at most.
    public static let pairedMax = 200
    /// The promotions.
    public let ruleSet: RuleSet
    let vocabulary: PromotionVocabulary
    let assortment: Assortment

    /// A laboratory of a rule set.
    public init(_ ruleSet: RuleSet, _ vocabulary: PromotionVocabulary, _ assortment: Assortment) {
        (self.ruleSet, self.vocabulary, self.assortment) = (ruleSet, vocabulary, assortment)
    }

    /// What came out for a basket.
    public struct Report: Sendable {
        /// The basket.
        public var basket: LabBasket
        /// What was decided, in the order in which it applies.
        public var decisions: [PlainEvaluator.Decision]
        /// For every line what is taken off, in minor units of money.
        public var discounts: [Int64]
        /// For every line the points that are given, in minor units.
        public var points: [Int64]
        /// The promotions that did nothing, by their places in the rule set, and why.
        public var others: [(promotion: Int, reason: WhyNot)]
    }

    /// Decides a basket.
    public func decide(_ basket: LabBasket) -> Report {
        let asked = basket.basket(assortment)
        let decisions = PlainEvaluator(ruleSet, assortment).evaluate(asked)
        let nothing = Array(repeating: Int64(0), count: basket.lines.count)
        var report = Report(basket: basket, decisions: decisions, discounts: nothing, points: nothing, others: [])
        for part in decisions.flatMap(\.parts) {
            report.discounts[Int(part.line)] += part.discount
            report.points[Int(part.line)] += part.points
        }
        let trace = PromotionTrace(ruleSet, assortment)
        let awards = decisions.map(\.award)
        for promotion in ruleSet.promotions.indices {
            guard let reason = trace.whyNot(promotion, asked, given: awards) else { continue }
            report.others.append((promotion, reason))
        }
        return report
    }

    // MARK: Pairs

    /// What two promotions do for a basket when there are no others.
    public struct Pair: Sendable, Hashable {
        /// Their places in the rule set; the same one twice is that promotion alone.
        public var first: Int
        /// The other.
        public var second: Int
        /// Which of them applied, in the order in which they did.
        public var applied: [Int]
        /// What is taken off in all, in minor units of money.
        public var discount: Int64
        /// Points in all, in minor units.
        public var points: Int64
    }

    /// Decides a basket by every promotion alone and by every two of them, with the groups and lanes of all.
    ///
    /// - Parameter basket: The basket.
    /// - Returns: Each promotion alone in the order of the rule set, then the pairs.
    public func pairs(_ basket: LabBasket) -> [Pair] {
        let asked = basket.basket(assortment)
        let all = ruleSet.promotions.indices
        let alone = all.map { decide(asked, $0, $0) }
        return alone + all.flatMap { first in all[(first + 1)...].map { decide(asked, first, $0) } }
    }

    private func decide(_ basket: Basket, _ first: Int, _ second: Int) -> Pair {
        var few = ruleSet
        let places = first == second ? [first] : [first, second]
        few.promotions = places.map { ruleSet.promotions[$0] }
        let awards = PlainEvaluator(few, assortment).evaluate(basket).map(\.award)
        return Pair(
            first: first, second: second, applied: awards.map { places[Int($0.promotion)] },
            discount: awards.reduce(0) { $0 + $1.discount }, points: awards.reduce(0) { $0 + $1.points })
    }
}
