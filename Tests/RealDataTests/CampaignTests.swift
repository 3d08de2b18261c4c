import TallyModel
import TallyPromotions
import Testing

/// Every coupon that real households handed in for a year is granted, and none is once its household, its day or its code is changed.
///
/// > Source: Checklist S3-14, S3-18 and S3-19: target, validity and codes, on the 27 campaigns and 2,102 redemptions of Complete Journey.
@Suite("Campaigns of real households", .serialized)
struct CampaignTests {
    private typealias Ask = CampaignProgramme.Ask

    static let sets: [(data: DataSet, redemptions: Int)] = [(.demo, 220), (.completeJourney, 2_102)]

    @Test(arguments: sets)
    func `every redemption is granted, by its campaign and no other`(_ data: DataSet, redemptions: Int) throws {
        guard let campaigns = try CampaignData.read(data) else { return }
        #expect(campaigns.campaigns.count == 27)
        #expect(Set(campaigns.redemptions).count == redemptions)
        let programme = try CampaignProgramme(campaigns)
        #expect(programme.ruleSet.promotions.count == 1_197)

        // A coupon may be of two campaigns that reach one household on one day; the shop then took it for both.
        let shown = Dictionary(grouping: campaigns.redemptions) { redemption in
            [redemption.household, "\(redemption.day)", redemption.coupon]
        }
        let groups = shown.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { shown[$0] }
        let answers = try programme.answers(
            groups.map { Ask(household: $0[0].household, day: $0[0].day, coupon: $0[0].coupon) })
        for (group, answer) in zip(groups, answers) {
            #expect(Set(answer.granted) == Set(group.map(\.campaign)), "\(group)")
        }
        #expect(answers.reduce(0) { $0 + $1.granted.count } == redemptions)
        print("\(data.name): \(answers.count) coupons shown, \(redemptions) redemptions granted")
    }

    @Test(arguments: sets)
    func `a household that the campaign does not reach is told so`(_ data: DataSet, redemptions: Int) throws {
        let households = try CampaignData.read(data)?.households ?? []
        try expectRefused(data, redemptions) { redemption, number, campaign in
            // Another household at every row, so that most of them take a turn.
            let start = number * 7_919 % households.count
            let others = households[start...] + households[..<start]
            let outside = others.first { !campaign.households.contains($0) }
            let ask = Ask(household: try #require(outside), day: redemption.day, coupon: redemption.coupon)
            let fact = "segment.campaign-\(campaign.id)"
            return (ask, Refusal(fact: fact, found: 0, missing: nil, words: "\(fact) is no, asked for yes"))
        }
    }

    @Test(arguments: sets, [Int32(-1), 1])
    func `a day outside the window is told`(_ set: (data: DataSet, redemptions: Int), side: Int32) throws {
        try expectRefused(set.data, set.redemptions) { redemption, number, campaign in
            // The day beside the window, and days up to half a year away from it.
            let distance = number.isMultiple(of: 2) ? 1 : 1 + Int32(number % 180)
            let day = CivilDay(days: side < 0 ? campaign.first.days - distance : campaign.last.days + distance)
            let ask = Ask(household: redemption.household, day: day, coupon: redemption.coupon)
            let words = "day is \(day), asked for \(campaign.first)..\(campaign.last)"
            let missing = side < 0 ? Int64(distance) : nil
            return (ask, Refusal(fact: "day", found: Int64(day.days), missing: missing, words: words))
        }
    }

    @Test(arguments: sets)
    func `a coupon of another campaign is no coupon of this one`(_ data: DataSet, redemptions: Int) throws {
        let coupons = try CampaignData.read(data)?.coupons ?? []
        try expectRefused(data, redemptions) { redemption, number, campaign in
            let start = number * 7_919 % coupons.count
            let foreign = (coupons[start...] + coupons[..<start]).first { campaign.coupons[$0] == nil }
            let ask = Ask(household: redemption.household, day: redemption.day, coupon: try #require(foreign))
            return (ask, Refusal(fact: nil, found: 0, missing: nil, words: "show \(redemption.coupon)"))
        }
    }

    @Test(arguments: sets)
    func `a code that nobody issued is granted by none`(_ data: DataSet, redemptions: Int) throws {
        let coupons = Set(try CampaignData.read(data)?.coupons ?? [])
        try expectRefused(data, redemptions) { redemption, number, _ in
            // The printed code with one digit misread, at another place in every row.
            let misread = (0..<redemption.coupon.utf8.count).lazy.map { place in
                var digits = Array(redemption.coupon.utf8)
                let changed = (number + place) % digits.count
                digits[changed] = digits[changed] == UInt8(ascii: "9") ? UInt8(ascii: "0") : digits[changed] + 1
                return String(decoding: digits, as: UTF8.self)
            }.first { !coupons.contains($0) }
            let ask = Ask(household: redemption.household, day: redemption.day, coupon: try #require(misread))
            return (ask, Refusal(fact: nil, found: 0, missing: nil, words: "show \(redemption.coupon)"))
        }
    }

    // MARK: Changing one thing

    /// Which condition failed first, with which value.
    private struct Refusal {
        /// The fact; nil for the code.
        var fact: String?
        var found: Int64
        var missing: Int64?
        var words: String
    }

    /// Changes every redemption and expects that its campaign refuses it, and that any other decides as the plain sets do.
    private func expectRefused(
        _ data: DataSet, _ redemptions: Int,
        _ change: (CampaignData.Redemption, Int, CampaignData.Campaign) throws -> (Ask, Refusal)
    ) throws {
        guard let campaigns = try CampaignData.read(data) else { return }
        let programme = try CampaignProgramme(campaigns)
        let changed = try campaigns.redemptions.enumerated().map { number, redemption in
            try change(redemption, number, #require(campaigns.campaign(redemption.campaign)))
        }
        let answers = try programme.answers(changed.map(\.0))
        var refused = 0
        for (number, redemption) in campaigns.redemptions.enumerated() {
            let ((ask, expected), answer) = (changed[number], answers[number])
            #expect(Set(answer.granted) == campaigns.valid(ask.household, ask.day, ask.coupon), "\(redemption)")
            let refusal = programme.refusal(of: redemption.coupon, in: redemption.campaign, answer)
            guard let refusal else {
                Issue.record("\(redemption) is granted with \(ask), or refused for several reasons")
                continue
            }
            #expect(refusal.fact == expected.fact && refusal.words == expected.words, "\(redemption), \(ask)")
            #expect(refusal.shortfall.found == expected.found && refusal.shortfall.missing == expected.missing)
            if expected.fact == nil { #expect(refusal.shortfall.condition == .token(redemption.coupon)) }
            refused += 1
        }
        #expect(refused == redemptions)
    }
}
