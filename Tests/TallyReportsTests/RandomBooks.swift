import TallyModel
import TallyProjections
import TallyTesting

/// A coalition's life drawn from a seed: everything that moves points, in any order, now and then recorded days later.
struct RandomBooks {
    private var random: SeededRandom
    private var day: Int64 = 20_454
    private var purchases: [(sequence: UInt64, total: Int64)] = []
    private var holds: [UInt64] = []
    private var receipts = 0

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// A ledger with about so many records.
    static func desk(seed: UInt64, records: Int) -> BooksDesk {
        let desk = BooksDesk()
        desk.now = Coalition.moment("2026-01-01").microseconds
        for command in Coalition.programme + programme { desk.send(command) }
        var books = RandomBooks(seed: seed)
        while desk.state.sequence < UInt64(records) { books.step(desk) }
        return desk
    }

    private static let programme: [Command] = [
        .setWalletTerms(WalletTerms(wallet: "points", expiry: .days(9), graceDays: 3)),
        .setWalletTerms(WalletTerms(wallet: "bonus", expiry: .sliding(6), pending: .days(2))),
        .registerMember(Registration(externalID: "clara")),
    ]

    private mutating func any(_ bound: Int) -> Int { Int(random.next(below: UInt64(bound))) }
    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[any(elements.count)] }

    private mutating func step(_ desk: BooksDesk) {
        day += Int64(any(3)) / 2
        let moment = Instant(microseconds: (day * 86_400 + Int64(any(86_400))) * 1_000_000)
        desk.advance(to: max(moment, Instant(microseconds: desk.now + 1)))
        let late = Instant(microseconds: moment.microseconds - Int64(any(4) == 0 ? any(5) : 0) * 86_400_000_000)
        let command = command(at: late)
        let outcome = desk.send(command)
        guard outcome.status == .recorded else { return }
        switch command {
        case .purchase(let receipt): purchases.append((outcome.sequence, receipt.total.minor))
        case .exchange(let exchange): purchases.append((outcome.sequence, exchange.receipt.total.minor))
        case .placeHold: holds.append(outcome.sequence)
        default: break
        }
    }

    private mutating func command(at moment: Instant) -> Command {
        switch any(25) {
        case 0..<8: return .purchase(purchase(at: moment))
        case 8..<11: return .return(slip(at: moment))
        case 11: return .exchange(Exchange(slip: slip(at: moment), receipt: purchase(at: moment)))
        case 12:
            guard let purchase = purchases.last else { return .purchase(purchase(at: moment)) }
            return .voidPurchase(
                VoidSlip(
                    store: pick(["t1", "s1"]), number: "v", occurredAt: moment, utcOffsetMinutes: 180,
                    purchase: .sequence(LogSequence(purchase.sequence))))
        case 13, 14:
            return .placeHold(
                HoldRequest(
                    store: pick(["t1", "s1"]), member: member(), occurredAt: moment, utcOffsetMinutes: 180,
                    receiptTotal: Money(minor: 100_000),
                    redemption: Redemption(
                        wallet: pick(["points", "bonus"]), points: Points(minor: Int64(1 + any(400))), isUpTo: true),
                    seconds: UInt32(1 + any(86_400))))
        case 15: return .releaseHold(.sequence(LogSequence(holds.last ?? 1)))
        case 20, 21:
            return .transfer(
                Transfer(
                    member: member(), other: member(), wallet: pick(["points", "bonus"]),
                    points: Points(minor: Int64(1 + any(300))), occurredAt: moment, utcOffsetMinutes: 180))
        case 22:
            return .merge(
                Merge(
                    survivor: member(), absorbed: member(), reason: "one person", occurredAt: moment,
                    utcOffsetMinutes: 180))
        case 23, 24:
            return .split(Split(member: member(), reason: "twins", occurredAt: moment, utcOffsetMinutes: 180))
        case 16:
            let names = pick([["toys", "salons"], ["salons", "toys"]])
            return .setSettlementTerms(
                SettlementTerms(
                    issuer: names[0], redeemer: names[1], wallet: pick(["points", "bonus"]),
                    rate: Rate(numerator: UInt32(1 + any(3)), denominator: 2), feeBasisPoints: UInt16(any(1000)),
                    timing: pick(SettlementTiming.allCases)))
        default:
            let kind = pick(Adjustment.Kind.allCases)
            let isTaken = kind == .correction && any(2) == 0
            return .adjust(
                Adjustment(
                    member: member(), wallet: pick(["points", "bonus"]), business: pick(["toys", "salons"]), kind: kind,
                    points: Points(minor: Int64(1 + any(200)) * (isTaken ? -1 : 1)), occurredAt: moment,
                    utcOffsetMinutes: 180, operatorID: "olga", reason: "because"))
        }
    }

    private mutating func member() -> MemberReference { .external(pick(["anna", "boris", "clara"])) }

    private mutating func purchase(at moment: Instant) -> Receipt {
        receipts += 1
        let minor = Int64(any(10_000))
        let redemptions =
            any(2) == 0
            ? []
            : [
                Redemption(wallet: pick(["points", "bonus"]), points: Points(minor: Int64(1 + any(600))), isUpTo: true)
            ]
        let isHeld = any(4) == 0 && !holds.isEmpty
        return Receipt(
            store: pick(["t1", "s1"]), member: any(12) == 0 ? .anonymous : member(), number: "r\(receipts)",
            occurredAt: moment, utcOffsetMinutes: 180, total: Money(minor: minor),
            lines: [ReceiptLine(sku: "x", quantity: Quantity(thousandths: 4_000), total: Money(minor: minor))],
            redemptions: redemptions, hold: isHeld ? holds.popLast().map { .sequence(LogSequence($0)) } : nil)
    }

    private mutating func slip(at moment: Instant) -> ReturnSlip {
        let purchase = purchases.isEmpty || any(8) == 0 ? nil : pick(Array(purchases.suffix(12)))
        let minor = purchase.map { $0.total / Int64(pick([1, 2, 3])) } ?? Int64(any(3_000))
        return ReturnSlip(
            store: pick(["t1", "s1"]), member: purchase == nil ? member() : .anonymous, number: "b",
            occurredAt: moment, utcOffsetMinutes: 180, total: Money(minor: minor),
            purchase: purchase.map { .sequence(LogSequence($0.sequence)) } ?? .blind,
            lines: [
                ReturnLine(
                    purchaseLine: purchase == nil ? 0 : 1, sku: "x", quantity: Quantity(thousandths: 1_000),
                    total: Money(minor: minor))
            ])
    }
}
