import Foundation
import TallyTesting
import Testing

/// What the program says and how it ends, as a script meets it.
struct ExitCodeTests {
    private struct Ending {
        var code: Int32
        var output: String
        var talk: String
    }

    /// Runs the program that was built beside the tests.
    private func run(_ arguments: [String]) throws -> Ending {
        let here = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = URL(fileURLWithPath: here).deletingLastPathComponent().appending(path: "tally").path
        let ended = try ChildProcess.run(program, arguments, environment: ["XDG_RUNTIME_DIR": "/nonexistent"])
        return Ending(
            code: ended.status, output: String(decoding: ended.output, as: UTF8.self),
            talk: String(decoding: ended.errors, as: UTF8.self))
    }

    static let failures: [(String, Int32, String)] = [
        ("balances --nope", 1, "Unknown option '--nope'"),
        ("nonsense", 1, "nonsense"),
        ("balances --as-of yesterday", 1, "Write a day such as 2018-01-01"),
        ("balances --member 1 --member-card 2", 1, "Name the member in one way only."),
        ("bench --batch 10000", 1, "--batch is between 1 and 8192."),
        ("log /nonexistent --number 1", 1, "--number needs --source"),
        ("import receipts /nonexistent.csv", 1, "Say which business owns the stores"),
        ("import receipts /nonexistent.csv --business b", 1, "/nonexistent.csv: No such file or directory"),
        ("import receipts - --business b --zone Mars/Olympus", 1, "no such zone"),
        ("programme apply /nonexistent.yaml", 1, "/nonexistent.yaml: No such file or directory"),
        ("status", 2, "no daemon at /nonexistent/tallystick/stream.sock"),
        ("balances", 2, "no daemon at"),
        ("bench", 2, "no daemon at"),
        ("verify /nonexistent", 1, "there is no log in /nonexistent"),
        ("log /nonexistent", 1, "there is no log in /nonexistent"),
        ("replay /nonexistent --as-of 2018-01-01", 1, "--as-of is a place in the log here"),
    ]

    @Test(arguments: failures) func `an end has its code and its reason on standard error`(
        _ line: String, _ code: Int32, _ reason: String
    ) throws {
        let ending = try run(line.split(separator: " ").map(String.init))
        #expect(ending.code == code)
        #expect(ending.talk.contains(reason), "\(ending.talk)")
        #expect(ending.output.isEmpty)
    }

    @Test(arguments: [
        "", "import receipts", "programme apply", "balances", "report kpi", "status", "log", "verify", "replay",
        "bench",
    ]) func `help is data, succeeds and has examples`(_ command: String) throws {
        let ending = try run(command.split(separator: " ").map(String.init) + ["--help"])
        #expect(ending.code == 0)
        #expect(ending.output.contains("EXAMPLES:"))
        #expect(ending.talk.isEmpty)
    }

    @Test func `the exit codes are documented`() throws {
        let help = try run(["--help"]).output
        for code in ["0 ", "1 ", "2 ", "3 ", "4 ", "75"] { #expect(help.contains("\n  \(code)")) }
    }

    @Test func `shells can complete the command line`() throws {
        #expect(try run(["--generate-completion-script", "bash"]).output.contains("complete"))
    }
}
