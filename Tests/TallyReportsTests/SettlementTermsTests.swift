import TallyModel
import TallyReports
import Testing

/// By which terms points are priced, and that a report that misses something says so.
@Suite("Terms and checks")
struct SettlementTermsTests {
    private func terms(
        _ rate: UInt32, fee: UInt16 = 0, timing: SettlementTiming = .redemption
    ) -> Command {
        .setSettlementTerms(
            SettlementTerms(
                issuer: "toys", redeemer: "salons", wallet: "points", rate: Rate(numerator: rate, denominator: 1),
                feeBasisPoints: fee, timing: timing))
    }

    private func desk() -> BooksDesk {
        let desk = BooksDesk()
        desk.now = Coalition.moment("2026-01-01").microseconds
        for command in Coalition.programme { desk.send(command) }
        desk.send(.purchase(Coalition.purchase("anna", "t1", "1", on: "2026-01-10", 10_000)))
        return desk
    }

    private func lines(_ desk: BooksDesk) throws -> [String] {
        let report = try SettlementReport().report(try desk.log())
        #expect(report.isSound, "\(report.checks)")
        return report.tables[0].rows.map { row in
            row.cells[3..<12].map(\.text).joined(separator: " ")
        }
    }

    /// > Source: Checklist S0-05.
    @Test func `points that come back are priced as they were when they were spent`() throws {
        let desk = desk()
        let spent = desk.send(.purchase(Coalition.purchase("anna", "s1", "2", on: "2026-01-12", 20_000, points: 600)))
        desk.send(terms(2, fee: 1_000))
        desk.send(.purchase(Coalition.purchase("anna", "s1", "3", on: "2026-01-13", 5_000, points: 100)))
        #expect(desk.send(.return(Coalition.slip("s1", "4", on: "2026-01-14", 10_000, of: spent.sequence))).code == 0)
        // Redeemed, restored, taken back, corrected, points, gross, fee, owed.
        #expect(
            try lines(desk) == [
                "1/1 fee 500 bp at redemption 600 -300 0 0 300 300 15 285",
                "2/1 fee 1000 bp at redemption 100 0 0 0 100 200 20 180",
            ])
    }

    @Test func `terms that pay at issue leave nothing owed when points are spent`() throws {
        let desk = desk()
        desk.send(terms(1, timing: .issue))
        desk.send(.purchase(Coalition.purchase("anna", "s1", "2", on: "2026-01-12", 20_000, points: 600)))
        #expect(try lines(desk) == ["1/1 fee 0 bp at issue 600 0 0 0 600 600 0 0"])
    }

    /// A hold outlives its lot: the points end for the day on which they came back, not for a day on which they were
    /// held.
    @Test func `a lot never ends for a day before points came back to it`() throws {
        let desk = desk()
        desk.advance(to: Coalition.moment("2026-03-11", hour: 20))
        let hold = desk.send(Coalition.hold("anna", "t1", 400, on: "2026-03-11", seconds: 86_400))
        desk.advance(to: Coalition.moment("2026-03-12", hour: 0))
        #expect(desk.send(.releaseHold(.sequence(LogSequence(hold.sequence)))).code == 0)
        desk.advance(to: Coalition.moment("2026-03-13"))
        let log = try desk.log()
        let expired = try [10, 11, 12, 13].map { (day: Int) -> String in
            let day = CivilDay(text: "2026-03-\(day)")
            let report = try LiabilityReport(period: BooksPeriod(first: day, last: day)).report(log)
            return report.tables[0].values(of: "expired").first ?? ""
        }
        #expect(expired == ["0", "-600", "-400", "0"])
    }

    /// Gift cards move accounts of the books and no lot of a member.
    @Test func `what a gift card is worth is in the trial balance and in no liability to members`() throws {
        let desk = desk()
        desk.send(
            .defineInstrument(
                InstrumentDefinition(
                    id: "card", name: "Card", kind: .giftCard, business: "toys", wallet: "points",
                    faceValue: Points(minor: 5_000), codesMax: 10)))
        let issued = desk.send(
            .issueInstruments(
                InstrumentIssue(
                    instrument: "card", occurredAt: Coalition.moment("2026-01-11"), utcOffsetMinutes: 180)))
        #expect(issued.status == .recorded, "\(issued)")
        let log = try desk.log()
        let balance = try TrialBalance(keepsSequences: true).report(log)
        let cards = balance.tables[0].rows.first { $0.cells[2].text == "cards" }
        #expect(cards?.cells[5].text == "5000")
        #expect(cards?.sequences == [issued.sequence])
        #expect(balance.isSound, "\(balance.checks)")
        let liability = try LiabilityReport().report(log)
        #expect(liability.tables[0].values(of: "closing") == ["1000", "500"])
        #expect(liability.isSound, "\(liability.checks)")
    }

    @Test func `a report that misses an entry is not sound`() throws {
        let desk = Coalition.desk()
        let log = try desk.log()
        let scans: [any FinanceScan] = [
            TrialBalance(), LiabilityReport(), StatementReport(of: MemberNumber(1)), SettlementReport(),
        ]
        for var scan in scans {
            let books = try BooksScan.read(log) { entry, state in
                if entry.sequence != 17 { scan.add(entry, state) }
            }
            #expect(!scan.report(books.state).isSound, "\(type(of: scan))")
        }
    }

    @Test func `lots that do not move as their postings do are found`() throws {
        let log = try Coalition.desk().log()
        let scans: [any FinanceScan] = [
            LiabilityReport(), ExpiryLadder(), BreakageReport(), SettlementReport(),
            StatementReport(of: MemberNumber(1)),
        ]
        for var scan in scans {
            let books = try BooksScan.read(log) { entry, state in
                var entry = entry
                if entry.sequence == 17 { entry.changes.removeFirst() }
                scan.add(entry, state)
            }
            #expect(!scan.report(books.state).isSound, "\(type(of: scan))")
        }
    }
}
