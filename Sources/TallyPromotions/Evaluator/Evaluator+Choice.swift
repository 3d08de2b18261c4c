import TallyTables

extension Evaluator {
    /// A way in which groups are tried stops being tried further after so many steps.
    static var stepsMax: Int { 20_000 }
    /// Up to so many promotions the best set is looked for among all sets.
    static var exactMax: Int { 16 }

    /// Notes a candidate at its group, and the group at those above it.
    mutating func enter(_ place: Int) {
        var node = Int(candidates[place].node)
        let isKnown = nodeStates[node].stamp == stamp
        if !isKnown { nodeStates[node] = NodeState(stamp: stamp) }
        candidates[place].next = nodeStates[node].candidates
        nodeStates[node].candidates = Int32(place + 1)
        guard !isKnown else { return }
        while node >= Lane.allCases.count {
            let parent = Int(table.awards.nodes[node].parent)
            let isParentKnown = nodeStates[parent].stamp == stamp
            if !isParentKnown { nodeStates[parent] = NodeState(stamp: stamp) }
            nodeStates[node].nextGroup = nodeStates[parent].groups
            nodeStates[parent].groups = UInt32(node)
            if isParentKnown { return }
            node = parent
        }
    }

    /// Lets a node choose; the promotions that it wants are appended to `chosen`, in the order in which they apply.
    mutating func choose(_ node: UInt32, level: Int) {
        let row = table.awards.nodes[Int(node)]
        guard let mode = PromotionGroup.Mode(rawValue: row.mode) else { return }
        switch mode {
        case .all: chooseAll(node, level)
        case .first, .worst: chooseOne(node, mode, level)
        case .best: row.most > 1 ? chooseSet(node, Int(row.most), level) : chooseOne(node, mode, level)
        }
    }

    /// Everything that the node's promotions and groups want.
    private mutating func chooseAll(_ node: UInt32, _ level: Int) {
        let start = chosen.count
        var place = nodeStates[Int(node)].candidates
        while place != 0 {
            chosen.append(place - 1)
            place = candidates[Int(place) - 1].next
        }
        var group = nodeStates[Int(node)].groups
        while group != 0 {
            choose(group, level: level)
            group = nodeStates[Int(group)].nextGroup
        }
        sortChosen(from: start)
    }

    private mutating func sortChosen(from start: Int) {
        var index = start + 1
        while index < chosen.count {
            let entry = chosen[index]
            let rank = candidates[Int(entry)].rank
            var place = index
            while place > start, candidates[Int(chosen[place - 1])].rank > rank {
                chosen[place] = chosen[place - 1]
                place -= 1
            }
            chosen[place] = entry
            index += 1
        }
    }

    /// One promotion or group: the first that does anything, or the one with the largest or the smallest benefit.
    private mutating func chooseOne(_ node: UInt32, _ mode: PromotionGroup.Mode, _ level: Int) {
        let state = nodeStates[Int(node)]
        let isAlone = state.groups == 0 ? candidates[Int(state.candidates) - 1].next == 0 : state.candidates == 0
        if isAlone, state.groups == 0 || nodeStates[Int(state.groups)].nextGroup == 0 {
            // Who has no rival is chosen without a trial.
            if state.groups == 0 { chosen.append(state.candidates - 1) } else { choose(state.groups, level: level) }
            return
        }
        let start = chosen.count
        var best: (benefit: Int64, key: ChildKey)?
        var place = state.candidates
        while place != 0 {
            let candidate = candidates[Int(place) - 1]
            let priority = table.awards.promotions[Int(candidate.promotion)].priority
            let key = ChildKey(priority: priority, isGroup: false, number: candidate.promotion)
            let from = chosen.count
            chosen.append(place - 1)
            keep(from, key, mode, &best, start, level)
            place = candidate.next
        }
        var group = state.groups
        while group != 0 {
            let key = ChildKey(
                priority: table.awards.nodes[Int(group)].priority, isGroup: true, number: Int32(group))
            let from = chosen.count
            choose(group, level: level)
            keep(from, key, mode, &best, start, level)
            group = nodeStates[Int(group)].nextGroup
        }
    }

    /// Keeps what a child wants if it is better than what was kept before; what is kept begins at `start`.
    private mutating func keep(
        _ from: Int, _ key: ChildKey, _ mode: PromotionGroup.Mode, _ best: inout (benefit: Int64, key: ChildKey)?,
        _ start: Int, _ level: Int
    ) {
        guard let benefit = benefit(from, level) else {
            chosen.remove(from: from)
            return
        }
        if let known = best, !mode.prefers(benefit, key, to: known.benefit, known.key) {
            chosen.remove(from: from)
        } else {
            best = (benefit, key)
            chosen.remove(start..<from)
        }
    }

    /// What promotions from a place of `chosen` on are worth together; nil when they do nothing.
    mutating func benefit(_ from: Int, _ level: Int) -> Int64? {
        var isAny = false
        stampTrial()
        if chosen.count == from + 1 {
            // One alone needs no copy of what it is tried on.
            let place = Int(chosen[from])
            guard attempt(place, level, needsParts: false) else { return nil }
            return trialBenefit
        }
        var sum: Int64 = 0
        // When nobody asks how what is left lies on the goods, nothing is shared.
        let needsParts = asksParts(from)
        if needsParts { levels.copy(level, positions.blockCount) } else { levels.copySums(level) }
        for index in from..<chosen.count where attempt(Int(chosen[index]), level + 1, needsParts: needsParts) {
            settle(Int(chosen[index]), level + 1)
            sum = sum.saturatingSum(trialBenefit)
            isAny = true
        }
        return isAny ? sum : nil
    }

    /// Whether a promotion from a place of `chosen` on asks how what is left lies on the goods.
    private mutating func asksParts(_ from: Int) -> Bool {
        (from..<chosen.count).contains { table.awards.asksParts[Int(candidates[Int(chosen[$0])].rule)] != 0 }
    }

    /// What the promotion at hand is worth.
    private var trialBenefit: Int64 {
        Benefit.of(discount: trial.discount, points: trial.pointSum, pointValue: table.awards.pointValue)
    }

    /// The set of at most `most` promotions that together are best.
    private mutating func chooseSet(_ node: UInt32, _ most: Int, _ level: Int) {
        let start = chosen.count
        chooseAll(node, level)
        let all = chosen.list(from: start)
        chosen.remove(from: start)
        var search = SetSearch(most: most)
        for place in all {
            chosen.append(place)
            // Who does nothing alone takes nobody's place.
            if let benefit = benefit(start, level) {
                search.all.append(place)
                search.alone.append(benefit)
            }
            chosen.remove(from: start)
        }
        if search.all.count > Evaluator.exactMax {
            isUnproven = true
            greedy(&search, level)
        } else {
            extend(&search, 0, level)
            if search.steps > Evaluator.stepsMax { isUnproven = true }
        }
        chosen.append(search.best)
    }

    /// Tries the next promotion of a search with and without.
    private mutating func extend(_ search: inout SetSearch, _ next: Int, _ level: Int) {
        search.steps += 1
        let benefit = benefit(of: search.taken, level)
        if benefit > search.bestBenefit { (search.best, search.bestBenefit) = (search.taken, benefit) }
        guard next < search.all.count, search.taken.count < search.most, search.steps <= Evaluator.stepsMax else {
            return
        }
        // Together no promotion is worth more than alone, so this much is all that can still be won.
        let most = search.alone[next...].reduce(benefit) { $0.saturatingSum($1) }
        guard most > search.bestBenefit else { return }
        search.taken.append(search.all[next])
        extend(&search, next + 1, level)
        search.taken.removeLast()
        extend(&search, next + 1, level)
    }

    /// Takes what adds most as long as something does.
    private mutating func greedy(_ search: inout SetSearch, _ level: Int) {
        while search.taken.count < search.most {
            var best: (place: Int32, benefit: Int64)?
            for place in search.all where !search.taken.contains(place) {
                let benefit = benefit(of: search.with(place), level)
                if benefit > best?.benefit ?? search.bestBenefit { best = (place, benefit) }
            }
            guard let best else { break }
            search.taken = search.with(best.place)
            (search.best, search.bestBenefit) = (search.taken, best.benefit)
        }
    }

    private mutating func benefit(of places: [Int32], _ level: Int) -> Int64 {
        let from = chosen.count
        chosen.append(places)
        let benefit = places.isEmpty ? nil : benefit(from, level)
        chosen.remove(from: from)
        return benefit ?? 0
    }
}

/// The order of promotions and groups in a group when nothing else decides.
struct ChildKey {
    var priority: Int32
    var isGroup: Bool
    var number: Int32

    func precedes(_ other: ChildKey) -> Bool {
        if priority != other.priority { return priority > other.priority }
        return isGroup != other.isGroup ? other.isGroup : number < other.number
    }
}

extension PromotionGroup.Mode {
    /// Whether one child of a group is to be kept rather than another.
    func prefers(_ benefit: Int64, _ key: ChildKey, to known: Int64, _ knownKey: ChildKey) -> Bool {
        switch self {
        case .first, .all: key.precedes(knownKey)
        case .best: benefit != known ? benefit > known : key.precedes(knownKey)
        case .worst: benefit != known ? benefit < known : key.precedes(knownKey)
        }
    }
}

/// A search for the best set of promotions.
struct SetSearch {
    var all: [Int32] = []
    let most: Int
    /// What each is worth alone.
    var alone: [Int64] = []
    var taken: [Int32] = []
    var best: [Int32] = []
    var bestBenefit: Int64 = 0
    var steps = 0

    init(most: Int) { self.most = most }

    /// The set with one more, in the order in which they apply.
    func with(_ place: Int32) -> [Int32] { all.filter { $0 == place || taken.contains($0) } }
}
