import TallyTables

extension Evaluator {
    /// Lays out the units of some goods that no effect has counted yet, as runs of one price.
    ///
    /// The cost does not depend on how many units there are. A total that its units do not divide has units of two prices that
    /// differ by one; the dearer ones are counted first.
    ///
    /// - Parameters:
    ///   - filter: The goods.
    ///   - effect: By whose terms and in whose order.
    ///   - level: What is left of the goods.
    ///   - start: Where the runs begin.
    ///   - brand: Only goods of this brand; below 0 for all.
    /// - Returns: Where they end.
    private mutating func layOutRuns(
        _ filter: UInt32, _ effect: EffectRow, _ level: Int, from start: Int = 0, brand: Int32 = -1
    ) -> Int {
        var end = start
        let first = level * levels.capacity
        for position in 0..<positions.count where isMeant(position, by: filter) {
            let units = positions.units[position]
            if units == 0 { continue }
            if brand >= 0, table.awards.brands[Int(positions.items[position])] != brand { continue }
            let used = effect.shares ? 0 : levels.used[first + position] + trial.used[position]
            let (price, dearer) = base(position, effect, level).quotientAndRemainder(dividingBy: units)
            let dear = max(0, dearer - used)
            let rest = units - dearer - max(0, used - dearer)
            if dear > 0 { append(UnitRun(price: price + 1, count: dear, position: Int32(position)), &end) }
            if rest > 0 { append(UnitRun(price: price, count: rest, position: Int32(position)), &end) }
        }
        orderRuns(start..<end, effect.order)
        return end
    }

    /// Puts runs in the order in which they are counted; of equal prices the earlier position comes first.
    private mutating func orderRuns(_ range: Range<Int>, _ order: UnitOrder) {
        if range.count > Column<UnitRun>.comparedMax {
            var largest: Int64 = 0
            for run in range { largest = max(largest, trial.runs[run].price) }
            let isDearestFirst = order == .dearestFirst
            trial.runs.orderByDigits(range, upTo: largest, spare: trial.spareRuns, digits: trial.digits) {
                isDearestFirst ? largest - $0.price : $0.price
            }
        } else if order == .dearestFirst {
            trial.runs.sort(range) { ($1.price, $0.position) < ($0.price, $1.position) }
        } else {
            trial.runs.sort(range) { ($0.price, $0.position) < ($1.price, $1.position) }
        }
    }

    private mutating func append(_ run: UnitRun, _ end: inout Int) {
        trial.runs[end] = run
        end += 1
    }

    private mutating func use(_ count: Int64, of run: UnitRun, _ effect: EffectRow) {
        if !effect.shares { trial.used.add(count, at: Int(run.position)) }
    }

    private mutating func takeOff(_ count: Int64, of run: UnitRun, _ basisPoints: Int32) {
        trial.discounts.add(run.price * Int64(basisPoints) / 10_000 * count, at: Int(run.position))
    }

    /// Every n-th unit, as the units lie.
    mutating func everyNth(_ effect: EffectRow, _ level: Int) {
        let end = layOutRuns(effect.filter, effect, level)
        var all: Int64 = 0
        for run in 0..<end { all += trial.runs[run].count }
        let every = Int64(effect.every)
        var times = all / every
        if effect.most > 0 { times = min(times, Int64(effect.most)) }
        // Units beyond the last full group are nobody's.
        var left = times * every
        var counted: Int64 = 0
        for place in 0..<end where left > 0 {
            let run = trial.runs[place]
            let count = min(run.count, left)
            takeOff((counted + count) / every - counted / every, of: run, effect.basisPoints)
            use(count, of: run, effect)
            counted += count
            left -= count
        }
        finish(effect, level)
    }

    /// Units of one kind make units of another cheaper, brand by brand if they must be of one.
    mutating func bind(_ effect: EffectRow, _ level: Int) {
        if effect.sameBrand {
            for position in 0..<positions.count {
                let brand = table.awards.brands[Int(positions.items[position])]
                let isFirst = (0..<position).allSatisfy { table.awards.brands[Int(positions.items[$0])] != brand }
                if brand > 0, isFirst { bind(effect, level, brand: brand) }
            }
        } else {
            bind(effect, level, brand: -1)
        }
        finish(effect, level)
    }

    private mutating func bind(_ effect: EffectRow, _ level: Int, brand: Int32) {
        let targets = layOutRuns(effect.target, effect, level, brand: brand)
        let supply = bindSupply(effect, level, brand: brand)
        let count = supply.targets(qualifierUnits: effect.amount, targetUnits: effect.amount2, shares: effect.shares)
        var (left, both) = (count, supply.bothForTargets(count, effect.amount, effect.amount2, shares: effect.shares))
        for place in 0..<targets where left > 0 {
            let run = trial.runs[place]
            let isBoth = isMeant(Int(run.position), by: effect.filter)
            let taken = min(run.count, left, isBoth ? both : .max)
            takeOff(taken, of: run, effect.basisPoints)
            use(taken, of: run, effect)
            if isBoth { both -= taken }
            left -= taken
        }
        if !effect.shares {
            useQualifiers((count + effect.amount2 - 1) / effect.amount2 * effect.amount, effect, level, brand)
        }
    }

    /// How many units are only qualifiers, only targets and both.
    private mutating func bindSupply(_ effect: EffectRow, _ level: Int, brand: Int32) -> BindSupply {
        var supply = BindSupply()
        let first = level * levels.capacity
        for position in 0..<positions.count {
            if brand >= 0, table.awards.brands[Int(positions.items[position])] != brand { continue }
            let used = effect.shares ? 0 : levels.used[first + position] + trial.used[position]
            let units = max(0, positions.units[position] - used)
            switch (isMeant(position, by: effect.filter), isMeant(position, by: effect.target)) {
            case (true, false): supply.qualifiers += units
            case (false, true): supply.targets += units
            case (true, true): supply.both += units
            case (false, false): break
            }
        }
        return supply
    }

    /// Counts the units that qualified: the cheapest of those that could be nothing else, then the cheapest of the others.
    private mutating func useQualifiers(_ count: Int64, _ effect: EffectRow, _ level: Int, _ brand: Int32) {
        var cheapest = effect
        cheapest.order = .cheapestFirst
        let end = layOutRuns(effect.filter, cheapest, level, brand: brand)
        var left = count
        for isBoth in [false, true] {
            for place in 0..<end where left > 0 {
                let run = trial.runs[place]
                guard isMeant(Int(run.position), by: effect.target) == isBoth else { continue }
                let taken = min(run.count, left)
                use(taken, of: run, effect)
                left -= taken
            }
        }
    }

    /// Bundles: as many as all parts make, of the dearest units.
    mutating func bundle(_ effect: EffectRow, _ level: Int) {
        let parts = Int(effect.target)..<Int(effect.target) + Int(effect.every)
        var bundles = Int64.max
        for part in parts {
            let row = table.awards.parts[part]
            var units: Int64 = 0
            for run in 0..<layOutRuns(row.filter, effect, level) { units += trial.runs[run].count }
            bundles = min(bundles, units / Int64(row.units))
        }
        unsafe clear(trial.weights.pointer)
        var cost: Int64 = 0
        for part in parts where bundles > 0 {
            let row = table.awards.parts[part]
            var left = bundles * Int64(row.units)
            for place in 0..<layOutRuns(row.filter, effect, level) where left > 0 {
                let run = trial.runs[place]
                let taken = min(run.count, left)
                if effect.kind == .bundlePercent { takeOff(taken, of: run, effect.basisPoints) }
                trial.weights.add(run.price * taken, at: Int(run.position))
                cost += run.price * taken
                use(taken, of: run, effect)
                left -= taken
            }
        }
        if effect.kind == .bundlePrice, bundles > 0 {
            shareOff(max(0, cost - bundles.saturatingProduct(effect.amount)), of: cost)
        }
        finish(effect, level)
    }
}

/// Units that may serve a binding.
struct BindSupply {
    var qualifiers: Int64 = 0
    var targets: Int64 = 0
    var both: Int64 = 0

    /// How many targets become cheaper.
    func targets(qualifierUnits: Int64, targetUnits: Int64, shares: Bool) -> Int64 {
        if shares { return min((qualifiers + both) / qualifierUnits * targetUnits, targets + both) }
        // More targets need more qualifiers, so the largest number that fits is found by halving.
        var (low, high): (Int64, Int64) = (0, targets + both)
        while low < high {
            let middle = (low + high + 1) / 2
            let needed = (middle + targetUnits - 1) / targetUnits * qualifierUnits
            let fits = max(0, needed - qualifiers) + max(0, middle - targets) <= both
            if fits { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// How many of the units that are both may be targets when so many become cheaper.
    func bothForTargets(_ count: Int64, _ qualifierUnits: Int64, _ targetUnits: Int64, shares: Bool) -> Int64 {
        if shares { return both }
        return both - max(0, (count + targetUnits - 1) / targetUnits * qualifierUnits - qualifiers)
    }
}
