import ArgumentParser
import TallyBytes
import TallyClient
import TallyCodec
import TallyModel
import TallyPromotionFiles
import TallyPromotions

/// Puts files of promotions in force.
struct PromotionsPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Put files of promotions in force: from then on they are the promotions, and no others.",
        discussion: """
            The files are checked as check does it, and their tests must pass. The log keeps the words as they are written and
            the promotions in their one form, under their SHA-256, so every receipt can be explained later. Promotions that
            rest go on resting. Receipts that occurred before --from are decided by what was in force then.

            EXAMPLES:
              tally promotions publish deploy/examples/promotions/s3-0*.yaml --words deploy/examples/words.yaml --author irina
              tally promotions publish march.yaml --words words.yaml --author irina --from 2027-03-01T00:00:00+03:00
            """)

    @Argument(help: "Files of promotions (YAML or JSON), in the order of their promotions.")
    var files: [String]
    @Option(
        help: ArgumentHelp(
            "From which moment receipts are decided by them, such as 2027-03-01T00:00:00+03:00. (default: now)",
            valueName: "moment"), transform: PromotionsSender.moment)
    var from: Instant?
    @OptionGroup var options: PromotionOptions
    @OptionGroup var author: AuthorOptions
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let (vocabulary, assortment) = try options.read()
        let check = try PromotionOptions.check(files, vocabulary, assortment)
        try PromotionOptions.judge(check.diagnostics, of: files.joined(separator: ", "))
        guard let ruleSet = check.ruleSet else { throw Failure(.usage, "nothing is decided by these files") }
        guard check.isPassed else {
            throw Failure(.checkFailed, "a test of the promotions failed: see `tally promotions check`")
        }
        let rules: String
        do throws(PromotionWriter.Unwritable) { rules = try PromotionWriter(vocabulary).json(ruleSet) } catch {
            throw Failure(.usage, "\(error): add the word to the words of the programme")
        }
        let words = try options.words.map { try FileSource.text(of: $0) } ?? "{}"
        let sender = try await PromotionsSender(daemon)
        let documents = [Array(words.utf8), Array(rules.utf8)]
        for bytes in documents { try await sender.keep(bytes) }
        let digests = documents.map(PromotionsSender.digest)
        let outcome = try await sender.send(
            .setPromotions(
                PromotionsChange(
                    .publish(words: digests[0], rules: digests[1]), effectiveFrom: from, author: author.author,
                    note: author.note)))
        let count = ruleSet.promotions.count
        sender.say(
            outcome, "\(count) promotion\(count == 1 ? "" : "s"), sha256 \(digests[1].hex)")
    }
}

/// Lets promotions rest.
struct PromotionsPauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Let promotions rest from now on.",
        discussion: """
            EXAMPLES:
              tally promotions pause march-8 --author irina --note "out of stock"
            """)

    @OptionGroup var change: PromotionsChangeOptions

    func run() async throws { try await change.send { .pause($0) } }
}

/// Ends their rest.
struct PromotionsActivateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Let promotions that were paused apply again.",
        discussion: """
            EXAMPLES:
              tally promotions activate march-8 --author irina
            """)

    @OptionGroup var change: PromotionsChangeOptions

    func run() async throws { try await change.send { .activate($0) } }
}

/// Ends promotions for good.
struct PromotionsArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "End promotions for good: under these ids they never apply again.",
        discussion: """
            EXAMPLES:
              tally promotions archive march-8 --author irina
            """)

    @OptionGroup var change: PromotionsChangeOptions

    func run() async throws { try await change.send { .archive($0) } }
}

/// Who changes promotions, and why.
struct AuthorOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Who answers for it.", valueName: "name"))
    var author: String
    @Option(help: ArgumentHelp("Why, in a few words.", valueName: "text"))
    var note = ""
}

/// Which promotions rest or apply again.
struct PromotionsChangeOptions: ParsableArguments {
    @Argument(help: "Ids of promotions.")
    var ids: [String]
    @OptionGroup var author: AuthorOptions
    @OptionGroup var daemon: DaemonOptions

    func send(_ act: ([String]) -> PromotionsChange.Act) async throws {
        let sender = try await PromotionsSender(daemon)
        let outcome = try await sender.send(
            .setPromotions(PromotionsChange(act(ids), author: author.author, note: author.note)))
        sender.say(outcome, ids.joined(separator: ", "))
    }
}
