import ArgumentParser
import Foundation
import TallyClient
import TallyModel

/// Where the daemon is.
struct DaemonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The daemon's stream socket.", valueName: "path"))
    var socket = DaemonOptions.defaultSocket

    /// The place where the daemon puts its socket when nobody says otherwise.
    static var defaultSocket: String {
        let runtime = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"] ?? ""
        return (runtime.isEmpty ? "/run" : runtime) + "/tallystick/stream.sock"
    }

    func connect() async throws -> Client { try await Client.connect(path: socket, name: "tally") }
}

/// How figures are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json
}

/// Ways to print a report of finance: figures, and sheets.
enum SheetFormat: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json, xlsx
    case russianCSV = "csv-ru"
}

/// How a report of finance is printed.
struct SheetOptions: ParsableArguments {
    @Option(
        name: [.customShort("O"), .long],
        help: "How to print: table, csv, json, csv-ru (for a Russian Excel) or xlsx (to a file).")
    var output = SheetFormat.table
    @Option(help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
    var out: String?
}

extension SheetOptions {
    /// True when rows are gathered for a sheet before they are printed.
    var isSheet: Bool { output == .xlsx || output == .russianCSV }
}

/// How figures are printed.
struct FormatOptions: ParsableArguments {
    @Option(name: [.customShort("O"), .long], help: "How to print: table, csv or json.")
    var output = OutputFormat.table
}

/// As of when figures are asked.
struct AsOfOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A day such as 2018-01-01 (receipts of earlier days count) or a place in the log such as @8123.",
            valueName: "day|@sequence"), transform: AsOfOptions.read)
    var asOf: AsOf?

    /// The bound that was asked for, or now.
    var bound: AsOf { asOf ?? .now }

    /// Reads what stands behind `--as-of`.
    static func read(_ text: String) throws -> AsOf {
        guard let asOf = AsOf(text: text) else {
            throw ValidationError("Write a day such as 2018-01-01 or a place in the log such as @8123.")
        }
        return asOf
    }
}
