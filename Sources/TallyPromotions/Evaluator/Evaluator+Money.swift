import TallyTables

extension Evaluator {
    /// Reckons what a rule does on a level, before caps.
    mutating func reckon(_ rule: Int, _ level: Int, needsParts: Bool) {
        let start = Int(table.awards.effectStarts[rule])
        let end = Int(table.awards.effectStarts[rule + 1])
        trial.needsParts = needsParts || end > start + 1
        openTrial()
        if end == start + 1 {
            apply(table.awards.effects[start], level)
            return
        }
        // Each effect sees what those before it left.
        levels.copy(level, positions.blockCount)
        openUsed()
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

    /// A trial begins with nothing.
    private mutating func openTrial() {
        (trial.discount, trial.pointSum, trial.acts, trial.hasUsed) = (0, 0, false, false)
        unsafe clear(trial.discounts.pointer)
        unsafe clear(trial.points.pointer)
    }

    /// No units are counted yet; nobody asks before the first effect that counts some.
    private mutating func openUsed() {
        if trial.hasUsed { return }
        trial.hasUsed = true
        unsafe clear(trial.used.pointer)
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
        for position in 0..<positions.count {
            trial.discounts.add(trial.earlierDiscounts[position], at: position)
            trial.points.add(trial.earlierPoints[position], at: position)
            trial.used.add(trial.earlierUsed[position], at: position)
        }
    }

    private mutating func noteOn(_ level: Int) {
        let base = level * levels.capacity
        levels.left.subtract(trial.discount, at: level)
        for position in 0..<positions.count {
            levels.running.subtract(trial.discounts[position], at: base + position)
            levels.used.add(trial.used[position], at: base + position)
        }
    }

    private mutating func apply(_ effect: EffectRow, _ level: Int) {
        if effect.kind.countsUnits { openUsed() }
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
        table.awards.members.contains(Int(positions.items[position]), filter)
    }

    /// The price that an effect reckons from.
    @inline(__always)
    func base(_ position: Int, _ effect: EffectRow, _ level: Int) -> Int64 {
        effect.base == .initial ? positions.totals[position] : levels.running[level * levels.capacity + position]
    }

    private mutating func percentOff(_ effect: EffectRow, _ level: Int) {
        if effect.rounding == .goods {
            let sum = unsafe portions(effect, level, into: trial.discounts.pointer)
            finish(effect, level, sum: sum)
        } else {
            let sum = weigh(effect, level)
            shareOff(sum * Int64(effect.basisPoints) / 10_000, of: sum)
            finish(effect, level)
        }
    }

    private mutating func amountOff(_ effect: EffectRow, _ level: Int) {
        let sum = weigh(effect, level)
        shareOff(min(effect.amount, sum), of: sum)
        finish(effect, level)
    }

    private mutating func unitPrice(_ effect: EffectRow, _ level: Int) {
        for position in 0..<positions.count where isMeant(position, by: effect.filter) {
            let target = positions.quantities[position].saturatingProduct(effect.amount) / 1_000
            trial.discounts[position] = max(0, base(position, effect, level) - target)
        }
        finish(effect, level)
    }

    /// Takes an amount off goods whose weights stand.
    mutating func shareOff(_ amount: Int64, of sum: Int64) {
        guard amount > 0 else { return }
        unsafe share(amount, by: trial.weights.pointer, sum: sum, into: trial.discounts.pointer)
    }

    /// Keeps discounts above the floors of their goods, or lays them on the whole receipt.
    mutating func finish(_ effect: EffectRow, _ level: Int) {
        var sum: Int64 = 0
        for position in 0..<positions.count { sum += trial.discounts[position] }
        finish(effect, level, sum: sum)
    }

    /// The same for discounts whose sum is known.
    private mutating func finish(_ effect: EffectRow, _ level: Int, sum: Int64) {
        let running = level * levels.capacity
        guard table.awards.hasFloors else {
            if effect.spread == .receipt {
                unsafe spread(sum, by: levels.running.pointer + running, room: levels.left[level])
            } else {
                trial.discount = unsafe cut(to: levels.running.pointer + running)
            }
            return
        }
        var room: Int64 = 0
        for position in 0..<positions.blockCount * 4 {
            let floor = table.awards.floors[Int(positions.items[position])]
            let kept = floor.saturatingProduct(positions.units[position])
            let left = max(0, levels.running[running + position] - kept)
            trial.weights[position] = left
            room += left
        }
        if effect.spread == .receipt {
            unsafe spread(sum, by: trial.weights.pointer, room: room)
        } else {
            trial.discount = unsafe cut(to: trial.weights.pointer)
        }
    }

    /// Lays an amount on all goods by what is left of them.
    private mutating func spread(_ sum: Int64, by weights: UnsafePointer<Int64>, room: Int64) {
        trial.discount = min(sum, room)
        guard trial.needsParts else { return }
        unsafe share(trial.discount, by: weights, sum: room, into: trial.discounts.pointer)
    }
}
