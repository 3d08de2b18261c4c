import TallyTables

/// What promotions are worth and how they go together, as the evaluator reads it.
struct AwardTable: ~Copyable, Sendable {
    /// For every promotion where it stands.
    let promotions: Column<PromotionRow>
    /// Effects of a rule, by rule number.
    let effectStarts: Column<UInt32>
    /// 1 for a rule that asks how what is left lies on the goods, 0 for one that asks at most how much it is.
    let asksParts: Column<UInt8>
    let effects: Column<EffectRow>
    /// Parts of bundles.
    let parts: Column<PartRow>
    /// The six lanes, then the groups.
    let nodes: Column<NodeRow>
    /// Which goods the filters of effects mean; filter 0 is all goods.
    let members: MemberMap
    /// For every product its brand and its floor.
    let brands: Column<Int32>
    let floors: Column<Int64>
    let hasFloors: Bool
    /// What a minor unit of points is worth, in ten-thousandths of money.
    let pointValue: Int64

    init(_ ruleSet: RuleSet, owners: [RuleOwner], _ assortment: Assortment) {
        var builder = AwardTableBuilder(ruleSet)
        builder.placeNodes()
        builder.placePromotions()
        for owner in owners {
            builder.place(ruleSet.promotions[Int(owner.promotion)].rules[Int(owner.rule)].effects)
        }
        promotions = Column(builder.promotions)
        effectStarts = Column(builder.effectStarts + [UInt32(builder.effects.count)])
        effects = Column(builder.effects)
        let hasFloors = assortment.goods.contains { $0.floorPrice > 0 }
        let starts = builder.effectStarts + [UInt32(builder.effects.count)]
        asksParts = Column(
            zip(starts, starts.dropFirst()).map { start, end in
                end == start + 1 && !builder.effects[Int(start)].asksParts(hasFloors: hasFloors) ? 0 : 1
            })
        parts = Column(builder.parts)
        nodes = Column(builder.nodes)
        members = MemberMap(builder.members(assortment), goodsCount: assortment.goods.count)
        brands = Column(assortment.brands)
        floors = Column(assortment.goods.map(\.floorPrice))
        self.hasFloors = hasFloors
        pointValue = ruleSet.pointValue
    }
}

/// Where a promotion stands.
struct PromotionRow: BitwiseCopyable, Sendable {
    /// Marks that exclude others: bits.
    var tags: UInt64
    /// Its place among all promotions by priority and order.
    var rank: UInt32
    /// The lane or group that decides about it.
    var node: UInt32
    var priority: Int32
    var lane: UInt8
}

/// A lane or a group.
struct NodeRow: BitwiseCopyable, Sendable {
    /// The node above; of a lane itself.
    var parent: UInt32
    var priority: Int32
    var most: Int32
    var capBasisPoints: Int32
    var mode: UInt8
}

/// An effect; what its numbers mean depends on its kind.
struct EffectRow: BitwiseCopyable, Sendable {
    var kind: EffectKind
    var base: DiscountTerms.Base = .running
    var rounding: DiscountTerms.Rounding = .once
    var spread: DiscountTerms.Spread = .goods
    var shares = false
    var order = UnitOrder.dearestFirst
    var sameBrand = false
    var basisPoints: Int32 = 0
    var filter: UInt32 = 0
    var target: UInt32 = 0
    var amount: Int64 = 0
    var amount2: Int64 = 0
    var every: Int32 = 0
    var most: Int32 = 0

    /// Whether it matters how what earlier promotions left lies on the goods, and which units they counted.
    func asksParts(hasFloors: Bool) -> Bool {
        switch kind {
        case .act, .points: false
        case .pointsPercent, .pointsPerStep, .pointsTimes: base == .running
        case .percentOff, .amountOff: base == .running || spread == .goods || hasFloors
        case .everyNth, .bind, .bundlePrice, .bundlePercent:
            base == .running || spread == .goods || hasFloors || !shares
        case .unitPrice: true
        }
    }
}

/// Kinds of effects that move money or points, and acts.
enum EffectKind: UInt8, BitwiseCopyable, Sendable {
    case percentOff, amountOff, unitPrice, everyNth, bind, bundlePrice, bundlePercent
    case pointsPercent, points, pointsPerStep, pointsTimes
    case act

    /// True for what takes money off.
    var takesOff: Bool { rawValue <= EffectKind.bundlePercent.rawValue }
    /// True for what counts units.
    var countsUnits: Bool { takesOff && rawValue >= EffectKind.everyNth.rawValue }
}

/// A part of a bundle.
struct PartRow: BitwiseCopyable, Sendable {
    var filter: UInt32
    var units: Int32
}
