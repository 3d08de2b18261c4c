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
        levels.left[level] -= trial.discount
        if trial.needsParts {
            if trial.discount != 0 { takeDiscountsOff(level) }
            if trial.hasUsed {
                let base = level * levels.capacity
                for position in 0..<positions.count { levels.used[base + position] += trial.used[position] }
            }
        }
        let candidate = candidates[place]
        levels.tags[level] |= table.awards.promotions[Int(candidate.promotion)].tags
        var node = Int(candidate.node)
        while true {
            nodeStates[node].capLeft -= trial.discount
            nodeStates[node].applied += 1
            if node < Lane.allCases.count { break }
            node = Int(table.awards.nodes[node].parent)
        }
    }

    private func openNode(_ node: Int) {
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
        for position in 0..<positions.count { trial.weights[position] = trial.discounts[position] }
        unsafe trial.share(
            left, by: trial.weights.pointer, sum: sum, count: positions.count, into: trial.discounts.pointer)
    }

    /// Lays out what a promotion does to the positions line by line.
    private func appendParts(_ awards: inout AwardBatch) {
        for line in 0..<positions.lineCount {
            let position = Int(positions.ofLine[line])
            let (discount, points) = (trial.discounts[position], trial.points[position])
            guard discount != 0 || points != 0 else { continue }
            if positions.totals[position] == positions.lineTotals[line] {
                awards.append(AwardPart(line: Int32(line), discount: discount, points: points))
                positions.lineLeft[line] -= discount
                // Other lines of this position cost nothing and get nothing.
                if discount != 0 { trial.discounts[position] = 0 }
                if points != 0 { trial.points[position] = 0 }
            } else {
                appendPart(&awards, line, position)
            }
        }
    }

    /// The part of a line that shares its position with others: a discount by what is left of the lines, points by what they cost.
    ///
    /// What each gets is its part rounded down, and the last gets the rest; so none is taken below nothing.
    private func appendPart(_ awards: inout AwardBatch, _ line: Int, _ position: Int) {
        var (rest, left): (Int64, Int64) = (0, 0)
        for other in line..<positions.lineCount where Int(positions.ofLine[other]) == position {
            rest += positions.lineTotals[other]
            left += positions.lineLeft[other]
        }
        guard rest > 0 else { return }
        let points = Evaluator.scaled(trial.points[position], positions.lineTotals[line], rest)
        let discount = left == 0 ? 0 : Evaluator.scaled(trial.discounts[position], positions.lineLeft[line], left)
        trial.discounts[position] -= discount
        positions.lineLeft[line] -= discount
        trial.points[position] -= points
        guard discount != 0 || points != 0 else { return }
        awards.append(AwardPart(line: Int32(line), discount: discount, points: points))
    }

    /// `amount · weight / whole`, rounded down; no part is larger than its whole.
    static func scaled(_ amount: Int64, _ weight: Int64, _ whole: Int64) -> Int64 {
        let product = UInt64(amount).multipliedFullWidth(by: UInt64(weight))
        return Int64(UInt64(whole).dividingFullWidth(product).quotient)
    }
}
