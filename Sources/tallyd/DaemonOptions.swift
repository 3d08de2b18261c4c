import ArgumentParser

/// The options of the command line as they were typed; nil for what was left out.
struct DaemonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Directory of the log and the state; created if missing.", valueName: "directory"))
    var data: String?

    @Option(help: ArgumentHelp("Where the stream socket appears.", valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("Permission bits of the socket, octal.", valueName: "mode"))
    var socketMode: String?

    @Option(
        help: ArgumentHelp(
            "YAML file with the keys data, socket, socketMode, checkpointSeconds, checkpointRecords, clock, logLevel.",
            valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Seconds between checkpoints.", valueName: "seconds"))
    var checkpointSeconds: String?

    @Option(help: ArgumentHelp("Records between checkpoints.", valueName: "records"))
    var checkpointRecords: String?

    @Option(
        help: ArgumentHelp(
            "What moves the clock by which points begin and end: machine, or commands for loading a history.",
            valueName: "source"))
    var clock: String?

    @Option(help: ArgumentHelp("trace, debug, info, notice, warning, error or critical.", valueName: "level"))
    var logLevel: String?

    @Flag(help: "Print every value with where it came from, and exit.")
    var printConfig = false

    @Flag(help: "Check the configuration, and exit.")
    var checkConfig = false
}
