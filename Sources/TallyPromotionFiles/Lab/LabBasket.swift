import TallyJSON
public import TallyPromotions

/// A basket that somebody tries promotions on: what is known, which codes are shown, what is bought.
///
/// ```yaml
/// given: {day: 2025-03-08, stage: loyal}
/// codes: [SPRING25]
/// basket: [{sku: cake, sum: 1000.00}, {sku: lemonade, units: 3, sum: 270.00}]
/// ```
public struct LabBasket: Sendable, Hashable {
    /// A number for each fact of the vocabulary.
    public var facts: [Int32]
    /// Codes that are shown and coupons that are held.
    public var codes: [String]
    /// What is bought.
    public var lines: [GoldenTest.Line]

    /// Reads a basket, YAML or JSON.
    ///
    /// - Parameters:
    ///   - source: The file; it may be a test of a promotion, too, whose name and expectations are not used.
    ///   - vocabulary: The words that it may use.
    ///   - assortment: The goods, if their names are to be judged.
    /// - Returns: The basket, nil with a mistake among the diagnostics; and everything that is wrong with the file.
    public static func read(
        _ source: PromotionSource, _ vocabulary: PromotionVocabulary, _ assortment: Assortment? = nil
    ) -> (basket: LabBasket?, diagnostics: [PromotionDiagnostic]) {
        var reader = DocumentReader(file: source.name, vocabulary, assortment.map { GoodsNames($0) })
        let node = reader.root(source.text, "a basket")
        let basket = node.flatMap { reader.labBasket($0) }
        let isWrong = reader.diagnostics.contains { $0.severity == .mistake }
        return (isWrong ? nil : basket, reader.diagnostics)
    }

    /// The basket for an assortment.
    public func basket(_ assortment: Assortment) -> Basket {
        Basket(facts: facts, tokens: codes, lines: lines.map { $0.basketLine(assortment) })
    }
}
