import Foundation
import TallyTesting
import Testing

/// Promotions on the command line: checked, written in one form, tried on a basket.
@Suite("Promotions on the command line")
struct PromotionsCommandTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let words = root.appending(path: "deploy/examples/words.yaml").path
    private static let march = """
        promotions:
          - promotion: cakes
            title: 10 % off cakes
            then: [{percent_off: {percent: 10, goods: {category: cakes}}}]
          - promotion: large
            title: 100 off
            when: {basket: [{sum_at_least: 1500.00}]}
            then: [{amount_off: {amount: 100.00}}]

        """

    private static func tally(_ arguments: [String]) throws -> TestLedger.Ending {
        let ended = try ChildProcess.run(
            TestLedger.program("tally"), arguments, environment: ["SWIFT_BACKTRACE": "enable=no"])
        return TestLedger.Ending(
            code: ended.status, output: String(decoding: ended.output, as: UTF8.self),
            talk: String(decoding: ended.errors, as: UTF8.self))
    }

    private static func write(_ text: String, _ name: String, _ home: TemporaryDirectory) throws -> String {
        let path = home.appending(name)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// Every shipped template is sound, as a marketer would ask for it.
    @Test func `shipped templates pass the check one by one`() throws {
        let folder = Self.root.appending(path: "deploy/examples/promotions")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names.count > 40)
        for name in names {
            let ended = try Self.tally([
                "promotions", "check", folder.appending(path: name).path, "--words", Self.words,
            ])
            #expect(ended.code == 0, "\(name): \(ended.output)\(ended.talk)")
        }
    }

    @Test func `a mistake is told with its line and the name that was meant`() throws {
        let home = TemporaryDirectory(prefix: "promotions")
        let file = try Self.write(Self.march.replacing("percent: 10", with: "percnt: 10"), "march.yaml", home)
        let ended = try Self.tally(["promotions", "check", file, "--words", Self.words])
        #expect(ended.code == 1)
        #expect(ended.output.contains("march.yaml:4:") && ended.output.contains("percent"), "\(ended.output)")
        let json = try Self.tally(["promotions", "check", file, "--words", Self.words, "--json"])
        let found = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(found?["passed"] as? Bool == false)
        let diagnostics = try #require(found?["diagnostics"] as? [[String: Any]])
        #expect(diagnostics.allSatisfy { $0["line"] as? Int == 4 }, "\(json.output)")
        #expect(diagnostics.compactMap { $0["did_you_mean"] as? String } == ["percent"], "\(json.output)")
    }

    @Test func `a test that fails is told with both sides`() throws {
        let home = TemporaryDirectory(prefix: "promotions")
        let wrong = """
            tests:
              - test: a cake
                basket: [{sku: cake, sum: 100.00}]
                expect: [{promotion: cakes, discount: 11.00}]

            """
        let file = try Self.write(Self.march + wrong, "march.yaml", home)
        let ended = try Self.tally(["promotions", "check", file, "--words", Self.words])
        #expect(ended.code == 3)
        #expect(ended.output.contains("discount 11.00") && ended.output.contains("discount 10.00"), "\(ended.output)")
    }

    @Test func `the one form reads back to itself`() throws {
        let home = TemporaryDirectory(prefix: "promotions")
        let file = try Self.write(Self.march, "march.yaml", home)
        let once = try Self.tally(["promotions", "format", file, "--words", Self.words])
        #expect(once.code == 0 && once.output.hasPrefix("{"), "\(once.talk)")
        let again = try Self.tally([
            "promotions", "format", try Self.write(once.output, "march.json", home), "--words", Self.words,
        ])
        #expect(again.output == once.output)
    }

    @Test func `the laboratory says what a basket costs and what is missing for more`() throws {
        let home = TemporaryDirectory(prefix: "promotions")
        let file = try Self.write(Self.march, "march.yaml", home)
        let basket = try Self.write("basket: [{sku: cake, sum: 1000.00}]\n", "basket.yaml", home)
        let ended = try Self.tally(["lab", basket, "--promotions", file, "--words", Self.words])
        #expect(ended.code == 0, "\(ended.talk)")
        #expect(ended.output.contains("900.00") && ended.output.contains("spend 500.00 more"), "\(ended.output)")
        let unknown = try Self.write(
            Self.march.replacing("basket: [{sum_at_least: 1500.00}]", with: "age: 18..30"), "young.yaml", home)
        let young = try Self.tally(["lab", basket, "--promotions", unknown, "--words", Self.words])
        #expect(young.output.contains("age is not known, asked for 18..30\n"), "\(young.output)")
        let pairs = try Self.tally(["lab", "matrix", basket, "--promotions", file, "--words", Self.words])
        #expect(pairs.code == 0 && pairs.output.contains("only cakes"), "\(pairs.output)\(pairs.talk)")
    }

    @Test func `the schema is printed`() throws {
        let ended = try Self.tally(["promotions", "schema"])
        #expect(ended.code == 0)
        #expect(try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) is [String: Any])
    }
}
