import ArgumentParser
import TallyImport
import TallyModel

/// The members of an earlier system with their points.
///
/// > Source: checklist S0-10, S0-11; lessons, row 42 (manifest, totals, dry run, reversal).
struct ImportMembersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "members",
        abstract: "Import the members of an earlier system with their keys and points.",
        discussion: """
            The mapping says which column means what, for example for the accumulation register of a 1C base. The whole file
            is read and checked before anything is written: a fault names line and column. What was taken is set off against
            what was given; what is left becomes lots that keep their days.

            The same file with the same mapping gives the same events, so running the command again imports nothing twice and
            goes on where it was cut off. Another file under the same manifest is refused. `tally import undo` takes an import
            back.

            EXAMPLES:
              tally import members register.csv --mapping 1c-register.yaml --dry-run
              tally import members register.csv --mapping 1c-register.yaml --manifest 2026001 -O json > certificate.json
              tally import undo --manifest 2026001 --data /var/lib/tallystick
            """)

    @Argument(help: "The file; - is standard input.")
    var file: String
    @Option(help: ArgumentHelp("What its columns mean (YAML).", valueName: "file"))
    var mapping: String
    @Option(
        help: ArgumentHelp(
            "The number under which the import is known. (default: follows from the name of the import)",
            valueName: "number"), transform: ManifestArgument.read)
    var manifest: UInt64?
    @Option(
        help: "How the bytes stand for text: utf-8, cp1251 or auto. (default: as the mapping says)",
        transform: ImportMembersCommand.encoding)
    var encoding: FileEncoding?
    @OptionGroup var flow: ImportFlow

    func run() async throws {
        let text = try FileSource.text(of: mapping)
        var rules: PointsMapping
        do throws(ProgrammeFault) { rules = try PointsMapping(yaml: text) } catch {
            throw Failure(.usage, "\(mapping):\(error)")
        }
        if let encoding { rules.encoding = encoding }
        let input = try ImportInput(
            path: file, rules: "\(text)\n\(rules.encoding.rawValue) \(flow.skipBad ? "skip" : "all")")
        try await flow.carryOut(
            input, rules, from: mapping, manifest: manifest ?? ImportManifest.number(of: rules.name))
    }

    private static func encoding(_ text: String) throws -> FileEncoding {
        guard let encoding = FileEncoding(rawValue: text) else {
            throw ValidationError("--encoding is utf-8, cp1251 or auto.")
        }
        return encoding
    }
}
