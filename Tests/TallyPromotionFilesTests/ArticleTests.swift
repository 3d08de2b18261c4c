import Foundation
import TallyPromotionFiles
import Testing

/// What the article and the program say of the language is what the reader takes.
@Suite("Article and schema of promotions")
struct ArticleTests {
    private static var examples: [String] {
        get throws {
            let path = "Sources/TallyPromotionFiles/TallyPromotionFiles.docc/Language.md"
            let article = try String(contentsOf: Examples.root.appending(path: path), encoding: .utf8)
            return article.components(separatedBy: "```yaml\n").dropFirst().compactMap {
                $0.components(separatedBy: "```").first
            }
        }
    }

    @Test func `every example of the article is a set of promotions whose tests pass`() throws {
        let examples = try Self.examples
        #expect(examples.count == 4)
        for example in examples {
            let check = Examples.check(example, name: "Language.md")
            #expect(check.isPassed, "\(check.diagnostics.map(\.description)), \(example)")
        }
    }

    /// `deploy/schemas/embed` writes one from the other.
    @Test func `the schema that the program prints is the published one`() throws {
        #expect(try PromotionSchema.json == String(contentsOf: Examples.schema, encoding: .utf8))
    }
}
