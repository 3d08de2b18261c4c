import TallyTables

/// What was decided for the baskets of a batch, in columns.
public struct AwardBatch: ~Copyable {
    /// Where the awards of each basket begin.
    private var starts: [Int32] = []
    private var awards: [Award] = []
    /// Where the parts of each award begin.
    private var partStarts: [Int32] = []
    private var parts: [AwardPart] = []
    /// Baskets for which the best set of promotions was looked for and not proved.
    private var unproven: [Int32] = []

    /// An empty batch.
    public init() {
        starts.reserveCapacity(BasketSet.capacity + 1)
        awards.reserveCapacity(BasketSet.capacity * 8)
        partStarts.reserveCapacity(BasketSet.capacity * 8)
        parts.reserveCapacity(BasketSet.capacity * 64)
    }

    /// Baskets that were decided.
    public var count: Int { starts.count }
    /// Awards of all of them.
    public var awardCount: Int { awards.count }

    /// The awards of a basket, in the order in which they apply.
    public func awards(of basket: Int) -> ArraySlice<Award> { awards[range(of: basket)] }

    /// An award by its place among all awards.
    public func award(at place: Int) -> Award { awards[place] }

    /// Places of a basket's awards among all awards.
    public func range(of basket: Int) -> Range<Int> {
        Int(starts[basket])..<(basket + 1 < starts.count ? Int(starts[basket + 1]) : awards.count)
    }

    /// What an award is for each line that it touches.
    ///
    /// - Parameter award: Its place among all awards.
    /// - Returns: Parts that add up to the award, in the order of their lines.
    public func parts(of award: Int) -> ArraySlice<AwardPart> {
        let end = award + 1 < partStarts.count ? Int(partStarts[award + 1]) : parts.count
        return parts[Int(partStarts[award])..<end]
    }

    /// True when a better set of promotions may exist for a basket: too many go together in too many ways to try them all.
    public func isUnproven(_ basket: Int) -> Bool { unproven.contains(Int32(basket)) }

    mutating func removeAll() {
        starts.removeAll(keepingCapacity: true)
        awards.removeAll(keepingCapacity: true)
        partStarts.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        unproven.removeAll(keepingCapacity: true)
    }

    mutating func beginBasket() { starts.append(Int32(awards.count)) }
    mutating func markUnproven() { unproven.append(Int32(starts.count - 1)) }

    mutating func append(_ award: Award) {
        awards.append(award)
        partStarts.append(Int32(parts.count))
    }

    mutating func append(_ part: AwardPart) { parts.append(part) }
}

/// What an award is for one line.
public struct AwardPart: Sendable, Hashable, BitwiseCopyable {
    /// The line, counted from 0.
    public var line: Int32
    /// What is taken off, in minor units of money.
    public var discount: Int64
    /// Points that are given, in minor units.
    public var points: Int64

    /// A part of its numbers.
    public init(line: Int32, discount: Int64, points: Int64) {
        (self.line, self.discount, self.points) = (line, discount, points)
    }
}
