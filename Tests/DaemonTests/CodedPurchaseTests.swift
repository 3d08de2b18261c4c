import Foundation
import Synchronization
import TallyClient
import TallyCodec
import TallyModel
import TallyReplay
import TallyTesting
import Testing

/// Many tills sell with the same codes at once, in batches that do not wait for an answer.
///
/// Every receipt takes a word that has a budget and a limit for each member, a gift card that all tills know, or both; some are voided.
/// A judge puts the answers in the order of their sequences and counts again: uses, money, and receipts that must stand or fall with
/// their codes.
///
/// | till 1 | till 2 |
/// |---|---|
/// | sells with the last use and 10.00 of the card | |
/// | | sells with the same: refused as a whole |
/// | voids: use and money come back | |
/// | | sells again: taken |
@Suite("Many tills, receipts with the same codes", .serialized)
struct CodedPurchaseTests {
    private static let tills = 16
    private static let eventsPerTill: UInt64 = Seed.isNight ? 10_000 : 400

    /// > Source: Lessons, rows 17, 18, 20, 23 and 24: limits of vouchers passed and gift cards spent twice by requests that arrive in
    /// > one packet.
    @Test func `no interleaving of receipts passes a limit, and a receipt stands or falls with its codes`() async throws
    {
        var dice = Seed.printed()
        let home = TemporaryDirectory(prefix: "coded")
        let daemon = try Daemon(in: home, ["--log-level", "warning"])
        try await daemon.waitUntilItServes()
        try await Desk.open(socket: home.socket)
        let ledger = SaleLedger()
        let tills = (0..<Self.tills).map { SellingTill($0, ledger) }
        try await SellingTill.work(tills, Self.eventsPerTill, socket: home.socket, &dice)
        let verdict = ledger.judge()
        #expect(verdict.findings.isEmpty, "\(verdict.findings.prefix(5))")
        print("\(verdict.sold) receipts with codes, \(verdict.voided) voided, \(verdict.refused) refused for a limit")
        #expect(verdict.refused > 500 && verdict.voided > 20, "the tills did not fight for the codes")
        #expect(verdict.mostUsed == Desk.budget, "the budget is used to its end and no further")
        #expect(verdict.leastMoney >= 0 && verdict.leastMoney < Desk.price, "the card is spent to its end")
        // What the daemon says at last is what the answers add up to.
        let client = try await Client.connect(path: home.socket, name: "count")
        let left = try await client.quote(Desk.receipt(Sale(member: 1, usesWord: false, usesCard: true), "q"))
        #expect((left.code == 0) == (verdict.money >= Desk.price))
        await client.close()
        daemon.terminate()
        #expect(daemon.exitStatus() == 0)
        #expect(verifyLedger(directory: home.data).isSound)
    }

    /// The canary: a card that is spent twice, a budget that is passed and a refused receipt that is counted do not pass the judge.
    @Test func `the judge finds money that was spent twice, and a use too many`() {
        let broke = SaleLedger()
        for sequence in 1...(UInt64(Desk.money / Desk.price) + 1) {
            broke.note(
                .sold(Sale(member: 1, usesWord: false, usesCard: true)),
                Outcome(status: .recorded, member: 1, sequence: sequence))
        }
        #expect(broke.judge().findings.count == 1)
        let passed = SaleLedger()
        for sequence in 1...(UInt64(Desk.memberLimit) + 1) {
            passed.note(
                .sold(Sale(member: 1, usesWord: true, usesCard: false)),
                Outcome(status: .recorded, member: 1, sequence: sequence))
        }
        #expect(passed.judge().findings.count == 1)
    }
}

/// What the tills find.
private enum Desk {
    static let members = 8
    static let budget = 60
    static let memberLimit = 12
    static let price: Int64 = 1_000
    static let money: Int64 = 40_000
    static let moment = Instant.parse("2026-11-25T12:00:00+03:00")!.instant

    static func open(socket: String) async throws {
        let client = try await Client.connect(path: socket, name: "desk")
        let opened = try await client.openSource("desk")
        var batch = BatchWriter(source: opened.source, firstNumber: opened.lastNumber + 1)
        try batch.append(.defineBusiness(BusinessDefinition(id: "shop", name: "Shop", currency: "RUB", scale: 2)))
        try batch.append(.defineStore(StoreDefinition(id: "1", business: "shop")))
        try batch.append(.defineWallet(WalletDefinition(id: "money", name: "Money", scale: 2)))
        for member in 1...members { try batch.append(.registerMember(Registration(externalID: "m\(member)"))) }
        try batch.append(
            .defineInstrument(
                InstrumentDefinition(
                    id: "word", name: "Word", kind: .promoCode, codes: .generic, code: "SPRING", business: "shop",
                    usesBudget: Int64(budget), memberLimit: UInt32(memberLimit))))
        try batch.append(
            .defineInstrument(
                InstrumentDefinition(
                    id: "gift", name: "Gift", kind: .giftCard, business: "shop", wallet: "money",
                    faceValue: Points(minor: money))))
        try batch.append(.issueInstruments(InstrumentIssue(instrument: "gift", occurredAt: moment)))
        let outcomes = try await client.send(batch).outcomes
        #expect(outcomes.allSatisfy { $0.status == .recorded })
        await client.close()
    }

    static func receipt(_ sale: Sale, _ number: String) -> Receipt {
        var codes: [PurchaseCode] = []
        if sale.usesWord { codes.append(PurchaseCode(.code("spring"), amount: 100)) }
        if sale.usesCard { codes.append(PurchaseCode(.serial(instrument: "gift", 1), amount: price)) }
        return Receipt(
            store: "1", member: .external("m\(sale.member)"), number: number, occurredAt: moment, utcOffsetMinutes: 180,
            total: Money(minor: price),
            lines: [ReceiptLine(sku: "x", quantity: Quantity(thousandths: 1_000), total: Money(minor: price))],
            codes: codes)
    }
}

/// A receipt and the codes on it.
private struct Sale: Sendable {
    var member: Int
    var usesWord: Bool
    var usesCard: Bool
}

/// What a till sent, as far as the judge must know it.
private enum SaleStep: Sendable {
    case sold(Sale)
    case voided(Sale)
}

/// Everything that was sent with its answer, of all tills.
private final class SaleLedger: Sendable {
    struct Verdict {
        var findings: [String] = []
        var sold = 0
        var voided = 0
        var refused = 0
        var mostUsed = 0
        var money = Desk.money
        var leastMoney = Desk.money
    }

    private let entries = Mutex<[(step: SaleStep, outcome: Outcome)]>([])

    func note(_ step: SaleStep, _ outcome: Outcome) { entries.withLock { $0.append((step, outcome)) } }

    /// Counts again, in the order in which the ledger says that it decided.
    func judge() -> Verdict {
        let limits: Set<Rejection> = [.codeUsedUp, .memberLimitReached, .usesBudgetReached, .cardInsufficient]
        var verdict = Verdict()
        var used = 0
        var ofMember = Array(repeating: 0, count: Desk.members + 1)
        for (step, outcome) in entries.withLock({ $0 }).sorted(by: { $0.outcome.sequence < $1.outcome.sequence }) {
            guard outcome.status == .recorded else {
                verdict.refused += outcome.rejection.map(limits.contains) == true ? 1 : 0
                continue
            }
            let (sale, sign): (Sale, Int)
            switch step {
            case .sold(let sold):
                verdict.sold += 1
                (sale, sign) = (sold, 1)
            case .voided(let back):
                verdict.voided += 1
                (sale, sign) = (back, -1)
            }
            if sale.usesWord {
                used += sign
                ofMember[sale.member] += sign
            }
            if sale.usesCard { verdict.money -= Int64(sign) * Desk.price }
            if used > Desk.budget || ofMember[sale.member] > Desk.memberLimit || verdict.money < 0 {
                verdict.findings.append(
                    "record \(outcome.sequence): \(sale), \(used) uses, \(verdict.money) on the card")
            }
            verdict.mostUsed = max(verdict.mostUsed, used)
            verdict.leastMoney = min(verdict.leastMoney, verdict.money)
        }
        return verdict
    }
}

/// A till that never waits: it names what it sold by its own numbers.
private final class SellingTill: EagerTill {
    private struct State {
        /// What was sent under each number, from 1.
        var sent: [SaleStep] = []
        /// Receipts that were asked for, and not voided by this till.
        var open: [(number: UInt64, sale: Sale)] = []
    }

    let name: String
    private let ledger: SaleLedger
    private let state = Mutex(State())

    init(_ number: Int, _ ledger: SaleLedger) { (name, self.ledger) = ("till-\(number)", ledger) }

    /// The next event: of four, three sell and one voids.
    func command(_ number: UInt64, _ source: SourceNumber, _ dice: inout Seed) -> Command {
        let (isVoid, pick) = (dice.next() % 4 == 0, Int(truncatingIfNeeded: dice.next() >> 1))
        let kind = dice.next() % 3
        let sale = Sale(member: pick % Desk.members + 1, usesWord: kind != 0, usesCard: kind != 1)
        return state.withLock { state in
            guard isVoid, !state.open.isEmpty else {
                state.sent.append(.sold(sale))
                state.open.append((number, sale))
                return .purchase(Desk.receipt(sale, "\(name)/\(number)"))
            }
            let known = state.open.remove(at: pick % state.open.count)
            state.sent.append(.voided(known.sale))
            return .voidPurchase(
                VoidSlip(
                    store: "1", number: "\(name)/\(number)", occurredAt: Desk.moment, utcOffsetMinutes: 180,
                    purchase: .event(source: source, number: known.number)))
        }
    }

    func take(_ results: BatchResults) {
        for (index, outcome) in results.outcomes.enumerated() {
            let step = state.withLock { $0.sent[Int(results.firstNumber) + index - 1] }
            ledger.note(step, outcome)
        }
    }
}
