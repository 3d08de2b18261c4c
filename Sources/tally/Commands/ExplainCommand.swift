import ArgumentParser
import TallyBytes
import TallyDecisions
import TallyLog
import TallyPromotionFiles

/// Why a receipt came out as it did.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Print what promotions did with a receipt, and why.",
        discussion: """
            For every promotion that applied: its revision, the conditions with the values that they saw, what each effect
            reckons, and what every line received. It reads the log alone, so it says the same in ten years. A receipt is named
            by its number, or by its place in the log such as @8123; of several with one number all are explained.

            EXAMPLES:
              tally explain A-17 --data /var/lib/tallystick
              tally explain @8123 --data /var/lib/tallystick
            """)

    @Argument(help: "The receipt: its number, or @ and its place in the log.")
    var receipt: String
    @OptionGroup var source: ReceiptSource

    func run() throws {
        var output = Output()
        for account in try source.accounts(of: receipt) {
            for line in account.explanation() { output.line(line) }
        }
        output.flush()
    }
}

/// Why a promotion did not apply.
struct WhyNotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why-not",
        abstract: "Print why a promotion did not apply to a receipt: the first condition that failed, and what it saw.",
        discussion: """
            EXAMPLES:
              tally why-not march-8 A-17 --data /var/lib/tallystick
              tally why-not march-8 @8123 --data /var/lib/tallystick
            """)

    @Argument(help: "The promotion's id.")
    var promotion: String
    @Argument(help: "The receipt: its number, or @ and its place in the log.")
    var receipt: String
    @OptionGroup var source: ReceiptSource

    func run() throws {
        var output = Output()
        for account in try source.accounts(of: receipt) {
            guard let reason = account.whyNot(promotion) else {
                throw Failure(
                    .usage,
                    "revision \(account.revision.number), which decided the receipt, has no promotion \(promotion)")
            }
            output.line("receipt \(account.number), record \(account.sequence): \(reason)")
        }
        output.flush()
    }
}

/// Where receipts are looked up.
struct ReceiptSource: ParsableArguments {
    @Option(help: ArgumentHelp("The data directory.", valueName: "directory"))
    var data: String

    /// The receipts of a name that promotions looked at.
    ///
    /// - Throws: ``Failure`` when there is none, or the log cannot be read.
    func accounts(of name: String) throws -> [ReceiptAccount] {
        let log = try EventLog.open(directory: data, isReadOnly: true)
        let wanted = name.hasPrefix("@") ? UInt64(name.dropFirst()) : nil
        var found: [UInt64] = []
        let history = try FinanceFailure.read {
            try PromotionHistory(log) { sequence, record in
                if sequence == wanted || (wanted == nil && PromotedBasket.number(in: record) == name) {
                    found.append(sequence)
                }
            }
        }
        guard !found.isEmpty else {
            throw Failure(.usage, "\(data) has no receipt \(name) that promotions looked at")
        }
        return try found.map { sequence in
            try log.read(sequence: sequence) { record in
                do throws(PromotionsUnreadable) { return try ReceiptAccount(sequence, record, history) } catch {
                    throw Failure(.usage, "\(error)")
                }
            }
        }
    }
}
