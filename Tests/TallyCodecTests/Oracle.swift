import Foundation

/// Another implementation of SBE, from the Python package index, in an environment of its own.
enum Oracle {
    /// The version that the tests were written against.
    static let version = "0.4.3"

    /// The interpreter with the library; nil when the index cannot be reached.
    ///
    /// Looked for once a run.
    static let python: URL? = {
        let python = environment.appending(path: "bin/python")
        if hasLibrary(python) { return python }
        do {
            try Tool.run(URL(filePath: "/usr/bin/env"), ["python3", "-m", "venv", environment.path])
            try Tool.run(python, ["-m", "pip", "install", "--quiet", "sbe==\(version)"])
        } catch {
            print("\n*** The SBE oracle is NOT run: `pip install sbe==\(version)` failed. ***\n\(error)\n")
            return nil
        }
        return hasLibrary(python) ? python : nil
    }()

    /// What is asked of the oracle.
    enum Task: Encodable {
        case decode([UInt8])
        case encode(name: String, fields: [String: Reading])

        private enum Key: String, CodingKey { case decode, encode, fields }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            switch self {
            case .decode(let bytes): try container.encode(bytes.hexDigits, forKey: .decode)
            case .encode(let name, let fields):
                try container.encode(name, forKey: .encode)
                try container.encode(fields, forKey: .fields)
            }
        }
    }

    /// What it answers: the parts of a message, or its bytes.
    struct Answer: Decodable {
        var name: String?
        var header: [String: String]?
        var fields: [String: Reading]?
        var bytes: String?
    }

    /// Answers to all tasks from one run of the program.
    static func answers(to tasks: [Task]) throws -> [Answer] {
        guard let python else { return [] }
        let output = try Tool.run(
            python, [Repository.oracle.path, Repository.schema.path], input: try JSONEncoder().encode(tasks))
        return try JSONDecoder().decode([Answer].self, from: output)
    }

    /// Kept between runs; the version in its name makes a new one when the library changes.
    private static let environment = FileManager.default.temporaryDirectory.appending(path: "tallystick-sbe-\(version)")

    private static func hasLibrary(_ python: URL) -> Bool {
        (try? Tool.run(python, ["-c", "import sbe"])) != nil
    }
}
