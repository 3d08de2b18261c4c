import TallyTables

/// What was decided for the baskets of a batch, in columns.
public struct AwardBatch: ~Copyable {
    /// Where the awards of each basket begin.
    private var starts: [Int32] = []
    private var awards: [Award] = []
    /// Where the parts of each award begin.
    private var partStarts: [Int32] = []
    /// Parts, and room behind them that was in use before.
    private var parts: [AwardPart] = []
    private var partCount = 0
    /// Baskets for which the best set of promotions was looked for and not proved.
    private var unproven: [Int32] = []

    /// An empty batch.
    public init() {
        starts.reserveCapacity(BasketSet.capacity + 1)
        awards.reserveCapacity(BasketSet.capacity * 8)
        partStarts.reserveCapacity(BasketSet.capacity * 8)
        parts = Array(repeating: AwardPart(line: 0, discount: 0, points: 0), count: BasketSet.capacity * 64)
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
        let end = award + 1 < partStarts.count ? Int(partStarts[award + 1]) : partCount
        return parts[Int(partStarts[award])..<end]
    }

    /// True when a better set of promotions may exist for a basket: too many go together in too many ways to try them all.
    public func isUnproven(_ basket: Int) -> Bool { unproven.contains(Int32(basket)) }

    mutating func removeAll() {
        starts.removeAll(keepingCapacity: true)
        awards.removeAll(keepingCapacity: true)
        partStarts.removeAll(keepingCapacity: true)
        partCount = 0
        unproven.removeAll(keepingCapacity: true)
    }

    mutating func beginBasket() { starts.append(Int32(awards.count)) }
    mutating func markUnproven() { unproven.append(Int32(starts.count - 1)) }

    mutating func append(_ award: Award) {
        awards.append(award)
        partStarts.append(Int32(partCount))
    }

    mutating func append(_ part: AwardPart) {
        appendParts(upTo: 1) { parts, start in
            parts[start] = part
            return start + 1
        }
    }

    /// Adds parts of the last award.
    ///
    /// - Parameters:
    ///   - most: How many there are at most.
    ///   - write: Receives all parts, with room for so many more, and where they begin; says where they end.
    @inline(__always)
    mutating func appendParts(upTo most: Int, _ write: (inout MutableSpan<AwardPart>, Int) -> Int) {
        if parts.count - partCount < most { makeRoom(most) }
        let start = partCount
        var all = parts.mutableSpan
        let end = write(&all, start)
        partCount = end
    }

    @inline(never)
    private mutating func makeRoom(_ count: Int) {
        parts += repeatElement(AwardPart(line: 0, discount: 0, points: 0), count: max(parts.count, count))
    }
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
