import TallyPromotionFiles
import TallyPromotions
import Testing

/// S0-02, S0-12, S0-21…S0-23, S1-42…S1-48, S1-51, S1-58…S1-62, S1-68, S1-73…S1-78, S1-80, S2-02, S2-09, S2-18, S2-26, S3-01…S3-20
/// and S3-29: every mechanic that is shipped has golden receipts.
@Suite("Shipped promotions")
struct ExampleTests {
    @Test func `the words of the example programme are read without a mistake`() {
        #expect(Examples.read.diagnostics == [])
        #expect(Examples.assortment.goods.count > 19)
        #expect(Examples.names.count > 40)
    }

    @Test(arguments: Examples.names) func `a shipped promotion has no mistake, and its golden receipts come out`(
        name: String
    ) {
        let check = PromotionCheck([Examples.source(name)], Examples.vocabulary, Examples.assortment)
        #expect(check.isPassed && check.diagnostics == [], "\(check.report(Examples.vocabulary))")
        #expect(!check.results.isEmpty, "a template shows what it does")
    }

    @Test(arguments: Examples.names) func `the fast evaluator gives the same awards for the golden receipts`(
        name: String
    ) throws {
        let check = PromotionCheck([Examples.source(name)], Examples.vocabulary, Examples.assortment)
        let ruleSet = try #require(check.ruleSet)
        for result in check.results {
            let basket = result.test.basket(Examples.assortment)
            let awards = Evaluator.awards(basket, ruleSet, Examples.assortment, Examples.vocabulary.schema)
            #expect(awards.map(\.discount) == result.test.expected.map(\.discount), "\(result.test.name)")
            #expect(awards.map(\.points) == result.test.expected.map(\.points), "\(result.test.name)")
        }
    }

    @Test(arguments: Examples.names) func `written as canonical JSON it is the same promotion`(name: String) throws {
        let check = PromotionCheck([Examples.source(name)], Examples.vocabulary, Examples.assortment)
        let ruleSet = try #require(check.ruleSet)
        let json = try PromotionWriter(Examples.vocabulary).json(ruleSet)
        let again = Examples.check(json, name: "a.json")
        #expect(again.diagnostics == [] && again.digest == check.digest && again.digest != nil)
        #expect(again.ruleSet?.promotions == ruleSet.promotions)
    }

    /// A template is found by the row of the checklist that it carries out.
    @Test func `every row of the checklist that the language can say has a template`() {
        let rows = [
            "S0-02", "S0-12", "S0-21", "S0-22", "S0-23", "S1-42", "S1-43", "S1-44", "S1-45", "S1-46", "S1-47", "S1-48",
            "S1-51", "S1-58", "S1-59", "S1-60", "S1-61", "S1-62", "S1-68", "S1-73", "S1-74", "S1-75", "S1-76", "S1-77",
            "S1-78", "S1-80", "S2-02", "S2-09", "S2-18", "S2-26", "S3-29",
        ]
        let all = Examples.names.map { Examples.source($0).text }.joined()
        for row in rows + (1...20).map({ "S3-\($0 < 10 ? "0" : "")\($0)" }) {
            #expect(all.contains(row), "\(row) has no template")
        }
    }
}
