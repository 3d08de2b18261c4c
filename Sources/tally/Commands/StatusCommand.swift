import ArgumentParser
import TallyClient
import TallyCodec
import TallyJSON
import TallyModel

/// How the daemon stands.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Print how the daemon stands.",
        discussion: """
            EXAMPLES:
              tally status
              tally status --digest -O json
            """)

    @Flag(help: "Ask for the digest of the state too; it costs a checkpoint.")
    var digest = false
    @OptionGroup var format: FormatOptions
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let client = try await daemon.connect()
        let status = try await client.status(wantDigest: digest)
        var output = Output()
        let rows = StatusCommand.rows(status, server: client.welcome.server, durability: "\(client.welcome.durability)")
        switch format.output {
        case .json: output.line(DaemonStatusJSON.line(status))
        case .csv:
            output.line(CSV.row(["name", "value"]))
            for row in rows { output.line(CSV.row(row)) }
        case .table:
            var table = TextTable(["name", "value"])
            for row in rows { table.add(row) }
            for line in table.lines { output.line(line) }
        }
    }

    private static func rows(_ status: DaemonStatus, server: String, durability: String) -> [[String]] {
        var rows = [
            ["server", server], ["durability", durability], ["tip", "\(status.tip.rawValue)"],
            ["recorded at", "\(status.recordedAt)"], ["checkpoint", "\(status.checkpoint.rawValue)"],
            ["clock", "\(status.clock)"],
        ]
        if let digest = status.digestText {
            rows += [["digest sequence", "\(status.digestSequence.rawValue)"], ["digest", digest]]
        }
        let counts = [
            ("businesses", status.businesses), ("stores", status.stores), ("wallets", status.wallets),
            ("accruals", status.accruals), ("sources", status.sources), ("members", status.members),
            ("lots", status.lots), ("holds", status.holds),
        ]
        return rows + counts.map { [$0.0, "\($0.1)"] } + [["state bytes", "\(status.stateBytes)"]]
    }
}
