public import TallyModel

/// Commands of a small programme, drawn from a seed: few members, stores and numbers, so that they meet all the time.
///
/// Most commands are sound; every rule is broken now and then, alone or together with others.
public struct Workload: Sendable {
    /// Where everything is drawn from: the same seed gives the same commands.
    public var random: SeededRandom
    private var receiptCount = 0

    /// The commands of a seed.
    public init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// What a programme begins with, so that most of what follows is accepted.
    public static let opening: [Command] = [
        .defineBusiness(BusinessDefinition(id: "toys", name: "Игрушки", currency: "RUB", scale: 2)),
        .defineBusiness(BusinessDefinition(id: "salons", name: "Salons", currency: "RUB", scale: 2)),
        .defineStore(StoreDefinition(id: "s1", business: "toys")),
        .defineStore(StoreDefinition(id: "s2", business: "toys", name: "Second", zone: "Europe/Moscow")),
        .defineStore(StoreDefinition(id: "s3", business: "salons")),
        .defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)),
        .defineAccrual(
            AccrualDefinition(
                id: "base", wallet: "points", business: "", effectiveFrom: .distantPast,
                rate: Rate(numerator: 5, denominator: 100), rounding: .halfEven)),
        .registerMember(Registration(externalID: "m1", phone: "+7 903 000-00-01", card: "c1")),
    ]

    /// A number from 0 to `bound` - 1.
    public mutating func any(_ bound: Int) -> Int { Int(random.next(below: UInt64(bound))) }

    /// True in `percent` of a hundred cases.
    public mutating func happens(_ percent: Int) -> Bool { any(100) < percent }

    /// One of several.
    public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[any(elements.count)] }

    /// The next event.
    ///
    /// - Parameter auditor: What is known: returns look for purchases there.
    /// - Returns: An event without a number; now and then one of a kind that no ledger knows.
    public mutating func event(knowing auditor: Auditor) -> SentEvent {
        switch any(100) {
        case 0..<1: .unknownKind
        case 1..<8: SentEvent(definition())
        case 8..<18: SentEvent(registration())
        case 18..<24: SentEvent(link(auditor))
        case 24..<68: SentEvent(.purchase(purchase(auditor)))
        default: SentEvent(.return(slip(auditor)))
        }
    }

    // MARK: The programme and its members

    private mutating func definition() -> Command {
        let id = happens(5) ? badText() : pick(["toys", "salons", "new"])
        let name = happens(3) ? "bell\u{7}" : pick(["A", "Б", ""])
        switch any(4) {
        case 0:
            let currency = happens(90) ? "RUB" : pick(["EUR", "rub"])
            return .defineBusiness(
                BusinessDefinition(id: id, name: name, currency: currency, scale: pick([2, 2, 2, 3, 7])))
        case 1:
            return .defineStore(
                StoreDefinition(
                    id: pick(["s1", "s2", "s3", "s4", ""]), business: pick([id, "none"]), name: name, zone: "UTC"))
        case 2:
            return .defineWallet(
                WalletDefinition(id: pick(["points", "gifts", id]), name: name, scale: pick([2, 2, 2, 0, 9])))
        default:
            return .defineAccrual(accrual())
        }
    }

    private mutating func accrual() -> AccrualDefinition {
        let from = happens(10) ? Instant(microseconds: Int64.min) : instant()
        return AccrualDefinition(
            id: "rule", wallet: pick(["points", "points", "gifts", "none"]), business: pick(["", "", "toys", "none"]),
            effectiveFrom: from, rate: Rate(numerator: pick([0, 5, 7, 100, 101]), denominator: 100),
            rounding: pick(Rounding.allCases))
    }

    private mutating func registration() -> Command {
        .registerMember(
            Registration(
                externalID: happens(70) ? "m\(any(30))" : "", phone: happens(60) ? phone() : "",
                card: happens(5) ? badText() : happens(50) ? "c\(any(30))" : ""))
    }

    private mutating func link(_ auditor: Auditor) -> Command {
        .linkIdentifier(
            IdentifierLink(
                member: reference(auditor), phone: happens(60) ? phone() : "", card: happens(60) ? "c\(any(40))" : ""))
    }

    /// One of thirty numbers, typed in one of several ways, or none at all.
    private mutating func phone() -> String {
        let last = any(30)
        let digits = last < 10 ? "0\(last)" : "\(last)"
        return pick([
            "+7 903 000-00-\(digits)", "8 (903) 000 00 \(digits)", "007903 00000\(digits)", "7903.000.00/\(digits)",
            "903 000 00 \(digits)", "+7 903 000-00-\(digits)",
        ])
    }

    private mutating func reference(_ auditor: Auditor) -> MemberReference {
        switch any(10) {
        case 0: .anonymous
        case 1..<4: .number(MemberNumber(UInt32(any(auditor.memberCount + 2))))
        case 4..<6: .phone(phone())
        case 6..<8: .card("c\(any(30))")
        default: .external("m\(any(30))")
        }
    }

    private mutating func badText() -> String { pick(["", "tab\t", "c1\u{85}", String(repeating: "x", count: 65)]) }

    // MARK: Receipts

    /// A moment of two years, now and then one that no till has.
    private mutating func instant() -> Instant {
        if happens(2) { return pick([Instant(microseconds: .max), Instant(microseconds: .min)]) }
        return Instant(microseconds: 1_700_000_000_000_000 + Int64(any(63_072_000)) * 1_000_000 + Int64(any(1_000_000)))
    }

    private mutating func offset() -> Int16 { pick([0, 180, 180, -300, 600, happens(5) ? 1081 : 0]) }

    private mutating func amount() -> Int64 {
        happens(3)
            ? pick([-1, Int64.min, 1_000_000_000_001, 1_000_000_000_000])
            : pick([0, 1, 9, 10, 30, 50, 99, Int64(any(500_000)), Int64(any(500_000))])
    }

    private mutating func quantity() -> Int64 {
        happens(2) ? pick([-1, Int64.max, 1_000_000_000_000]) : pick([0, 250, 1000, 1000, 3000])
    }

    private mutating func purchase(_ auditor: Auditor) -> Receipt {
        receiptCount += 1
        var lines: [ReceiptLine] = []
        for number in 0..<(happens(3) ? 0 : 1 + any(4)) {
            lines.append(
                ReceiptLine(
                    sku: happens(2) ? badText() : "sku-\(number)",
                    category: happens(2) ? badText() : pick(["", "хлеб"]),
                    quantity: Quantity(thousandths: quantity()), total: Money(minor: amount())))
        }
        let sum = lines.reduce(Int64(0)) { $0 &+ $1.total.minor }
        return Receipt(
            store: happens(3) ? "nowhere" : pick(["s1", "s2", "s3"]), member: reference(auditor),
            number: happens(2) ? badText() : "r\(happens(80) ? receiptCount : any(20))", occurredAt: instant(),
            utcOffsetMinutes: offset(), channel: pick(Channel.allCases),
            total: Money(minor: happens(4) ? sum &+ 1 : sum),
            lines: lines)
    }

    private mutating func slip(_ auditor: Auditor) -> ReturnSlip {
        let purchase = auditor.purchases.isEmpty || happens(20) ? nil : pick(auditor.purchases)
        let lines = purchase.map { comesBack($0) } ?? comesBackBlind()
        let sum = lines.reduce(Int64(0)) { $0 &+ $1.total.minor }
        let member: MemberReference =
            switch any(10) {
            case 0..<3: .anonymous
            case 3..<8:
                purchase.map { $0.member == 0 ? .anonymous : .number(MemberNumber(UInt32($0.member))) }
                    ?? reference(auditor)
            default: reference(auditor)
            }
        return ReturnSlip(
            store: happens(2) ? "nowhere" : pick(["s1", "s2", "s3"]), member: member, number: "b\(any(1000))",
            occurredAt: instant(), utcOffsetMinutes: offset(), channel: pick(Channel.allCases),
            total: Money(minor: happens(3) ? sum &+ 1 : sum), purchase: reference(to: purchase, auditor), lines: lines)
    }

    private mutating func reference(to purchase: AuditedPurchase?, _ auditor: Auditor) -> PurchaseReference {
        if happens(5) {
            return pick([
                .sequence(LogSequence(UInt64.max)), .sequence(LogSequence(UInt64(1 + any(auditor.tip + 3)))),
                .event(source: SourceNumber(UInt32(1 + any(6))), number: UInt64(1 + any(100))),
                .event(source: SourceNumber(1), number: UInt64.max), .receipt("r\(any(40))"), .receipt("tab\t"),
            ])
        }
        guard let purchase, let source = auditor.number(of: purchase.source) else { return .blind }
        return pick([
            .sequence(LogSequence(UInt64(purchase.sequence))), .event(source: source, number: UInt64(purchase.number)),
            .receipt(purchase.receipt.number),
        ])
    }

    /// Lines of a purchase: what is left of them, a part, or too much.
    private mutating func comesBack(_ purchase: AuditedPurchase) -> [ReturnLine] {
        var lines: [ReturnLine] = []
        for (index, line) in purchase.receipt.lines.enumerated() where happens(70) {
            let left = (
                quantity: line.quantity.thousandths - Int64(purchase.returned[index].quantity),
                money: line.total.minor - Int64(purchase.returned[index].money)
            )
            let parts = Int64(pick([1, 1, 2, 3]))
            let excess: Int64 = happens(4) ? 1 : 0
            lines.append(
                ReturnLine(
                    purchaseLine: UInt16(happens(3) ? any(7) : index + 1), sku: line.sku, category: line.category,
                    quantity: Quantity(thousandths: left.quantity / parts + excess),
                    total: Money(minor: left.money / parts + (happens(50) ? excess : 0))))
        }
        return lines
    }

    private mutating func comesBackBlind() -> [ReturnLine] {
        [
            ReturnLine(
                purchaseLine: happens(5) ? 1 : 0, sku: "sku-0", quantity: Quantity(thousandths: quantity()),
                total: Money(minor: amount()))
        ]
    }
}
