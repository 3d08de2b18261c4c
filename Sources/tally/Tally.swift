import ArgumentParser

/// The command line of Tallystick.
@main
struct Tally: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tally",
        abstract: "Talks to a Tallystick daemon and checks its log.",
        discussion: """
            Data goes to standard output, talk to standard error.

            EXIT CODES:
              0   done
              1   the command line or a file it names cannot be used
              2   the daemon cannot be reached
              3   a check failed: damage, a difference, a file that is not the one begun
              4   part of the input was rejected or left out
              75  try again later: the daemon is busy, stopping or went away

            EXAMPLES:
              tally programme apply cashback-5.yaml
              tally import receipts receipts.csv --programme cashback-5.yaml
              tally balances --as-of 2018-01-01 -O csv
              tally report kpi --as-of 2018-01-01
              tally verify /var/lib/tallystick
              tally promotions check spring.yaml --words words.yaml
              tally liability /var/lib/tallystick --from 2026-03-01 --to 2026-03-31
            """,
        version: "tally 1 (protocol 1)",
        subcommands: [
            ImportCommand.self, ProgrammeCommand.self, BalancesCommand.self, ReportCommand.self, StatusCommand.self,
            AccrueCommand.self, InstrumentsCommand.self, StatementCommand.self, TrialBalanceCommand.self,
            LiabilityCommand.self,
            ExpiryLadderCommand.self, BreakageCommand.self, SettlementCommand.self, OverlapCommand.self,
            ReconcileCommand.self, CloseCommand.self,
            ExportCommand.self, LogCommand.self, VerifyCommand.self, ReplayCommand.self, BenchCommand.self,
            BenchExpiryCommand.self, PromotionsCommand.self, LabCommand.self, ExplainCommand.self, WhyNotCommand.self,
            BenchQuotesCommand.self,
        ])

    /// Runs the command and ends the process with the code that ``ExitReason`` documents.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    private static func end(with error: any Error) -> Never {
        if let failure = Failure(reporting: error) {
            Talk.say("tally: \(failure.text)")
            exit(withCode: failure.reason)
        }
        let text = fullMessage(for: error)
        let isRequest = exitCode(for: error).isSuccess
        if isRequest { Output.print(text) } else { Talk.say(text) }
        exit(withCode: isRequest ? .done : .usage)
    }

    private static func exit(withCode reason: ExitReason) -> Never { Output.end(reason.rawValue) }
}
