import TallyBytes
import TallyModel
import TallyProjections
import TallyReports
import TallyTables
import TallyTesting
import Testing

/// The identities of every report, after every record of a history that nobody wrote by hand.
@Suite("Books and identities")
struct BooksIdentityTests {
    private let seed = UInt64.random(in: 0..<1_000_000_000)

    private func scans(_ period: BooksPeriod) -> [any FinanceScan] {
        var scans: [any FinanceScan] = [
            TrialBalance(period: period), ExpiryLadder(before: period.last), BreakageReport(before: period.last),
            SettlementReport(period: period, pair: ("toys", "salons")), OverlapReport(period: period),
        ]
        for grouping in LiabilityReport.Grouping.allCases {
            scans.append(LiabilityReport(period: period, by: grouping))
        }
        for member in UInt32(1)...3 { scans.append(StatementReport(of: MemberNumber(member), period: period)) }
        return scans
    }

    @Test func `every report is sound after every record, for everything and for a period`() throws {
        print("books: seed \(seed)")
        let desk = RandomBooks.desk(seed: seed, records: 300)
        let first = CivilDay(days: 20_454 + Int32(seed % 40))
        let period = BooksPeriod(first: first, last: CivilDay(days: first.days + Int32(seed % 17)))
        for period in [BooksPeriod.all, period] {
            var scan = BooksScan()
            var scans = scans(period)
            for record in desk.history.records {
                unsafe try scan.add(record.span.bytes) { entry, state in
                    for index in scans.indices { scans[index].add(entry, state) }
                }
                for report in scans.map({ $0.report(scan.state) }) where !report.isSound {
                    Issue.record("seed \(seed), record \(scan.state.sequence): \(report.checks)")
                    return
                }
            }
        }
        #expect(throws: Never.self) { try desk.state.checkInvariants() }
    }

    @Test func `the lots of an entry move as its postings do`() throws {
        print("books: seed \(seed)")
        var kinds: Set<BookEntry.Kind> = []
        var causes: Set<Cause> = []
        for seed in seed..<(seed + 4) {
            let desk = RandomBooks.desk(seed: seed, records: 400)
            _ = try BooksScan.read(try desk.log()) { entry, _ in
                kinds.insert(entry.kind)
                for change in entry.changes { causes.insert(change.cause) }
                #expect(Self.differs(entry) == false, "seed \(seed), record \(entry.sequence): \(entry)")
            }
        }
        // Four histories hold everything that moves points, or the identities above would say little.
        // What promotions give is a kind of lots, never of an entry; `PromotionBooksTests` has it.
        #expect(kinds == Set(BookEntry.Kind.allCases).subtracting([.instrument, .promotion]), "seed \(seed)")
        #expect(causes == Set(Cause.allCases), "seed \(seed)")
    }

    /// True when the changes of an entry are not its postings on what members hold and owe.
    private static func differs(_ entry: BookEntry) -> Bool {
        var sums: [[Int64]: Int64] = [:]
        for posting in entry.postings where posting.purpose.isOfMembers {
            let account = [Int64(posting.business), Int64(posting.wallet), Int64(posting.purpose.rawValue)]
            sums[account, default: 0] += posting.amount
        }
        for change in entry.changes {
            let account = [Int64(change.business), Int64(change.wallet), Int64(change.purpose.rawValue)]
            sums[account, default: 0] -= change.amount
        }
        return sums.values.contains { $0 != 0 }
    }

    @Test func `the movements of all days together are the books`() throws {
        print("books: seed \(seed)")
        let desk = RandomBooks.desk(seed: seed, records: 400)
        let log = try desk.log()
        var days: Set<CivilDay> = []
        _ = try BooksScan.read(log) { entry, _ in days.insert(entry.day) }
        var sums: [String: Int64] = [:]
        for day in days {
            let report = try TrialBalance(period: BooksPeriod(first: day, last: day)).report(log)
            for row in report.tables[0].rows {
                sums[row.cells[0..<3].map(\.text).joined(separator: " "), default: 0] += Int64(row.cells[4].text) ?? 0
            }
        }
        let whole = try TrialBalance().report(log)
        for row in whole.tables[0].rows {
            let account = row.cells[0..<3].map(\.text).joined(separator: " ")
            #expect(sums[account] == Int64(row.cells[5].text), "seed \(seed), \(account)")
        }
        #expect(whole.isSound)
    }

    @Test
    func
        `balances as of the day behind all days are those of the state, and at every place those of the records before`()
        throws
    {
        print("books: seed \(seed)")
        let desk = RandomBooks.desk(seed: seed, records: 300)
        let log = try desk.log()
        let all = BalanceReport.rows(of: desk.state, members: 0..<desk.state.members.count)
        #expect(try BalanceReport.rows(log, asOf: AsOf(day: CivilDay(days: 40_000))).rows == all, "seed \(seed)")
        #expect(all.contains { $0.active > 0 || $0.pending > 0 || $0.debt > 0 })
        var state = ProgrammeState()
        for (index, record) in desk.history.records.enumerated() {
            unsafe try state.apply(record.span.bytes, sequence: UInt64(index + 1))
            guard index % 23 == 0 else { continue }
            let rows = try BalanceReport.rows(log, asOf: AsOf(sequence: LogSequence(UInt64(index + 1)))).rows
            #expect(
                rows == BalanceReport.rows(of: state, members: 0..<state.members.count), "seed \(seed), \(index + 1)")
        }
    }
}
