import ArgumentParser
import TallyPromotionFiles
import TallyPromotions

/// With which words promotions are read.
struct PromotionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The programme's words and goods (YAML or JSON): stores, stages, segments. Without it only what every programme knows.",
            valueName: "file"))
    var words: String?
    @Option(help: ArgumentHelp("Decimals of money, 0 to 4.", valueName: "count"))
    var moneyScale = 2
    @Option(help: ArgumentHelp("Decimals of points, 0 to 4.", valueName: "count"))
    var pointsScale = 2

    func validate() throws {
        guard (0...4).contains(moneyScale), (0...4).contains(pointsScale) else {
            throw ValidationError("Money and points have 0 to 4 decimals.")
        }
    }

    /// The words, and the goods when there is a file.
    ///
    /// - Throws: ``Failure`` when the file of words cannot be read; its mistakes go to standard error.
    func read() throws -> (vocabulary: PromotionVocabulary, assortment: Assortment?) {
        guard let words else {
            return (PromotionVocabulary(ProgrammeWords(), moneyScale: moneyScale, pointsScale: pointsScale), nil)
        }
        let source = PromotionSource(name: words, text: try FileSource.text(of: words))
        let read = ProgrammeWords.read(source, moneyScale: moneyScale)
        try PromotionOptions.judge(read.diagnostics, of: words)
        return (
            PromotionVocabulary(read.words, moneyScale: moneyScale, pointsScale: pointsScale), read.assortment
        )
    }

    /// Reads and checks files of promotions.
    ///
    /// - Throws: ``Failure`` when a file cannot be read.
    static func check(
        _ files: [String], _ vocabulary: PromotionVocabulary, _ assortment: Assortment?
    ) throws -> PromotionCheck {
        var sources: [PromotionSource] = []
        for file in files { sources.append(PromotionSource(name: file, text: try FileSource.text(of: file))) }
        return PromotionCheck(sources, vocabulary, assortment)
    }

    /// The promotions of files without a mistake.
    ///
    /// - Throws: ``Failure`` when there is one; what was found goes to standard error.
    static func ruleSet(
        _ files: [String], _ vocabulary: PromotionVocabulary, _ assortment: Assortment?
    ) throws -> RuleSet {
        let check = try check(files, vocabulary, assortment)
        try judge(check.diagnostics, of: files.joined(separator: ", "))
        guard let ruleSet = check.ruleSet else { throw Failure(.usage, "nothing is decided by these files") }
        return ruleSet
    }

    /// Says what was found in a file.
    ///
    /// - Throws: ``Failure`` when something of it is a mistake.
    static func judge(_ diagnostics: [PromotionDiagnostic], of file: String) throws {
        for diagnostic in diagnostics { Talk.say("\(diagnostic)") }
        let mistakes = diagnostics.count { $0.severity == .mistake }
        guard mistakes == 0 else {
            throw Failure(.usage, "\(file): \(mistakes) mistake\(mistakes == 1 ? "" : "s")")
        }
    }
}
