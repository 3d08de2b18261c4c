import TallyPromotionFiles
import TallyPromotions
import Testing

/// S3-01: the marketer hears where a mistake is, what was found, what is expected and which name was probably meant.
@Suite("Mistakes in promotions")
struct DiagnosticTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        /// Beginnings of the diagnostics, in order, without the file's name.
        var found: [String]
        var testDescription: String { name }
    }

    /// A promotion with a body; the body's first line is line 2.
    private static func promotion(_ body: String) -> String { "promotion: p\n\(body)\n" }
    private static let then = "then: [{points: 1}]"

    static let words: [Row] = [
        Row(
            name: "an unknown key", text: promotion("prioriti: 1\n\(then)"),
            found: ["2:1: mistake: found \"prioriti\", expected a key of this place: promotion, title, lane"]),
        Row(
            name: "an unknown condition", text: promotion("when: {stagee: [loyal]}\n\(then)"),
            found: ["2:8: mistake: when: found \"stagee\", expected a condition: "]),
        Row(
            name: "an unknown name", text: promotion("when: {stage: [loyall]}\n\(then)"),
            found: [
                "2:16: mistake: when.stage[0]: found \"loyall\", expected a value of stage: none, new, developing, loyal, "
                    + "pre_churn, churn; did you mean loyal?"
            ]),
        Row(
            name: "an unknown name of a family", text: promotion("when: {segment: {vipp: yes}}\n\(then)"),
            found: ["2:18: mistake: when.segment: found \"vipp\", expected a name of segment: "]),
        Row(
            name: "an unknown effect", text: promotion("then: [{percent_of: {percent: 5}}]"),
            found: ["2:9: mistake: then[0]: found \"percent_of\", expected an effect: "]),
        Row(
            name: "an unknown lane", text: promotion("lane: erne\n\(then)"),
            found: [
                "2:7: mistake: lane: found \"erne\", expected a lane: price, basket, code, burn, earn, after; did you mean earn?"
            ]
        ),
        Row(
            name: "an unknown category is suspicious only",
            text: promotion("then: [{percent_off: {percent: 5, goods: {category: oilz}}}]"),
            found: ["2:53: warning: then[0].percent_off.goods.category: found \"oilz\", expected a category: "]),
        Row(
            name: "an unknown group", text: promotion("group: spring\n\(then)"),
            found: ["2:8: mistake: group: found \"spring\", expected a group"]),
        Row(
            name: "an award of an unknown promotion",
            text: promotion("\(then)\ntests: [{test: t, basket: [], expect: [{promotion: q}]}]"),
            found: ["3:9: mistake: tests[0]: found \"q\", expected awards of promotions of this file; did you mean p?"]),
    ]

    static let values: [Row] = [
        Row(
            name: "more than 100 %", text: promotion("then: [{percent_off: {percent: 150}}]"),
            found: [
                "2:32: mistake: then[0].percent_off.percent: found 150, expected a percentage from 0.01 to 100 with at most 2 "
                    + "decimals"
            ]),
        Row(
            name: "a share of nothing", text: promotion("then: [{percent_off: {percent: 0}}]"),
            found: ["2:32: mistake: then[0].percent_off.percent: found 0"]),
        Row(
            name: "every 0th unit", text: promotion("then: [{every_nth: {every: 0, percent: 50}}]"),
            found: ["2:28: mistake: then[0].every_nth.every: found 0, expected a number of units from 1 to"]),
        Row(
            name: "a kopeck's tenth", text: promotion("then: [{amount_off: {amount: 1.005}}]"),
            found: ["2:30: mistake: then[0].amount_off.amount: found 1.005, expected an amount of money from 0.01"]),
        Row(
            name: "a number in floating point", text: promotion("then: [{amount_off: {amount: 1e2}}]"),
            found: ["2:30: mistake: then[0].amount_off.amount: found 1e2"]),
        Row(
            name: "a price whose product with a quantity would not fit",
            text: promotion("then: [{unit_price: {price: 90000.01}}]"),
            found: [
                "2:29: mistake: then[0].unit_price.price: found 90000.01, expected an amount of money from 0 to 90000"
            ]),
        Row(
            name: "too many points for a step",
            text: promotion("then: [{points_per_step: {step: 0.01, points: 1000000}}]"),
            found: ["2:26: mistake: then[0].points_per_step: found so many points for so small a step"]),
        Row(
            name: "too many times the points", text: promotion("then: [{points_times: {times: 999, percent: 5}}]"),
            found: ["2:23: mistake: then[0].points_times: found 999 times 5 %, expected at most 1,000 % more"]),
        Row(
            name: "a day that does not exist", text: promotion("when: {day: 2025-02-29}\n\(then)"),
            found: ["2:13: mistake: when.day: found \"2025-02-29\", expected a date such as 2025-02-28"]),
        Row(
            name: "a range that ends before it begins",
            text: promotion("when: {day: 2025-02-28..2025-02-01}\n\(then)"),
            found: [
                "2:13: mistake: when.day: found 2025-02-28..2025-02-01, expected a range that does not end before it begins"
            ]
        ),
        Row(
            name: "hours over midnight", text: promotion("when: {time: 22:00..06:00}\n\(then)"),
            found: ["2:14: mistake: when.time: found 22:00..06:00, expected a range that does not end"]),
        Row(
            name: "a score that nobody has", text: promotion("when: {rfm: {r: 6}}\n\(then)"),
            found: ["2:17: mistake: when.rfm.r: found \"6\", expected a whole number from 1 to 5"]),
        Row(
            name: "two prices of a bundle",
            text: promotion("then: [{bundle: {parts: [{goods: {sku: cake}}], price: 1, percent: 5}}]"),
            found: ["2:17: mistake: then[0].bundle: found price and percent, expected one of the two"]),
        Row(
            name: "parts of a bundle that share goods",
            text: promotion(
                "then: [{bundle: {parts: [{goods: {category: oils}}, {goods: {sku: oil-sun}}], price: 1}}]"),
            found: [
                "2:53: mistake: then[0].bundle.parts[1]: found goods of part 1 again: oil-sun, expected parts that share no goods"
            ]),
        Row(
            name: "neither then nor rules", text: promotion("lane: earn"),
            found: ["1:1: mistake: found neither then nor rules, expected one of them"]),
    ]

    static let wholes: [Row] = [
        Row(
            name: "two promotions with one id",
            text: "promotions:\n- {promotion: p, \(then)}\n- {promotion: p, \(then)}\n",
            found: [
                "3:15: mistake: promotions[1].promotion: found promotion p again, as in a.yaml:2, expected ids that differ"
            ]),
        Row(
            name: "a circle of groups",
            text: "groups:\n- {group: a, mode: all, parent: b}\n- {group: b, mode: all, parent: a}\n",
            found: [
                "2:33: mistake: groups[0].parent: found group a in itself, expected groups that stand in no circle",
                "3:33: mistake: groups[1].parent: found group b in itself",
            ]),
        Row(
            name: "groups nine deep",
            text: "groups:\n- {group: g0, mode: all}\n"
                + (1...8).map { "- {group: g\($0), mode: all, parent: g\($0 - 1)}\n" }.joined(),
            found: [
                "10:34: mistake: groups[8].parent: found groups in each other, expected at most 8 of them, and no circle"
            ]),
        Row(
            name: "another lane than the group's",
            text:
                "groups:\n- {group: g, mode: all, lane: earn}\npromotions:\n- {promotion: p, group: g, lane: code, \(then)}\n",
            found: ["4:34: mistake: promotions[0].lane: found lane code, expected the lane of its group, which is earn"]
        ),
        Row(
            name: "a case behind one that always applies",
            text: promotion("rules:\n- \(then)\n- {when: {stage: [loyal]}, \(then)}"),
            found: ["4:3: warning: rules[1]: found a case that nobody comes to: case 1 applies before it"]),
        Row(
            name: "a case that is narrower than one before it",
            text: promotion(
                "rules:\n- {when: {stage: [loyal]}, \(then)}\n- {when: {stage: [loyal], age: 18..30}, \(then)}"),
            found: ["4:3: warning: rules[1]: found a case that nobody comes to"]),
        Row(
            name: "conditions that never hold together",
            text: promotion("when: {age: ..17}\nrules:\n- {when: {age: 18..30}, \(then)}"),
            found: ["4:3: warning: rules[0]: found conditions on age that never hold together"]),
        Row(
            name: "an empty list", text: promotion("when: {store: []}\n\(then)"),
            found: [
                "2:15: warning: when.store: found an empty list, expected a condition that can hold",
                "3:7: warning: then: found conditions on store that never hold together",
            ]),
        Row(
            name: "sixty-five exclusive marks",
            text: "promotions:\n"
                + (0..<65).map { "- {promotion: p\($0), exclusive: [m\($0)], \(then)}\n" }.joined(),
            found: ["66:31: mistake: promotions[64].exclusive: found exclusive mark number 65, expected at most 64"]),
        Row(
            name: "no YAML", text: "promotion: [p\nthen: }\n", found: ["2:5: mistake: found the file is not YAML"]),
        Row(
            name: "a key twice", text: "promotion: p\npromotion: q\n", found: ["1:1: mistake: found a key comes twice"]),
        Row(name: "an empty file", text: "\n", found: ["1:1: mistake: found the file is empty; expected promotions"]),
        Row(
            name: "no JSON", text: "{\"promotion\": \"p\",\n  \"then\": [}\n",
            found: ["2:12: mistake: found expected a JSON value, expected JSON"]),
        Row(
            name: "a list", text: "- p\n",
            found: ["1:1: mistake: found a list of 1, expected an object with the key promotion"]),
    ]

    @Test(arguments: words + values + wholes) func `a mistake is found where it stands`(row: Row) {
        let found = Examples.check(row.text).diagnostics.map(\.description)
        #expect(found.count == row.found.count, "\(found)")
        for (found, expected) in zip(found, row.found) {
            #expect(found.hasPrefix("a.yaml:" + expected), "\(found)")
        }
    }

    @Test func `all mistakes of a document are found at once, in the order of their lines`() {
        let check = Examples.check(
            """
            promotion: everything-wrong
            lane: baskett
            when:
              stage: [loyall, churn]
              day: 2025-02-30
              rfm: {r: 9, q: 1}
            then:
              - percent_off: {percent: 120, goods: {categori: oils}}
              - points: -5
              - gift: {}
            """)
        #expect(check.diagnostics.map(\.place.line) == [2, 4, 5, 6, 6, 8, 8, 9, 10])
        #expect(check.ruleSet == nil && !check.isPassed && check.rows == [])
        #expect(check.diagnostics.first?.nearest == "basket")
        let report = check.report(Examples.vocabulary)
        #expect(report.hasSuffix("9 mistakes; nothing is decided by these files\n"))
    }

    @Test func `a golden receipt that comes out otherwise fails with both results`() {
        let check = Examples.check(
            """
            promotion: p
            then: [{percent_off: {percent: 10}}]
            tests:
              - {test: a cake, basket: [{sku: cake, sum: 100.00}], expect: [{promotion: p, discount: 11.00}]}
            """)
        #expect(check.ruleSet != nil && !check.isPassed)
        #expect(
            check.report(Examples.vocabulary).contains(
                """
                a.yaml:4:5: test failed: a cake
                  expected p: discount 11.00, points 0.00
                  found    p case 1: discount 10.00, points 0.00
                """))
    }

    @Test func `files are checked together: a group may stand in another file`() {
        let groups = PromotionSource(name: "groups.yaml", text: "groups: [{group: g, mode: best, lane: earn}]\n")
        let one = PromotionSource(name: "one.yaml", text: "promotion: p\ngroup: g\n\(Self.then)\n")
        let check = PromotionCheck([groups, one], Examples.vocabulary, Examples.assortment)
        #expect(check.diagnostics == [] && check.ruleSet?.promotions.first?.lane == .earn)
        let two = PromotionSource(name: "two.yaml", text: "promotion: p\n\(Self.then)\n")
        let again = PromotionCheck([groups, one, two], Examples.vocabulary, Examples.assortment)
        #expect(again.diagnostics.map(\.place.file) == ["two.yaml"])
    }

    @Test func `the table says what each promotion costs at most`() {
        let check = Examples.check(
            """
            promotion: bed
            when: {age: 18..30, store: [s1, s2], basket: [{sum_at_least: 100}]}
            then: [{bind: {buy: {category: beds}, get: {category: mattresses}, percent: 30, same_brand: yes}}]
            """)
        #expect(check.rows.first?.cost.setOperations == 7 && check.rows.first?.conditions == 3)
        let report = check.report(Examples.vocabulary)
        #expect(
            report.hasPrefix(
                """
                promotion  lane    group  conditions  tests  cost at most
                bed        basket  -      3           none   7 set operations; 1 + 7 visits a line, 2 sortings, by brand
                1 promotion, 0 of 0 tests passed; sha-256
                """), "\(report)")
    }

    @Test func `an alias cannot make a short file long`() {
        let levels = (1...9).map { level in
            "l\(level): &l\(level) [\(Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }
        let check = Examples.check("l0: &l0 [x]\n" + levels.joined())
        #expect(check.diagnostics.first?.found.contains("more than 4000000 values") == true)
    }
}
