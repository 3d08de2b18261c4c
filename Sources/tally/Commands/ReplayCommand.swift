import ArgumentParser
import TallyBytes
import TallyModel
import TallyReplay

/// Rebuilds the state from a log.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Rebuild the state in memory from the log alone and print its digest.",
        discussion: """
            EXAMPLES:
              tally replay /var/lib/tallystick
              tally replay /var/lib/tallystick --as-of @8123
            """)

    @Argument(help: "The data directory.")
    var directory: String
    @Option(
        help: ArgumentHelp(
            "The last record to apply, such as @8123. (default: the end of the log)", valueName: "@sequence"),
        transform: AsOfOptions.read)
    var asOf: AsOf?
    @Flag(help: "Show progress without a terminal too.")
    var progress = false

    func validate() throws {
        guard asOf?.day == nil else { throw ValidationError("--as-of is a place in the log here, such as @8123.") }
    }

    func run() throws {
        var bar: ProgressBar?
        let start = ContinuousClock.now
        let result = try rebuildState(directory: directory, through: asOf?.sequence?.rawValue) { sequence, last in
            bar = bar ?? ProgressBar(total: Int(last), isForced: progress)
            bar?.show(Int(sequence), "record \(sequence)")
        }
        bar?.finish()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        var table = TextTable(["name", "value"])
        table.add(["records", "\(result.sequence)"])
        table.add(["digest", "\(result.digest)"])
        table.add(["milliseconds", "\(Int(seconds * 1000))"])
        table.add(["records per second", "\(Int(Double(result.sequence) / max(seconds, 1e-6)))"])
        var output = Output()
        for line in table.lines { output.line(line) }
    }
}
