import ArgumentParser
import TallyBytes
import TallyClient
import TallyCodec
import TallyJSON
import TallyLog
import TallyModel
import TallyReplay

/// Checks a data directory.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a data directory: every page, block, hash and posting.",
        discussion: """
            Walks the log with every check, rebuilds the state from the records alone and compares its digest with the
            checkpoint's; with --socket also with the running daemon's. Exit code 3 when anything differs.

            EXAMPLES:
              tally verify /var/lib/tallystick
              tally verify /var/lib/tallystick --socket /run/tallystick/stream.sock
              tally verify /var/lib/tallystick --rebuild-head   (the head file is lost, nothing else)
            """)

    @Argument(help: "The data directory.")
    var directory: String
    @Option(help: ArgumentHelp("Compare with the daemon at this socket.", valueName: "path"))
    var socket: String?
    @Flag(help: "Write a new head file from the log when it is lost; the daemon must be stopped.")
    var rebuildHead = false
    @Flag(help: "Show progress without a terminal too.")
    var progress = false

    func run() async throws {
        if rebuildHead {
            // A head file that is there may know of records that this copy of the log has lost.
            guard case .headMissing = LogVerifier(directory: directory).verify().failure else {
                throw Failure(
                    .usage,
                    "the head file of \(directory) is not lost, or more than it is: verify without --rebuild-head")
            }
            let tip = try EventLog.rebuildHead(directory: directory)
            Talk.say("wrote the head file: the log ends at \(tip)")
        }
        let status = try await daemonStatus()
        let result = verification(through: status?.digestSequence.rawValue)
        if case .missing = result.logReport.failure {
            throw Failure(.usage, "there is no log in \(directory): give the data directory")
        }
        var findings = VerifyCommand.findings(result)
        if let status { findings.append(VerifyCommand.finding(status, result)) }
        var table = TextTable(["check", "result"])
        for finding in findings { table.add([finding.check, finding.text]) }
        var output = Output()
        for line in table.lines { output.line(line) }
        output.flush()
        guard findings.allSatisfy(\.isGood), result.isSound else {
            let place = result.firstBadSequence.map { "; nothing from sequence \($0) on can be trusted" } ?? ""
            throw Failure(.checkFailed, "\(directory) is not sound\(place)")
        }
    }

    private func daemonStatus() async throws -> DaemonStatus? {
        guard let socket else { return nil }
        return try await Client.connect(path: socket, name: "tally verify").status(wantDigest: true)
    }

    private func verification(through: UInt64?) -> LedgerVerification {
        var bar: ProgressBar?
        defer { bar?.finish() }
        return verifyLedger(directory: directory, through: through) { sequence, last in
            bar = bar ?? ProgressBar(total: Int(last), isForced: progress)
            bar?.show(Int(sequence), "record \(sequence)")
        }
    }

    private typealias Finding = (check: String, text: String, isGood: Bool)

    private static func findings(_ result: LedgerVerification) -> [Finding] {
        let log = result.logReport
        var findings: [Finding] = [
            (
                "log", log.failure.map { "\($0)" } ?? "\(log.recordCount) records in \(log.blockCount) blocks",
                log.isSound
            )
        ]
        guard log.isSound else { return findings }
        findings.append(
            ("state", faultText(result) ?? "rebuilt to \(result.rebuiltSequence)", faultText(result) == nil))
        findings.append(("digest", "\(result.rebuiltDigest)", true))
        if let checkpoint = result.checkpoint {
            findings.append(
                (
                    "checkpoint", "at \(checkpoint.sequence): \(checkpoint.agrees ? "agrees" : "differs")",
                    checkpoint.agrees
                ))
        }
        return findings
    }

    private static func faultText(_ result: LedgerVerification) -> String? {
        result.stateFault.map { "\($0)" } ?? result.invariantFault.map { "\($0)" } ?? result.otherFault
    }

    private static func finding(_ status: DaemonStatus, _ result: LedgerVerification) -> Finding {
        let agrees =
            status.digestSequence.rawValue == result.rebuiltSequence && status.digestText == "\(result.rebuiltDigest)"
        return ("daemon", "at \(status.digestSequence.rawValue): \(agrees ? "agrees" : "differs")", agrees)
    }
}
