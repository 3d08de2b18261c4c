import ArgumentParser
import TallyClient
import TallyCodec
import TallyDecisions
import TallyLog
import TallyModel
import TallyReports

/// Brings copies of an instrument into being and writes their codes to a file.
struct InstrumentsIssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Issue copies of an instrument and write their codes to a file.",
        discussion: """
            Codes are kept nowhere: they follow from the key beside the log, so the command needs the data directory. The file
            is new, its owner alone may read it, and its columns are serial and code. It is made before anything is issued.

            An issue has a name, that of the file unless --run says another, and is made once: when the command was cut off, it
            says by which record the codes were issued, and `tally instruments codes` writes them.

            EXAMPLES:
              tally instruments issue gift --count 500 --face-value 50000 --out gift.csv --data /var/lib/tallystick
              tally instruments issue flyer --count 1000000 --ends-on 2026-12-31 --out flyer.csv
            """)

    @Argument(help: "The instrument's id.")
    var instrument: String
    @Option(help: ArgumentHelp("How many copies.", valueName: "copies"))
    var count: UInt32
    @Option(
        help: ArgumentHelp("What each is worth, in minor units. (default: as defined)", valueName: "minor"))
    var faceValue: Int64 = 0
    @Option(
        help: ArgumentHelp("The last day on which they are good. (default: as defined)", valueName: "day"),
        transform: FinanceOptions.day)
    var endsOn: CivilDay?
    @Option(help: ArgumentHelp("The only member who may use them, by the id of other systems.", valueName: "id"))
    var memberExternal: String?
    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("The name of the issue. (default: that of the file)", valueName: "name"))
    var runName: String?
    @OptionGroup var codes: CodeFileOptions
    @OptionGroup var daemon: DaemonOptions

    private var name: String { runName ?? String(codes.out.split(separator: "/").last ?? "") }

    func validate() throws {
        let most = Limits.identifierBytesMax - InstrumentsIssueCommand.sourcePrefix.utf8.count
        guard !name.isEmpty, name.utf8.count <= most else {
            throw ValidationError("The name of the issue has 1 to \(most) bytes: give one with --run.")
        }
    }

    private static let sourcePrefix = "issue:"

    func run() async throws {
        let key = try codes.key()
        let file = try CodeFile(path: codes.out)
        let sequence: LogSequence
        do { sequence = try await issue() } catch {
            file.remove()
            throw error
        }
        Talk.say("issued by record \(sequence.rawValue)")
        try codes.write(sequence, key, to: file)
    }

    /// Issues the copies, unless that was done under the same name before.
    private func issue() async throws -> LogSequence {
        let client = try await daemon.connect()
        let opened = try await client.openSource(InstrumentsIssueCommand.sourcePrefix + name)
        let log = try EventLog.open(directory: codes.secret.data, isReadOnly: true)
        if try FinanceFailure.read({ try IssueLookup.find(opened.lastSequence, in: log) }) != nil {
            let before = opened.lastSequence.rawValue
            throw Failure(
                .usage,
                "\(name) was issued by record \(before): write its codes with `tally instruments codes \(before)`, "
                    + "or give another name with --run")
        }
        var batch = BatchWriter(source: opened.source, firstNumber: opened.lastNumber + 1)
        let issue = InstrumentIssue(
            instrument: instrument, count: count, faceValue: Points(minor: faceValue),
            member: memberExternal.map { .external($0) } ?? .anonymous, occurredAt: .now, endsOn: endsOn)
        do throws(Rejection) { try batch.append(.issueInstruments(issue)) } catch {
            throw Failure(.usage, error.advice)
        }
        guard let outcome = try await client.send(batch).outcomes.first,
            outcome.status == .recorded || outcome.rejection != nil
        else { throw Failure(.temporary, "the daemon took no events: run the command again") }
        if let rejection = outcome.rejection {
            throw Failure(.partlyRejected, "nothing was issued: \(rejection.advice)")
        }
        return LogSequence(outcome.sequence)
    }
}

/// Writes the codes of an issue again.
struct InstrumentsCodesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codes",
        abstract: "Write the codes of an earlier issue to a file.",
        discussion: """
            EXAMPLES:
              tally instruments codes 8123 --out gift.csv --data /var/lib/tallystick
            """)

    @Argument(help: "The record of the issue, as its answer named it.")
    var sequence: UInt64
    @OptionGroup var codes: CodeFileOptions

    func run() throws {
        let key = try codes.key()
        let file = try CodeFile(path: codes.out)
        do { try codes.write(LogSequence(sequence), key, to: file) } catch {
            file.remove()
            throw error
        }
    }
}

/// Where codes come from and go to.
struct CodeFileOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The file for the codes; there must be none of that name.", valueName: "file"))
    var out: String
    @OptionGroup var secret: SecretOptions

    func key() throws -> IdentityKey { try secret.key() }

    /// Derives the codes of an issue and writes them.
    func write(_ sequence: LogSequence, _ key: IdentityKey, to file: borrowing CodeFile) throws {
        let log = try EventLog.open(directory: secret.data, isReadOnly: true)
        guard let issue = try FinanceFailure.read({ try IssueLookup.find(sequence, in: log) }) else {
            throw Failure(.usage, "record \(sequence.rawValue) of \(secret.data) is no issue of codes")
        }
        let codes = IssuedCodes(
            instrument: issue.instrument, first: issue.firstSerial, count: issue.count, key: key)
        try file.write(codes)
        Talk.say("\(issue.count) codes in \(out)")
    }
}

/// Where the ledger's secret is.
struct SecretOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The data directory of the daemon.", valueName: "directory"))
    var data = "/var/lib/tallystick"

    /// Reads the key beside the log.
    ///
    /// - Throws: ``Failure`` when it cannot be read or is none.
    func key() throws -> IdentityKey {
        let path = data + "/identity.key"
        let source = try FileSource(path: path)
        var bytes: [UInt8] = []
        try source.read(into: &bytes)
        guard let key = IdentityKey(bytes) else { throw Failure(.usage, "\(path) is no key of a ledger") }
        return key
    }
}
