import TallyTables

/// Walks over the positions of a basket.
///
/// Positions lie in blocks of four, and those behind the last cost nothing. Bounds are checked once a walk: there are no more positions
/// than columns have room for, and their items are of the assortment, as the matcher has checked. All addresses are at hand, so that
/// no write makes the compiler read one again.
@safe
struct PositionKernel {
    private let end: Int
    private let items: UnsafeMutablePointer<Int32>
    private let blocks: UnsafeMutablePointer<UInt32>
    private let words: UnsafeMutablePointer<UInt64>

    /// A kernel over the goods that a filter means.
    @inline(__always)
    init(_ positions: borrowing PositionColumns, _ filter: UInt32, _ members: borrowing MemberMap) {
        precondition(positions.count <= positions.capacity, "Positions have room.")
        end = (positions.count &+ 3) & ~3
        unsafe items = positions.items.pointer
        let first = Int(filter) * members.blocksPerFilter
        precondition(first < members.blocks.count, "A filter is one of its table.")
        unsafe (blocks, words) = (members.blocks.pointer + first, members.words.pointer)
    }

    /// All ones when the filter means the goods of a position, otherwise nothing.
    @inline(__always)
    private func mask(_ position: Int) -> Int64 {
        let item = unsafe Int(items[position])
        let block = unsafe Int(blocks[item &>> MemberMap.blockItemsLog2])
        let word = unsafe words[block &+ (item &>> 6 & 7)]
        return 0 &- Int64(truncatingIfNeeded: word &>> UInt64(item & 63) & 1)
    }

    /// A part of what each of the goods costs, rounded down for each.
    ///
    /// - Returns: All parts together.
    @inline(__always)
    func portions(
        of base: UnsafePointer<Int64>, _ basisPoints: Int32, into column: UnsafeMutablePointer<Int64>
    ) -> Int64 {
        let factor = Int64(basisPoints)
        var sum: Int64 = 0
        var position = 0
        while position < end {
            for lane in position..<position &+ 4 {
                let part = unsafe (base[lane] & mask(lane)) &* factor / 10_000
                unsafe column[lane] = part
                sum &+= part
            }
            position &+= 4
        }
        return sum
    }

    /// What the goods cost; of others nothing.
    ///
    /// - Returns: All together.
    @inline(__always)
    func weigh(_ base: UnsafePointer<Int64>, into weights: UnsafeMutablePointer<Int64>) -> Int64 {
        var sum: Int64 = 0
        var position = 0
        while position < end {
            for lane in position..<position &+ 4 {
                let weight = unsafe base[lane] & mask(lane)
                unsafe weights[lane] = weight
                sum &+= weight
            }
            position &+= 4
        }
        return sum
    }
}

// Mutating, all of them: what only reads would be handed a copy of everything that an evaluator holds.
extension Evaluator {
    /// The prices that an effect reckons from, by position.
    @unsafe @inline(__always)
    mutating func base(_ effect: EffectRow, _ level: Int) -> UnsafePointer<Int64> {
        unsafe UnsafePointer(
            effect.base == .initial ? positions.totals.pointer : levels.running.pointer + level * levels.capacity)
    }

    /// A part of what each of an effect's goods costs, rounded down for each.
    ///
    /// - Returns: All parts together.
    mutating func portions(_ effect: EffectRow, _ level: Int, into column: UnsafeMutablePointer<Int64>) -> Int64 {
        let base = unsafe base(effect, level)
        let kernel = PositionKernel(positions, effect.filter, table.awards.members)
        return unsafe kernel.portions(of: base, effect.basisPoints, into: column)
    }

    /// Puts what the goods of an effect cost into `trial.weights`.
    ///
    /// - Returns: Their sum.
    mutating func weigh(_ effect: EffectRow, _ level: Int) -> Int64 {
        let base = unsafe base(effect, level)
        let kernel = PositionKernel(positions, effect.filter, table.awards.members)
        return unsafe kernel.weigh(base, into: trial.weights.pointer)
    }

    /// Takes no more off a position than is left of it.
    ///
    /// - Returns: What is taken off together.
    mutating func cut(to left: UnsafePointer<Int64>) -> Int64 {
        let discounts = unsafe trial.discounts.pointer
        var sum: Int64 = 0
        for position in 0..<positions.count {
            let discount = unsafe min(discounts[position], left[position])
            unsafe discounts[position] = discount
            sum &+= discount
        }
        return sum
    }

    /// Empties columns of the trial.
    @inline(__always)
    mutating func clear(_ column: UnsafeMutablePointer<Int64>) {
        let blocks = unsafe UnsafeMutableRawPointer(column).assumingMemoryBound(to: SIMD4<Int64>.self)
        for block in 0..<positions.blockCount { unsafe blocks[block] = .zero }
    }

    /// Takes the discounts of the trial off what is left on a level.
    @inline(__always)
    mutating func takeDiscountsOff(_ level: Int) {
        let running = unsafe UnsafeMutableRawPointer(levels.running.pointer + level * levels.capacity)
            .assumingMemoryBound(to: SIMD4<Int64>.self)
        let discounts = unsafe UnsafeMutableRawPointer(trial.discounts.pointer)
            .assumingMemoryBound(to: SIMD4<Int64>.self)
        for block in 0..<positions.blockCount { unsafe running[block] &-= discounts[block] }
    }

    /// Lays out line by line what a promotion does to lines that are positions.
    @inline(__always)
    mutating func appendLines(_ awards: inout AwardBatch) {
        let (places, count) = unsafe (positions.ofLine.pointer, positions.lineCount)
        let (discounts, points) = unsafe (trial.discounts.pointer, trial.points.pointer)
        awards.appendParts(upTo: count) { parts, start in
            // Every line is written, and only those that get something are kept.
            var end = start
            for line in 0..<count {
                let position = unsafe Int(places[line])
                let (discount, points) = unsafe (discounts[position], points[position])
                parts[end] = AwardPart(line: Int32(truncatingIfNeeded: line), discount: discount, points: points)
                end &+= discount | points != 0 ? 1 : 0
            }
            return end
        }
    }
}
