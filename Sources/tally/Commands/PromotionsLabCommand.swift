import ArgumentParser
import TallyPromotionFiles
import TallyPromotions

/// Tries baskets on promotions, without a daemon.
struct LabCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "Try a basket on promotions, offline.",
        discussion: """
            Prints what every line costs, which promotions apply, what else is done, and why the others did not apply: the first
            condition that failed and what is missing for it. matrix tries every two of the promotions together.

            EXAMPLES:
              tally lab basket.yaml --promotions march.yaml --words words.yaml
              tally lab matrix basket.yaml --promotions march.yaml vip.yaml --words words.yaml
            """,
        subcommands: [LabDecideCommand.self, LabMatrixCommand.self], defaultSubcommand: LabDecideCommand.self)
}

/// What is tried on what.
struct LabOptions: ParsableArguments {
    @Argument(
        help: """
            The basket (YAML or JSON), such as {given: {stage: loyal}, basket: [{sku: cake, sum: 100.00}]}; it may also stand \
            behind the promotions.
            """)
    var basket: String?
    @Option(
        parsing: .upToNextOption, help: ArgumentHelp("Files of promotions (YAML or JSON).", valueName: "file"))
    var promotions: [String]
    @OptionGroup var options: PromotionOptions

    func validate() throws {
        guard basket != nil || promotions.count > 1 else {
            throw ValidationError("Name a file with a basket, and files of promotions behind --promotions.")
        }
    }

    /// The laboratory and the basket.
    ///
    /// - Throws: ``Failure`` when a file cannot be used.
    func read() throws -> (lab: PromotionLab, basket: LabBasket) {
        let (vocabulary, assortment) = try options.read()
        let file = basket ?? promotions[promotions.count - 1]
        let files = basket == nil ? promotions.dropLast() : promotions[...]
        let ruleSet = try PromotionOptions.ruleSet(Array(files), vocabulary, assortment)
        let source = PromotionSource(name: file, text: try FileSource.text(of: file))
        let (basket, diagnostics) = LabBasket.read(source, vocabulary, assortment)
        try PromotionOptions.judge(diagnostics, of: file)
        guard let basket else { throw Failure(.usage, "\(file): there is no basket in it") }
        return (PromotionLab(ruleSet, vocabulary, assortment ?? Assortment([])), basket)
    }
}

/// Decides one basket.
struct LabDecideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Print what promotions do for a basket, and why not (what lab does when nothing else is said).",
        discussion: """
            EXAMPLES:
              tally lab basket.yaml --promotions march.yaml --words words.yaml
            """)

    @OptionGroup var input: LabOptions

    func run() throws {
        let (lab, basket) = try input.read()
        Output.write(Array(lab.text(lab.decide(basket)).utf8), to: Output.standard)
    }
}

/// Decides one basket by every two promotions.
struct LabMatrixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix",
        abstract: "Print what promotions do for a basket alone and two by two.",
        discussion: """
            Groups, lanes and marks hold as they are written. With n promotions there are n rows of one and n·(n-1)/2 of two.

            EXAMPLES:
              tally lab matrix basket.yaml --promotions march.yaml --words words.yaml
            """)

    @OptionGroup var input: LabOptions

    func run() throws {
        let (lab, basket) = try input.read()
        let count = lab.ruleSet.promotions.count
        guard count <= PromotionLab.pairedMax else {
            throw Failure(.usage, "there are \(count) promotions; pairs are tried of at most \(PromotionLab.pairedMax)")
        }
        Output.write(Array(lab.text(lab.pairs(basket)).utf8), to: Output.standard)
    }
}
