import Foundation
import TallyClient
import TallyCodec
import TallyModel
import TallyTesting

/// A daemon on data of its own, and the program that talks with it.
///
/// The daemon dies with the last reference, so a failed test leaves nothing behind.
final class TestLedger {
    private let home = TemporaryDirectory(prefix: "ledger")
    private let daemon: ChildProcess

    /// How a run of `tally` ended.
    struct Ending {
        var code: Int32
        var output: String
        var talk: String

        /// The output as JSON.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
        }

        /// A number of the output.
        func number(_ key: String) -> Int64? { (json[key] as? NSNumber)?.int64Value }

        /// A text of the output.
        func text(_ key: String) -> String? { json[key] as? String }
    }

    struct Failure: Error { var text: String }

    /// Starts a daemon and puts a programme in force.
    ///
    /// - Parameter programme: YAML.
    /// - Throws: ``Failure`` when the programme is not accepted.
    init(programme: String = TestLedger.programme) async throws {
        daemon = try ChildProcess(
            TestLedger.program("tallyd"), ["--data", home.appending("data"), "--socket", home.appending("s.sock")],
            environment: ["SWIFT_BACKTRACE": "enable=no"], errors: home.appending("stderr"))
        for _ in 0..<2_000 where daemon.isRunning {
            if try tally(["status"]).code == 0 { break }
            try await Task.sleep(for: .milliseconds(5))
        }
        let ended = try tally(["programme", "apply", try write(programme, "programme.yaml")])
        guard ended.code == 0 else { throw Failure(text: ended.talk) }
    }

    deinit { daemon.kill() }

    /// Two businesses and a wallet whose points begin at once and never end.
    static let programme = """
        programme: test
        businesses: [{id: toys, currency: RUB, scale: 2}, {id: salon, currency: RUB, scale: 2}]
        stores: [{id: T1, business: toys}, {id: S1, business: salon}]
        wallets: [{id: points, scale: 2}]
        accruals: [{id: base, wallet: points, rate: 5 %}]

        """

    /// The data directory.
    var data: String { home.appending("data") }

    /// The path of a program that was built beside the tests.
    static func program(_ name: String) throws -> String {
        let here = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: here).deletingLastPathComponent().appending(path: name).path
    }

    /// Runs a command of `tally` against the daemon.
    func tally(_ arguments: [String]) throws -> Ending {
        let ended = try ChildProcess.run(
            TestLedger.program("tally"), arguments + ["--socket", home.appending("s.sock")],
            environment: ["SWIFT_BACKTRACE": "enable=no"])
        return Ending(
            code: ended.status, output: String(decoding: ended.output, as: UTF8.self),
            talk: String(decoding: ended.errors, as: UTF8.self))
    }

    /// Starts a command of `tally` against the daemon and does not wait for it.
    func start(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(
            TestLedger.program("tally"), arguments + ["--socket", home.appending("s.sock")],
            environment: ["SWIFT_BACKTRACE": "enable=no"])
    }

    /// Writes a file and gives its path.
    func write(_ text: String, _ name: String) throws -> String {
        try text.write(toFile: home.appending(name), atomically: true, encoding: .utf8)
        return home.appending(name)
    }

    /// A connection for what `tally` has no command for.
    func client() async throws -> Client { try await Client.connect(path: home.appending("s.sock"), name: "test") }

    /// The last record.
    func tip() async throws -> UInt64 {
        let client = try await client()
        let tip = try await client.status().tip.rawValue
        await client.close()
        return tip
    }

    /// The last record of a source.
    func lastRecord(of source: String) async throws -> LogSequence {
        let client = try await client()
        let opened = try await client.openSource(source)
        await client.close()
        return opened.lastSequence
    }

    /// What all members hold, a line each.
    func balances() throws -> String { try tally(["balances", "-O", "csv"]).output }
}

/// A till of a store.
final class TestTill {
    private let client: Client
    private let source: SourceNumber
    private var number: UInt64 = 0

    init(_ ledger: TestLedger) async throws {
        client = try await ledger.client()
        source = try await client.openSource("till").source
    }

    /// Sends a command.
    func send(_ command: Command) async throws -> Outcome {
        number += 1
        var batch = BatchWriter(source: source, firstNumber: number)
        try batch.append(command)
        return try await client.send(batch).outcomes[0]
    }

    /// A purchase of one thing now, paid with points of the wallet `points` as far as given.
    func buy(
        _ member: MemberReference, for price: Int64, paying points: Int64 = 0, at store: String = "T1"
    ) async throws -> Outcome {
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000)
        return try await send(
            .purchase(
                Receipt(
                    store: store, member: member, number: "r\(number)", occurredAt: now, total: Money(minor: price),
                    lines: [
                        ReceiptLine(sku: "a", quantity: Quantity(thousandths: 1_000), total: Money(minor: price))
                    ],
                    redemptions: points == 0 ? [] : [Redemption(wallet: "points", points: Points(minor: points))])))
    }
}
