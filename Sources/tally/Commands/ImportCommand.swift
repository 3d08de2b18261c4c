import ArgumentParser

/// Files of other systems become events.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import files of other systems.", subcommands: [ImportReceiptsCommand.self])
}
