import ArgumentParser
import TallyImport

/// Programmes: businesses, wallets, rates.
struct ProgrammeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme", abstract: "Put programmes in force.", subcommands: [ProgrammeApplyCommand.self])
}

/// Applies a programme file.
struct ProgrammeApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Put the definitions of a programme file in force.",
        discussion: """
            Says for each definition whether it was recorded, unchanged or rejected. Applying the same file again changes
            nothing. What is defined stays: a currency, a scale or an owner cannot change, a new rate holds from its
            effective_from on.

            EXAMPLES:
              tally programme apply cashback-5.yaml
            """)

    @Argument(help: "The programme file (YAML).")
    var file: String
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let programme = try ProgrammeFile(path: file)
        try await DefinitionSender(file: file, client: try await daemon.connect())
            .apply(programme.commands, as: "programme:\(programme.name)")
    }
}

extension ProgrammeFile {
    /// Reads the file at `path`.
    ///
    /// - Throws: ``Failure`` with the place of what is wrong.
    init(path: String) throws {
        let text = try FileSource.text(of: path)
        do throws(ProgrammeFault) { try self.init(yaml: text) } catch { throw Failure(.usage, "\(path):\(error)") }
    }
}
