import ArgumentParser
import TallyClient
import TallyCodec
import TallyJSON
import TallyModel

/// Closes a month of the books.
struct CloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close a month of the books.",
        discussion: """
            A record states every account as it is. From then on nothing changes what was reported for the month: what is
            recorded later for one of its days counts for the first open day. The first month may be any, then they follow
            each other; a month is closed once it is over and everything that ends with it has ended. Prints the record and
            the digest of the state, by which anybody can tell later that it is the same.

            EXAMPLES:
              tally close 2026-03
              tally close 2026-03 --utc-offset +03:00 --operator irina -O json
            """)

    /// A month of a year.
    struct Month: ExpressibleByArgument {
        var year: UInt16
        var month: UInt8

        init?(argument: String) {
            let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].count == 4, parts[1].count == 2, let year = UInt16(parts[0]),
                let month = UInt8(parts[1]), (1...12).contains(month)
            else { return nil }
            (self.year, self.month) = (year, month)
        }
    }

    @Argument(help: "The month, such as 2026-03.")
    var month: Month
    @Option(
        name: .customLong("utc-offset"),
        help: ArgumentHelp("By which clock the month begins and ends.", valueName: "±hh:mm"),
        transform: CloseCommand.offset)
    var offset: Int16 = 0
    @Option(name: .customLong("operator"), help: ArgumentHelp("Who closes it.", valueName: "id"))
    var operatorID = ""
    @OptionGroup var format: FormatOptions
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let client = try await daemon.connect()
        let opened = try await client.openSource("close")
        var batch = BatchWriter(source: opened.source, firstNumber: opened.lastNumber + 1)
        let close = PeriodClose(
            year: month.year, month: month.month, utcOffsetMinutes: offset, operatorID: operatorID)
        do throws(Rejection) { try batch.append(.closePeriod(close)) } catch {
            throw Failure(.usage, error.advice)
        }
        guard let outcome = try await client.send(batch).outcomes.first,
            outcome.status == .recorded || outcome.rejection != nil
        else { throw Failure(.temporary, "the daemon took no events: run the command again") }
        if let rejection = outcome.rejection {
            throw Failure(.partlyRejected, "the month stays open: \(rejection.advice)")
        }
        let status = try await client.status(wantDigest: true)
        print(outcome, status)
    }

    private func print(_ outcome: Outcome, _ status: DaemonStatus) {
        let values = [
            text, "\(outcome.sequence)", "\(status.digestSequence.rawValue)", status.digestText ?? "",
        ]
        let columns = ["month", "sequence", "digest_sequence", "digest"]
        var output = Output()
        switch format.output {
        case .table:
            var table = TextTable(columns)
            table.add(values)
            for line in table.lines { output.line(line) }
        case .csv:
            output.line(CSV.row(columns))
            output.line(CSV.row(values))
        case .json:
            output.line(
                #"{"month":"\#(text)","sequence":\#(values[1]),"digest_sequence":\#(values[2]),"digest":"\#(values[3])"}"#
            )
        }
    }

    private var text: String { "\(month.year)-\(month.month < 10 ? "0" : "")\(month.month)" }

    private static func offset(_ text: String) throws -> Int16 {
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard let sign = text.first, sign == "+" || sign == "-", parts.count == 2, parts.allSatisfy({ $0.count == 2 }),
            let hours = Int16(parts[0]), let minutes = Int16(parts[1]), hours <= 18, minutes < 60
        else { throw ValidationError("Write an offset such as +03:00.") }
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }
}
