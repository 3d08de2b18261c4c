import TallyModel
import TallyPromotionFiles
import TallyPromotions
import Testing

/// What a document says beside what is decided: who pays, where points go, how often, whom it leaves out, and what acts carry.
@Suite("Terms of promotions")
struct TermTests {
    /// S1-59, S1-62, S2-26, S3-18: the data that ledger and reports need is read as it is written.
    @Test func `terms are read`() throws {
        let check = Examples.check(
            """
            promotion: p
            owner: Anna
            goal: retain
            cost_per_use: 1.20
            funding: [{payer: luna, percent: 60}, {payer: grocery, percent: 40}]
            points_to: {wallet: winback, pending: 3 days, expiry: {dates: [12-31, 06-30]}}
            limits: [{per: member, uses: 1, every: year}, {per: promotion, points: 5000.00}]
            control: {percent: 10, salt: spring}
            then: [{points: 1}]
            """)
        let terms = try #require(check.ruleSet?.promotions.first?.terms, "\(check.report(Examples.vocabulary))")
        let dates = [DayOfYear(month: 6, day: 30), DayOfYear(month: 12, day: 31)]
        #expect(
            terms
                == PromotionTerms(
                    owner: "Anna", goal: .retain, costPerUse: 1_20,
                    funding: [
                        FundingShare(payer: "luna", basisPoints: 6_000),
                        FundingShare(payer: "grocery", basisPoints: 4_000),
                    ], points: PointsTerms(wallet: "winback", pending: .days(3), expiry: .dates(dates)),
                    limits: [
                        UseLimit(per: .member, .uses, atMost: 1, every: .year),
                        UseLimit(per: .promotion, .points, atMost: 5_000_00),
                    ], control: ControlGroup(basisPoints: 1_000, salt: "spring")))
    }

    /// S0-12, S0-21, S0-22, S1-46, S1-51, S2-02, S3-20: acts carry what a till, a sender or the ledger needs.
    @Test func `acts carry their data`() throws {
        let check = Examples.check(
            """
            promotion: p
            points_to: {wallet: points}
            then:
              - say: {on: voice, text: hello}
              - issue_coupon: {coupon: shop-15, good_for_minutes: 60, count: 2}
              - contact: {template: birthday, by: sms}
              - incentive: {name: crossing, amount: 5.00}
              - load_card: {card: welcome, amount: 100}
              - grant_points: {reason: birthday, points: 300.5}
            """)
        let rules = try #require(check.ruleSet?.promotions.first?.rules, "\(check.report(Examples.vocabulary))")
        #expect(
            rules[0].effects == [
                .act(Act(.sayAloud, "hello")), .act(Act(.issueCoupon, "shop-15", count: 2, minutes: 60)),
                .act(Act(.contact, "birthday", channel: "sms")), .act(Act(.incentive, "crossing", amount: 5_00)),
                .act(Act(.loadCard, "welcome", amount: 100_00)), .act(Act(.grantPoints, "birthday", amount: 300_50)),
            ])
    }

    static let wrong: [(body: String, found: String)] = [
        ("goal: win\nthen: [{points: 1}]", "2:7: mistake: goal: found \"win\", expected a goal: acquire"),
        (
            "funding: [{payer: luna, percent: 60}, {payer: grocery, percent: 30}]\nthen: [{points: 1}]",
            "2:10: mistake: funding: found 90 % in all, expected shares that add up to 100 %"
        ),
        (
            "funding: [{payer: luna, percent: 50}, {payer: luna, percent: 50}]\nthen: [{points: 1}]",
            "2:39: mistake: funding[1]: found luna again, expected payers that differ"
        ),
        (
            "points_to: {wallet: pointz}\nthen: [{points: 1}]",
            "2:21: mistake: points_to.wallet: found \"pointz\", expected a wallet: points, loyal, winback; did you mean points?"
        ),
        (
            "points_to: {expiry: 14 dys}\nthen: [{points: 1}]",
            "2:21: mistake: points_to.expiry: found 14 dys, expected never, \"180 days\""
        ),
        (
            "points_to: {wallet: points}\nthen: [{percent_off: {percent: 5}}]",
            "2:12: warning: points_to: found no points, expected an effect that gives points"
        ),
        (
            "limits: [{per: member, every: year}]\nthen: [{points: 1}]",
            "2:10: mistake: limits[0]: found 0 amounts, expected one of uses, discount, points"
        ),
        (
            "limits: [{per: member, uses: 1, points: 5}]\nthen: [{points: 1}]",
            "2:10: mistake: limits[0]: found 2 amounts"
        ),
        ("control: {percent: 0}\nthen: [{points: 1}]", "2:20: mistake: control.percent: found 0"),
        (
            "then: [{grant_points: {reason: birthday}}]",
            "2:23: mistake: then[0].grant_points.points: found nothing, expected an amount"
        ),
        (
            "then: [{issue_coupon: {coupon: c, good_for_minutes: 0}}]",
            "2:53: mistake: then[0].issue_coupon.good_for_minutes: found 0, expected a number of minutes from 1"
        ),
        ("then: [{say: {on: radio, text: t}}]", "2:19: mistake: then[0].say.on: found \"radio\""),
    ]

    @Test(arguments: wrong) func `wrong terms are found where they stand`(_ body: String, _ found: String) {
        let all = Examples.check("promotion: p\n\(body)\n").diagnostics.map(\.description)
        #expect(all.count == 1 && all[0].hasPrefix("a.yaml:" + found), "\(all)")
    }
}
