import Foundation
import Synchronization
import TallyClient
import TallyCodec
import TallyModel
import TallyReplay
import TallyTesting
import Testing

/// Many tills want the same points at once.
///
/// ```
///   till 1                          till 2
///   hold 300 of member 1            redeem 250 of member 1
///   commit the hold, 120 of it      hold 400 of member 1
///                                   release it
/// ```
/// Each sends several batches without waiting for an answer and names its holds by its own numbers. A judge who knows only
/// what was sent and what was answered puts the answers in the order of their sequences and counts with a pencil.
@Suite("Two tills, one balance", .serialized)
struct HoldTests {
    private static let tills = 24
    private static let eventsPerTill: UInt64 = Seed.isNight ? 20_000 : 1_500

    /// > Source: Lessons, rows 16 to 20 and 26: the same points spent twice by requests that arrived together.
    @Test func `no interleaving of holds, commits and redemptions spends a point twice`() async throws {
        var dice = Seed.printed()
        let home = TemporaryDirectory(prefix: "holds")
        let daemon = try Daemon(in: home, ["--log-level", "warning"])
        try await daemon.waitUntilItServes()
        try await PointsDesk.open(socket: home.socket)
        let ledger = SaleLedger()
        let tills = (0..<Self.tills).map { PointsTill($0, ledger) }
        try await PointsTill.work(tills, Self.eventsPerTill, socket: home.socket, &dice)
        let verdict = ledger.judge()
        #expect(verdict.findings.isEmpty, "\(verdict.findings.prefix(5))")
        print(
            "\(verdict.answers) answers, \(verdict.spent) points spent, \(verdict.refused) refusals for want of points")
        #expect(verdict.refused > 100, "the tills did not fight for the points")
        #expect(verdict.spent > 0 && verdict.spent <= verdict.given)
        daemon.terminate()
        #expect(daemon.exitStatus() == 0)
        #expect(verifyLedger(directory: home.data).isSound)
    }

    /// The canary: answers of a ledger that lets two tills spend the same hold do not pass the judge.
    @Test func `the judge finds a hold that was spent twice`() {
        let ledger = SaleLedger()
        ledger.note(.hold(member: 1), Outcome(status: .recorded, member: 1, sequence: 10, points: 300, balance: 99_700))
        let spent = Outcome(status: .recorded, member: 1, sequence: 11, points: -300, balance: 99_700)
        ledger.note(.sale(member: 1, hold: 300), spent)
        var again = spent
        again.sequence = 12
        ledger.note(.sale(member: 1, hold: 300), again)
        #expect(!ledger.judge().findings.isEmpty)
    }
}

/// The programme: three members with 1,000.00 points each.
private enum PointsDesk {
    static let given: Int64 = 100_000
    static let members = 3

    static func open(socket: String) async throws {
        let client = try await Client.connect(path: socket, name: "desk")
        let opened = try await client.openSource("desk")
        var batch = BatchWriter(source: opened.source, firstNumber: opened.lastNumber + 1)
        var commands: [Command] = [
            .defineBusiness(BusinessDefinition(id: "shop", name: "Shop", currency: "RUB", scale: 2)),
            .defineStore(StoreDefinition(id: "1", business: "shop")),
            .defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)),
        ]
        for member in 1...members {
            commands.append(.registerMember(Registration(externalID: "m\(member)")))
            for _ in 0..<100 {
                commands.append(
                    .adjust(
                        Adjustment(
                            member: .external("m\(member)"), wallet: "points", business: "shop", kind: .award,
                            points: Points(minor: given / 100), occurredAt: moment)))
            }
        }
        for command in commands { try batch.append(command) }
        let results = try await client.send(batch)
        #expect(results.outcomes.allSatisfy { $0.status == .recorded })
        await client.close()
    }

    static let moment = Instant.parse("2026-11-25T12:00:00+03:00")!.instant
}

/// What a till sent, as far as the judge must know it.
private enum Sale: Sendable {
    case hold(member: Int)
    case release(member: Int)
    /// A purchase that points pay a part of; `hold` is what its hold had set aside, nil without one.
    case sale(member: Int, hold: Int64?)
}

/// Everything that was sent with its answer, of all tills.
private final class SaleLedger: Sendable {
    struct Verdict {
        var findings: [String] = []
        var answers = 0
        var refused = 0
        var spent: Int64 = 0
        var given = PointsDesk.given * Int64(PointsDesk.members)
    }

    private let entries = Mutex<[(sale: Sale, outcome: Outcome)]>([])

    func note(_ sale: Sale, _ outcome: Outcome) { entries.withLock { $0.append((sale, outcome)) } }

    /// Counts again, in the order in which the ledger says that it decided.
    func judge() -> Verdict {
        var verdict = Verdict()
        var available = Array(repeating: PointsDesk.given, count: PointsDesk.members + 1)
        var held = Array(repeating: Int64(0), count: PointsDesk.members + 1)
        for (sale, outcome) in entries.withLock({ $0 }).sorted(by: { $0.outcome.sequence < $1.outcome.sequence }) {
            verdict.answers += 1
            guard outcome.status == .recorded else {
                verdict.refused += outcome.rejection == .pointsInsufficient ? 1 : 0
                continue
            }
            let member: Int
            switch sale {
            case .hold(let holder):
                member = holder
                available[member] -= outcome.points
                held[member] += outcome.points
            case .release(let holder):
                member = holder
                available[member] += outcome.points
                held[member] -= outcome.points
            case .sale(let buyer, let hold):
                member = buyer
                available[member] += outcome.points + (hold ?? 0)
                held[member] -= hold ?? 0
                verdict.spent -= outcome.points
                if let hold, -outcome.points > hold {
                    verdict.findings.append("record \(outcome.sequence) spent \(-outcome.points) of a hold of \(hold)")
                }
            }
            if available[member] < 0 || held[member] < 0 || outcome.balance != available[member] {
                verdict.findings.append(
                    "record \(outcome.sequence): member \(member) has \(available[member]), the answer says \(outcome.balance)"
                )
            }
        }
        return verdict
    }
}

/// A till that never waits: it names its holds by its own numbers.
private final class PointsTill: EagerTill {
    static let batchEventsMax: UInt64 = 12

    private struct State {
        /// What was sent under each number, from 1, and the number of the hold that a sale or release ends.
        var sent: [(sale: Sale, hold: UInt64)] = []
        /// What each hold came to, by its number.
        var held: [UInt64: Int64] = [:]
        /// Holds that were asked for and not ended by this till.
        var open: [(number: UInt64, member: Int)] = []
    }

    let name: String
    private let ledger: SaleLedger
    private let state = Mutex(State())

    init(_ number: Int, _ ledger: SaleLedger) { (name, self.ledger) = ("till-\(number)", ledger) }

    func command(_ number: UInt64, _ source: SourceNumber, _ dice: inout Seed) -> Command {
        let member = Int(dice.next() % UInt64(PointsDesk.members)) + 1
        let points = Int64(dice.next() % 900) + 1
        let (action, pick) = (dice.next() % 10, dice.next())
        return state.withLock { state in
            let isEnding = action >= 5 && !state.open.isEmpty
            guard isEnding else {
                let isHold = action < 4
                state.sent.append((isHold ? .hold(member: member) : .sale(member: member, hold: nil), 0))
                if isHold { state.open.append((number, member)) }
                return isHold
                    ? hold(member, points, isUpTo: pick % 2 == 0) : sale(number, member, points, isUpTo: pick % 2 == 0)
            }
            let ended = state.open.remove(at: Int(pick % UInt64(state.open.count)))
            let reference = HoldReference.event(source: source, number: ended.number)
            if action < 7 {
                state.sent.append((.release(member: ended.member), ended.number))
                return .releaseHold(reference)
            }
            state.sent.append((.sale(member: ended.member, hold: 0), ended.number))
            return sale(number, ended.member, points, isUpTo: true, hold: reference)
        }
    }

    private func hold(_ member: Int, _ points: Int64, isUpTo: Bool) -> Command {
        .placeHold(
            HoldRequest(
                store: "1", member: .external("m\(member)"), occurredAt: PointsDesk.moment,
                receiptTotal: Money(minor: 10_000),
                redemption: Redemption(wallet: "points", points: Points(minor: points), isUpTo: isUpTo), seconds: 86_400
            ))
    }

    private func sale(
        _ number: UInt64, _ member: Int, _ points: Int64, isUpTo: Bool, hold: HoldReference? = nil
    ) -> Command {
        .purchase(
            Receipt(
                store: "1", member: .external("m\(member)"), number: "\(name)-\(number)", occurredAt: PointsDesk.moment,
                total: Money(minor: 10_000),
                lines: [
                    ReceiptLine(sku: "a", quantity: Quantity(thousandths: 1000), total: Money(minor: 7_000)),
                    ReceiptLine(sku: "b", quantity: Quantity(thousandths: 3000), total: Money(minor: 3_000)),
                ],
                redemptions: [Redemption(wallet: "points", points: Points(minor: points), isUpTo: isUpTo)], hold: hold))
    }

    /// Answers come in the order of the numbers, so what a hold came to is known before the answer to its end.
    func take(_ results: BatchResults) {
        for (index, outcome) in results.outcomes.enumerated() {
            let number = results.firstNumber + UInt64(index)
            let sale = state.withLock { state in
                let sent = state.sent[Int(number) - 1]
                switch sent.sale {
                case .hold:
                    if outcome.status == .recorded { state.held[number] = outcome.points }
                    return sent.sale
                case .sale(let member, .some):
                    return Sale.sale(member: member, hold: state.held[sent.hold, default: 0])
                default: return sent.sale
                }
            }
            ledger.note(sale, outcome)
        }
    }
}
