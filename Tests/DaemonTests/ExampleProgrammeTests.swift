import Foundation
import Synchronization
import TallyClient
import TallyCodec
import TallyModel
import TallyTesting
import Testing

/// The programmes that come with the package do what their first lines say.
@Suite("Programmes of the examples", .serialized)
struct ExampleProgrammeTests {
    private static let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "deploy/examples/programmes").path

    /// S1-73, S1-74, S1-75: two currencies with different rules of earning and spending; nothing is converted.
    @Test func `regular points are spent on some goods, win-back points are earned on some and spent on all`()
        async throws
    {
        try await withProgramme("two-currencies") { till in
            // Bread earns regular points alone, a lamp with a high margin both.
            try await till.expect(Sale("1", [("bread", "food", 100_00)]), points: 3_00)
            #expect(try await till.balances() == ["loyal": 3_00, "winback": 0])
            try await till.expect(Sale("2", [("lamp", "high-margin", 50_00)]), points: 1_50 + 5_00)
            #expect(try await till.balances() == ["loyal": 4_50, "winback": 5_00])
            // Regular points do not pay for bread …
            let refused = try await till.send(Sale("3", [("bread", "food", 10_00)], paying: ("loyal", 1_00)))
            #expect(refused.rejection == .redemptionBeyondCap)
            // … but for what the chain wants to move, up to half of the receipt.
            let seasonal = Sale("4", [("sledge", "seasonal", 6_00), ("bread", "food", 4_00)], paying: ("loyal", 4_50))
            try await till.expect(seasonal, points: -4_50 + 16)
            // Win-back points pay for anything.
            try await till.expect(Sale("5", [("bread", "food", 5_00)], paying: ("winback", 5_00)), points: -5_00)
            #expect(try await till.balances() == ["loyal": 16, "winback": 0])
        }
    }

    /// S0-04, S0-05, S0-14: three businesses with one currency; points of one are spent at the others.
    @Test func `points of the toy shop pay at the salon once the goods cannot come back any more`() async throws {
        try await withProgramme("coalition") { till in
            try await till.expect(Sale("1", at: "T1", [("doll", "", 100_00)]), points: 5_00)
            let early = try await till.send(Sale("2", at: "S1", [("haircut", "", 20_00)], paying: ("points", 5_00)))
            #expect(early.rejection == .pointsInsufficient)
            // A purchase of three weeks ago, from a till that was offline: its points have begun since.
            var late = Sale("3", at: "T1", [("kite", "", 80_00)])
            late.daysAgo = 21
            try await till.expect(late, points: 4_00)
            for _ in 0..<100 where try await till.balances() != ["points": 4_00] {
                try await Task.sleep(for: .milliseconds(20))
            }
            try await till.expect(
                Sale("4", at: "S1", [("haircut", "", 20_00)], paying: ("points", 4_00)), points: -3_20)
        }
    }

    /// Starts a daemon, puts an example in force and registers a member.
    private func withProgramme(_ name: String, _ body: (ExampleTill) async throws -> Void) async throws {
        let home = TemporaryDirectory(prefix: "example")
        let daemon = try Daemon(in: home, ["--log-level", "warning"])
        try await daemon.waitUntilItServes()
        let (status, text) = try run(
            "tally", ["programme", "apply", "\(Self.examples)/\(name).yaml", "--socket", home.socket])
        #expect(status == 0, "\(text)")
        let till = try await ExampleTill(socket: home.socket)
        try await body(till)
        await till.close()
        daemon.terminate()
        #expect(daemon.exitStatus() == 0)
    }
}

/// A sale of one piece of each thing.
private struct Sale {
    var receipt: String
    var store: String
    var things: [(sku: String, category: String, price: Int64)]
    var paying: (wallet: String, points: Int64)?
    var daysAgo = 0

    init(
        _ receipt: String, at store: String = "101", _ things: [(String, String, Int64)],
        paying: (String, Int64)? = nil
    ) {
        (self.receipt, self.store, self.things, self.paying) = (receipt, store, things, paying)
    }

    var command: Command {
        .purchase(
            Receipt(
                store: store, member: .external("m"), number: receipt,
                occurredAt: Instant(
                    microseconds: (Int64(Date().timeIntervalSince1970) - Int64(daysAgo) * 86_400) * 1_000_000),
                utcOffsetMinutes: 180,
                total: Money(minor: things.reduce(0) { $0 + $1.price }),
                lines: things.map {
                    ReceiptLine(
                        sku: $0.sku, category: $0.category, quantity: Quantity(thousandths: 1000),
                        total: Money(minor: $0.price))
                },
                redemptions: paying.map { [Redemption(wallet: $0.wallet, points: Points(minor: $0.points))] } ?? []))
    }
}

/// A till with one customer.
private final class ExampleTill {
    private let client: Client
    private let source: SourceNumber
    private var number: UInt64 = 0

    init(socket: String) async throws {
        client = try await Client.connect(path: socket, name: "till")
        source = try await client.openSource("till").source
        _ = try await send(.registerMember(Registration(externalID: "m")))
    }

    func send(_ sale: Sale) async throws -> Outcome { try await send(sale.command) }

    func expect(_ sale: Sale, points: Int64) async throws {
        let outcome = try await send(sale)
        #expect(outcome.status == .recorded, "receipt \(sale.receipt): \(outcome.rejection as Any)")
        #expect(outcome.points == points, "receipt \(sale.receipt)")
    }

    /// What the customer can spend, by wallet.
    func balances() async throws -> [String: Int64] {
        let found = Mutex<[String: Int64]>([:])
        try await client.balances(of: .external("m")) { page in
            for row in page.rows { found.withLock { $0[row.wallet] = row.active - row.debt } }
        }
        return found.withLock { $0 }
    }

    func close() async { await client.close() }

    private func send(_ command: Command) async throws -> Outcome {
        number += 1
        var batch = BatchWriter(source: source, firstNumber: number)
        try batch.append(command)
        return try #require(try await client.send(batch).outcomes.first)
    }
}
