import Foundation
import TallyClient
import TallyCodec
import TallyModel
import TallyTesting
import Testing

/// A marketer puts promotions in force, lets them rest and looks at what they did; anybody asks why and why not.
///
/// > Source: checklist S1-47, S3-16; lessons, rows 43 to 52.
@Suite("Promotions in force on the command line", .serialized)
struct PublishedPromotionsTests {
    private static let words = """
        stores: [T1]
        tiers: [bronze, silver, gold]
        goods: [{sku: cake, categories: [cakes]}, {sku: oil, categories: [oils]}]

        """
    private static let rules = """
        promotions:
          - promotion: cakes
            title: Ten per cent off cakes
            when: {tier: gold}
            then: [{percent_off: {percent: 10, goods: {category: cakes}}}]
          - promotion: large
            limits: [{per: promotion, uses: 2}]
            when: {basket: [{goods: all, sum_at_least: 100.00}]}
            then: [{amount_off: {amount: 5.00}}]
        tests:
          - test: a cake for gold
            given: {tier: gold}
            basket: [{sku: cake, sum: 10.00}]
            expect: [{promotion: cakes, discount: 1.00}]

        """

    private static func publish(_ ledger: TestLedger, _ rules: String = rules) throws -> TestLedger.Ending {
        try ledger.tally([
            "promotions", "publish", try ledger.write(rules, "rules.yaml"), "--words",
            try ledger.write(words, "words.yaml"), "--author", "irina", "--from", "2020-01-01T00:00:00Z",
        ])
    }

    private static func sell(_ ledger: TestLedger, _ number: String, _ minor: Int64, tier: String) async throws
        -> Outcome
    {
        let client = try await ledger.client()
        let opened = try await client.openSource("till")
        var batch = BatchWriter(source: opened.source, firstNumber: opened.lastNumber + 1)
        try batch.append(
            .purchase(
                Receipt(
                    store: "T1", member: .anonymous, number: number,
                    occurredAt: Instant(microseconds: 1_767_225_600_000_000), total: Money(minor: minor),
                    lines: [
                        ReceiptLine(sku: "cake", quantity: Quantity(thousandths: 1_000), total: Money(minor: minor))
                    ], pricing: Pricing(facts: [StatedFact("tier", tier)]))))
        let outcome = try #require(try await client.send(batch).outcomes.first)
        await client.close()
        return outcome
    }

    /// The words behind the receipt's name in a line of `why-not`.
    private static func whyNot(_ ledger: TestLedger, _ promotion: String, _ receipt: String) throws -> String {
        let ended = try ChildRun.tally(["why-not", promotion, receipt, "--data", ledger.data])
        return String(ended.output.split(separator: ": ", maxSplits: 1).last ?? "")
            .trimmingCharacters(in: .newlines) + ended.talk
    }

    @Test func `promotions are published, counted, explained, paused and ended`() async throws {
        let ledger = try await TestLedger()
        let published = try Self.publish(ledger)
        #expect(published.code == 0, "\(published.talk)")
        #expect(published.output.hasPrefix("revision 1, record "))
        #expect(published.output.contains("2 promotions, sha256 "))
        for (number, tier) in [("A-1", "gold"), ("A-2", "silver"), ("A-3", "gold")] {
            #expect(try await Self.sell(ledger, number, 20_000, tier: tier).status == .recorded)
        }
        let status = try ledger.tally(["promotions", "status", "-O", "csv"])
        #expect(
            status.output.split(separator: "\n").dropFirst() == [
                "cakes,live,2,4000,0,0,0,0,,,,\(try await ledger.tip()),Ten per cent off cakes",
                "large,live,2,1000,0,0,0,0,0,2,uses,\(try await ledger.tip() - 1),",
            ])
        let explained = try ChildRun.tally(["explain", "A-1", "--data", ledger.data])
        #expect(explained.code == 0)
        for words in [
            "revision 1 of irina", "cakes, Ten per cent off cakes: discount 20.00, points 0.00",
            "because tier is gold, asked for gold", "line 1 of 200.00: discount 20.00",
            "large: discount 5.00", "there is a sum of 200.00 of anything, asked for a sum of 100.00",
        ] {
            #expect(explained.output.contains(words), "\(words) in \(explained.output)")
        }
        #expect(try Self.whyNot(ledger, "cakes", "A-2") == "tier is silver, asked for gold")
        #expect(
            try Self.whyNot(ledger, "large", "A-3")
                == "a limit of it was reached, or a limit for every member met a buyer who names none")
        #expect(try Self.whyNot(ledger, "large", "A-1") == "it applied: see explain")
        #expect(try Self.whyNot(ledger, "none", "A-1").contains("has no promotion none"))
        #expect(try ChildRun.tally(["explain", "Z-9", "--data", ledger.data]).code == 1)
        let paused = try ledger.tally(["promotions", "pause", "cakes", "--author", "irina", "--note", "sold out"])
        #expect(paused.code == 0 && paused.output.hasPrefix("revision 2, record "))
        #expect(try ledger.tally(["promotions", "pause", "none", "--author", "irina"]).code == 4)
        #expect(try ledger.tally(["promotions", "archive", "cakes", "--author", "irina"]).code == 0)
        let again = try ledger.tally(["promotions", "activate", "cakes", "--author", "irina"])
        #expect(again.code == 4 && again.talk.contains("No such promotion, or it is archived"))
        #expect(try ledger.tally(["promotions", "status", "-O", "json"]).output.contains(#""state":"archived""#))
    }

    @Test func `nothing is published whose tests fail or that has a mistake`() async throws {
        let ledger = try await TestLedger()
        let tip = try await ledger.tip()
        let failing = try Self.publish(ledger, Self.rules.replacing("discount: 1.00", with: "discount: 2.00"))
        #expect(failing.code == 3)
        let mistaken = try Self.publish(ledger, Self.rules.replacing("percent_off", with: "percent_of"))
        #expect(mistaken.code == 1 && mistaken.talk.contains("did you mean percent_off?"))
        #expect(try await ledger.tip() == tip)
        #expect(try ledger.tally(["promotions", "status"]).output.contains("no promotions are in force"))
    }

    /// Documents of many parts come whole, and what the log has is not sent again.
    @Test func `thousands of promotions are published in parts, once`() async throws {
        let ledger = try await TestLedger()
        let many = (0..<3_000).map { number in
            """
              - promotion: p\(number)
                title: Promotion number \(number) of the thousands that a chain has
                when: {basket: [{goods: {sku: cake}, units_at_least: \(1 + number)}]}
                then: [{say: {on: receipt, text: Number \(number)}}]

            """
        }
        let rules = "promotions:\n" + many.joined()
        #expect(try Self.publish(ledger, rules).code == 0)
        let documents = try await ledger.tip()
        #expect(try Self.publish(ledger, rules).output.contains("3000 promotions"))
        // The source was known, and of both documents the first part was refused; the rest is the publication.
        #expect(try await ledger.tip() == documents + 3)
        #expect(try await Self.sell(ledger, "B-1", 1_000, tier: "gold").status == .recorded)
    }
}

/// A run of `tally` on a data directory, without a daemon.
private enum ChildRun {
    static func tally(_ arguments: [String]) throws -> TestLedger.Ending {
        let ended = try ChildProcess.run(
            TestLedger.program("tally"), arguments, environment: ["SWIFT_BACKTRACE": "enable=no"])
        return TestLedger.Ending(
            code: ended.status, output: String(decoding: ended.output, as: UTF8.self),
            talk: String(decoding: ended.errors, as: UTF8.self))
    }
}
