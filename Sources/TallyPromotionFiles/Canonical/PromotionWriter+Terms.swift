import TallyModel
import TallyPromotions

extension PromotionWriter {
    /// The terms of a promotion as keys of its object.
    func add(_ terms: PromotionTerms, to object: inout [String: CanonicalValue]) {
        if !terms.owner.isEmpty { object["owner"] = .text(terms.owner) }
        if let goal = terms.goal { object["goal"] = .text(PromotionTermWords.word(goal, PromotionTermWords.goals)) }
        if terms.costPerUse > 0 { object["cost_per_use"] = money(terms.costPerUse) }
        if !terms.funding.isEmpty {
            object["funding"] = .list(
                terms.funding.map { .object(["payer": .text($0.payer), "percent": percent($0.basisPoints)]) })
        }
        if terms.points != PointsTerms() { object["points_to"] = value(terms.points) }
        if !terms.limits.isEmpty { object["limits"] = .list(terms.limits.map(value)) }
        if let control = terms.control {
            var entries = ["percent": percent(control.basisPoints)]
            if !control.salt.isEmpty { entries["salt"] = .text(control.salt) }
            object["control"] = .object(entries)
        }
    }

    private func value(_ limit: UseLimit) -> CanonicalValue {
        let words = PromotionTermWords.self
        var object: [String: CanonicalValue] = ["per": .text(words.word(limit.scope, words.scopes))]
        switch limit.measure {
        case .uses: object["uses"] = .number("\(limit.most)")
        case .discount: object["discount"] = money(limit.most)
        case .points: object["points"] = points(limit.most)
        }
        if limit.period != .ever { object["every"] = .text(words.word(limit.period, words.periods)) }
        return .object(object)
    }

    private func value(_ terms: PointsTerms) -> CanonicalValue {
        var object: [String: CanonicalValue] = [:]
        if !terms.wallet.isEmpty { object["wallet"] = .text(terms.wallet) }
        if let pending = terms.pending { object["pending"] = value(pending) }
        if let expiry = terms.expiry { object["expiry"] = value(expiry) }
        return .object(object)
    }

    private func value(_ pending: PendingTerm) -> CanonicalValue {
        switch pending {
        case .none: .text("none")
        case .days(let count): .text("\(count) days")
        case .date(let day): .object(["date": .text("\(day)")])
        case .returnWindow: .text("return_window")
        }
    }

    private func value(_ expiry: ExpiryTerm) -> CanonicalValue {
        switch expiry {
        case .never: .text("never")
        case .days(let count): .text("\(count) days")
        case .months(let count): .text("\(count) months")
        case .dates(let dates): .object(["dates": .list(dates.map { .text(PromotionWriter.text($0)) })])
        case .sliding(let count): .object(["sliding_days": .number("\(count)")])
        }
    }

    private static func text(_ day: DayOfYear) -> String {
        "\(day.month < 10 ? "0" : "")\(day.month)-\(day.day < 10 ? "0" : "")\(day.day)"
    }
}
