import TallyTables

/// Places of candidates, as a stack of lists.
///
/// Its memory grows only for more than there ever were.
struct PlaceStack: ~Copyable {
    private var places = Column(repeating: Int32(0), count: 1_024)
    private(set) var count = 0

    subscript(index: Int) -> Int32 {
        get { places[index] }
        nonmutating set { places[index] = newValue }
    }

    mutating func removeAll() { count = 0 }

    mutating func append(_ place: Int32) {
        if count == places.count { grow() }
        places[count] = place
        count += 1
    }

    mutating func append(_ added: [Int32]) { for place in added { append(place) } }

    /// Takes away all from an index on.
    mutating func remove(from index: Int) { count = index }

    /// Takes a list out from under the ones above it.
    mutating func remove(_ list: Range<Int>) {
        for index in list.upperBound..<count { places[index - list.count] = places[index] }
        count -= list.count
    }

    /// The list from an index on.
    func list(from index: Int) -> [Int32] { (index..<count).map { places[$0] } }

    @inline(never)
    private mutating func grow() {
        let larger = Column(repeating: Int32(0), count: places.count * 2)
        for index in 0..<count { larger[index] = places[index] }
        places = larger
    }
}
