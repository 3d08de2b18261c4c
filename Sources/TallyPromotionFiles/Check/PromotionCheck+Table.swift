import TallyPromotions

extension PromotionCheck {
    /// Everything that was found, as text for a terminal: a line for each diagnostic; then a table of the promotions; then the
    /// tests that failed, and the hash of the whole.
    ///
    /// - Parameter vocabulary: The words that the files were checked with.
    /// - Returns: Lines that end with a line feed.
    public func report(_ vocabulary: PromotionVocabulary) -> String {
        var lines = diagnostics.map(\.description)
        let mistakes = diagnostics.count { $0.severity == .mistake }
        guard ruleSet != nil else {
            lines.append("\(mistakes) mistake\(mistakes == 1 ? "" : "s"); nothing is decided by these files")
            return lines.joined(separator: "\n") + "\n"
        }
        lines += table
        lines += results.filter { !$0.isPassed }.flatMap { failure($0, vocabulary) }
        let passed = results.count(where: \.isPassed)
        let hash = digest.map { "; sha-256 \($0)" } ?? ""
        let promotions = "\(rows.count) promotion\(rows.count == 1 ? "" : "s")"
        lines.append("\(promotions), \(passed) of \(results.count) tests passed\(hash)")
        return lines.joined(separator: "\n") + "\n"
    }

    private var table: [String] {
        let head = ["promotion", "lane", "group", "conditions", "tests", "cost at most"]
        let cells = rows.map { row in
            [
                row.id, GroupWords.name(row.lane), row.group ?? "-", "\(row.conditions)",
                row.tests == 0 ? "none" : "\(row.passed)/\(row.tests)", "\(row.cost)",
            ]
        }
        return Columns.aligned([head] + cells)
    }

    private func failure(_ result: GoldenResult, _ vocabulary: PromotionVocabulary) -> [String] {
        func words(_ award: GoldenTest.Expectation) -> String {
            let rule = award.rule.map { " case \($0)" } ?? ""
            return "\(award.promotion)\(rule): discount \(Decimals.padded(award.discount, vocabulary.moneyScale)), "
                + "points \(Decimals.padded(award.points, vocabulary.pointsScale))"
        }
        let place = result.test.place
        func list(_ awards: [GoldenTest.Expectation]) -> String {
            awards.isEmpty ? "nothing" : awards.map(words).joined(separator: "; ")
        }
        return [
            "\(place.file):\(place.line):\(place.column): test failed: \(result.test.name)",
            "  expected \(list(result.test.expected))", "  found    \(list(result.found))",
        ]
    }
}
