internal import CTally
import TallyTables

extension Matcher {
    /// Puts baskets into the sets of goods and tokens.
    ///
    /// - Returns: True when a basket has goods that cost something although there is nothing of them.
    func fillGoods(_ batch: borrowing BasketBatch) -> Bool {
        for set in 1..<table.filledCount { unsafe sets.pointer[set] = .zero }
        let lineCount = Int(batch.lineStarts[batch.count])
        if uses.count < lineCount { uses = Column(repeating: 0, count: lineCount * 2) }
        let grader = LineGrader(self, batch)
        let hasOdd = grader.grade(lineCount)
        let kernel = GoodsKernel(self, batch)
        for basket in 0..<batch.count { kernel.fill(basket) }
        kernel.spreadTotals()
        for place in 0..<table.merges.count {
            let merge = unsafe table.merges.pointer[place]
            unsafe sets.pointer[Int(merge.into)] |= sets.pointer[Int(merge.from)]
        }
        for set in 0..<table.askedCount { unsafe live.pointer[set] = sets.pointer[set].isEmptySet ? 0 : 1 }
        if hasOdd { findOdd(batch) }
        return hasOdd
    }

    /// Finds baskets with goods that cost something although there is nothing of them.
    private func findOdd(_ batch: borrowing BasketBatch) {
        odd[0] = .zero
        for basket in 0..<batch.count {
            for line in Int(batch.lineStarts[basket])..<Int(batch.lineStarts[basket + 1])
            where batch.units[line] <= 0 && batch.totals[line] > 0 {
                odd[0][basket >> 6] |= 1 << UInt64(basket & 63)
            }
        }
    }
}

/// 1 when an amount is so much, otherwise 0; neither is negative.
///
/// It is reckoned from the sign, because a comparison would become a branch, and which way that goes cannot be guessed.
@inline(__always)
private func isAtLeast(_ amount: Int64, _ least: Int64) -> Int {
    Int(truncatingIfNeeded: ~UInt64(bitPattern: amount &- least) &>> 63)
}

/// Finds for every line of a batch what it does to its basket.
///
/// All lines come first, because nothing has to be guessed here, and what they do is then on its way from memory.
@safe
private struct LineGrader {
    private let items: UnsafeMutablePointer<Int32>
    private let units: UnsafeMutablePointer<Int64>
    private let totals: UnsafeMutablePointer<Int64>
    private let quantities: UnsafeMutablePointer<Int64>
    private let found: UnsafeMutablePointer<UInt32>
    private let useStarts: UnsafeMutablePointer<UInt32>
    private let uses: UnsafeMutablePointer<UInt32>
    private let (unitCuts, sumCuts, quantityCuts): (LevelPlan.Cuts, LevelPlan.Cuts, LevelPlan.Cuts)
    private let (unitStride, sumStride, quantityStride): (Int, Int, Int)
    private let asksQuantities: Bool
    private let gradeCount: Int
    private let goodsCount: Int

    init(_ matcher: Matcher, _ batch: borrowing BasketBatch) {
        let table = matcher.table
        unsafe (items, units) = (batch.items.pointer, batch.units.pointer)
        unsafe (totals, quantities) = (batch.totals.pointer, batch.quantities.pointer)
        unsafe (found, useStarts, uses) = (matcher.uses.pointer, table.useStarts.pointer, table.uses.pointer)
        (unitCuts, sumCuts, quantityCuts) = (table.cuts[0], table.cuts[1], table.cuts[2])
        asksQuantities = quantityCuts[0] < .max
        (unitStride, sumStride, quantityStride) = (table.gradeStrides[0], table.gradeStrides[1], table.gradeStrides[2])
        gradeCount = table.gradeCount
        goodsCount = table.assortment.goods.count
    }

    /// Grades the first lines.
    ///
    /// - Returns: True when one costs something although there is nothing of it.
    func grade(_ count: Int) -> Bool {
        var hasOdd = false
        for line in 0..<count {
            let item = unsafe Int(items[line])
            precondition(item >= 0 && item < goodsCount, "An item is one of the assortment.")
            let (units, total) = unsafe (self.units[line], totals[line])
            var grade = rank(units, unitCuts) &* unitStride &+ rank(total, sumCuts) &* sumStride
            if asksQuantities { grade &+= unsafe rank(quantities[line], quantityCuts) &* quantityStride }
            var use = unsafe useStarts[item &* gradeCount &+ grade]
            if units <= 0 {
                // What costs something may still reach a sum. The sets hold too many baskets then, and all conditions on them
                // are checked.
                if total > 0 { hasOdd = true } else { use = RuleTable.noUse }
            }
            unsafe found[line] = use
            unsafe tally_prefetch_read(uses + Int(use))
        }
        return hasOdd
    }

    /// How many cuts an amount reaches: those that it is not below.
    @inline(__always)
    private func rank(_ amount: Int64, _ cuts: LevelPlan.Cuts) -> Int {
        let distances = LevelPlan.Cuts(repeating: max(0, amount)) &- cuts
        let below = SIMD4<UInt64>(truncatingIfNeeded: distances) &>> 63
        return LevelPlan.Cuts.scalarCount &- Int(truncatingIfNeeded: below.wrappedSum())
    }
}

/// Puts baskets into the sets of their lines and tokens.
///
/// Bounds are checked where numbers come in: items against the assortment, tokens against the sets. Everything else is a place in
/// columns that were made for one another. All addresses are at hand, so that no write makes the compiler read one again.
@safe
private struct GoodsKernel {
    private let words: UnsafeMutablePointer<UInt64>
    private let found: UnsafeMutablePointer<UInt32>
    private let uses: UnsafeMutablePointer<UInt32>
    private let thresholds: UnsafeMutablePointer<Threshold>
    private let thresholdCount: Int
    private let lineStarts: UnsafeMutablePointer<UInt32>
    private let totals: UnsafeMutablePointer<Int64>
    private let tokenStarts: UnsafeMutablePointer<UInt32>
    private let tokens: UnsafeMutablePointer<UInt32>
    private let askedCount: Int

    init(_ matcher: Matcher, _ batch: borrowing BasketBatch) {
        let table = matcher.table
        unsafe words = UnsafeMutableRawPointer(matcher.sets.pointer).assumingMemoryBound(to: UInt64.self)
        unsafe (found, uses) = (matcher.uses.pointer, table.uses.pointer)
        unsafe thresholds = table.thresholds.pointer
        thresholdCount = table.thresholds.count
        unsafe (lineStarts, totals) = (batch.lineStarts.pointer, batch.totals.pointer)
        unsafe (tokenStarts, tokens) = (batch.tokenStarts.pointer, batch.tokens.pointer)
        askedCount = table.askedCount
    }

    /// Reads the lines and tokens of a basket.
    @inline(__always)
    func fill(_ basket: Int) {
        let (word, bit) = unsafe (words + basket &>> 6, UInt64(1) &<< UInt64(basket & 63))
        var line = unsafe Int(lineStarts[basket])
        let end = unsafe Int(lineStarts[basket &+ 1])
        var total: Int64 = 0
        while line < end {
            unsafe total &+= totals[line]
            unsafe follow(uses + Int(found[line]), word, bit)
            line &+= 1
        }
        unsafe passTotal(total, word, bit)
        var place = unsafe Int(tokenStarts[basket])
        let last = unsafe Int(tokenStarts[basket &+ 1])
        while place < last {
            let set = unsafe Int(tokens[place])
            precondition(set < askedCount, "A token is one of its table.")
            unsafe word[set &* BasketSet.words] |= bit
            place &+= 1
        }
    }

    /// Does what a line does.
    @inline(__always)
    private func follow(_ use: UnsafeMutablePointer<UInt32>, _ word: UnsafeMutablePointer<UInt64>, _ bit: UInt64) {
        var place = unsafe use + 2
        var end = unsafe place + Int(use[0])
        repeat {
            // A second line puts the basket into the set of those with several.
            let (one, several) = unsafe (Int(place[0]), Int(place[1]))
            let (other, otherSeveral) = unsafe (Int(place[2]), Int(place[3]))
            unsafe word[several] |= word[one] & bit
            unsafe word[one] |= bit
            unsafe word[otherSeveral] |= word[other] & bit
            unsafe word[other] |= bit
            unsafe place += 2 * RuleTable.pairStride
        } while unsafe place < end
        unsafe end = place + Int(use[1])
        repeat {
            unsafe word[Int(place[0])] |= bit
            unsafe word[Int(place[1])] |= bit
            unsafe word[Int(place[2])] |= bit
            unsafe word[Int(place[3])] |= bit
            unsafe place += RuleTable.putStride
        } while unsafe place < end
    }

    /// Every basket has a sum, and thresholds of it are many: the basket goes into the set of the highest that it reaches, and
    /// into those below by ``spreadTotals()``.
    @inline(__always)
    private func passTotal(_ total: Int64, _ word: UnsafeMutablePointer<UInt64>, _ bit: UInt64) {
        var (reached, place) = (0, 0)
        let positive = max(0, total)
        while place < thresholdCount {
            reached &+= unsafe isAtLeast(positive, thresholds[place].atLeast)
            place &+= 1
        }
        if reached > 0 { unsafe word[Int(thresholds[reached &- 1].set) &* BasketSet.words] |= bit }
    }

    /// Who reaches a threshold reaches all below.
    func spreadTotals() {
        var place = thresholdCount - 1
        while place > 0 {
            let (upper, lower) = unsafe (Int(thresholds[place].set), Int(thresholds[place - 1].set))
            for word in 0..<BasketSet.words {
                unsafe words[lower &* BasketSet.words &+ word] |= words[upper &* BasketSet.words &+ word]
            }
            place -= 1
        }
    }
}
