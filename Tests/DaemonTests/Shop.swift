import TallyModel

/// What the sources of the crash tests send: the event of a number is always the same, so it can be sent again for ever.
enum Shop {
    /// Tills that sell at once; each has members of its own, and all share one.
    static let tills = 3
    private static let membersOfTill = 5
    private static let shared = "shared"

    /// The programme and its members, which the desk sends before anybody sells.
    static let programme: [Command] =
        [
            .defineBusiness(BusinessDefinition(id: "grocery", name: "Grocery", currency: "RUB", scale: 2)),
            .defineStore(StoreDefinition(id: "17", business: "grocery", name: "", zone: "Europe/Moscow")),
            .defineWallet(WalletDefinition(id: "points", name: "points", scale: 2)),
            .defineAccrual(
                AccrualDefinition(
                    id: "base", wallet: "points", business: "", effectiveFrom: .distantPast,
                    rate: Rate(numerator: 5, denominator: 100), rounding: .halfEven)),
        ] + members.map { .registerMember(Registration(externalID: $0)) }

    /// Everybody, in the order of registration.
    static let members = [shared] + (0..<tills).flatMap { till in (0..<membersOfTill).map { "till-\(till)-\($0)" } }

    /// What an event is, before it has a form.
    enum Deed: Equatable {
        case sale(member: String, total: Int64)
        case blindReturn(member: String, total: Int64)
        /// Takes back the whole sale of the same till under an earlier number.
        case takingBack(number: UInt64, total: Int64)
        /// A receipt whose lines do not add up: refused, and the refusal is recorded.
        case wrongSum(member: String)
    }

    static func deed(_ till: Int, _ number: UInt64) -> Deed {
        var dice = Seed(UInt64(till) << 40 ^ number)
        let own = "till-\(till)-\(dice.next() % UInt64(membersOfTill))"
        let member = dice.next() % 8 == 0 ? shared : own
        let total = Int64(dice.next() % 100_000) + 1
        if number > 3, number % 10 == 0, case .sale(_, let sold) = deed(till, number - 3) {
            return .takingBack(number: number - 3, total: sold)
        }
        switch dice.next() % 20 {
        case 0: return .wrongSum(member: member)
        case 1...3: return .blindReturn(member: member, total: total)
        default: return .sale(member: member, total: total)
        }
    }

    static func command(_ till: Int, _ number: UInt64, source: SourceNumber) -> Command {
        let moment = Instant(microseconds: 1_500_000_000_000_000 + Int64(number) * 1_000_000)
        switch deed(till, number) {
        case .sale(let member, let total): return sale(member, total, lines: total, number, moment)
        case .wrongSum(let member): return sale(member, 2, lines: 1, number, moment)
        case .blindReturn(let member, let total):
            return slip(.external(member), total, .blind, line: 0, number, moment)
        case .takingBack(let sold, let total):
            return slip(.anonymous, total, .event(source: source, number: sold), line: 1, number, moment)
        }
    }

    private static func sale(
        _ member: String, _ total: Int64, lines: Int64, _ number: UInt64, _ moment: Instant
    ) -> Command {
        .purchase(
            Receipt(
                store: "17", member: .external(member), number: "A-\(number)", occurredAt: moment,
                total: Money(minor: total),
                lines: [ReceiptLine(sku: "tea", quantity: Quantity(thousandths: 1_000), total: Money(minor: lines))]))
    }

    private static func slip(
        _ member: MemberReference, _ total: Int64, _ purchase: PurchaseReference, line: UInt16, _ number: UInt64,
        _ moment: Instant
    ) -> Command {
        .return(
            ReturnSlip(
                store: "17", member: member, number: "R-\(number)", occurredAt: moment, total: Money(minor: total),
                purchase: purchase,
                lines: [
                    ReturnLine(
                        purchaseLine: line, sku: "tea", quantity: Quantity(thousandths: 1_000),
                        total: Money(minor: total))
                ]))
    }
}

/// What the shop's events give, from sums alone: 5 %, half to even.
struct ShopModel {
    private(set) var balances: [String: Int64] = [:]
    /// Where the model and the daemon differ.
    private(set) var findings: [String] = []

    static func points(_ total: Int64) -> Int64 {
        let (whole, rest) = (total / 20, total % 20)
        return rest > 10 || (rest == 10 && whole % 2 == 1) ? whole + 1 : whole
    }

    /// Takes the answered events of a till from number 1 on.
    mutating func add(till: Int, _ outcomes: [Outcome]) {
        for (index, outcome) in outcomes.enumerated() {
            let number = UInt64(index) + 1
            switch Shop.deed(till, number) {
            case .wrongSum: expect(outcome, till, number, nil, outcome.code == Rejection.totalMismatch.rawValue)
            case .sale(let member, let total): expect(outcome, till, number, member, Self.points(total))
            case .blindReturn(let member, let total): expect(outcome, till, number, member, -Self.points(total))
            case .takingBack(let sold, let total):
                guard case .sale(let member, _) = Shop.deed(till, sold) else { continue }
                expect(outcome, till, number, member, -Self.points(total))
            }
        }
    }

    private mutating func expect(
        _ outcome: Outcome, _ till: Int, _ number: UInt64, _ member: String, _ points: Int64
    ) {
        balances[member, default: 0] += points
        // Other tills sell to a shared member as well, so only members of one till have a known balance in between.
        let isOwn = member.hasPrefix("till-")
        let isRight =
            outcome.status == .recorded && outcome.points == points
            && (!isOwn || outcome.balance == balances[member])
        expect(outcome, till, number, member, isRight)
    }

    private mutating func expect(
        _ outcome: Outcome, _ till: Int, _ number: UInt64, _ member: String?, _ isRight: Bool
    ) {
        guard !isRight else { return }
        findings.append("till \(till) number \(number): \(Shop.deed(till, number)) became \(outcome)")
    }
}
