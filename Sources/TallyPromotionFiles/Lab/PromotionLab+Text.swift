import TallyPromotions

extension PromotionLab {
    /// A report for a terminal: the lines of the receipt, what applied, what else is done, and why the others did not apply.
    ///
    /// - Returns: Lines that end with a line feed.
    public func text(_ report: Report) -> String {
        let lines = receipt(report) + [""] + applied(report) + others(report)
        return lines.joined(separator: "\n") + "\n"
    }

    private func money(_ minor: Int64) -> String { Decimals.padded(minor, vocabulary.moneyScale) }
    private func points(_ minor: Int64) -> String { Decimals.padded(minor, vocabulary.pointsScale) }

    private func receipt(_ report: Report) -> [String] {
        let goods = report.basket.lines
        var rows = [["line", "goods", "quantity", "price", "discount", "to pay", "points"]]
        for (number, line) in goods.enumerated() {
            let name = line.sku.isEmpty ? line.category : line.sku
            rows.append([
                "\(number + 1)", name.isEmpty ? "-" : name, Decimals.text(line.quantity, 3), money(line.total),
                money(report.discounts[number]), money(line.total - report.discounts[number]),
                points(report.points[number]),
            ])
        }
        let total = goods.reduce(0) { $0 + $1.total }
        let discount = report.discounts.reduce(0, +)
        rows.append([
            "", "all", "", money(total), money(discount), money(total - discount),
            points(report.points.reduce(0, +)),
        ])
        return Columns.aligned(rows, numbers: [2, 3, 4, 5, 6])
    }

    private func applied(_ report: Report) -> [String] {
        guard !report.decisions.isEmpty else { return ["nothing applied"] }
        var rows = [["applied", "lane", "case", "discount", "points", "title"]]
        var acts: [String] = []
        for award in report.decisions.map(\.award) {
            let promotion = ruleSet.promotions[Int(award.promotion)]
            rows.append([
                promotion.id, GroupWords.name(promotion.lane), "\(award.rule + 1)", money(award.discount),
                points(award.points), promotion.title,
            ])
            for case .act(let act) in promotion.rules[Int(award.rule)].effects {
                acts.append("\(promotion.id): \(PromotionWriter(vocabulary).value(Effect.act(act)).json)")
            }
        }
        let done = acts.isEmpty ? [] : ["", "what else is done"] + acts
        return Columns.aligned(rows, numbers: [2, 3, 4]) + done
    }

    private func others(_ report: Report) -> [String] {
        guard !report.others.isEmpty else { return [] }
        let words = WhyNotWords(ruleSet, vocabulary)
        let rows = report.others.map { [ruleSet.promotions[$0.promotion].id, words.text($0.reason)] }
        return [""] + Columns.aligned([["did not apply", "why"]] + rows)
    }

    /// A table of what promotions do alone and two by two.
    ///
    /// - Returns: Lines that end with a line feed.
    public func text(_ pairs: [Pair]) -> String {
        func id(_ promotion: Int) -> String { ruleSet.promotions[promotion].id }
        let rows = pairs.map { pair in
            [
                id(pair.first), pair.first == pair.second ? "alone" : id(pair.second), outcome(pair),
                money(pair.discount), points(pair.points),
            ]
        }
        let head = ["promotion", "with", "applies", "discount", "points"]
        return Columns.aligned([head] + rows, numbers: [3, 4]).joined(separator: "\n") + "\n"
    }

    private func outcome(_ pair: Pair) -> String {
        switch pair.applied.count {
        case 0: return pair.first == pair.second ? "no" : "neither"
        case 1 where pair.first == pair.second: return "yes"
        case 1: return "only \(ruleSet.promotions[pair.applied[0]].id)"
        default: return "both"
        }
    }
}

/// Tables for a terminal.
enum Columns {
    /// Rows whose cells stand below each other; no line ends with a space.
    ///
    /// - Parameters:
    ///   - rows: Rows of the same count.
    ///   - numbers: Columns that are set to the right.
    /// - Returns: A line for each row.
    static func aligned(_ rows: [[String]], numbers: Set<Int> = []) -> [String] {
        guard let head = rows.first else { return [] }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { cells in
            let padded = cells.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - cells[column].count)
                return numbers.contains(column) ? space + cells[column] : cells[column] + space
            }
            var line = padded.joined(separator: "  ")
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }
}
