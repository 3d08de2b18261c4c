import TallyTables

/// What was decided for the baskets of a batch, in columns.
public struct AwardBatch: ~Copyable {
    /// Where the awards of each basket begin.
    private let starts = Column(repeating: Int32(0), count: BasketSet.capacity)
    /// Baskets that were decided.
    public private(set) var count = 0
    /// Awards, where the parts of each begin, and the parts; with room behind that was in use before.
    private var awards = Array(
        repeating: Award(promotion: 0, discount: 0, points: 0), count: BasketSet.capacity * 8)
    private var partStarts = Array(repeating: Int32(0), count: BasketSet.capacity * 8)
    private var parts = Array(
        repeating: AwardPart(line: 0, discount: 0, points: 0), count: BasketSet.capacity * 64)
    /// Awards of all baskets.
    public private(set) var awardCount = 0
    private var partCount = 0
    /// Baskets for which the best set of promotions was looked for and not proved.
    private var unproven: [Int32] = []

    /// An empty batch.
    public init() {}

    /// The awards of a basket, in the order in which they apply.
    public func awards(of basket: Int) -> ArraySlice<Award> { awards[range(of: basket)] }

    /// An award by its place among all awards.
    public func award(at place: Int) -> Award { awards[place] }

    /// Places of a basket's awards among all awards.
    public func range(of basket: Int) -> Range<Int> {
        Int(starts[basket])..<(basket + 1 < count ? Int(starts[basket + 1]) : awardCount)
    }

    /// What an award is for each line that it touches.
    ///
    /// - Parameter award: Its place among all awards.
    /// - Returns: Parts that add up to the award, in the order of their lines.
    public func parts(of award: Int) -> ArraySlice<AwardPart> {
        let end = award + 1 < awardCount ? Int(partStarts[award + 1]) : partCount
        return parts[Int(partStarts[award])..<end]
    }

    /// True when a better set of promotions may exist for a basket: too many go together in too many ways to try them all.
    public func isUnproven(_ basket: Int) -> Bool { unproven.contains(Int32(basket)) }

    mutating func removeAll() {
        (count, awardCount, partCount) = (0, 0, 0)
        unproven.removeAll(keepingCapacity: true)
    }

    mutating func beginBasket() {
        starts[count] = Int32(awardCount)
        count += 1
    }

    mutating func markUnproven() { unproven.append(Int32(count - 1)) }

    mutating func append(_ award: Award) {
        if awardCount == awards.count { makeRoomForAwards() }
        awards[awardCount] = award
        partStarts[awardCount] = Int32(partCount)
        awardCount += 1
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
    private mutating func makeRoomForAwards() {
        partStarts += repeatElement(0, count: awards.count)
        awards += awards
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
