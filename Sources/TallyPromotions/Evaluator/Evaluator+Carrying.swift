import TallyTables

extension Evaluator {
    /// Carries out what was chosen and lays the amounts out line by line.
    mutating func carryOut(_ awards: inout AwardBatch) {
        stampTrial()
        for index in 0..<chosen.count {
            let place = Int(chosen[index])
            guard attempt(place, 0) else { continue }
            settle(place, 0)
            let candidate = candidates[place]
            let rule = table.owners[Int(candidate.rule)].rule
            awards.append(
                Award(
                    promotion: candidate.promotion, rule: rule, discount: trial.discount, points: trial.pointSum))
            if positions.areLines { appendLines(&awards) } else { appendParts(&awards) }
        }
    }

    /// A trial begins: caps are whole and nothing is applied.
    mutating func stampTrial() { trialStamp += 1 }

    /// Reckons what a candidate does on a level, within the caps of the groups above it.
    ///
    /// - Parameters:
    ///   - place: The candidate.
    ///   - level: What it finds.
    ///   - needsParts: False when only the sums are asked for; then it cannot be settled.
    /// - Returns: False when it does nothing, or does not go together with what was applied.
    mutating func attempt(_ place: Int, _ level: Int, needsParts: Bool = true) -> Bool {
        let candidate = candidates[place]
        let row = table.awards.promotions[Int(candidate.promotion)]
        if row.tags & levels.tags[level] != 0 { return false }
        var left = Int64.max
        var node = Int(candidate.node)
        while true {
            openNode(node)
            let (state, terms) = (nodeStates[node], table.awards.nodes[node])
            if terms.most > 0, state.applied >= terms.most { return false }
            left = min(left, state.capLeft)
            if node < Lane.allCases.count { break }
            node = Int(terms.parent)
        }
        reckon(Int(candidate.rule), level, needsParts: needsParts)
        if trial.discount > left { clip(to: left) }
        return trial.discount > 0 || trial.pointSum > 0 || trial.acts
    }

    /// Notes what the candidate at hand did: on the level, and in the groups above it.
    mutating func settle(_ place: Int, _ level: Int) {
        levels.left.subtract(trial.discount, at: level)
        if trial.needsParts {
            if trial.discount != 0 { takeDiscountsOff(level) }
            if trial.hasUsed {
                let base = level * levels.capacity
                for position in 0..<positions.count { levels.used.add(trial.used[position], at: base + position) }
            }
        }
        let candidate = candidates[place]
        levels.tags[level] = levels.tags[level] | table.awards.promotions[Int(candidate.promotion)].tags
        var node = Int(candidate.node)
        while true {
            var state = nodeStates[node]
            state.capLeft -= trial.discount
            state.applied += 1
            nodeStates[node] = state
            if node < Lane.allCases.count { break }
            node = Int(table.awards.nodes[node].parent)
        }
    }

    private mutating func openNode(_ node: Int) {
        guard nodeStates[node].trial != trialStamp else { return }
        nodeStates[node].trial = trialStamp
        nodeStates[node].applied = 0
        let cap = Int64(table.awards.nodes[node].capBasisPoints)
        nodeStates[node].capLeft = receiptTotal * cap / 10_000
    }

    /// Cuts the discount at hand down; its goods share what is left.
    private mutating func clip(to left: Int64) {
        let sum = trial.discount
        trial.discount = left
        guard trial.needsParts else { return }
        for position in 0..<positions.blockCount * 4 { trial.weights[position] = trial.discounts[position] }
        unsafe share(left, by: trial.weights.pointer, sum: sum, into: trial.discounts.pointer)
    }

    /// Lays out what a promotion does to the positions line by line.
    ///
    /// Lines of one position share: a discount by what is left of them, points by what they cost. What each gets is its part rounded
    /// down, and the last gets the rest; so none is taken below nothing.
    private mutating func appendParts(_ awards: inout AwardBatch) {
        for position in 0..<positions.count {
            positions.rest[position] = positions.totals[position]
            // The discount at hand is off already.
            positions.restLeft[position] = levels.running[position] + trial.discounts[position]
        }
        for line in 0..<positions.lineCount {
            let position = Int(positions.ofLine[line])
            let (rest, restLeft) = (positions.rest[position], positions.restLeft[position])
            if rest == 0 { continue }
            let (total, left) = (positions.lineTotals[line], positions.lineLeft[line])
            let points = Evaluator.scaled(trial.points[position], total, rest)
            let discount = Evaluator.scaled(trial.discounts[position], left, restLeft)
            trial.points.subtract(points, at: position)
            trial.discounts.subtract(discount, at: position)
            positions.rest[position] = rest - total
            positions.restLeft[position] = restLeft - left
            positions.lineLeft[line] = left - discount
            guard discount != 0 || points != 0 else { continue }
            awards.append(AwardPart(line: Int32(line), discount: discount, points: points))
        }
    }

    /// `amount · weight / whole`, rounded down; no part is larger than its whole.
    private static func scaled(_ amount: Int64, _ weight: Int64, _ whole: Int64) -> Int64 {
        if amount == 0 || weight == whole { return amount }
        let product = UInt64(amount).multipliedFullWidth(by: UInt64(weight))
        return Int64(UInt64(whole).dividingFullWidth(product).quotient)
    }
}
