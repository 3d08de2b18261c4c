/// Rows of a table by the second in which something is due: a bucket a second, rows of a bucket in a ring of links.
///
/// For holds, reservations and issues of codes: few beside lots, and what is entered last is mostly due last, so entering and
/// leaving take constant time, and the rows that are due next are read one after the other. Eight bytes a row. The queue is derived: whoever loads a table builds it again.
public struct DueQueue: ~Copyable {
    /// The row before and the row behind in the bucket, each plus one; both 0 for a row that is not queued.
    struct Link: BitwiseCopyable {
        var previous: UInt32
        var next: UInt32
    }

    /// All rows that are due in one second.
    struct Bucket {
        var due: UInt32
        /// The row that was entered first, plus one.
        var first: UInt32
    }

    private var links = DenseTable<Link>(rowBytes: 8)
    /// In the order of their seconds.
    private var buckets: [Bucket] = []
    private var lastUsed = 0
    /// Rows in the queue.
    public private(set) var count = 0

    /// An empty queue.
    public init() {}

    /// The earliest second in which a row is due; nil when there is none.
    public var nextDue: UInt32? { buckets.first?.due }

    /// Bytes of the links.
    public var byteCount: Int { links.memory.byteCount }

    /// True when the row is queued.
    public func contains(_ row: Int) -> Bool { row < links.count && links[row].next != 0 }

    /// Enters a row that is not queued, behind those of the same second.
    ///
    /// - Parameters:
    ///   - row: 0 … 2³²−2.
    ///   - due: The second in which it is due.
    public mutating func insert(_ row: Int, due: UInt32) {
        while links.count <= row { links.append(Link(previous: 0, next: 0)) }
        precondition(links[row].next == 0, "A row is queued once.")
        let place = UInt32(row + 1)
        let bucket = openBucket(due)
        let first = buckets[bucket].first
        count += 1
        guard first != 0 else {
            buckets[bucket].first = place
            links.update(row) { $0 = Link(previous: place, next: place) }
            return
        }
        // A ring: the row before the first is the last.
        let last = links[Int(first) - 1].previous
        links.update(row) { $0 = Link(previous: last, next: first) }
        links.update(Int(last) - 1) { $0.next = place }
        links.update(Int(first) - 1) { $0.previous = place }
    }

    /// Takes a row out.
    ///
    /// - Parameters:
    ///   - row: A row that is queued.
    ///   - due: The second under which it was entered.
    public mutating func remove(_ row: Int, due: UInt32) {
        guard let bucket = find(due), contains(row) else { preconditionFailure("A row leaves the bucket it is in.") }
        let place = UInt32(row + 1)
        let link = links[row]
        links.update(row) { $0 = Link(previous: 0, next: 0) }
        count -= 1
        guard link.next != place else {
            buckets.remove(at: bucket)
            return
        }
        links.update(Int(link.previous) - 1) { $0.next = link.next }
        links.update(Int(link.next) - 1) { $0.previous = link.previous }
        if buckets[bucket].first == place { buckets[bucket].first = link.next }
    }

    /// Visits rows in the order in which they are due, and within a second as they were entered.
    ///
    /// - Parameters:
    ///   - last: Rows that are due later are not visited.
    ///   - body: Receives a row and its second; returns false to end the visit.
    public func forEach(through last: UInt32, _ body: (Int, UInt32) -> Bool) {
        for bucket in buckets {
            guard bucket.due <= last else { return }
            var place = bucket.first
            repeat {
                guard body(Int(place) - 1, bucket.due) else { return }
                place = links[Int(place) - 1].next
            } while place != bucket.first
        }
    }

    /// The bucket of a second, or where it belongs.
    private func position(_ due: UInt32) -> Int {
        var (low, high) = (0, buckets.count)
        while low < high {
            let middle = (low + high) / 2
            if buckets[middle].due < due { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func find(_ due: UInt32) -> Int? {
        // Receipts of one day end on one day.
        if lastUsed < buckets.count, buckets[lastUsed].due == due { return lastUsed }
        let place = position(due)
        guard place < buckets.count, buckets[place].due == due else { return nil }
        lastUsed = place
        return place
    }

    private mutating func openBucket(_ due: UInt32) -> Int {
        if let found = find(due) { return found }
        let place = position(due)
        buckets.insert(Bucket(due: due, first: 0), at: place)
        lastUsed = place
        return place
    }
}
