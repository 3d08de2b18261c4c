import TallyBytes
import TallyCodec
import TallyModel
import TallyReports
import Testing

/// Points that promotions gave stand in the books as theirs, not as those of the rates.
@Suite("Books of promotions")
struct PromotionBooksTests {
    private static let words = "goods: [{sku: cake, categories: [cakes]}, {sku: oil, categories: [oils]}]"
    private static let rules = """
        promotions:
          - promotion: cakes
            lane: earn
            then: [{points_percent: {percent: 7, goods: {category: cakes}}}]
          - promotion: tenth
            then: [{percent_off: {percent: 10, goods: {category: oils}}}]
        """
    private static let moment = Instant.parse("2026-02-03T12:00:00+03:00")!.instant

    private static func part(_ text: String) -> (DocumentDigest, Command) {
        var writer = ByteWriter(capacity: text.utf8.count)
        writer.append(text: text)
        let digest = DocumentDigest(SHA256.digest(of: writer.bytes))
        return (digest, .keepDocument(DocumentPart(digest: digest, part: 1, parts: 1, bytes: Array(text.utf8))))
    }

    private static func line(_ sku: String, _ minor: Int64) -> ReceiptLine {
        ReceiptLine(sku: sku, quantity: Quantity(thousandths: 1_000), total: Money(minor: minor))
    }

    /// Lesson 30 and the issue of finance: what gave points is known lot by lot.
    @Test func `the liability tells what promotions gave from what receipts earned`() throws {
        let desk = BooksDesk()
        let (words, keepWords) = Self.part(Self.words)
        let (rules, keepRules) = Self.part(Self.rules)
        let commands: [Command] = [
            .defineBusiness(BusinessDefinition(id: "toys", name: "Toys", currency: "RUB", scale: 2)),
            .defineStore(StoreDefinition(id: "t1", business: "toys")),
            .defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)),
            .defineAccrual(
                AccrualDefinition(
                    id: "base", wallet: "points", business: "", effectiveFrom: .distantPast,
                    rate: Rate(numerator: 5, denominator: 100), rounding: .floor)),
            .registerMember(Registration(externalID: "anna")), keepWords, keepRules,
            .setPromotions(
                PromotionsChange(.publish(words: words, rules: rules), effectiveFrom: .distantPast, author: "irina")),
        ]
        for command in commands { #expect(desk.send(command).status == .recorded) }
        let bought = desk.send(
            .purchase(
                Receipt(
                    store: "t1", member: .external("anna"), number: "A-1", occurredAt: Self.moment,
                    utcOffsetMinutes: 180, total: Money(minor: 20_000),
                    lines: [Self.line("cake", 10_000), Self.line("oil", 10_000)], pricing: Pricing())))
        // The oil costs 90.00: five per cent of 190.00, and seven of the cake.
        #expect(bought.points == 950 + 700)
        let back = desk.send(
            .return(
                ReturnSlip(
                    store: "t1", member: .anonymous, number: "R-1", occurredAt: Self.moment, utcOffsetMinutes: 180,
                    total: Money(minor: 5_000), purchase: .sequence(LogSequence(bought.sequence)),
                    lines: [
                        ReturnLine(
                            purchaseLine: 1, sku: "cake", quantity: Quantity(thousandths: 500),
                            total: Money(minor: 5_000))
                    ])))
        #expect(back.points == -250 - 350)
        let report = try LiabilityReport(by: .promotion).report(desk.log())
        #expect(report.isSound, "\(report.checks)")
        let cells = report.tables[0].rows.map { $0.cells.map(\.text) }
        let rows = Dictionary(cells.map { ($0[1], $0) }) { first, _ in first }
        #expect(rows.keys.sorted() == ["(promotion)", "base"])
        // Accrued, and what is left when the return has taken its share of both.
        #expect(rows["base"].map { [$0[3], $0[12]] } == ["950", "350"])
        #expect(rows["(promotion)"].map { [$0[3], $0[12]] } == ["700", "700"])
    }
}
