/// How the numbers of one fact fall into classes, while a table is made.
struct FactPlan {
    /// Facts whose conditions span fewer numbers than this find classes in a table.
    static let tableMax = 8_192
    /// Lists are united for every batch as long as that is no more work than this many unions.
    private static let unionsMax = 768

    /// Numbers at which a class begins, ascending; the class below the first has number 0.
    private(set) var cuts: [Int32] = []
    /// Different lists, sorted.
    private(set) var lists: [[Int32]] = []
    private(set) var hasBounds = false
    private(set) var isUsed = false
    /// For every list the set that it is united into, or where its bits are.
    var places: [UInt32] = []
    /// The number of each list.
    var numbers: [[Int32]: Int] = [:]
    private var seen: Set<[Int32]> = []
    private var starts: Set<Int32> = []

    var classCount: Int { cuts.count + 1 }

    /// Notes a test.
    mutating func note(_ test: FactTest) {
        isUsed = true
        switch test {
        case .between(let low, let high):
            hasBounds = true
            if low > .min { starts.insert(low) }
            if high < .max { starts.insert(high + 1) }
        case .oneOf(let values):
            let list = values.sorted()
            guard seen.insert(list).inserted else { return }
            lists.append(list)
            for value in list {
                starts.insert(value)
                if value < .max { starts.insert(value + 1) }
            }
        }
    }

    /// All tests are noted.
    mutating func close() { cuts = starts.sorted() }

    /// The class of a number: how many classes begin at it or below.
    func classOf(_ number: Int32) -> Int {
        var (low, high) = (0, cuts.count)
        while low < high {
            let middle = (low + high) / 2
            if cuts[middle] <= number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// True when every list gets a set of its own in every batch.
    var unitesLists: Bool { lists.reduce(0) { $0 + $1.count } <= FactPlan.unionsMax }
}
