/// Which names belong to one member: a forest in which every name points towards the first one of its group.
///
/// > Source: the usual union by first element with halving of paths.
struct KeyGroups {
    private var places: [MemberKey: Int] = [:]
    private var parents: [Int] = []

    /// Notes that names stand in one row.
    mutating func join(_ keys: [MemberKey]) {
        guard let first = keys.first else { return }
        var root = group(of: first)
        for key in keys.dropFirst() {
            let other = group(of: key)
            // The smaller number is the earlier one, so groups do not depend on the order of joining.
            (root, parents[max(root, other)]) = (min(root, other), min(root, other))
        }
    }

    /// The group of a name; a name that was not seen before begins one.
    mutating func group(of key: MemberKey) -> Int {
        guard var place = places[key] else {
            places[key] = parents.count
            parents.append(parents.count)
            return parents.count - 1
        }
        while parents[place] != place {
            parents[place] = parents[parents[place]]
            place = parents[place]
        }
        return place
    }
}
