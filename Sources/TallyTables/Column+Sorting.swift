extension Column {
    /// Sorts a part in place, without memory of its own.
    ///
    /// A few elements are inserted one by one, many are sorted as a heap, so the cost grows as `n · log n`.
    ///
    /// - Parameters:
    ///   - range: The part.
    ///   - precedes: Whether one element comes before another; elements that differ are never equal by it, for equal ones may
    ///     change places.
    @inlinable @inline(__always)
    public func sort(_ range: Range<Int>, by precedes: (Element, Element) -> Bool) {
        if range.count <= 24 { sortFew(range, by: precedes) } else { sortMany(range, by: precedes) }
    }

    @inlinable @inline(__always)
    func sortFew(_ range: Range<Int>, by precedes: (Element, Element) -> Bool) {
        var index = range.lowerBound + 1
        while index < range.upperBound {
            let element = self[index]
            var place = index
            while place > range.lowerBound, precedes(element, self[place - 1]) {
                self[place] = self[place - 1]
                place -= 1
            }
            self[place] = element
            index += 1
        }
    }

    @inlinable @inline(never)
    func sortMany(_ range: Range<Int>, by precedes: (Element, Element) -> Bool) {
        let (start, count) = (range.lowerBound, range.count)
        var root = count / 2
        while root > 0 {
            root -= 1
            sink(root, start, count, by: precedes)
        }
        var end = count
        while end > 1 {
            end -= 1
            let last = self[start + end]
            self[start + end] = self[start]
            self[start] = last
            sink(0, start, end, by: precedes)
        }
    }

    /// Lets an element of a heap sink below those that come after it.
    @inlinable
    func sink(_ root: Int, _ start: Int, _ end: Int, by precedes: (Element, Element) -> Bool) {
        let element = self[start + root]
        var place = root
        while place * 2 + 1 < end {
            var child = place * 2 + 1
            if child + 1 < end, precedes(self[start + child], self[start + child + 1]) { child += 1 }
            guard precedes(element, self[start + child]) else { break }
            self[start + place] = self[start + child]
            place = child
        }
        self[start + place] = element
    }
}
