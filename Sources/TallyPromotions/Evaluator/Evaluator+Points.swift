import TallyTables

extension Evaluator {
    mutating func pointsPercent(_ effect: EffectRow, _ level: Int) {
        if effect.rounding == .goods {
            trial.pointSum = unsafe portions(effect, level, into: trial.points.pointer)
        } else {
            let sum = weigh(effect, level)
            unsafe give(sum * Int64(effect.basisPoints) / 10_000, by: trial.weights.pointer, sum)
        }
    }

    /// A number of points for what is to be paid; goods that cost nothing get none.
    mutating func points(_ amount: Int64, _ level: Int) {
        unsafe give(amount, by: levels.running.pointer + level * levels.capacity, levels.left[level])
    }

    mutating func pointsPerStep(_ effect: EffectRow, _ level: Int) {
        let sum = weigh(effect, level)
        unsafe give(sum / effect.amount * effect.amount2, by: trial.weights.pointer, sum)
    }

    mutating func pointsTimes(_ effect: EffectRow, _ level: Int) {
        // The rate is on all goods, whose sum is known.
        let sum = effect.base == .initial ? receiptTotal : levels.left[level]
        unsafe give(sum * Int64(effect.basisPoints) / 10_000 * effect.amount, by: base(effect, level), sum)
    }

    /// Gives points to goods by their weights.
    ///
    /// Points are given for goods: when all of them cost nothing, so do the points.
    private mutating func give(_ amount: Int64, by weights: UnsafePointer<Int64>, _ sum: Int64) {
        guard amount > 0, sum > 0 else { return }
        trial.pointSum = amount
        guard trial.needsParts else { return }
        unsafe share(amount, by: weights, sum: sum, into: trial.points.pointer)
    }
}
