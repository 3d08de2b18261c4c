public import TallyBytes
public import TallyPromotions

/// What `tally promotions check` finds: everything that is wrong with some files, and what they say when nothing is.
public struct PromotionCheck: Sendable {
    /// Everything that is wrong or suspicious, in the order of the files and their lines.
    public let diagnostics: [PromotionDiagnostic]
    /// The promotions of all files together; nil with a mistake among the diagnostics.
    public let ruleSet: RuleSet?
    /// The SHA-256 of the rule set's canonical JSON; nil without a rule set.
    public let digest: SHA256Digest?
    /// A row for every promotion; empty without a rule set.
    public let rows: [Row]
    /// How the tests of all files ended; empty without a rule set.
    public let results: [GoldenResult]

    /// What a promotion costs and how its tests ended.
    public struct Row: Sendable, Hashable {
        /// The promotion's id.
        public var id: String
        /// The file that it stands in.
        public var file: String
        /// The lane that decides it.
        public var lane: Lane
        /// Its group; nil for the lane itself.
        public var group: String?
        /// Conditions of all its cases.
        public var conditions: Int
        /// What it costs at most.
        public var cost: PromotionCost
        /// The SHA-256 of its canonical JSON.
        public var digest: SHA256Digest
        /// Tests of its file.
        public var tests: Int
        /// Those of them that passed.
        public var passed: Int
    }

    /// True when there is no mistake and no test failed.
    public var isPassed: Bool { ruleSet != nil && results.allSatisfy(\.isPassed) }

    /// Checks files.
    ///
    /// Each test is decided by the promotions of its own file, with the groups and the terms of all.
    ///
    /// - Parameters:
    ///   - sources: The files, in the order of their promotions.
    ///   - vocabulary: The words that they may use.
    ///   - assortment: The goods; nil when none are known, then names of goods are not judged and the goods of tests are nobody's.
    public init(_ sources: [PromotionSource], _ vocabulary: PromotionVocabulary, _ assortment: Assortment? = nil) {
        var documents: [(name: String, document: PromotionDocument)] = []
        var diagnostics: [PromotionDiagnostic] = []
        for source in sources {
            let (document, found) = PromotionDocument.read(source, vocabulary, assortment)
            documents.append((source.name, document))
            diagnostics += found
        }
        let assembly = RuleSetAssembly(documents, vocabulary.schema)
        diagnostics += assembly.diagnostics
        let ruleSet = assembly.ruleSet
        for (_, document) in documents { diagnostics += PromotionCheck.unknownAwards(document) }
        self.diagnostics = PromotionCheck.ordered(diagnostics, sources)
        guard !diagnostics.contains(where: { $0.severity == .mistake }) else {
            (self.ruleSet, digest, rows, results) = (nil, nil, [], [])
            return
        }
        let writer = PromotionWriter(vocabulary)
        var results: [GoldenResult] = []
        var rows: [Row] = []
        var next = 0
        for (name, document) in documents {
            var own = ruleSet
            own.promotions = Array(ruleSet.promotions[next..<next + document.promotions.count])
            next += document.promotions.count
            let ended = document.tests.map { $0.run(own, assortment ?? Assortment([])) }
            results += ended
            for promotion in own.promotions {
                // Everything that was read has a word, so it can be written.
                guard let digest = try? writer.digest(promotion) else { continue }
                rows.append(
                    Row(
                        promotion, name, digest, vocabulary.schema, tests: ended.count,
                        passed: ended.count(where: \.isPassed)))
            }
        }
        (self.ruleSet, digest, self.rows, self.results) = (ruleSet, try? writer.digest(ruleSet), rows, results)
    }

    /// Awards that tests expect of promotions that their file does not have.
    private static func unknownAwards(_ document: PromotionDocument) -> [PromotionDiagnostic] {
        let ids = document.promotions.map(\.promotion.id)
        return document.tests.flatMap { test in
            test.expected.filter { !ids.contains($0.promotion) }.map { award in
                PromotionDiagnostic(
                    .mistake, unknown: award.promotion, among: ids, at: test.place,
                    expected: "awards of promotions of this file")
            }
        }
    }

    private static func ordered(
        _ diagnostics: [PromotionDiagnostic], _ sources: [PromotionSource]
    ) -> [PromotionDiagnostic] {
        let names = sources.enumerated().map { ($1.name, $0) }
        let order = Dictionary(names) { first, _ in first }
        return diagnostics.enumerated().sorted { one, other in
            let (first, second) = (one.element.place, other.element.place)
            return (order[first.file] ?? 0, first.line, first.column, one.offset)
                < (order[second.file] ?? 0, second.line, second.column, other.offset)
        }.map(\.element)
    }
}

extension PromotionCheck.Row {
    fileprivate init(
        _ promotion: Promotion, _ file: String, _ digest: SHA256Digest, _ schema: FactSchema, tests: Int, passed: Int
    ) {
        self.init(
            id: promotion.id, file: file, lane: promotion.lane, group: promotion.group,
            conditions: promotion.conditions.count + promotion.rules.reduce(0) { $0 + $1.conditions.count },
            cost: PromotionCost(promotion, schema), digest: digest, tests: tests, passed: passed)
    }
}
