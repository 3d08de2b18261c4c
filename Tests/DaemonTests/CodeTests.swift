import Foundation
import Synchronization
import TallyClient
import TallyCodec
import TallyModel
import TallyReplay
import TallyTesting
import Testing

/// Many tills take the same codes at once, in batches that do not wait for an answer.
///
/// One promo code serves everybody, with a budget of uses and a limit for each member; a hundred coupons may be used once each. A
/// judge puts the answers in the order of their sequences and counts what is used or set aside.
@Suite("Many tills, one code", .serialized)
struct CodeTests {
    private static let tills = 24
    private static let eventsPerTill: UInt64 = Seed.isNight ? 10_000 : 800

    /// > Source: Lessons, rows 17 and 18: limits of a voucher passed by requests that arrive in one packet.
    @Test func `no interleaving uses a code more often than its limits say`() async throws {
        var dice = Seed.printed()
        let home = TemporaryDirectory(prefix: "codes")
        let daemon = try Daemon(in: home, ["--log-level", "warning"])
        try await daemon.waitUntilItServes()
        try await CodeDesk.open(socket: home.socket)
        let ledger = CodeLedger()
        let tills = (0..<Self.tills).map { CodeTill($0, ledger) }
        try await CodeTill.work(tills, Self.eventsPerTill, socket: home.socket, &dice)
        let verdict = ledger.judge()
        #expect(verdict.findings.isEmpty, "\(verdict.findings.prefix(5))")
        print("\(verdict.answers) answers, \(verdict.uses) uses, \(verdict.refused) refused for a limit")
        #expect(verdict.refused > 500, "the tills did not fight for the codes")
        #expect(verdict.mostUsed == CodeDesk.budget, "the budget is used to its end and no further")
        daemon.terminate()
        #expect(daemon.exitStatus() == 0)
        #expect(verifyLedger(directory: home.data).isSound)
    }

    /// The canary: answers of a ledger that lets two tills use the last coupon do not pass the judge.
    @Test func `the judge finds a coupon that was used twice`() {
        let ledger = CodeLedger()
        for sequence in [10, 11] as [UInt64] {
            ledger.note(
                .use(CodeUse(code: 7, member: 1)),
                Outcome(status: .recorded, member: 1, sequence: sequence))
        }
        #expect(ledger.judge().findings.count == 1)
    }
}

/// What the tills find: one code for everybody, coupons and members.
private enum CodeDesk {
    static let members = 8
    static let coupons = 100
    static let budget = 150
    static let memberLimit = 30
    static let moment = Instant.parse("2026-11-25T12:00:00+03:00")!.instant

    static func open(socket: String) async throws {
        let client = try await Client.connect(path: socket, name: "desk")
        let opened = try await client.openSource("desk")
        var batch = BatchWriter(source: opened.source, firstNumber: opened.lastNumber + 1)
        try batch.append(.defineBusiness(BusinessDefinition(id: "shop", name: "Shop", currency: "RUB", scale: 2)))
        try batch.append(.defineStore(StoreDefinition(id: "1", business: "shop")))
        for member in 1...members { try batch.append(.registerMember(Registration(externalID: "m\(member)"))) }
        try batch.append(
            .defineInstrument(
                InstrumentDefinition(
                    id: "spring", name: "Spring", kind: .promoCode, codes: .generic, code: "SPRING", business: "shop",
                    usesBudget: Int64(budget), memberLimit: UInt32(memberLimit))))
        try batch.append(
            .defineInstrument(
                InstrumentDefinition(id: "flyer", name: "Flyer", kind: .coupon, business: "shop", usesPerCode: 1)))
        try batch.append(
            .issueInstruments(
                InstrumentIssue(instrument: "flyer", count: UInt32(coupons), occurredAt: moment)))
        let outcomes = try await client.send(batch).outcomes
        #expect(outcomes.allSatisfy { $0.status == .recorded })
        await client.close()
    }
}

/// A use of a code: 0 is the one for everybody, others are serials of coupons.
private struct CodeUse: Sendable {
    var code: Int
    var member: Int
}

/// What a till sent, as far as the judge must know it.
private enum CodeStep: Sendable {
    /// A use, at once or set aside.
    case use(CodeUse)
    /// A use that was set aside is carried out.
    case carryOut(CodeUse)
    /// A use is given back.
    case giveBack(CodeUse)
}

/// Everything that was sent with its answer, of all tills.
private final class CodeLedger: Sendable {
    struct Verdict {
        var findings: [String] = []
        var answers = 0
        var refused = 0
        var uses = 0
        var mostUsed = 0
    }

    private let entries = Mutex<[(step: CodeStep, outcome: Outcome)]>([])

    func note(_ step: CodeStep, _ outcome: Outcome) { entries.withLock { $0.append((step, outcome)) } }

    /// Counts again, in the order in which the ledger says that it decided.
    func judge() -> Verdict {
        let limits: Set<Rejection> = [.codeUsedUp, .codeReserved, .memberLimitReached, .usesBudgetReached]
        var verdict = Verdict()
        var used = Array(repeating: 0, count: CodeDesk.coupons + 1)
        var ofMember = Array(repeating: 0, count: CodeDesk.members + 1)
        for (step, outcome) in entries.withLock({ $0 }).sorted(by: { $0.outcome.sequence < $1.outcome.sequence }) {
            verdict.answers += 1
            guard outcome.status == .recorded else {
                verdict.refused += outcome.rejection.map(limits.contains) == true ? 1 : 0
                continue
            }
            switch step {
            case .use(let use):
                verdict.uses += 1
                used[use.code] += 1
                if use.code == 0 { ofMember[use.member] += 1 }
                let most = use.code == 0 ? CodeDesk.budget : 1
                if used[use.code] > most || ofMember[use.member] > CodeDesk.memberLimit {
                    verdict.findings.append("record \(outcome.sequence): \(use) is used \(used[use.code]) times")
                }
            case .carryOut: break
            case .giveBack(let use):
                used[use.code] -= 1
                if use.code == 0 { ofMember[use.member] -= 1 }
            }
            verdict.mostUsed = max(verdict.mostUsed, used[0])
        }
        return verdict
    }
}

/// A till that never waits: it names what it set aside and used by its own numbers.
private final class CodeTill: EagerTill {
    private struct State {
        /// What was sent under each number, from 1.
        var sent: [CodeStep] = []
        /// Uses that were asked for, and not given back by this till.
        var open: [(number: UInt64, use: CodeUse, isReserved: Bool)] = []
    }

    let name: String
    private let ledger: CodeLedger
    private let state = Mutex(State())

    init(_ number: Int, _ ledger: CodeLedger) { (name, self.ledger) = ("till-\(number)", ledger) }

    /// The next step: of ten, seven take a code, one carries out what was set aside, two give back.
    func command(_ number: UInt64, _ source: SourceNumber, _ dice: inout Seed) -> Command {
        let (action, pick) = (dice.next() % 10, Int(truncatingIfNeeded: dice.next() >> 1))
        let use = CodeUse(
            code: dice.next() % 2 == 0 ? 0 : pick % CodeDesk.coupons + 1, member: pick % CodeDesk.members + 1)
        return state.withLock { state in
            guard action >= 7, !state.open.isEmpty else {
                let isReserved = action < 2
                state.sent.append(.use(use))
                state.open.append((number, use, isReserved))
                return move(isReserved ? .reserve : .redeem, use)
            }
            let place = pick % state.open.count
            let known = state.open[place]
            let reference = HoldReference.event(source: source, number: known.number)
            if action == 7, known.isReserved {
                state.open[place] = (number, known.use, false)
                state.sent.append(.carryOut(known.use))
                return move(.redeem, known.use, reference)
            }
            state.open.remove(at: place)
            state.sent.append(.giveBack(known.use))
            return move(known.isReserved ? .release : .restore, known.use, reference)
        }
    }

    private func move(_ action: InstrumentAction, _ use: CodeUse, _ reference: HoldReference? = nil) -> Command {
        let copy: InstrumentReference =
            use.code == 0 ? .code("SPRING") : .serial(instrument: "flyer", UInt32(use.code))
        return .moveInstrument(
            InstrumentMove(
                action, reference == nil ? copy : .byReference, store: "1",
                member: reference == nil ? .external("m\(use.member)") : .anonymous, occurredAt: CodeDesk.moment,
                seconds: 86_400, reference: reference))
    }

    func take(_ results: BatchResults) {
        for (index, outcome) in results.outcomes.enumerated() {
            let step = state.withLock { $0.sent[Int(results.firstNumber) + index - 1] }
            ledger.note(step, outcome)
        }
    }
}
