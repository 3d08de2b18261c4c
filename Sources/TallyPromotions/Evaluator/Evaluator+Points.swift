import TallyTables

extension Evaluator {
    mutating func pointsPercent(_ effect: EffectRow, _ level: Int) {
        if effect.rounding == .goods {
            var sum: Int64 = 0
            for position in 0..<positions.count where isMeant(position, by: effect.filter) {
                let points = base(position, effect, level) * Int64(effect.basisPoints) / 10_000
                trial.points[position] = points
                sum += points
            }
            trial.pointSum = sum
        } else {
            let sum = weigh(effect, level)
            give(sum * Int64(effect.basisPoints) / 10_000, for: sum)
        }
    }

    /// A number of points for what is to be paid; goods that cost nothing get none.
    mutating func points(_ amount: Int64, _ level: Int) {
        let start = level * levels.capacity
        var sum: Int64 = 0
        for position in 0..<positions.count {
            let left = levels.running[start + position]
            trial.weights[position] = left
            sum += left
        }
        give(amount, for: sum)
    }

    mutating func pointsPerStep(_ effect: EffectRow, _ level: Int) {
        let sum = weigh(effect, level)
        give(sum / effect.amount * effect.amount2, for: sum)
    }

    mutating func pointsTimes(_ effect: EffectRow, _ level: Int) {
        let sum = weigh(effect, level)
        give(sum * Int64(effect.basisPoints) / 10_000 * effect.amount, for: sum)
    }

    /// Gives points to goods whose weights stand.
    ///
    /// Points are given for goods: when all of them cost nothing, so do the points.
    private mutating func give(_ amount: Int64, for sum: Int64) {
        guard amount > 0, sum > 0 else { return }
        trial.pointSum = amount
        guard trial.needsParts else { return }
        trial.share(amount, count: positions.count, into: trial.points)
    }
}
