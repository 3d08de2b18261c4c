import TallyTables

extension Matcher {
    /// Intersects the sets of every rule.
    ///
    /// Rules that fit some basket are bits of `hitRules`; their baskets are in `hits`, from `hitStarts` to `hitEnds`, and `cursors`
    /// says how many rules each basket has.
    func intersect(_ batch: borrowing BasketBatch, hasOdd: Bool) {
        for basket in 0..<batch.count { cursors[basket] = 0 }
        for word in 0..<hitRules.count { hitRules[word] = 0 }
        var kernel = RuleKernel(self, batch, hasOdd: hasOdd)
        let (rules, live, sets) = unsafe (table.rules.pointer, live.pointer, self.sets.pointer)
        let operands = unsafe table.operands.pointer
        for number in 0..<table.rules.count {
            let rule = unsafe rules[number]
            let access = Int(rule.access)
            if unsafe live[access] == 0 { continue }
            var set = unsafe sets[access]
            let operand = unsafe operands + Int(rule.operands)
            var place = 0
            let end = Int(rule.setCount)
            if end & 1 != 0 {
                unsafe set &= sets[Int(operand[0])]
                place = 1
            }
            while place < end {
                unsafe set &= sets[Int(operand[place])] & sets[Int(operand[place &+ 1])]
                place &+= 2
            }
            if set.isEmptySet { continue }
            kernel.take(number, rule, set)
        }
        mark = kernel.mark
    }
}

/// Takes the baskets that are in all sets of a rule, but for those that a list or a check shuts out.
@safe
private struct RuleKernel: ~Copyable {
    /// A list is looked up basket by basket for about so few; for more its classes are united.
    private static let lookUpsMax = 48

    private let matcher: Matcher
    private let hasOdd: Bool
    private var checks: CheckKernel
    private let classes: UnsafeMutablePointer<UInt16>
    private let listBits: UnsafeMutablePointer<UInt64>
    private let operands: UnsafeMutablePointer<UInt32>
    /// The set at hand, and its words.
    private let set: UnsafeMutablePointer<BasketSet>
    private let words: UnsafeMutablePointer<UInt64>
    private let cursors: UnsafeMutablePointer<UInt32>
    private var capacity: Int
    private var hits: UnsafeMutablePointer<UInt16>
    private var hitCount = 0

    init(_ matcher: Matcher, _ batch: borrowing BasketBatch, hasOdd: Bool) {
        self.matcher = matcher
        self.hasOdd = hasOdd
        checks = CheckKernel(matcher, batch)
        unsafe classes = matcher.classes.pointer
        unsafe listBits = matcher.table.listBits.pointer
        unsafe cursors = matcher.cursors.pointer
        unsafe operands = matcher.table.operands.pointer
        unsafe set = matcher.scratch.pointer
        unsafe words = UnsafeMutableRawPointer(set).assumingMemoryBound(to: UInt64.self)
        unsafe hits = matcher.hits.pointer
        capacity = matcher.hits.count
    }

    var mark: UInt64 { checks.mark }

    /// Takes the baskets of a rule.
    @inline(never)
    mutating func take(_ row: Int, _ rule: RuleRow, _ found: BasketSet) {
        if hitCount &+ BasketSet.capacity > capacity { grow() }
        unsafe set[0] = found
        let start = hitCount
        if rule.listCount == 0, rule.checkCount == 0, !hasOdd {
            takeAll()
        } else {
            takeListed(row, rule)
        }
        if hitCount > start { note(row, start) }
    }

    /// Takes all baskets of the set.
    @inline(__always)
    private mutating func takeAll() {
        let (words, hits, cursors) = unsafe (self.words, self.hits, self.cursors)
        var count = hitCount
        for word in 0..<BasketSet.words {
            var bits = unsafe words[word]
            while bits != 0 {
                let basket = word &* 64 &+ bits.trailingZeroBitCount
                bits &= bits &- 1
                unsafe hits[count] = UInt16(truncatingIfNeeded: basket)
                unsafe cursors[basket] &+= 1
                count &+= 1
            }
        }
        hitCount = count
    }

    /// Takes the baskets of the set that are in the lists of a rule and pass its checks.
    @inline(__always)
    private mutating func takeListed(_ row: Int, _ rule: RuleRow) {
        var place = Int(rule.operands) &+ Int(rule.setCount)
        for _ in 0..<Int(rule.listCount) {
            let (fact, bits) = unsafe (operands[place], operands[place &+ 1])
            if unsafe RuleKernel.isDense(set[0]) {
                unsafe set[0] &= matcher.united(matcher.table.facts[Int(fact)], bits: Int(bits))
            } else {
                unsafe lookUp(classes + Int(fact) &* BasketSet.capacity, listBits + Int(bits))
            }
            place &+= 2
        }
        if rule.checkCount == 0, !hasOdd { return takeAll() }
        for word in 0..<BasketSet.words {
            var bits = unsafe words[word]
            while bits != 0 {
                let basket = word &* 64 &+ bits.trailingZeroBitCount
                bits &= bits &- 1
                if !checks.pass(place, Int(rule.checkCount), basket) { continue }
                if hasOdd, !passUnits(row, basket) { continue }
                unsafe hits[hitCount] = UInt16(truncatingIfNeeded: basket)
                unsafe cursors[basket] &+= 1
                hitCount &+= 1
            }
        }
    }

    /// Keeps the baskets of the set whose class is in a list.
    @inline(__always)
    private func lookUp(_ classes: UnsafeMutablePointer<UInt16>, _ list: UnsafeMutablePointer<UInt64>) {
        for word in 0..<BasketSet.words {
            var bits = unsafe words[word]
            var kept: UInt64 = 0
            while bits != 0 {
                let basket = bits.trailingZeroBitCount
                bits &= bits &- 1
                let number = unsafe Int(classes[word &* 64 &+ basket])
                kept |= unsafe (list[number &>> 6] &>> UInt64(number & 63) & 1) &<< UInt64(basket)
            }
            unsafe words[word] = kept
        }
    }

    @inline(__always)
    private func note(_ row: Int, _ start: Int) {
        let number = Int(matcher.table.numbers[row])
        matcher.hitStarts[number] = UInt32(truncatingIfNeeded: start)
        matcher.hitEnds[number] = UInt32(truncatingIfNeeded: hitCount)
        matcher.hitRules[number &>> 6] |= 1 &<< UInt64(number & 63)
    }

    /// Makes room for the baskets of one more rule.
    @inline(never)
    private mutating func grow() {
        let larger = Column(repeating: UInt16(0), count: matcher.hits.count * 2)
        for hit in 0..<hitCount { larger[hit] = matcher.hits[hit] }
        matcher.hits = larger
        unsafe hits = matcher.hits.pointer
        capacity = matcher.hits.count
    }

    /// About whether many baskets are in a set: two of its words stand for all.
    @inline(__always)
    private static func isDense(_ set: BasketSet) -> Bool {
        (set[0].nonzeroBitCount &+ set[4].nonzeroBitCount) &* 4 > lookUpsMax
    }

    /// Whether a basket has a unit of all goods of which a rule wants one: the sets say so, but not for odd baskets.
    @inline(never)
    private mutating func passUnits(_ row: Int, _ basket: Int) -> Bool {
        guard matcher.odd[0][basket &>> 6] &>> UInt64(basket & 63) & 1 != 0 else { return true }
        for place in Int(matcher.table.unitCheckStarts[row])..<Int(matcher.table.unitCheckStarts[row + 1]) {
            guard checks.passes(Int(matcher.table.unitChecks[place]), basket) else { return false }
        }
        return true
    }
}
