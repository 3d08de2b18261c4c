import Foundation

/// Another program as a function: input to output.
enum Tool {
    /// What a program said when it failed.
    struct Failure: Error, CustomStringConvertible {
        var command: String
        var status: Int32
        var message: String
        var description: String { "\(command): exit \(status)\n\(message)" }
    }

    /// Runs a program to its end.
    ///
    /// - Throws: ``Failure`` when its exit code is not 0.
    @discardableResult
    static func run(_ program: URL, _ arguments: [String], input: Data = Data()) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tallystick-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files instead of pipes: a full pipe on one side would stop the program on the other.
        let files = try ["input", "output", "errors"].map { name in
            let url = folder.appending(path: name)
            try (name == "input" ? input : Data()).write(to: url)
            return name == "input" ? try FileHandle(forReadingFrom: url) : try FileHandle(forUpdating: url)
        }
        let process = Process()
        (process.executableURL, process.arguments) = (program, arguments)
        (process.standardInput, process.standardOutput, process.standardError) = (files[0], files[1], files[2])
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let message = try Data(contentsOf: folder.appending(path: "errors"))
            throw Failure(
                command: ([program.path] + arguments).joined(separator: " "), status: process.terminationStatus,
                message: String(decoding: message, as: UTF8.self))
        }
        return try Data(contentsOf: folder.appending(path: "output"))
    }
}
