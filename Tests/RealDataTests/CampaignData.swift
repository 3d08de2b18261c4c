import TallyModel

/// The campaigns of Complete Journey: whom they were sent to, from when to when, with which coupons, and what was redeemed.
///
/// > Source: `deploy/demo-data/ORIGIN.md`; of the whole, the files `cj_campaigns`, `cj_campaign_descriptions`, `cj_coupons` and
/// > `cj_coupon_redemptions` beside the receipts.
struct CampaignData {
    /// A campaign.
    struct Campaign {
        /// Its number as text.
        var id: String
        /// Its first day.
        var first: CivilDay
        /// Its last day.
        var last: CivilDay
        /// The households that it was sent to.
        var households: Set<String> = []
        /// Its coupons, with the products that each is for; the slice of the repository keeps no products.
        var coupons: [String: Set<String>] = [:]
    }

    /// A coupon that a household handed in on some day.
    struct Redemption: Hashable {
        var household: String
        var day: CivilDay
        var coupon: String
        var campaign: String
    }

    /// The campaigns by number.
    var campaigns: [Campaign] = []
    /// What was redeemed, in the order of the file.
    var redemptions: [Redemption] = []

    /// Reads them.
    ///
    /// - Parameter data: The demo's slice or all of Complete Journey.
    /// - Returns: nil, after a loud line, when a file is not on this machine.
    /// - Throws: ``DataFault`` when a file cannot be read.
    static func read(_ data: DataSet) throws -> CampaignData? {
        let prefix = data.isCommitted ? "demo_cj" : "cj"
        func rows(_ name: String) throws -> [[Substring]]? {
            guard let bytes = try data.file("\(prefix)_\(name)") else { return nil }
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
            return lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        }
        guard let descriptions = try rows("campaign_descriptions"), let households = try rows("campaigns"),
            let coupons = try rows("coupons"), let redemptions = try rows("coupon_redemptions")
        else { return nil }
        func day(_ text: Substring) throws -> CivilDay {
            guard let day = CivilDay(text: String(text)) else { throw DataFault(text: "\(text) is no day") }
            return day
        }
        var found = CampaignData()
        var places: [Substring: Int] = [:]
        for row in descriptions {
            places[row[0]] = found.campaigns.count
            found.campaigns.append(try Campaign(id: String(row[0]), first: day(row[2]), last: day(row[3])))
        }
        func place(_ id: Substring) throws -> Int {
            guard let place = places[id] else { throw DataFault(text: "campaign \(id) is not described") }
            return place
        }
        for row in households { found.campaigns[try place(row[0])].households.insert(String(row[1])) }
        for row in coupons {
            // The slice has no column for products: coupon, campaign.
            let products = row.count == 3 ? [String(row[1])] : []
            let campaign = try place(row[row.count - 1])
            found.campaigns[campaign].coupons[String(row[0]), default: []].formUnion(products)
        }
        for row in redemptions {
            _ = try place(row[2])
            found.redemptions.append(
                Redemption(
                    household: String(row[0]), day: try day(row[3]), coupon: String(row[1]), campaign: String(row[2])))
        }
        return found
    }

    /// All households that got a campaign, sorted.
    var households: [String] { Set(campaigns.flatMap(\.households)).sorted() }

    /// All coupons, sorted.
    var coupons: [String] { Set(campaigns.flatMap(\.coupons.keys)).sorted() }

    /// The campaign with this number.
    func campaign(_ id: String) -> Campaign? { campaigns.first { $0.id == id } }

    /// The campaigns under which a household may hand in a coupon on a day: three questions to three sets.
    func valid(_ household: String, _ day: CivilDay, _ coupon: String) -> Set<String> {
        let valid = campaigns.filter { campaign in
            campaign.households.contains(household) && campaign.first.days <= day.days
                && day.days <= campaign.last.days && campaign.coupons[coupon] != nil
        }
        return Set(valid.map(\.id))
    }
}
