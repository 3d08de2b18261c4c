import TallyJSON
import TallyModel
import TallyPromotions

extension DocumentReader {
    mutating func pointsPercent(_ node: DocumentNode, _ path: String) -> Effect? {
        guard let object = object(node, path, keys: ["percent", "goods"] + TermWords.rateKeys) else { return nil }
        let percent = required(object, "percent", "a percentage").flatMap {
            self.percent($0, object.path("percent"), max: PromotionLimits.pointsRateMax)
        }
        let (goods, terms) = (goods(object), terms(object))
        guard let percent, let goods else { return nil }
        return .pointsPercent(goods, basisPoints: percent, terms)
    }

    mutating func fixedPoints(_ node: DocumentNode, _ path: String) -> Effect? {
        points(node, path).map { .points($0) }
    }

    mutating func pointsPerStep(_ node: DocumentNode, _ path: String) -> Effect? {
        guard let object = object(node, path, keys: ["step", "points", "goods"] + TermWords.stepKeys) else {
            return nil
        }
        let step = required(object, "step", "an amount of money").flatMap {
            money($0, object.path("step"), 1...Limits.amountMinorMax)
        }
        let points = required(object, "points", "an amount of points").flatMap {
            self.points($0, object.path("points"))
        }
        let (goods, terms) = (goods(object), terms(object))
        guard let step, let points, let goods else { return nil }
        let (most, overflow) = (Limits.amountMinorMax / step).multipliedReportingOverflow(by: points)
        guard !overflow, most <= PromotionLimits.pointsMax else {
            note(
                node, path, found: "so many points for so small a step",
                expected: "at most \(Decimals.text(PromotionLimits.pointsMax, vocabulary.pointsScale)) points on the "
                    + "dearest receipt")
            return nil
        }
        return .pointsPerStep(goods, step: step, points: points, terms)
    }

    mutating func pointsTimes(_ node: DocumentNode, _ path: String) -> Effect? {
        guard let object = object(node, path, keys: ["times", "percent"] + TermWords.stepKeys) else { return nil }
        let times = required(object, "times", "how many times the points").flatMap {
            whole($0, object.path("times"), 2...PromotionLimits.timesMax, "how many times the points")
        }
        let percent = required(object, "percent", "the rate that is multiplied").flatMap {
            self.percent($0, object.path("percent"), max: PromotionLimits.pointsRateMax)
        }
        let terms = terms(object)
        guard let times, let percent else { return nil }
        guard Int64(times - 1) * Int64(percent) <= Int64(PromotionLimits.pointsRateMax) else {
            note(
                node, path, found: "\(times) times \(Decimals.text(Int64(percent), 2)) %",
                expected: "at most 1,000 % more")
            return nil
        }
        return .pointsTimes(factor: times, basisPoints: percent, terms)
    }
}
