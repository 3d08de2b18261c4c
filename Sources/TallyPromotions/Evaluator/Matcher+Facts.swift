import TallyTables

extension Matcher {
    /// Puts baskets into the sets of the classes of their facts.
    func fillFacts(_ batch: borrowing BasketBatch) {
        for column in 0..<table.facts.count {
            let fact = table.facts[column]
            guard fact.classSets != 0 else { continue }
            fill(fact, column, batch)
            if fact.aboveSets != 0 { accumulate(fact) }
        }
        for place in 0..<table.unions.count { unite(table.unions[place]) }
    }

    private func fill(_ fact: FactRow, _ column: Int, _ batch: borrowing BasketBatch) {
        let first = Int(fact.classSets)
        for place in 0..<Int(fact.classCount) { unsafe sets.pointer[first + place] = .zero }
        let words = unsafe UnsafeMutableRawPointer(sets.pointer + first).assumingMemoryBound(to: UInt64.self)
        let values = unsafe batch.facts.pointer + column * BasketSet.capacity
        let classes = unsafe self.classes.pointer + column * BasketSet.capacity
        let byNumber = unsafe table.classByNumber.pointer + Int(fact.start)
        for basket in 0..<batch.count {
            let value = unsafe values[basket]
            let place: Int
            if fact.tableCount > 0 {
                let offset = min(max(0, Int(value) &- Int(fact.low)), Int(fact.tableCount) &- 1)
                place = unsafe Int(byNumber[offset])
            } else {
                place = search(fact, value)
            }
            unsafe classes[basket] = UInt16(truncatingIfNeeded: place)
            unsafe words[place &* 8 &+ basket &>> 6] |= 1 &<< UInt64(basket & 63)
        }
    }

    /// How many bounds are at a number or below.
    private func search(_ fact: FactRow, _ value: Int32) -> Int {
        var (low, high) = (0, Int(fact.boundCount))
        while low < high {
            let middle = (low + high) / 2
            if table.classBounds[Int(fact.start) + middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Makes for every class the set of it and all above.
    private func accumulate(_ fact: FactRow) {
        var above = BasketSet.zero
        var place = Int(fact.classCount) - 1
        while place >= 0 {
            unsafe above |= sets.pointer[Int(fact.classSets) + place]
            unsafe sets.pointer[Int(fact.aboveSets) + place] = above
            place -= 1
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
