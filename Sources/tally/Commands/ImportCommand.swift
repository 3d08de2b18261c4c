import ArgumentParser

/// Files of other systems become events.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import files of other systems, and take imports back.",
        subcommands: [ImportReceiptsCommand.self, ImportMembersCommand.self, ImportUndoCommand.self])
}
