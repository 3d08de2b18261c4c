import TallyTables

/// What promotions are worth and how they go together, as the evaluator reads it.
struct AwardTable: ~Copyable, Sendable {
    /// For every promotion where it stands.
    let promotions: Column<PromotionRow>
    /// Effects of a rule, by rule number.
    let effectStarts: Column<UInt32>
    let effects: Column<EffectRow>
    /// Parts of bundles.
    let parts: Column<PartRow>
    /// The six lanes, then the groups.
    let nodes: Column<NodeRow>
    /// Filters of effects that mean a product, by item, ascending; filter 0 is all goods and is in no list.
    let filterStarts: Column<UInt32>
    let filters: Column<UInt32>
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
        builder.placeItems(assortment)
        promotions = Column(builder.promotions)
        effectStarts = Column(builder.effectStarts + [UInt32(builder.effects.count)])
        effects = Column(builder.effects)
        parts = Column(builder.parts)
        nodes = Column(builder.nodes)
        filterStarts = Column(builder.filterStarts)
        filters = Column(builder.itemFilters)
        brands = Column(assortment.brands)
        floors = Column(assortment.goods.map(\.floorPrice))
        hasFloors = assortment.goods.contains { $0.floorPrice > 0 }
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
