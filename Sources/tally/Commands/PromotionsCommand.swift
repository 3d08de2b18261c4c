import ArgumentParser
import TallyPromotionFiles
import TallyPromotions

/// Promotions as files.
struct PromotionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promotions",
        abstract: "Check files of promotions, put them in force, see what they do.",
        discussion: """
            EXAMPLES:
              tally promotions check deploy/examples/promotions/*.yaml --words deploy/examples/words.yaml
              tally promotions format spring.yaml --words words.yaml | sha256sum
              tally promotions schema > promotion.schema.json
              tally promotions publish spring.yaml --words words.yaml --author irina
              tally promotions pause spring --author irina
              tally promotions status
            """,
        subcommands: [
            PromotionsCheckCommand.self, PromotionsFormatCommand.self, PromotionsSchemaCommand.self,
            PromotionsPublishCommand.self, PromotionsPauseCommand.self, PromotionsActivateCommand.self,
            PromotionsArchiveCommand.self, PromotionsStatusCommand.self,
        ])
}

/// Checks files of promotions.
struct PromotionsCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with files of promotions, what they cost at most, and how their tests end.",
        discussion: """
            The files are one rule set: a group may stand in one and its promotions in others. Every mistake is told with its
            line, what was found, what is expected and the nearest name. Exit code 1 with a mistake, 3 when a test fails.

            EXAMPLES:
              tally promotions check deploy/examples/promotions/*.yaml --words deploy/examples/words.yaml
              tally promotions check spring.yaml --words words.yaml --json
            """)

    @Argument(help: "Files of promotions (YAML or JSON), in the order of their promotions.")
    var files: [String]
    @OptionGroup var options: PromotionOptions
    @Flag(help: "Print one line of JSON.")
    var json = false

    func run() throws {
        let (vocabulary, assortment) = try options.read()
        let check = try PromotionOptions.check(files, vocabulary, assortment)
        var output = Output()
        if json {
            output.line(check.json(vocabulary))
        } else {
            for line in check.report(vocabulary).split(separator: "\n") { output.line(String(line)) }
        }
        output.flush()
        guard check.ruleSet != nil else { throw Failure(.usage, "the promotions have mistakes") }
        guard check.isPassed else { throw Failure(.checkFailed, "a test of the promotions failed") }
    }
}

/// Writes promotions in their one form.
struct PromotionsFormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "format",
        abstract: "Print promotions as canonical JSON: what means the same is written with the same bytes.",
        discussion: """
            What is printed reads back to the same promotions; its SHA-256 is the one that check prints. There is no line feed
            at the end. Tests are not part of it.

            EXAMPLES:
              tally promotions format spring.yaml --words words.yaml > spring.json
              tally promotions format spring.yaml --words words.yaml | sha256sum
            """)

    @Argument(help: "Files of promotions (YAML or JSON), in the order of their promotions.")
    var files: [String]
    @OptionGroup var options: PromotionOptions

    func run() throws {
        let (vocabulary, assortment) = try options.read()
        let ruleSet = try PromotionOptions.ruleSet(files, vocabulary, assortment)
        let json: String
        do throws(PromotionWriter.Unwritable) {
            json = try PromotionWriter(vocabulary).json(ruleSet)
        } catch {
            throw Failure(.usage, "\(error): add the word to the words of the programme")
        }
        Output.write(Array(json.utf8), to: Output.standard)
    }
}

/// Prints the schema of the language.
struct PromotionsSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of promotions, for editors and other programs.",
        discussion: """
            EXAMPLES:
              tally promotions schema > promotion.schema.json
            """)

    func run() throws { Output.write(Array(PromotionSchema.json.utf8), to: Output.standard) }
}
