import Foundation
import Synchronization
import TallyBytes
import TallyClient
import TallyCodec
import TallyLog
import TallyModel
import TallyProjections
import TallyReplay
import TallyTables
import TallyTesting
import Testing

/// Promotions over the socket: quotes and commits, limits that many tills reach at once, pauses in the middle.
@Suite("Promotions over the socket", .serialized)
struct PromotionTests {
    private static let tills = 16
    private static let eventsPerTill: UInt64 = Seed.isNight ? 5_000 : 200

    /// S3-01 and lessons 17 and 24: N commits at once against a limit of L are granted min(N, L).
    @Test func `no interleaving of tills passes a limit of a promotion`() async throws {
        var dice = Seed.printed()
        let home = TemporaryDirectory(prefix: "promotions")
        let daemon = try Daemon(in: home, ["--log-level", "warning"])
        try await daemon.waitUntilItServes()
        try await Fair.open(socket: home.socket)
        let ledger = FairLedger()
        let tills = (0..<Self.tills).map { FairTill($0, ledger) }
        try await FairTill.work(tills, Self.eventsPerTill, socket: home.socket, &dice)
        let events = UInt64(Self.tills) * Self.eventsPerTill
        let standings = try await Fair.standings(socket: home.socket)
        let limited = try #require(standings["limited"])
        let each = try #require(standings["each"])
        let money = try #require(standings["money"])
        // Every receipt asks, so each limit is reached and none is passed.
        #expect(limited.done.uses == min(Int64(events), Fair.usesMax))
        #expect(limited.budget?.left == 0)
        #expect(each.done.uses == Int64(Fair.members) * Fair.usesOfMember)
        #expect(money.done.discount == Fair.moneyMax)
        #expect(ledger.recorded == events)
        // What the answers say is what the counters say: a receipt is cheaper by what applied to it.
        let taken = limited.done.discount + each.done.discount + money.done.discount
        daemon.terminate()
        #expect(daemon.exitStatus() == 0)
        #expect(try Fair.turnover(of: home.data) == Int64(events) * Fair.price - taken)
        #expect(verifyLedger(directory: home.data).isSound)
    }

    /// S3-16: what is quoted is what is committed, unless something moved; then the difference is answered.
    @Test func `a quote holds until promotions move, and then the difference is told`() async throws {
        let home = TemporaryDirectory(prefix: "quotes")
        let daemon = try Daemon(in: home, ["--log-level", "warning"])
        try await daemon.waitUntilItServes()
        try await Fair.open(socket: home.socket)
        let client = try await Client.connect(path: home.socket, name: "till")
        var receipt = Fair.receipt("q1", member: 1, at: Fair.moment)
        receipt.pricing?.wantsOffers = true
        let quote = try await client.quote(receipt)
        let promotions = try #require(quote.promotions)
        #expect(promotions.shelfTotal.minor == Fair.price && promotions.revision == 1)
        #expect(promotions.effects.filter { $0.missing == nil }.map(\.promotion) == ["limited", "each", "money"])
        #expect(promotions.payable == quote.toPay)
        #expect(promotions.effects[0].acts == [QuotedAct(.sayOnReceipt, "Thank you")])
        let offer = try #require(promotions.effects.first { $0.missing != nil })
        #expect(offer.promotion == "large" && offer.missing == QuotedEffect.Missing(500, .sum))
        receipt.pricing = Pricing(payable: promotions.payable)
        let first = try await Fair.send(.purchase(receipt), client, "till")
        #expect(first.status == .recorded)
        let paused = try await Fair.send(
            .setPromotions(
                PromotionsChange(.pause(["limited"]), effectiveFrom: Fair.moment, author: "irina")), client, "desk")
        #expect(paused.status == .recorded && paused.balance == 2)
        receipt.number = "q2"
        let second = try await Fair.send(.purchase(receipt), client, "till")
        #expect(second.rejection == .priceChanged)
        #expect(second.points == 100 && second.balance == promotions.payable.minor + 100)
        // Sent again, the same number has the same answer.
        let opened = try await client.openSource("till")
        var batch = BatchWriter(source: opened.source, firstNumber: opened.lastNumber)
        try batch.append(.purchase(receipt))
        let again = try #require(try await client.send(batch).outcomes.first)
        #expect(again.isRepeated && again.points == second.points && again.balance == second.balance)
        await client.close()
        daemon.terminate()
        #expect(daemon.exitStatus() == 0)
    }

    /// A daemon that was killed decides as it did: promotions are compiled again from the log.
    @Test func `promotions are in force after a restart, with what is used of their limits`() async throws {
        let home = TemporaryDirectory(prefix: "restart")
        for round in 0..<2 {
            let daemon = try Daemon(in: home, ["--log-level", "warning"])
            try await daemon.waitUntilItServes()
            if round == 0 { try await Fair.open(socket: home.socket) }
            let client = try await Client.connect(path: home.socket, name: "till")
            for number in 0..<2 {
                let receipt = Fair.receipt("r\(round)-\(number)", member: 1, at: Fair.moment)
                _ = try await Fair.send(.purchase(receipt), client, "till")
            }
            let standings = try await Fair.standings(socket: home.socket)
            #expect(standings["limited"]?.done.uses == Int64(2 * round + 2))
            #expect(standings["each"]?.done.uses == min(Int64(2 * round + 2), Fair.usesOfMember))
            await client.close()
            daemon.kill()
            _ = daemon.exitStatus()
        }
        #expect(verifyLedger(directory: home.data).isSound)
    }
}

/// A fair at which everybody asks the same promotions.
private enum Fair {
    static let members = 8
    static let price: Int64 = 1_500
    static let usesMax: Int64 = 300
    static let usesOfMember: Int64 = 3
    static let moneyMax: Int64 = 2_500
    static let moment = Instant.parse("2026-11-25T12:00:00+03:00")!.instant

    static let rules = """
        promotions:
          - promotion: limited
            title: One rouble for the first
            limits: [{per: promotion, uses: 300}]
            then: [{amount_off: {amount: 1.00}}, {say: {on: receipt, text: Thank you}}]
          - promotion: each
            limits: [{per: member, uses: 3}]
            then: [{amount_off: {amount: 2.00}}]
          - promotion: money
            limits: [{per: promotion, discount: 25.00}]
            then: [{amount_off: {amount: 0.50}}]
          - promotion: large
            when: {basket: [{goods: all, sum_at_least: 20.00}]}
            then: [{percent_off: {percent: 50}}]
        """

    static func open(socket: String) async throws {
        let client = try await Client.connect(path: socket, name: "desk")
        var commands: [Command] = [
            .defineBusiness(BusinessDefinition(id: "shop", name: "Shop", currency: "RUB", scale: 2)),
            .defineStore(StoreDefinition(id: "1", business: "shop")),
            .defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)),
        ]
        for member in 1...members { commands.append(.registerMember(Registration(externalID: "m\(member)"))) }
        let documents = [Array("stores: [\"1\"]".utf8), Array(rules.utf8)]
        for bytes in documents {
            commands.append(.keepDocument(DocumentPart(digest: digest(bytes), part: 1, parts: 1, bytes: bytes)))
        }
        commands.append(
            .setPromotions(
                PromotionsChange(
                    .publish(words: digest(documents[0]), rules: digest(documents[1])), effectiveFrom: .distantPast,
                    author: "irina")))
        for command in commands {
            let outcome = try await send(command, client, "desk")
            #expect(outcome.status == .recorded, "\(command): \(outcome)")
        }
        await client.close()
    }

    private static func digest(_ bytes: [UInt8]) -> DocumentDigest {
        var writer = ByteWriter(capacity: bytes.count)
        for byte in bytes { writer.append(u8: byte) }
        return DocumentDigest(SHA256.digest(of: writer.bytes))
    }

    static func send(_ command: Command, _ client: Client, _ source: String) async throws -> Outcome {
        let opened = try await client.openSource(source)
        var batch = BatchWriter(source: opened.source, firstNumber: opened.lastNumber + 1)
        try batch.append(command)
        return try #require(try await client.send(batch).outcomes.first)
    }

    static func receipt(_ number: String, member: Int, at moment: Instant) -> Receipt {
        Receipt(
            store: "1", member: .external("m\(member)"), number: number, occurredAt: moment, utcOffsetMinutes: 180,
            total: Money(minor: price),
            lines: [ReceiptLine(sku: "bun", quantity: Quantity(thousandths: 1_000), total: Money(minor: price))],
            pricing: Pricing())
    }

    static func standings(socket: String) async throws -> [String: PromotionStanding] {
        let client = try await Client.connect(path: socket, name: "status")
        let rows = Mutex<[PromotionStanding]>([])
        try await client.promotions { page in rows.withLock { $0 += page.rows } }
        await client.close()
        let all = rows.withLock { $0 }
        return Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
    }

    /// What was paid in all, by a replay of the log.
    static func turnover(of directory: String) throws -> Int64 {
        let log = try EventLog.open(directory: directory, isReadOnly: true)
        var state = ProgrammeState()
        try Replayer.replay(log, into: &state)
        return state.ledger[0].turnover
    }
}

/// A till at the fair.
private struct FairTill: EagerTill {
    let name: String
    private let ledger: FairLedger

    init(_ number: Int, _ ledger: FairLedger) { (name, self.ledger) = ("till-\(number)", ledger) }

    func command(_ number: UInt64, _ source: SourceNumber, _ dice: inout Seed) -> Command {
        let member = Int(dice.next() % UInt64(Fair.members)) + 1
        return .purchase(Fair.receipt("\(name)-\(number)", member: member, at: Fair.moment))
    }

    func take(_ results: BatchResults) { ledger.note(results.outcomes.count { $0.status == .recorded }) }
}

/// How many receipts were recorded.
private final class FairLedger: Sendable {
    private let count = Atomic<UInt64>(0)

    func note(_ recorded: Int) { count.add(UInt64(recorded), ordering: .relaxed) }
    var recorded: UInt64 { count.load(ordering: .relaxed) }
}
