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
    /// The words, and the goods when there is a file.
    ///
    /// - Throws: ``Failure`` when the file of words cannot be read; its mistakes go to standard error.
    func read() throws -> (vocabulary: PromotionVocabulary, assortment: Assortment?) {
        guard let words else {
            return (PromotionVocabulary(ProgrammeWords()), nil)
        }
        let source = PromotionSource(name: words, text: try FileSource.text(of: words))
        let read = ProgrammeWords.read(source)
        try PromotionOptions.judge(read.diagnostics, of: words)
        return (PromotionVocabulary(read.words), read.assortment)
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
