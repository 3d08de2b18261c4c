import TallyModel
import TallyProjections
import TallyPromotions

/// Promotions that are compiled and ready to decide receipts.
///
/// It belongs to the thread of its desk.
final class LivePromotions {
    /// The documents that it was made of.
    let words: UInt32
    let rules: UInt32
    let book: PromotionBook
    let gatherer: FactGatherer
    private let places: [String: Int32]
    private let table: RuleTable
    private var evaluator: Evaluator
    private var batch: BasketBatch
    private var awards = AwardBatch()
    /// Promotions that rest, by revision.
    private var resting: [UInt32: [Int32]] = [:]

    init(_ book: PromotionBook, words: UInt32, rules: UInt32) {
        (self.words, self.rules, self.book) = (words, rules, book)
        gatherer = FactGatherer(book)
        places = Dictionary(book.ruleSet.promotions.enumerated().map { ($1.id, Int32($0)) }) { first, _ in first }
        table = RuleTable(book.ruleSet, book.assortment, book.schema)
        evaluator = Evaluator(table)
        batch = BasketBatch(facts: book.schema.facts.count, lines: Limits.linesMax, tokens: 4 * Limits.shownCodesMax)
    }

    /// The place of a promotion; nil when there is none of that id.
    func place(of id: String) -> Int32? { places[id] }

    /// A promotion by its place.
    func promotion(_ place: Int32) -> Promotion { book.ruleSet.promotions[Int(place)] }

    /// Promotions that rest in a revision, by their places.
    func resting(in revision: UInt32, _ state: borrowing ProgrammeState) -> [Int32] {
        if let known = resting[revision] { return known }
        let found = state.resting(in: revision).compactMap { places[$0.id] }
        resting[revision] = found
        return found
    }

    /// What is decided for one basket.
    struct Decision {
        var award: Award
        var parts: [AwardPart]
    }

    /// Decides a basket.
    ///
    /// - Parameters:
    ///   - basket: The basket.
    ///   - barred: Promotions that do nothing.
    /// - Returns: Awards in the order in which they apply; nil for a basket that is larger than any receipt.
    func decide(_ basket: Basket, barred: [Int32]) -> [Decision]? {
        batch.removeAll()
        guard batch.append(basket, for: table) else { return nil }
        evaluator.barred = barred
        evaluator.evaluate(batch, into: &awards)
        return awards.range(of: 0).map { place in
            Decision(award: awards.award(at: place), parts: Array(awards.parts(of: place)))
        }
    }
}
