import TallyPromotions

extension PromotionCheck {
    /// Everything that was found as one line of JSON, for programs.
    ///
    /// - Parameter vocabulary: The words that the files were checked with.
    /// - Returns: An object with `passed`, `sha256`, `diagnostics`, `promotions` and `failed_tests`.
    public func json(_ vocabulary: PromotionVocabulary) -> String {
        var object: [String: CanonicalValue] = [
            "passed": .flag(isPassed), "diagnostics": .list(diagnostics.map(PromotionCheck.value)),
            "promotions": .list(rows.map(PromotionCheck.value)),
            "failed_tests": .list(results.filter { !$0.isPassed }.map { failed($0, vocabulary) }),
        ]
        if let digest { object["sha256"] = .text("\(digest)") }
        return CanonicalValue.object(object).json
    }

    private static func value(_ diagnostic: PromotionDiagnostic) -> CanonicalValue {
        var object = value(diagnostic.place)
        object["severity"] = .text(diagnostic.severity.rawValue)
        object["found"] = .text(diagnostic.found)
        object["expected"] = .text(diagnostic.expected)
        if let nearest = diagnostic.nearest { object["did_you_mean"] = .text(nearest) }
        return .object(object)
    }

    private static func value(_ place: DocumentPlace) -> [String: CanonicalValue] {
        [
            "file": .text(place.file), "line": .number("\(place.line)"), "column": .number("\(place.column)"),
            "path": .text(place.path),
        ]
    }

    private static func value(_ row: Row) -> CanonicalValue {
        var object: [String: CanonicalValue] = [
            "promotion": .text(row.id), "file": .text(row.file), "lane": .text(GroupWords.name(row.lane)),
            "conditions": .number("\(row.conditions)"), "cost_at_most": .text("\(row.cost)"),
            "sha256": .text("\(row.digest)"), "tests": .number("\(row.tests)"), "passed": .number("\(row.passed)"),
        ]
        if let group = row.group { object["group"] = .text(group) }
        return .object(object)
    }

    private func failed(_ result: GoldenResult, _ vocabulary: PromotionVocabulary) -> CanonicalValue {
        func awards(_ awards: [GoldenTest.Expectation]) -> CanonicalValue {
            .list(
                awards.map { award in
                    var object: [String: CanonicalValue] = [
                        "promotion": .text(award.promotion),
                        "discount": .number(Decimals.text(award.discount, vocabulary.moneyScale)),
                        "points": .number(Decimals.text(award.points, vocabulary.pointsScale)),
                    ]
                    if let rule = award.rule { object["case"] = .number("\(rule)") }
                    return .object(object)
                })
        }
        var object = PromotionCheck.value(result.test.place)
        object["test"] = .text(result.test.name)
        object["expected"] = awards(result.test.expected)
        object["found"] = awards(result.found)
        return .object(object)
    }
}
