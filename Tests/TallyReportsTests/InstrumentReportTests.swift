import TallyModel
import TallyReports
import TallyTables
import TallyTesting
import Testing

/// What became of codes, and what is owed to bearers: a winter that can be added up by hand.
@Suite("Reports about instruments")
struct InstrumentReportTests {
    private static func move(
        _ action: InstrumentAction, _ serial: UInt32, _ amount: Int64, on day: String, of sequence: UInt64 = 0
    ) -> Command {
        .moveInstrument(
            InstrumentMove(
                action, .serial(instrument: "gift", serial), amount: amount, store: "s1",
                occurredAt: Coalition.moment(day), utcOffsetMinutes: 180,
                reference: sequence == 0 ? nil : .sequence(LogSequence(sequence))))
    }

    private static func purchase(_ number: String, on day: String, _ minor: Int64, _ codes: [PurchaseCode]) -> Command {
        var receipt = Coalition.purchase("anna", "t1", number, on: day, minor)
        receipt.codes = codes
        return .purchase(receipt)
    }

    /// Four cards of 100.00 of toys; one is used in parts by receipts, one at salons, one is reserved, one is cancelled.
    private static func winter() -> BooksDesk {
        let desk = BooksDesk()
        let commands: [Command] =
            Coalition.programme + [
                .defineWallet(WalletDefinition(id: "money", name: "Money", scale: 2)),
                .defineInstrument(
                    InstrumentDefinition(
                        id: "gift", name: "Gift", kind: .giftCard, business: "toys", wallet: "money",
                        faceValue: Points(minor: 10_000), amountBudget: 100_000)),
                .defineInstrument(
                    InstrumentDefinition(
                        id: "word", name: "Word", kind: .promoCode, codes: .generic, code: "SPRING", business: "toys",
                        usesBudget: 10)),
                .issueInstruments(
                    InstrumentIssue(
                        instrument: "gift", count: 4, occurredAt: Coalition.moment("2026-01-10"), utcOffsetMinutes: 180)
                ),
            ]
        for command in commands { precondition(desk.send(command).status == .recorded, "\(command)") }
        let bought = desk.send(
            purchase(
                "1", on: "2026-01-20", 20_000,
                [
                    PurchaseCode(.serial(instrument: "gift", 1), amount: 6_000),
                    PurchaseCode(.code("spring"), amount: 500),
                ]))
        precondition(bought.status == .recorded, "\(bought)")
        for command in [
            move(.redeem, 2, 2_500, on: "2026-01-21"), move(.reserve, 3, 4_000, on: "2026-02-03"),
            move(.cancel, 4, 0, on: "2026-02-04"),
            .return(Coalition.slip("t1", "b", on: "2026-02-05", 5_000, of: bought.sequence)),
        ] { precondition(desk.send(command).status == .recorded, "\(command)") }
        return desk
    }

    private static func row(_ table: ReportTable, _ index: Int) -> [String] { table.rows[index].cells.map(\.text) }

    @Test func `uses, budgets and liability are what happened to the codes`() throws {
        let report = try InstrumentReport(keepsSequences: true).report(Self.winter().log())
        #expect(report.isSound, "\(report.checks)")
        let (instruments, liability) = (report.tables[0], report.tables[1])
        #expect(
            instruments.columns.dropFirst(4).joined(separator: " ")
                == "issued reserved redeemed restored expired cancelled redeemed_amount uses_left amount_left liability"
        )
        #expect(
            Self.row(instruments, 0) == [
                "gift", "giftCard", "toys", "money", "4", "1", "2", "1", "0", "1", "3500", "", "60000", "26500",
            ])
        #expect(
            Self.row(instruments, 1) == [
                "word", "promoCode", "toys", "", "0", "0", "1", "0", "0", "0", "500", "9", "", "",
            ])
        #expect(
            Self.row(liability, 0) == ["toys", "money", "0", "40000", "-8500", "5000", "0", "-10000", "26500"])
        let steps = Set(liability.rows[0].sequences)
        #expect(steps.count == 5 && instruments.rows[0].sequences.count == 6)
    }

    @Test func `a period opens with what was owed before it, and an earlier day knows nothing of later ones`() throws {
        let log = try Self.winter().log()
        let february = try InstrumentReport(period: BooksPeriod(first: CivilDay(text: "2026-02-01"))).report(log)
        #expect(february.isSound, "\(february.checks)")
        #expect(
            Self.row(february.tables[1], 0) == ["toys", "money", "31500", "0", "0", "5000", "0", "-10000", "26500"])
        let january = try InstrumentReport(period: BooksPeriod(last: CivilDay(text: "2026-01-31"))).report(log)
        #expect(january.isSound, "\(january.checks)")
        #expect(Self.row(january.tables[1], 0).last == "31500")
        #expect(Self.row(january.tables[0], 0)[4...9].joined(separator: " ") == "4 0 2 0 0 0")
    }

    /// S3-19: the trial balance states what is owed to bearers, and it is what is on their cards.
    @Test func `the trial balance has the liability as an account of its own`() throws {
        let balance = try TrialBalance().report(Self.winter().log())
        #expect(balance.isSound)
        #expect(balance.checks.contains { $0.name == "the accounts of cards are what is on the cards" })
        let cards = balance.tables[0].rows.map { $0.cells.map(\.text) }.first { $0[2] == "cards" }
        #expect(cards?.last == "26500")
    }

    @Test func `one code tells its story, the receipts that used it among them`() throws {
        let desk = Self.winter()
        let report = try CodeReport(of: .serial(instrument: 1, 1), keepsSequences: true).report(desk.log())
        let code = Self.row(report.tables[0], 0)
        #expect(code == ["gift", "giftCard", "toys", "1", "restored", "9000", "0", "0", "0", "", ""])
        #expect(report.tables[1].values(of: "step") == ["issue", "redeem", "restore"])
        #expect(report.tables[1].values(of: "amount") == ["10000", "6000", "5000"])
        #expect(report.tables[1].values(of: "receipt") == ["", "1", "b"])
        let word = try CodeReport(of: .word("SPRING")).report(desk.log())
        #expect(Self.row(word.tables[0], 0)[..<5] == ["word", "promoCode", "toys", "", "active"])
        #expect(word.tables[1].values(of: "step") == ["redeem"])
        #expect(try CodeReport(of: .word("NOBODY")).report(desk.log()).tables[0].rows.isEmpty)
    }

    /// Every record of codes reads as entries that add up to the books, whatever reports ask.
    @Test func `all reports stay sound with codes in the log`() throws {
        let log = try Self.winter().log()
        #expect(try LiabilityReport().report(log).isSound)
        #expect(try SettlementReport().report(log).isSound)
        #expect(try BreakageReport().report(log).isSound)
        let figures = try KPIScan.report(log, asOf: .now, windowDays: 32)
        #expect(figures[.receiptsAll] == 2 && figures[.turnoverMinor] == 15_000)
    }
}
