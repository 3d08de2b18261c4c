import TallyTables

extension Evaluator {
    /// Reckons what a rule does on a level, before caps.
    mutating func reckon(_ rule: Int, _ level: Int, needsParts: Bool) {
        clearTrial()
        let start = Int(table.awards.effectStarts[rule])
        let end = Int(table.awards.effectStarts[rule + 1])
        trial.needsParts = needsParts || end > start + 1
        if end == start + 1 {
            apply(table.awards.effects[start], level)
            return
        }
        // Each effect sees what those before it left.
        levels.copy(level, count: positions.count)
        for effect in start..<end {
            let (before, points) = (trial.discount, trial.pointSum)
            keepEarlier()
            apply(table.awards.effects[effect], level + 1)
            noteOn(level + 1)
            addEarlier()
            trial.discount += before
            trial.pointSum += points
        }
    }

    /// Empties the columns of the trial, as far as something is in them.
    mutating func clearTrial() {
        let count = positions.count
        if trial.hasDiscounts { for position in 0..<count { trial.discounts[position] = 0 } }
        if trial.hasPoints { for position in 0..<count { trial.points[position] = 0 } }
        if trial.hasUsed { for position in 0..<count { trial.used[position] = 0 } }
        (trial.hasDiscounts, trial.hasPoints, trial.hasUsed) = (false, false, false)
        (trial.discount, trial.pointSum, trial.acts) = (0, 0, false)
    }

    /// What the effects so far did is set apart, so that the next one begins with nothing.
    private mutating func keepEarlier() {
        for position in 0..<positions.count {
            trial.earlierDiscounts[position] = trial.discounts[position]
            trial.earlierPoints[position] = trial.points[position]
            trial.earlierUsed[position] = trial.used[position]
            (trial.discounts[position], trial.points[position], trial.used[position]) = (0, 0, 0)
        }
        (trial.discount, trial.pointSum) = (0, 0)
    }

    private mutating func addEarlier() {
        (trial.hasDiscounts, trial.hasPoints, trial.hasUsed) = (true, true, true)
        for position in 0..<positions.count {
            trial.discounts[position] += trial.earlierDiscounts[position]
            trial.points[position] += trial.earlierPoints[position]
            trial.used[position] += trial.earlierUsed[position]
        }
    }

    private func noteOn(_ level: Int) {
        let base = level * levels.capacity
        for position in 0..<positions.count {
            levels.running[base + position] -= trial.discounts[position]
            levels.used[base + position] += trial.used[position]
        }
    }

    private mutating func apply(_ effect: EffectRow, _ level: Int) {
        if effect.kind.takesOff {
            trial.hasDiscounts = true
            trial.hasUsed = effect.kind.countsUnits
        } else {
            trial.hasPoints = true
        }
        switch effect.kind {
        case .percentOff: percentOff(effect, level)
        case .amountOff: amountOff(effect, level)
        case .unitPrice: unitPrice(effect, level)
        case .everyNth: everyNth(effect, level)
        case .bind: bind(effect, level)
        case .bundlePrice, .bundlePercent: bundle(effect, level)
        case .pointsPercent: pointsPercent(effect, level)
        case .points: points(effect.amount, level)
        case .pointsPerStep: pointsPerStep(effect, level)
        case .pointsTimes: pointsTimes(effect, level)
        case .act: trial.acts = true
        }
    }

    /// Whether a filter means the goods of a position.
    @inline(__always)
    func isMeant(_ position: Int, by filter: UInt32) -> Bool {
        if filter == 0 { return true }
        let item = Int(positions.items[position])
        var place = Int(table.awards.filterStarts[item])
        var end = Int(table.awards.filterStarts[item + 1])
        // Long lists are halved until they are short.
        while end - place > 8 {
            let middle = (place + end) / 2
            if table.awards.filters[middle] <= filter { place = middle } else { end = middle }
        }
        while place < end {
            if table.awards.filters[place] == filter { return true }
            place += 1
        }
        return false
    }

    /// The price that an effect reckons from.
    @inline(__always)
    func base(_ position: Int, _ effect: EffectRow, _ level: Int) -> Int64 {
        effect.base == .initial ? positions.totals[position] : levels.running[level * levels.capacity + position]
    }

    private mutating func percentOff(_ effect: EffectRow, _ level: Int) {
        if effect.rounding == .goods {
            for position in 0..<positions.count where isMeant(position, by: effect.filter) {
                trial.discounts[position] = base(position, effect, level) * Int64(effect.basisPoints) / 10_000
            }
        } else {
            let sum = weigh(effect, level)
            shareOff(sum * Int64(effect.basisPoints) / 10_000)
        }
        finish(effect, level)
    }

    private mutating func amountOff(_ effect: EffectRow, _ level: Int) {
        let sum = weigh(effect, level)
        shareOff(min(effect.amount, sum))
        finish(effect, level)
    }

    private mutating func unitPrice(_ effect: EffectRow, _ level: Int) {
        for position in 0..<positions.count where isMeant(position, by: effect.filter) {
            let target = positions.quantities[position].saturatingProduct(effect.amount) / 1_000
            trial.discounts[position] = max(0, base(position, effect, level) - target)
        }
        finish(effect, level)
    }

    /// Puts what the goods of an effect cost into `trial.weights`.
    ///
    /// - Returns: Their sum.
    func weigh(_ effect: EffectRow, _ level: Int) -> Int64 {
        var sum: Int64 = 0
        for position in 0..<positions.count {
            let weight = isMeant(position, by: effect.filter) ? base(position, effect, level) : 0
            trial.weights[position] = weight
            sum += weight
        }
        return sum
    }

    /// Takes an amount off goods whose weights stand.
    func shareOff(_ amount: Int64) {
        guard amount > 0 else { return }
        trial.share(amount, count: positions.count, into: trial.discounts)
    }

    /// Keeps discounts above the floors of their goods, or lays them on the whole receipt, and adds them up.
    mutating func finish(_ effect: EffectRow, _ level: Int) {
        let start = level * levels.capacity
        var (sum, room): (Int64, Int64) = (0, 0)
        for position in 0..<positions.count {
            var left = levels.running[start + position]
            if table.awards.hasFloors {
                let floor = table.awards.floors[Int(positions.items[position])]
                left = max(0, left - floor.saturatingProduct(positions.units[position]))
            }
            if effect.spread == .goods {
                trial.discounts[position] = min(trial.discounts[position], left)
            } else {
                trial.weights[position] = left
                room += left
            }
            sum += trial.discounts[position]
        }
        if effect.spread == .receipt {
            sum = min(sum, room)
            if trial.needsParts {
                if sum == 0 { for position in 0..<positions.count { trial.discounts[position] = 0 } }
                shareOff(sum)
            }
        }
        trial.discount = sum
    }
}
