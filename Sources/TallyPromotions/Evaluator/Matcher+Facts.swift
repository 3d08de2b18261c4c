import TallyTables

extension Matcher {
    /// Puts baskets into the sets of the classes of their facts.
    func fillFacts(_ batch: borrowing BasketBatch) {
        for column in 0..<table.facts.count {
            let fact = table.facts[column]
            guard fact.classSets != 0 else { continue }
            for place in 0..<Int(fact.classCount) { unsafe sets.pointer[Int(fact.classSets) + place] = .zero }
            let kernel = FactKernel(self, fact, column, batch)
            if fact.tableCount == 0 {
                kernel.fill { kernel.search($0) }
            } else if fact.keepsClasses {
                kernel.fill { kernel.lookUp($0) }
            } else {
                kernel.fillSets { kernel.lookUp($0) }
            }
            if fact.aboveSets != 0 { accumulate(fact) }
        }
        for place in 0..<table.unions.count { unite(table.unions[place]) }
        for place in 0..<table.windows.count {
            let window = unsafe table.windows.pointer[place]
            unsafe sets.pointer[Int(window.set)] = sets.pointer[Int(window.above)] & sets.pointer[Int(window.below)]
        }
    }

    /// Makes for every class the set of it and all above, and the set of all below.
    private func accumulate(_ fact: FactRow) {
        var (above, below) = (BasketSet.zero, BasketSet.zero)
        var place = Int(fact.classCount) - 1
        while place >= 0 {
            unsafe above |= sets.pointer[Int(fact.classSets) + place]
            unsafe sets.pointer[Int(fact.aboveSets) + place] = above
            place -= 1
        }
        for place in 0..<Int(fact.classCount) {
            unsafe sets.pointer[Int(fact.belowSets) + place] = below
            unsafe below |= sets.pointer[Int(fact.classSets) + place]
        }
    }

    private func unite(_ union: UnionRow) {
        let fact = table.facts[Int(union.fact)]
        unsafe sets.pointer[Int(union.set)] = united(fact, bits: Int(union.bits))
    }

    /// The union of the classes that a list holds.
    func united(_ fact: FactRow, bits start: Int) -> BasketSet {
        var all = BasketSet.zero
        for word in 0..<(Int(fact.classCount) + 63) / 64 {
            var bits = unsafe table.listBits.pointer[start + word]
            while bits != 0 {
                let place = word &* 64 &+ bits.trailingZeroBitCount
                unsafe all |= sets.pointer[Int(fact.classSets) &+ place]
                bits &= bits &- 1
            }
        }
        return all
    }
}

/// Puts the baskets of a batch into the classes of one fact.
///
/// Baskets of eight words go by turns: neighbours are often of one class, and to add two of them to the same word would make one wait
/// for the other. All places of the words in use are filled, also those behind the last basket: what is there is in the set of
/// no rule, because a rule is cut out of baskets that there are.
@safe
private struct FactKernel {
    private let words: UnsafeMutablePointer<UInt64>
    private let values: UnsafeMutablePointer<Int32>
    private let classes: UnsafeMutablePointer<UInt16>
    private let byNumber: UnsafeMutablePointer<UInt16>
    private let bounds: UnsafeMutablePointer<Int32>
    private let low: Int
    private let last: Int
    private let boundCount: Int
    private let wordCount: Int

    init(_ matcher: Matcher, _ fact: FactRow, _ column: Int, _ batch: borrowing BasketBatch) {
        let table = matcher.table
        let first = unsafe matcher.sets.pointer + Int(fact.classSets)
        unsafe words = UnsafeMutableRawPointer(first).assumingMemoryBound(to: UInt64.self)
        unsafe values = batch.facts.pointer + column * BasketSet.capacity
        unsafe classes = matcher.classes.pointer + column * BasketSet.capacity
        unsafe byNumber = table.classByNumber.pointer + (fact.tableCount > 0 ? Int(fact.start) : 0)
        unsafe bounds = table.classBounds.pointer + (fact.tableCount > 0 ? 0 : Int(fact.start))
        (low, last, boundCount) = (Int(fact.low), Int(fact.tableCount) - 1, Int(fact.boundCount))
        wordCount = (batch.count + 63) / 64
    }

    /// The class of a number by the table of numbers.
    @inline(__always)
    func lookUp(_ value: Int32) -> Int {
        unsafe Int(byNumber[min(max(0, Int(value) &- low), last)])
    }

    /// The class of a number: how many bounds are at it or below.
    @inline(__always)
    func search(_ value: Int32) -> Int {
        var (low, high) = (0, boundCount)
        while low < high {
            let middle = (low + high) / 2
            if unsafe bounds[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Fills the sets and notes the classes.
    @inline(__always)
    func fill(_ classOf: (Int32) -> Int) {
        forEach { place, word, bit in
            let number = unsafe classOf(values[place])
            unsafe classes[place] = UInt16(truncatingIfNeeded: number)
            unsafe words[number &* BasketSet.words &+ word] |= bit
        }
    }

    /// Fills the sets.
    @inline(__always)
    func fillSets(_ classOf: (Int32) -> Int) {
        forEach { place, word, bit in
            unsafe words[classOf(values[place]) &* BasketSet.words &+ word] |= bit
        }
    }

    /// Walks over all baskets of the words in use.
    @inline(__always)
    private func forEach(_ body: (_ place: Int, _ word: Int, _ bit: UInt64) -> Void) {
        // Full batches have a loop of their own, whose length the compiler knows.
        if wordCount == BasketSet.words {
            for basket in 0..<64 {
                let bit = UInt64(1) &<< UInt64(basket)
                for word in 0..<BasketSet.words { body(word &* 64 &+ basket, word, bit) }
            }
        } else {
            for basket in 0..<64 {
                let bit = UInt64(1) &<< UInt64(basket)
                for word in 0..<wordCount { body(word &* 64 &+ basket, word, bit) }
            }
        }
    }
}
