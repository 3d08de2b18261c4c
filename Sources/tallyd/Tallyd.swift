import ArgumentParser
import Glibc

/// The daemon's command line.
@main
struct Tallyd: AsyncParsableCommand {
    /// What the daemon calls itself.
    static let version = "tallyd 0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "tallyd",
        abstract: "Serves a loyalty ledger on a Unix socket.",
        discussion: """
            A value is looked for on the command line, in the environment (TALLYD_DATA, TALLYD_SOCKET_MODE …), in the \
            configuration file, and then in the defaults. --print-config shows where each one came from.

            Exit status: 0 stopped as asked, 1 wrong option, 73 the socket cannot be opened, 74 the log cannot be read or \
            written, 75 another daemon uses the data.
            """,
        version: version)

    @OptionGroup var options: DaemonOptions

    static func main() async {
        do {
            let command = try parse()
            try await command.run()
        } catch let end as DaemonExit {
            end.message.isEmpty ? () : StandardError.write(line: "tallyd: \(end.message)")
            Glibc.exit(end.status.rawValue)
        } catch {
            guard exitCode(for: error).isSuccess else {
                StandardError.write(line: fullMessage(for: error))
                Glibc.exit(ExitStatus.usage.rawValue)
            }
            exit(withError: error)
        }
    }

    func run() async throws {
        let environment = Environment.all
        let settings = try await DaemonSettings.load(options, environment: environment)
        if options.printConfig { return print(settings.listing) }
        if options.checkConfig { return print("the configuration is valid") }
        try await Startup(settings: settings, environment: environment).run()
    }
}
