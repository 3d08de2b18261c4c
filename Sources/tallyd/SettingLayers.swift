import Configuration
import TallyServer

/// A value of the configuration and where it was found.
struct FoundSetting {
    /// Its key in the configuration file.
    var key: String
    /// The value as it was written.
    var text: String
    /// Where it was found.
    var source: String
    /// What the key stands for, for messages.
    var expected: String

    /// The value that `parse` makes of the text.
    ///
    /// - Throws: ``DaemonExit`` when it makes none.
    func parsed<Value>(_ parse: (String) -> Value?) throws -> Value {
        guard let value = parse(text) else {
            throw DaemonExit(status: .usage, message: "\(key) is \"\(text)\" (\(source)); expected \(expected)")
        }
        return value
    }
}

/// The places where a value may stand, the strongest first.
struct SettingLayers {
    private var layers: [(name: String, reader: ConfigReader)]

    /// Opens the places: command line, environment, file, defaults.
    ///
    /// - Throws: ``DaemonExit`` when the configuration file cannot be read.
    init(_ options: DaemonOptions, environment: [String: String]) async throws {
        layers = [
            ("command line", SettingLayers.reader(of: SettingLayers.values(of: options))),
            ("environment", SettingLayers.reader(ofEnvironment: environment)),
        ]
        if let file = options.config ?? environment["TALLYD_CONFIG"] {
            layers.append((file, try await SettingLayers.reader(ofFile: file)))
        }
        layers.append(("default", SettingLayers.reader(of: SettingLayers.defaults(environment))))
    }

    /// Looks for `key` in every place.
    ///
    /// - Throws: ``DaemonExit`` when it stands nowhere.
    func find(_ key: String, expected: String) async throws -> FoundSetting {
        for layer in layers {
            let text: String?
            do {
                text = try await layer.reader.fetchString(forKey: ConfigKey(key))
            } catch {
                throw DaemonExit(status: .usage, message: "\(key) (\(layer.name)): \(error); expected \(expected)")
            }
            if let text { return FoundSetting(key: key, text: text, source: layer.name, expected: expected) }
        }
        throw DaemonExit(status: .usage, message: "\(key) is missing; expected \(expected)")
    }

    private static func values(of options: DaemonOptions) -> [String: String] {
        [
            "data": options.data, "socket": options.socket, "socketMode": options.socketMode,
            "checkpointSeconds": options.checkpointSeconds, "checkpointRecords": options.checkpointRecords,
            "clock": options.clock, "logLevel": options.logLevel,
        ].compactMapValues(\.self)
    }

    private static func defaults(_ environment: [String: String]) -> [String: String] {
        [
            "socket": ServerOptions.defaultSocketPath(environment: environment), "socketMode": "0660",
            "checkpointSeconds": "10", "checkpointRecords": "2000000", "clock": "machine", "logLevel": "info",
        ]
    }

    private static func reader(of values: [String: String]) -> ConfigReader {
        let pairs = values.map { (AbsoluteConfigKey([$0.key]), ConfigValue(.string($0.value), isSecret: false)) }
        return ConfigReader(provider: InMemoryProvider(values: Dictionary(uniqueKeysWithValues: pairs)))
    }

    private static func reader(ofEnvironment variables: [String: String]) -> ConfigReader {
        let provider = EnvironmentVariablesProvider(environmentVariables: variables)
        return ConfigReader(provider: provider.prefixKeys(with: "tallyd"))
    }

    private static func reader(ofFile path: String) async throws -> ConfigReader {
        do {
            return ConfigReader(provider: try await FileProvider<YAMLSnapshot>(config: reader(of: ["filePath": path])))
        } catch {
            throw DaemonExit(status: .usage, message: "the configuration file \(path) cannot be read: \(error)")
        }
    }
}
