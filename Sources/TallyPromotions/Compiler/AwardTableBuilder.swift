/// An award table while it is made.
struct AwardTableBuilder {
    private let ruleSet: RuleSet
    private(set) var promotions: [PromotionRow] = []
    private(set) var effectStarts: [UInt32] = []
    private(set) var effects: [EffectRow] = []
    private(set) var parts: [PartRow] = []
    private(set) var nodes: [NodeRow] = []
    private var filters: [GoodsFilter] = [.all]
    private var filterNumbers: [GoodsFilter: UInt32] = [.all: 0]
    private var nodeNumbers: [String: UInt32] = [:]
    private var tags: [String: UInt64] = [:]

    init(_ ruleSet: RuleSet) { self.ruleSet = ruleSet }

    /// Lanes first, then groups in their order.
    mutating func placeNodes() {
        for lane in Lane.allCases {
            let terms = ruleSet.lanes[lane] ?? RuleSet.LaneTerms()
            nodes.append(
                NodeRow(
                    parent: UInt32(lane.rawValue), priority: 0, most: terms.most, capBasisPoints: terms.capBasisPoints,
                    mode: terms.mode.rawValue))
        }
        for (place, group) in ruleSet.groups.enumerated() {
            nodeNumbers[group.id] = UInt32(Lane.allCases.count + place)
        }
        for group in ruleSet.groups {
            nodes.append(
                NodeRow(
                    parent: node(group.parent, group.lane), priority: group.priority, most: group.most,
                    capBasisPoints: group.capBasisPoints, mode: group.mode.rawValue))
        }
    }

    private func node(_ group: String?, _ lane: Lane) -> UInt32 {
        group.flatMap { nodeNumbers[$0] } ?? UInt32(lane.rawValue)
    }

    private func lane(of node: UInt32) -> UInt8 {
        var node = node
        while node >= Lane.allCases.count { node = nodes[Int(node)].parent }
        return UInt8(node)
    }

    mutating func placePromotions() {
        for promotion in ruleSet.promotions {
            var bits: UInt64 = 0
            for tag in promotion.exclusive.sorted() {
                let bit = tags[tag] ?? 1 << UInt64(tags.count % 64)
                tags[tag] = bit
                bits |= bit
            }
            let node = node(promotion.group, promotion.lane)
            promotions.append(
                PromotionRow(tags: bits, rank: 0, node: node, priority: promotion.priority, lane: lane(of: node)))
        }
        let order = promotions.indices.sorted {
            (-Int64(promotions[$0].priority), $0) < (-Int64(promotions[$1].priority), $1)
        }
        for (rank, number) in order.enumerated() { promotions[number].rank = UInt32(rank) }
    }

    /// Adds the effects of the next rule.
    mutating func place(_ added: [Effect]) {
        effectStarts.append(UInt32(effects.count))
        for effect in added { effects.append(row(effect)) }
    }

    private mutating func row(_ effect: Effect) -> EffectRow {
        switch effect {
        case .percentOff(let filter, let basisPoints, let terms):
            return row(.percentOff, terms, filter: number(filter), basisPoints: basisPoints)
        case .amountOff(let filter, let amount, let terms):
            return row(.amountOff, terms, filter: number(filter), amount: amount)
        case .unitPrice(let filter, let price):
            return row(.unitPrice, DiscountTerms(), filter: number(filter), amount: price)
        case .everyNth(let filter, let nth, let terms):
            var row = row(.everyNth, terms, filter: number(filter), basisPoints: nth.basisPoints)
            (row.every, row.most, row.order) = (nth.every, nth.most, nth.order)
            return row
        case .bind(let bind, let terms):
            var row = row(.bind, terms, filter: number(bind.qualifier), basisPoints: bind.basisPoints)
            row.target = number(bind.target)
            (row.amount, row.amount2) = (Int64(bind.qualifierUnits), Int64(bind.targetUnits))
            row.sameBrand = bind.sameBrand
            return row
        case .bundle(let added, let price, let terms): return self.row(bundle: added, price, terms)
        case .pointsPercent(let filter, let basisPoints, let terms):
            return row(.pointsPercent, terms, filter: number(filter), basisPoints: basisPoints)
        case .points(let points): return row(.points, DiscountTerms(), amount: points)
        case .pointsPerStep(let filter, let step, let points, let terms):
            var row = row(.pointsPerStep, terms, filter: number(filter), amount: step)
            row.amount2 = points
            return row
        case .pointsTimes(let factor, let basisPoints, let terms):
            return row(.pointsTimes, terms, basisPoints: basisPoints, amount: Int64(factor) - 1)
        case .act: return EffectRow(kind: .act)
        }
    }

    private func row(
        _ kind: EffectKind, _ terms: DiscountTerms, filter: UInt32 = 0, basisPoints: Int32 = 0, amount: Int64 = 0
    ) -> EffectRow {
        EffectRow(
            kind: kind, base: terms.base, rounding: terms.rounding, spread: terms.spread, shares: terms.shares,
            basisPoints: basisPoints, filter: filter, amount: amount)
    }

    private mutating func row(bundle added: [BundlePart], _ price: BundlePrice, _ terms: DiscountTerms) -> EffectRow {
        let start = parts.count
        for part in added { parts.append(PartRow(filter: number(part.filter), units: part.units)) }
        var row: EffectRow
        switch price {
        case .price(let amount): row = self.row(.bundlePrice, terms, amount: amount)
        case .basisPoints(let basisPoints): row = self.row(.bundlePercent, terms, basisPoints: basisPoints)
        }
        (row.target, row.every) = (UInt32(start), Int32(added.count))
        return row
    }

    private mutating func number(_ filter: GoodsFilter) -> UInt32 {
        if let known = filterNumbers[filter] { return known }
        let number = UInt32(filters.count)
        filters.append(filter)
        filterNumbers[filter] = number
        return number
    }

    /// For every filter the items that it means, ascending.
    func members(_ assortment: Assortment) -> [[Int]] {
        let index = FilterIndex(filters)
        var members: [[Int]] = filters.map { _ in [] }
        for (item, product) in assortment.goods.enumerated() {
            for filter in index.filters(of: product) { members[filter].append(item) }
        }
        return members
    }
}
