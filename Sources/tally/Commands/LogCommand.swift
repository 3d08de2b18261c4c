import ArgumentParser
import TallyCodec
import TallyJSON
import TallyLog

/// The records of a log.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Print the records of a log as lines of JSON.",
        discussion: """
            Reads the data directory; the daemon may run beside it.

            EXAMPLES:
              tally log /var/lib/tallystick --from 100 --to 120
              tally log /var/lib/tallystick --member 5
              tally log /var/lib/tallystick --source 3 --number 17
            """)

    @Argument(help: "The data directory.")
    var directory: String
    @Option(help: ArgumentHelp("The first record.", valueName: "sequence"))
    var from: UInt64 = 1
    @Option(help: ArgumentHelp("The last record. (default: the end of the log)", valueName: "sequence"))
    var to: UInt64?
    @Option(help: ArgumentHelp("Only records of this member.", valueName: "number"))
    var member: UInt32?
    @Option(help: ArgumentHelp("Only records of this source.", valueName: "number"))
    var source: UInt32?
    @Option(help: "Only the record of this event of --source.")
    var number: UInt64?

    func validate() throws {
        guard from > 0 else { throw ValidationError("--from is at least 1: the first record has sequence 1.") }
        guard number == nil || source != nil else {
            throw ValidationError("--number needs --source: sources number their own events.")
        }
    }

    func run() throws {
        let log = try EventLog.open(directory: directory, isReadOnly: true)
        var output = Output()
        try log.forEachBlock(from: from, through: to, check: .quick) { block in
            for index in 0..<block.recordCount {
                let sequence = block.sequence(at: index)
                guard sequence >= from, sequence <= to ?? .max else { continue }
                let record = block.record(at: index)
                guard let line = try line(record, sequence: sequence) else { continue }
                output.line(line)
            }
            return true
        }
        output.flush()
    }

    /// The line of a record; nil for one that is not asked for.
    private func line(_ record: RawSpan, sequence: UInt64) throws -> String? {
        do throws(CodecError) {
            let envelope = try RecordJSON.envelope(of: record)
            guard member == nil || member == envelope.member, source == nil || source == envelope.source,
                number == nil || number == envelope.number
            else { return nil }
            return try RecordJSON.line(record, sequence: sequence)
        } catch {
            throw Failure(.checkFailed, "record \(sequence): \(error); run `tally verify`")
        }
    }
}
