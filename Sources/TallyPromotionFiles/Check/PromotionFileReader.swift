public import TallyDecisions
import TallyPromotions

/// Reads the documents that are published: the words of a programme and its promotions, both as people write them.
public struct PromotionFileReader: PromotionReader {
    /// A reader.
    public init() {}

    /// Reads words and promotions.
    ///
    /// - Parameters:
    ///   - words: The words and the goods (YAML or JSON), with the decimals of money and points.
    ///   - rules: The promotions (YAML or JSON); tests are passed over.
    /// - Returns: The promotions.
    /// - Throws: ``TallyDecisions/PromotionsUnreadable`` with the first mistake, its line and column.
    public func read(words: [UInt8], rules: [UInt8]) throws(PromotionsUnreadable) -> PromotionBook {
        try published(words: words, rules: rules).book
    }

    /// Reads words and promotions, with the words for people.
    ///
    /// Parameters and errors are those of ``read(words:rules:)``.
    func published(words: [UInt8], rules: [UInt8]) throws(PromotionsUnreadable) -> PublishedPromotions {
        let read = ProgrammeWords.read(try source("words", words))
        try judge(read.diagnostics)
        let vocabulary = PromotionVocabulary(read.words)
        let assortment = read.assortment
        let (document, diagnostics) = PromotionDocument.read(try source("promotions", rules), vocabulary, assortment)
        try judge(diagnostics)
        let assembly = RuleSetAssembly([("promotions", document)], vocabulary.schema)
        try judge(assembly.diagnostics)
        let book = PromotionBook(
            ruleSet: assembly.ruleSet, schema: vocabulary.schema, unknowns: vocabulary.neutralFacts,
            assortment: assortment, pointsScale: vocabulary.pointsScale)
        return PublishedPromotions(vocabulary: vocabulary, book: book)
    }

    private func source(_ name: String, _ bytes: [UInt8]) throws(PromotionsUnreadable) -> PromotionSource {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PromotionsUnreadable("the document of \(name) is not UTF-8")
        }
        return PromotionSource(name: name, text: text)
    }

    private func judge(_ diagnostics: [PromotionDiagnostic]) throws(PromotionsUnreadable) {
        if let mistake = diagnostics.first(where: { $0.severity == .mistake }) {
            throw PromotionsUnreadable("\(mistake)")
        }
    }
}

/// Promotions of some revision with the words in which people speak of them.
public struct PublishedPromotions: Sendable {
    /// The words.
    public var vocabulary: PromotionVocabulary
    /// The promotions.
    public var book: PromotionBook
}
