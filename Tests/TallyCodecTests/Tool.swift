import Foundation
import TallyTesting

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
        let ended = try ChildProcess.run(program.path, arguments, input: Array(input))
        guard ended.status == 0 else {
            throw Failure(
                command: ([program.path] + arguments).joined(separator: " "), status: ended.status,
                message: String(decoding: ended.errors, as: UTF8.self))
        }
        return Data(ended.output)
    }
}
