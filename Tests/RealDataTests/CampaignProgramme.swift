import TallyModel
import TallyPromotionFiles
import TallyPromotions
import Testing

/// The campaigns as a programme: a segment and a document for each campaign, a promotion for each of its coupons.
struct CampaignProgramme {
    let data: CampaignData
    let vocabulary: PromotionVocabulary
    let assortment: Assortment
    let ruleSet: RuleSet
    /// Each promotion's place in the rule set, by campaign and coupon.
    let places: [String: Int]
    private let plain: PlainEvaluator
    private let trace: PromotionTrace
    private let table: RuleTable

    /// What somebody wants to hand in, and where.
    struct Ask {
        var household: String
        var day: CivilDay
        var coupon: String
        /// What is bought; the price does not matter.
        var skus: [String] = ["anything"]
    }

    /// What was decided.
    struct Answer {
        /// The campaigns whose promotion applied, in the order in which they did.
        var granted: [String]
        fileprivate var basket: Basket
        fileprivate var awards: [Award]
    }

    /// Writes the documents and reads them.
    ///
    /// - Parameters:
    ///   - data: The campaigns.
    ///   - goods: Whether a coupon asks for one of its products; they are marked with the coupon and its campaign.
    /// - Throws: What the test library throws when the documents have a mistake.
    init(_ data: CampaignData, goods: Bool = false) throws {
        self.data = data
        let words = """
            segments: [\(data.campaigns.map { "campaign-\($0.id)" }.joined(separator: ", "))]
            """
        let read = ProgrammeWords.read(PromotionSource(name: "words.yaml", text: words))
        try #require(read.diagnostics == [])
        vocabulary = PromotionVocabulary(read.words)
        assortment = goods ? CampaignProgramme.assortment(data) : Assortment([])
        let sources = data.campaigns.map { campaign in
            PromotionSource(
                name: "campaign-\(campaign.id).yaml", text: CampaignProgramme.document(campaign, goods: goods))
        }
        let check = PromotionCheck(sources, vocabulary, assortment)
        try #require(check.diagnostics == [], "\(check.diagnostics.prefix(3))")
        ruleSet = try #require(check.ruleSet)
        places = Dictionary(uniqueKeysWithValues: ruleSet.promotions.enumerated().map { ($1.id, $0) })
        plain = PlainEvaluator(ruleSet, assortment)
        trace = PromotionTrace(ruleSet, assortment)
        table = RuleTable(ruleSet, assortment, vocabulary.schema)
    }

    // MARK: Documents

    /// The document of a campaign, as a marketer writes it.
    ///
    /// What a coupon is worth the data does not hold, so it gives a benefit and not an amount.
    static func document(_ campaign: CampaignData.Campaign, goods: Bool) -> String {
        var text = "promotions:\n"
        for coupon in campaign.coupons.keys.sorted() {
            let id = CampaignProgramme.id(campaign.id, coupon)
            let basket = goods ? "\n      basket: [{goods: {tag: \(id)}, units_at_least: 1}]" : ""
            text += """
                  - promotion: \(id)
                    title: Coupon \(coupon) of campaign \(campaign.id)
                    lane: code
                    when:
                      segment: {campaign-\(campaign.id): yes}
                      day: \(campaign.first)..\(campaign.last)
                      code: "\(coupon)"\(basket)
                    then:
                      - benefit: {what: coupon}

                """
        }
        return text
    }

    private static func id(_ campaign: String, _ coupon: String) -> String { "\(campaign)-\(coupon)" }

    private static func assortment(_ data: CampaignData) -> Assortment {
        var goods: [String: Goods] = [:]
        for campaign in data.campaigns {
            for (coupon, products) in campaign.coupons {
                for sku in products {
                    goods[sku, default: Goods(sku: sku)].tags.insert(id(campaign.id, coupon))
                }
            }
        }
        return Assortment(goods.keys.sorted().compactMap { goods[$0] })
    }

    // MARK: Deciding

    /// The basket of an ask, read from the form in which people write one.
    private func basket(_ ask: Ask) throws -> Basket {
        let segments = data.campaigns.filter { $0.households.contains(ask.household) }
            .map { "\"campaign-\($0.id)\": \"yes\"" }.joined(separator: ", ")
        let lines = ask.skus.map { "{\"sku\": \"\($0)\", \"sum\": 1.00}" }.joined(separator: ", ")
        let text = """
            {"given": {"member": "yes", "day": "\(ask.day)", "segment": {\(segments)}}, "codes": ["\(ask.coupon)"],
             "basket": [\(lines)]}
            """
        let read = LabBasket.read(PromotionSource(name: "basket.json", text: text), vocabulary)
        return try #require(read.basket, "\(read.diagnostics)").basket(assortment)
    }

    /// Decides each ask by itself, in plain words and by the fast evaluator, which must say the same.
    func answers(_ asks: [Ask]) throws -> [Answer] {
        var answers: [Answer] = []
        var evaluator = Evaluator(table)
        var batch = BasketBatch(facts: vocabulary.schema.facts.count)
        var awards = AwardBatch()
        var rest = asks[...]
        while !rest.isEmpty {
            batch.removeAll()
            var baskets: [Basket] = []
            while let ask = rest.first {
                let basket = try basket(ask)
                guard batch.append(basket, for: table) else { break }
                baskets.append(basket)
                rest.removeFirst()
            }
            try #require(!baskets.isEmpty, "a basket has more lines than a batch")
            evaluator.evaluate(batch, into: &awards)
            for (number, basket) in baskets.enumerated() {
                let fast = Array(awards.awards(of: number))
                #expect(fast == plain.evaluate(basket).map(\.award))
                let granted = fast.map { award in
                    String(ruleSet.promotions[Int(award.promotion)].id.prefix { $0 != "-" })
                }
                answers.append(Answer(granted: granted, basket: basket, awards: fast))
            }
        }
        return answers
    }

    /// Why a coupon of a campaign was not granted: the first condition that failed, and the same in words.
    func refusal(
        of coupon: String, in campaign: String, _ answer: Answer
    ) -> (shortfall: Shortfall, fact: String?, words: String)? {
        guard let place = places[CampaignProgramme.id(campaign, coupon)],
            case .conditions(let shortfalls)? = trace.whyNot(place, answer.basket, given: answer.awards),
            let shortfall = shortfalls.first, shortfalls.count == 1
        else { return nil }
        var fact: String?
        if case .fact(let column, _) = shortfall.condition { fact = vocabulary.schema[column].name }
        return (shortfall, fact, WhyNotWords(ruleSet, vocabulary).text(shortfall))
    }
}
