import TallyTables

extension Matcher {
    /// Up to so many baskets are looked up in a list one by one; more are cut out by the union of its classes.
    private static var lookUpsMax: Int { 24 }

    /// Intersects the sets of every rule.
    ///
    /// - Returns: How many rules fit some basket; they are in `hitRules` and `hitSets`, ascending, and `cursors` says how many
    ///   rules each basket has.
    func intersect(count: Int) -> Int {
        for basket in 0..<count { cursors[basket] = 0 }
        var hits = 0
        let (rules, live, sets) = unsafe (table.rules.pointer, live.pointer, self.sets.pointer)
        let (needed, bounds, cursors) = unsafe (table.needed.pointer, table.bounds.pointer, cursors.pointer)
        for number in 0..<table.rules.count {
            let rule = unsafe rules[number]
            let access = Int(rule.access)
            if unsafe access != 0 && live[access] == 0 { continue }
            var set = unsafe sets[access]
            if rule.neededCount > 0, unsafe !need(rule, needed, &set) { continue }
            var place = Int(rule.boundsStart)
            let end = place &+ Int(rule.boundsCount)
            while place < end {
                let bound = unsafe bounds[place]
                unsafe set &= sets[Int(bound.inside)] & ~sets[Int(bound.outside)]
                place &+= 1
            }
            if set.isEmptySet { continue }
            if rule.listsCount > 0, !look(rule, &set) { continue }
            unsafe hitRules.pointer[hits] = UInt32(truncatingIfNeeded: number)
            unsafe hitSets.pointer[hits] = set
            hits &+= 1
            for word in 0..<8 {
                var bits = set[word]
                while bits != 0 {
                    unsafe cursors[word &* 64 &+ bits.trailingZeroBitCount] &+= 1
                    bits &= bits &- 1
                }
            }
        }
        return hits
    }

    /// Keeps the baskets that are in all sets a rule needs.
    ///
    /// - Returns: False when none is left.
    @inline(__always)
    private func need(_ rule: RuleRow, _ needed: UnsafeMutablePointer<UInt32>, _ set: inout BasketSet) -> Bool {
        var place = Int(rule.neededStart)
        let end = place &+ Int(rule.neededCount)
        while place < end {
            let next = unsafe Int(needed[place])
            if next < table.filledCount, unsafe live.pointer[next] == 0 { return false }
            unsafe set &= sets.pointer[next]
            place &+= 1
        }
        return true
    }

    /// Keeps the baskets whose facts are in the lists of a rule.
    ///
    /// - Returns: False when none is left.
    private func look(_ rule: RuleRow, _ set: inout BasketSet) -> Bool {
        var place = Int(rule.listsStart)
        let end = place &+ Int(rule.listsCount)
        while place < end {
            let list = unsafe table.lists.pointer[place]
            if set.population > Matcher.lookUpsMax {
                set &= united(unsafe table.facts.pointer[Int(list.fact)], bits: Int(list.bits))
            } else {
                lookUp(list, &set)
            }
            if set.isEmptySet { return false }
            place &+= 1
        }
        return true
    }

    @inline(__always)
    private func lookUp(_ list: ListRow, _ set: inout BasketSet) {
        let classes = unsafe self.classes.pointer + Int(list.fact) * BasketSet.capacity
        let words = unsafe table.listBits.pointer + Int(list.bits)
        for word in 0..<8 {
            var bits = set[word]
            var kept = bits
            while bits != 0 {
                let shift = bits.trailingZeroBitCount
                let place = unsafe Int(classes[word &* 64 &+ shift])
                let isIn = unsafe words[place &>> 6] &>> UInt64(place & 63) & 1
                kept &= ~((isIn ^ 1) &<< UInt64(shift))
                bits &= bits &- 1
            }
            set[word] = kept
        }
    }
}
