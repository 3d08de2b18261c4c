import Logging
import TallyEngine

/// Everything that the operator decides, checked, each value with where it came from.
struct DaemonSettings {
    /// Directory of the log and the state.
    var data: String
    /// Where the stream socket appears.
    var socket: String
    /// Permission bits of the socket file.
    var socketMode: UInt32
    /// Seconds between checkpoints.
    var checkpointSeconds: Int
    /// Records between checkpoints.
    var checkpointRecords: Int
    /// What moves the clock by which points begin and end.
    var clock: ClockSource
    /// The least important level that is logged.
    var logLevel: Logger.Level
    /// The values as they were found, in the order in which they are printed.
    var found: [FoundSetting]

    /// One line for each value: key, value, source.
    var listing: String {
        found.map { "\($0.key): \($0.text)  # \($0.source)" }.joined(separator: "\n")
    }

    /// Looks for every value and checks it.
    ///
    /// - Throws: ``DaemonExit`` with ``ExitStatus/usage`` that names the key, the value and where it stands.
    static func load(_ options: DaemonOptions, environment: [String: String]) async throws -> DaemonSettings {
        let layers = try await SettingLayers(options, environment: environment)
        let data = try await layers.find("data", expected: "a directory, with --data or in the configuration file")
        let socket = try await layers.find("socket", expected: "a path")
        let mode = try await layers.find("socketMode", expected: "octal permission bits, for example 0660")
        let seconds = try await layers.find("checkpointSeconds", expected: "a number of seconds from 1")
        let records = try await layers.find("checkpointRecords", expected: "a number of records from 1")
        let clock = try await layers.find("clock", expected: "machine or commands")
        let level = try await layers.find(
            "logLevel", expected: "trace, debug, info, notice, warning, error or critical")
        return DaemonSettings(
            data: try data.parsed { $0.isEmpty ? nil : $0 },
            socket: try socket.parsed { $0.isEmpty ? nil : $0 },
            socketMode: try mode.parsed(permissionBits),
            checkpointSeconds: try seconds.parsed(positive),
            checkpointRecords: try records.parsed(positive),
            clock: try clock.parsed(ClockSource.init(rawValue:)),
            logLevel: try level.parsed(Logger.Level.init(rawValue:)),
            found: [data, socket, mode, seconds, records, clock, level])
    }

    private static func permissionBits(_ text: String) -> UInt32? {
        let digits = text.hasPrefix("0o") ? text.dropFirst(2) : text[...]
        guard let bits = UInt32(digits, radix: 8), bits <= 0o777 else { return nil }
        return bits
    }

    private static func positive(_ text: String) -> Int? {
        guard let number = Int(text), number > 0 else { return nil }
        return number
    }
}
