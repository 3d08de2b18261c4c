import TallyModel
import TallyPromotions

extension RandomPromotions {
    /// Random terms of a promotion, with everything that the language can say.
    mutating func promotionTerms() -> PromotionTerms {
        PromotionTerms(
            owner: chance(30) ? "Анна" : "", goal: chance(40) ? pick(PromotionTerms.Goal.allCases) : nil,
            costPerUse: chance(30) ? Int64(number(1...9_999)) : 0, funding: funding(), points: pointsTerms(),
            limits: some(0...2) { $0.limit() },
            control: chance(30)
                ? ControlGroup(basisPoints: Int32(number(1...10_000)), salt: chance(50) ? "spring" : "") : nil)
    }

    private mutating func funding() -> [FundingShare] {
        guard chance(30) else { return [] }
        let share = Int32(number(1...9_999))
        return [
            FundingShare(payer: "luna", basisPoints: share),
            FundingShare(payer: "grocery", basisPoints: 10_000 - share),
        ]
    }

    private mutating func limit() -> UseLimit {
        UseLimit(
            per: pick(UseLimit.Scope.allCases), pick(UseLimit.Measure.allCases), atMost: Int64(number(1...100_000)),
            every: pick(UseLimit.Period.allCases))
    }

    private mutating func pointsTerms() -> PointsTerms {
        let count = UInt16(number(1...300))
        let pending: [PendingTerm?] = [
            nil, PendingTerm.none, .days(count), .date(CivilDay(days: 20_500)), .returnWindow,
        ]
        let expiry: [ExpiryTerm?] = [
            nil, .never, .days(count), .months(count), .sliding(count),
            .dates([DayOfYear(month: 12, day: 31), DayOfYear(month: 2, day: 29)]),
        ]
        return PointsTerms(
            wallet: chance(40) ? pick(["points", "winback"]) : "", pending: pick(pending), expiry: pick(expiry))
    }

    /// A random act, with the amounts that its kind has.
    mutating func act() -> Act {
        let kind = pick(Act.Kind.allCases)
        var act = Act(kind, pick(["cup", "a \"text\"\n", "чай"]))
        switch kind {
        case .incentive, .loadCard, .grantPoints: act.amount = Int64(number(1...50_000))
        case .issueCoupon: (act.minutes, act.count) = (Int32(number(0...90)), Int32(number(1...3)))
        case .contact: act.channel = chance(50) ? "sms" : ""
        default: act.count = Int32(number(1...3))
        }
        return act
    }
}
