public import TallyDecisions
import TallyModel
import TallyPromotions

/// Says what promotions did with a receipt and why, out of its record.
public struct ReceiptAccount: Sendable {
    /// The record.
    public let sequence: UInt64
    /// The receipt's number.
    public let number: String
    /// The revision that decided it.
    public let revision: PromotionHistory.Revision
    private let promotions: PublishedPromotions
    private let basket: PromotedBasket
    private let words: WhyNotWords

    /// An account of a receipt.
    ///
    /// - Parameters:
    ///   - sequence: Its place in the log.
    ///   - record: Its record.
    ///   - history: The promotions of all revisions.
    /// - Throws: ``TallyDecisions/PromotionsUnreadable`` when no promotions looked at the receipt, or they cannot be read.
    public init(
        _ sequence: UInt64, _ record: RawSpan, _ history: PromotionHistory
    ) throws(PromotionsUnreadable) {
        guard let head = PromotedBasket(record, Assortment([])) else {
            throw PromotionsUnreadable("no promotions were in force for record \(sequence)")
        }
        promotions = try history.promotions(of: head.revision)
        guard let basket = PromotedBasket(record, promotions.book.assortment) else {
            throw PromotionsUnreadable("record \(sequence) is not of a purchase that asked promotions")
        }
        self.basket = basket
        self.sequence = sequence
        number = basket.number
        revision = history.revisions[Int(head.revision) - 1]
        words = WhyNotWords(promotions.book.ruleSet, promotions.vocabulary)
    }

    private var ruleSet: RuleSet { promotions.book.ruleSet }
    private func money(_ minor: Int64) -> String { Decimals.padded(minor, promotions.vocabulary.moneyScale) }
    private func points(_ minor: Int64) -> String { Decimals.padded(minor, promotions.vocabulary.pointsScale) }

    // MARK: Why

    /// Everything that applied: conditions with the values that they saw, what each effect reckons, what each line received.
    ///
    /// - Returns: Lines for a terminal.
    public func explanation() -> [String] {
        var lines = [
            "receipt \(number), record \(sequence): revision \(revision.number) of \(revision.author), record "
                + "\(revision.sequence)"
        ]
        if basket.applied.isEmpty { lines.append("no promotion applied") }
        for decision in basket.applied { lines += [""] + explain(decision, isWithheld: false) }
        for decision in basket.withheld { lines += [""] + explain(decision, isWithheld: true) }
        return lines
    }

    private func explain(_ decision: PlainEvaluator.Decision, isWithheld: Bool) -> [String] {
        let promotion = ruleSet.promotions[Int(decision.award.promotion)]
        let rule = promotion.rules[Int(decision.award.rule)]
        var lines = [
            "\(promotion.id)\(promotion.title.isEmpty ? "" : ", " + promotion.title): "
                + (isWithheld ? "withheld from the control group, would have been " : "")
                + "discount \(money(decision.award.discount)), points \(points(decision.award.points))"
        ]
        lines.append(
            "  lane \(GroupWords.name(promotion.lane))\(promotion.group.map { ", group \($0)" } ?? ""), case "
                + "\(decision.award.rule + 1)")
        for condition in promotion.conditions + rule.conditions { lines.append("  because \(held(condition))") }
        let writer = PromotionWriter(promotions.vocabulary)
        for effect in rule.effects { lines.append("  does \(writer.value(effect).json)") }
        for part in decision.parts {
            lines.append(
                "  line \(part.line + 1) of \(money(basket.basket.lines[Int(part.line)].total)): discount "
                    + "\(money(part.discount)), points \(points(part.points))")
        }
        return lines
    }

    /// A condition that held, with the value that it saw.
    private func held(_ condition: Condition) -> String {
        switch condition {
        case .token(let token): return "\(token) was shown"
        case .fact(let column, _):
            let found = Int64(basket.basket.facts[Int(column.rawValue)])
            return words.text(Shortfall(rule: nil, condition: condition, found: found, missing: nil))
        case .goods(let filter, let measure, let atLeast):
            let plain = PlainEvaluator(ruleSet, promotions.book.assortment)
            let found = plain.amount(of: filter, measure, basket.basket)
            return "there is \(amount(found, measure)) of \(filter.words), asked for \(amount(atLeast, measure))"
        }
    }

    private func amount(_ amount: Int64, _ measure: Measure) -> String {
        switch measure {
        case .sum: "a sum of \(money(amount))"
        case .units: "\(amount) units"
        case .quantity: "a quantity of \(Decimals.text(amount, 3))"
        case .products: "\(amount) products"
        }
    }

    // MARK: Why not

    /// Why a promotion did not apply.
    ///
    /// - Parameter id: The promotion.
    /// - Returns: One line; nil when the revision has no such promotion.
    public func whyNot(_ id: String) -> String? {
        guard let place = ruleSet.promotions.firstIndex(where: { $0.id == id }) else { return nil }
        if basket.applied.contains(where: { Int($0.award.promotion) == place }) { return "it applied: see explain" }
        if let decision = basket.withheld.first(where: { Int($0.award.promotion) == place }) {
            return "the member is of its control group: a discount of \(money(decision.award.discount)) and "
                + "\(points(decision.award.points)) points were withheld"
        }
        if let state = revision.resting[id] { return state == .paused ? "it was paused" : "it was archived" }
        let trace = PromotionTrace(ruleSet, promotions.book.assortment)
        guard let reason = trace.whyNot(place, basket.basket, given: basket.applied.map(\.award)) else { return nil }
        guard case .nothingLeft = reason, !ruleSet.promotions[place].terms.limits.isEmpty else {
            return words.text(reason)
        }
        return limited(place) ?? words.text(reason)
    }

    /// That a promotion had reached a limit: decided without those that rest or were withheld, it would have applied.
    private func limited(_ place: Int) -> String? {
        var open = ruleSet
        let barred = Set(basket.withheld.map { Int($0.award.promotion) })
        let places = ruleSet.promotions.indices.filter {
            !barred.contains($0) && revision.resting[ruleSet.promotions[$0].id] == nil
        }
        open.promotions = places.map { ruleSet.promotions[$0] }
        let decided = PlainEvaluator(open, promotions.book.assortment).evaluate(basket.basket)
        guard decided.contains(where: { places[Int($0.award.promotion)] == place }) else { return nil }
        return "a limit of it was reached, or a limit for every member met a buyer who names none"
    }
}
