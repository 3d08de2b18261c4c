import Foundation
import TallyPromotionFiles
import TallyPromotions

/// The example programme that is shipped, and its promotions.
enum Examples {
    /// The package's folder, also when the tests are built through a link to it.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let folder = root.appending(path: "deploy/examples/promotions")
    static let schema = root.appending(path: "deploy/schemas/promotion.schema.json")

    static let read = ProgrammeWords.read(source(root.appending(path: "deploy/examples/words.yaml")))
    static let vocabulary = PromotionVocabulary(read.words)
    static let assortment = read.assortment

    /// The names of all shipped promotions, sorted.
    static let names: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    static func source(_ name: String) -> PromotionSource { source(folder.appending(path: name)) }

    private static func source(_ url: URL) -> PromotionSource {
        PromotionSource(
            name: url.lastPathComponent, text: (try? String(contentsOf: url, encoding: .utf8)) ?? "")
    }

    /// Checks a text as a file.
    static func check(_ text: String, name: String = "a.yaml") -> PromotionCheck {
        PromotionCheck([PromotionSource(name: name, text: text)], vocabulary, assortment)
    }
}

extension Evaluator {
    /// The awards of one basket.
    static func awards(
        _ basket: Basket, _ ruleSet: RuleSet, _ assortment: Assortment, _ schema: FactSchema
    ) -> [Award] {
        let table = RuleTable(ruleSet, assortment, schema)
        var batch = BasketBatch(facts: schema.facts.count, lines: 2_048, tokens: 64)
        batch.append(basket, for: table)
        var evaluator = Evaluator(table)
        var awards = AwardBatch()
        evaluator.evaluate(batch, into: &awards)
        return Array(awards.awards(of: 0))
    }
}
