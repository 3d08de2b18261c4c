import TallyLedger

extension PlainShelf {
    /// Applies an effect: what it takes off is gone, the units it counts are counted.
    mutating func apply(_ effect: Effect, _ assortment: Assortment) -> PlainOutcome {
        let outcome = outcome(of: effect)
        for place in positions.indices {
            positions[place].running -= outcome.discounts[place]
            positions[place].used += outcome.used[place]
        }
        return outcome
    }

    private func outcome(of effect: Effect) -> PlainOutcome {
        var outcome = PlainOutcome(count: positions.count)
        switch effect {
        case .percentOff(let filter, let basisPoints, let terms):
            outcome.discounts = shares(of: weights(filter, terms), basisPoints, terms)
            keepFloors(&outcome, terms)
        case .amountOff(let filter, let amount, let terms):
            let weights = weights(filter, terms)
            outcome.discounts = share(min(amount, weights.reduce(0, +)), weights)
            keepFloors(&outcome, terms)
        case .unitPrice(let filter, let price):
            outcome.discounts = positions.map { position in
                filter.contains(position.goods)
                    ? max(0, position.running - position.quantity.saturatingProduct(price) / 1_000) : 0
            }
            keepFloors(&outcome, DiscountTerms())
        case .everyNth(let filter, let nth, let terms): everyNth(filter, nth, terms, &outcome)
        case .bind(let bind, let terms): self.bind(bind, terms, &outcome)
        case .bundle(let parts, let price, let terms): bundle(parts, price, terms, &outcome)
        case .pointsPercent(let filter, let basisPoints, let terms):
            outcome.pointParts = shares(of: weights(filter, terms), basisPoints, terms)
        case .points(let points): outcome.pointParts = share(points, positions.map(\.running))
        case .pointsPerStep(let filter, let step, let points, let terms):
            let weights = weights(filter, terms)
            outcome.pointParts = share(weights.reduce(0, +) / step * points, weights)
        case .pointsTimes(let factor, let basisPoints, let terms):
            let weights = weights(.all, terms)
            let once = weights.reduce(0, +) * Int64(basisPoints) / 10_000
            outcome.pointParts = share(once * Int64(factor - 1), weights)
        case .act: outcome.acts = true
        }
        return outcome
    }

    // MARK: Amounts

    private func price(_ position: Position, _ terms: DiscountTerms) -> Int64 {
        terms.base == .initial ? position.total : position.running
    }

    private func weights(_ filter: GoodsFilter, _ terms: DiscountTerms) -> [Int64] {
        positions.map { filter.contains($0.goods) ? price($0, terms) : 0 }
    }

    private func shares(of weights: [Int64], _ basisPoints: Int32, _ terms: DiscountTerms) -> [Int64] {
        terms.rounding == .goods
            ? weights.map { $0 * Int64(basisPoints) / 10_000 }
            : share(weights.reduce(0, +) * Int64(basisPoints) / 10_000, weights)
    }

    /// Amounts by weights; nothing when there is nothing to share it among.
    private func share(_ amount: Int64, _ weights: [Int64]) -> [Int64] {
        guard amount > 0, weights.contains(where: { $0 > 0 }) else { return weights.map { _ in 0 } }
        return Allocation.allocate(amount, weights: weights, precedes: <)
    }

    /// No goods go below their floors; a discount on the receipt lies on all goods.
    private func keepFloors(_ outcome: inout PlainOutcome, _ terms: DiscountTerms) {
        let room = positions.map { max(0, $0.running - $0.goods.floorPrice.saturatingProduct($0.units)) }
        if terms.spread == .goods {
            outcome.discounts = zip(outcome.discounts, room).map { min($0, $1) }
        } else {
            outcome.discounts = share(min(outcome.discount, room.reduce(0, +)), room)
        }
    }

    // MARK: Units

    private struct Unit {
        var place: Int
        var price: Int64
    }

    /// Units of some goods that nobody has counted, the dearest or the cheapest first.
    private func units(
        _ filter: GoodsFilter, _ terms: DiscountTerms, _ order: UnitOrder, brand: Int32? = nil
    ) -> [Unit] {
        var units: [Unit] = []
        for (place, position) in positions.enumerated() {
            guard filter.contains(position.goods), position.units > 0, brand == nil || position.brand == brand else {
                continue
            }
            let rows = FiscalSplit.rows(total: price(position, terms), units: position.units)
            let prices = rows.flatMap { Array(repeating: $0.price, count: Int($0.units)) }
            units += prices.dropFirst(terms.shares ? 0 : Int(position.used)).map { Unit(place: place, price: $0) }
        }
        // Equal prices keep the order of their positions.
        return units.enumerated().sorted { one, other in
            if one.element.price == other.element.price { return one.offset < other.offset }
            return (one.element.price > other.element.price) == (order == .dearestFirst)
        }.map(\.element)
    }

    private func everyNth(
        _ filter: GoodsFilter, _ nth: NthTerms, _ terms: DiscountTerms, _ outcome: inout PlainOutcome
    ) {
        let units = units(filter, terms, nth.order)
        var times = units.count / Int(nth.every)
        if nth.most > 0 { times = min(times, Int(nth.most)) }
        for (number, unit) in units.prefix(times * Int(nth.every)).enumerated() {
            if !terms.shares { outcome.used[unit.place] += 1 }
            guard (number + 1) % Int(nth.every) == 0 else { continue }
            outcome.discounts[unit.place] += unit.price * Int64(nth.basisPoints) / 10_000
        }
        keepFloors(&outcome, terms)
    }

    private func bind(_ bind: BindTerms, _ terms: DiscountTerms, _ outcome: inout PlainOutcome) {
        if bind.sameBrand {
            for brand in Set(positions.map(\.brand)).sorted() where brand > 0 {
                self.bind(bind, terms, brand, &outcome)
            }
        } else {
            self.bind(bind, terms, nil, &outcome)
        }
        keepFloors(&outcome, terms)
    }

    private func bind(_ bind: BindTerms, _ terms: DiscountTerms, _ brand: Int32?, _ outcome: inout PlainOutcome) {
        let qualifiers = units(bind.qualifier, terms, .cheapestFirst, brand: brand)
        let targets = units(bind.target, terms, .dearestFirst, brand: brand)
        func isBoth(_ unit: Unit) -> Bool {
            bind.qualifier.contains(positions[unit.place].goods) && bind.target.contains(positions[unit.place].goods)
        }
        let (both, only) = (targets.count(where: isBoth), qualifiers.count { !isBoth($0) })
        // As many targets as there are qualifiers for; a unit is one or the other.
        for count in (0...targets.count).reversed() {
            let sets = (count + Int(bind.targetUnits) - 1) / Int(bind.targetUnits)
            let needed = sets * Int(bind.qualifierUnits)
            let bothLeft = terms.shares ? both : both - max(0, needed - only)
            guard needed <= qualifiers.count, bothLeft >= 0 else { continue }
            var (chosen, bothTaken): ([Unit], Int) = ([], 0)
            for unit in targets where chosen.count < count && (!isBoth(unit) || bothTaken < bothLeft) {
                chosen.append(unit)
                if isBoth(unit) { bothTaken += 1 }
            }
            guard chosen.count == count else { continue }
            for unit in chosen { outcome.discounts[unit.place] += unit.price * Int64(bind.basisPoints) / 10_000 }
            guard !terms.shares else { return }
            for unit in chosen { outcome.used[unit.place] += 1 }
            // Qualifiers are the cheapest units that are left, those that could be nothing else first.
            var left = needed
            for wantsBoth in [false, true] {
                for unit in qualifiers where left > 0 && isBoth(unit) == wantsBoth {
                    guard unitsLeft(unit.place, outcome, terms) > 0 else { continue }
                    outcome.used[unit.place] += 1
                    left -= 1
                }
            }
            return
        }
    }

    private func unitsLeft(_ place: Int, _ outcome: PlainOutcome, _ terms: DiscountTerms) -> Int64 {
        positions[place].units - (terms.shares ? 0 : positions[place].used) - outcome.used[place]
    }

    private func bundle(
        _ parts: [BundlePart], _ price: BundlePrice, _ terms: DiscountTerms, _ outcome: inout PlainOutcome
    ) {
        let units = parts.map { self.units($0.filter, terms, .dearestFirst) }
        let bundles = zip(units, parts).map { $0.count / Int($1.units) }.min() ?? 0
        guard bundles > 0 else { return }
        let taken = zip(units, parts).flatMap { $0.prefix(bundles * Int($1.units)) }
        var weights = positions.map { _ in Int64(0) }
        for unit in taken {
            weights[unit.place] += unit.price
            if !terms.shares { outcome.used[unit.place] += 1 }
            if case .basisPoints(let basisPoints) = price {
                outcome.discounts[unit.place] += unit.price * Int64(basisPoints) / 10_000
            }
        }
        if case .price(let amount) = price {
            outcome.discounts = share(max(0, weights.reduce(0, +) - Int64(bundles).saturatingProduct(amount)), weights)
        }
        keepFloors(&outcome, terms)
    }
}
