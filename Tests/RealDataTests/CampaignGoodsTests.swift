import TallyModel
import TallyPromotions
import Testing

/// What the coupons were for: 111,332 times a product, a coupon and a campaign, against what the households bought on the day.
///
/// The data says on which day a household handed a coupon in, not on which receipt, nor what the coupon was worth. So a basket here
/// is everything that the household bought on that day. In 263 of the 2,102 redemptions none of that is a product of the coupon: for
/// 28 of them the same coupon names such a product in another campaign, for the rest no campaign does; four were on days whose
/// receipts have no goods at all, only a line of no quantity.
@Suite("Goods of real coupons")
struct CampaignGoodsTests {
    @Test func `a coupon that asks for its products is granted when one of them was bought, and tells when none was`()
        throws
    {
        let data = DataSet.completeJourney
        guard let campaigns = try CampaignData.read(data), let receipts = try data.receipts() else { return }
        #expect(campaigns.campaigns.reduce(0) { $0 + $1.coupons.values.reduce(0) { $0 + $1.count } } == 111_332)
        let programme = try CampaignProgramme(campaigns, goods: true)
        let bought = DayBaskets(receipts, of: campaigns.redemptions)
        let asks = campaigns.redemptions.map { redemption in
            CampaignProgramme.Ask(
                household: redemption.household, day: redemption.day, coupon: redemption.coupon,
                skus: bought[redemption].sorted())
        }
        #expect(asks.count { $0.skus.isEmpty } == 4)
        let answers = try programme.answers(asks)
        var (granted, lacking) = (0, 0)
        for (redemption, (ask, answer)) in zip(campaigns.redemptions, zip(asks, answers)) {
            // The sets of the file, once more without any promotion.
            let expected = campaigns.valid(ask.household, ask.day, ask.coupon).filter { id in
                campaigns.campaign(id)?.coupons[ask.coupon]?.isDisjoint(with: ask.skus) == false
            }
            #expect(Set(answer.granted) == expected, "\(redemption)")
            if expected.contains(redemption.campaign) {
                granted += 1
                continue
            }
            lacking += 1
            let id = "\(redemption.campaign)-\(redemption.coupon)"
            let refusal = programme.refusal(of: redemption.coupon, in: redemption.campaign, answer)
            #expect(refusal?.shortfall.condition == .goods(.tag(id), .units, atLeast: 1), "\(redemption)")
            #expect(refusal?.words == "buy 1 more of goods marked \(id)", "\(redemption)")
        }
        #expect(granted == 1_839 && lacking == 263)
        print("goods: \(granted) redemptions with a product of their coupon, \(lacking) without")
    }
}

/// What some households bought on some days.
private struct DayBaskets {
    private var skus: [String: Set<String>] = [:]

    /// Picks the days of redemptions out of receipts in the form of the data sets.
    init(_ csv: [UInt8], of redemptions: [CampaignData.Redemption]) {
        for redemption in redemptions { skus[DayBaskets.key(redemption)] = [] }
        for line in csv.split(separator: UInt8(ascii: "\n")).dropFirst() {
            let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            func text(_ field: Int) -> Substring { Substring(decoding: fields[field], as: UTF8.self) }
            let key = "\(text(1)) \(text(3).prefix(10))"
            // A line of no quantity is no unit.
            guard skus[key] != nil, text(6) != "0" else { continue }
            skus[key]?.insert(String(text(4)))
        }
    }

    /// The products of a redemption's day.
    subscript(redemption: CampaignData.Redemption) -> Set<String> { skus[DayBaskets.key(redemption)] ?? [] }

    private static func key(_ redemption: CampaignData.Redemption) -> String {
        "\(redemption.household) \(redemption.day)"
    }
}
