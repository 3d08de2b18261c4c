import TallyModel
import TallyProjections
import Testing

/// > Source: Checklist S0-04, "three businesses of one owner (beauty salons, cosmetics shops, toy shops) with overlapping
/// > audiences".
@Suite("Coalition")
struct CoalitionTests {
    private static let businesses = ["salon", "cosmetics", "toys"]

    /// Three businesses with a store each, one wallet for all of them, five per cent everywhere.
    private static func coalition() -> DecisionDesk {
        let desk = DecisionDesk()
        for business in businesses {
            desk.send(.defineBusiness(BusinessDefinition(id: business, name: business, currency: "RUB", scale: 2)))
            desk.send(.defineStore(StoreDefinition(id: "\(business)-1", business: business)))
        }
        desk.send(.defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)))
        desk.send(
            .defineAccrual(
                AccrualDefinition(
                    id: "base", wallet: "points", business: "", effectiveFrom: .distantPast,
                    rate: Rate(numerator: 5, denominator: 100), rounding: .halfEven)))
        desk.send(.registerMember(Registration(externalID: "anna")))
        return desk
    }

    private static func purchase(at business: String, minor: Int64) -> Command {
        .purchase(
            Receipt(
                store: "\(business)-1", member: .external("anna"), number: "R", occurredAt: Instant(microseconds: 0),
                total: Money(minor: minor),
                lines: [ReceiptLine(sku: "x", quantity: Quantity(thousandths: 1000), total: Money(minor: minor))]))
    }

    @Test func `a member earns in every business into one wallet, and each business stands for what it issued`() {
        let desk = Self.coalition()
        for (business, minor) in zip(Self.businesses, [10_000, 20_000, 40_000] as [Int64]) {
            desk.send(Self.purchase(at: business, minor: minor))
        }
        #expect(desk.figures(1) == [3_500, 0])
        let issued = (1...3).map { desk.state.account(BusinessNumber($0), WalletNumber(1), .issued) }
        #expect(issued == [-500, -1_000, -2_000])
        #expect(throws: Never.self) { try desk.state.checkInvariants() }
    }

    @Test func `a store stays with its business`() {
        let desk = Self.coalition()
        let moved = desk.send(.defineStore(StoreDefinition(id: "toys-1", business: "salon")))
        #expect(moved.rejection == .definitionFixed)
    }

    @Test func `a rate of one business is not paid in another`() {
        let desk = Self.coalition()
        desk.send(
            .defineAccrual(
                AccrualDefinition(
                    id: "toys-only", wallet: "points", business: "toys", effectiveFrom: .distantPast,
                    rate: Rate(numerator: 10, denominator: 100), rounding: .halfEven)))
        #expect(desk.send(Self.purchase(at: "toys", minor: 10_000)).points == 1_000)
        #expect(desk.send(Self.purchase(at: "salon", minor: 10_000)).points == 500)
    }
}
