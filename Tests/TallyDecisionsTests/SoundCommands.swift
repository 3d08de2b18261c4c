import TallyModel

/// One accepted command of each kind; a row of a table changes one field of it.
enum SoundCommands {
    /// 2024-01-01T00:00:00Z.
    static let moment = Instant(microseconds: 1_704_067_200_000_000)

    /// The records 3 to 11 of every desk: member 1 is `anna`, member 2 `boris`; record 11 is a purchase of 100.00 by Anna.
    static let programme: [Command] = [
        business(), .defineBusiness(BusinessDefinition(id: "salons", name: "Salons", currency: "RUB", scale: 2)),
        store(),
        wallet(), accrual(), registration { ($0.externalID, $0.phone, $0.card) = ("anna", "", "") },
        registration { ($0.externalID, $0.phone, $0.card) = ("boris", "+7 903 111-11-11", "card-2") },
        purchase { ($0.total, $0.lines) = (Money(minor: 10_000), [line(2_000, 6_000), line(1_000, 4_000)]) },
    ]
    /// Where Anna's purchase stands.
    static let purchaseSequence = LogSequence(UInt64(programme.count) + 2)

    static func business(_ change: (inout BusinessDefinition) -> Void = { _ in }) -> Command {
        var definition = BusinessDefinition(id: "toys", name: "Toys", currency: "RUB", scale: 2)
        change(&definition)
        return .defineBusiness(definition)
    }

    static func store(_ change: (inout StoreDefinition) -> Void = { _ in }) -> Command {
        var definition = StoreDefinition(id: "s1", business: "toys", name: "First", zone: "Europe/Moscow")
        change(&definition)
        return .defineStore(definition)
    }

    static func wallet(_ change: (inout WalletDefinition) -> Void = { _ in }) -> Command {
        var definition = WalletDefinition(id: "points", name: "Points", scale: 2)
        change(&definition)
        return .defineWallet(definition)
    }

    static func accrual(_ change: (inout AccrualDefinition) -> Void = { _ in }) -> Command {
        var definition = AccrualDefinition(
            id: "base", wallet: "points", business: "", effectiveFrom: .distantPast,
            rate: Rate(numerator: 5, denominator: 100), rounding: .halfEven)
        change(&definition)
        return .defineAccrual(definition)
    }

    static func registration(_ change: (inout Registration) -> Void = { _ in }) -> Command {
        var registration = Registration(externalID: "clara", phone: "+7 903 000-00-00", card: "card-1")
        change(&registration)
        return .registerMember(registration)
    }

    static func link(_ change: (inout IdentifierLink) -> Void = { _ in }) -> Command {
        var link = IdentifierLink(member: .external("anna"), phone: "+7 903 222-22-22", card: "card-9")
        change(&link)
        return .linkIdentifier(link)
    }

    static func line(_ thousandths: Int64, _ minor: Int64, sku: String = "sku") -> ReceiptLine {
        ReceiptLine(
            sku: sku, category: "goods", quantity: Quantity(thousandths: thousandths), total: Money(minor: minor))
    }

    static func purchase(_ change: (inout Receipt) -> Void = { _ in }) -> Command {
        var receipt = Receipt(
            store: "s1", member: .external("anna"), number: "r1", occurredAt: moment, utcOffsetMinutes: 180,
            total: Money(minor: 300), lines: [line(1_000, 100), line(1_000, 200)])
        change(&receipt)
        return .purchase(receipt)
    }

    /// A purchase of one line.
    static func purchase(of total: Int64, _ change: (inout Receipt) -> Void = { _ in }) -> Command {
        purchase { receipt in
            (receipt.total, receipt.lines) = (Money(minor: total), [line(1_000, total)])
            change(&receipt)
        }
    }

    static func back(_ purchaseLine: UInt16, _ thousandths: Int64, _ minor: Int64) -> ReturnLine {
        ReturnLine(
            purchaseLine: purchaseLine, sku: "sku", quantity: Quantity(thousandths: thousandths),
            total: Money(minor: minor))
    }

    /// A return of a half of the first line of Anna's purchase.
    static func slip(_ change: (inout ReturnSlip) -> Void = { _ in }) -> Command {
        var slip = ReturnSlip(
            store: "s1", member: .external("anna"), number: "b1", occurredAt: moment, utcOffsetMinutes: 180,
            total: Money(minor: 3_000), purchase: .sequence(purchaseSequence), lines: [back(1, 1_000, 3_000)])
        change(&slip)
        return .return(slip)
    }

    /// A return that names no purchase.
    static func blind(_ total: Int64, _ change: (inout ReturnSlip) -> Void = { _ in }) -> Command {
        slip { slip in
            (slip.total, slip.purchase, slip.lines) = (Money(minor: total), .blind, [back(0, 1_000, total)])
            change(&slip)
        }
    }
}
