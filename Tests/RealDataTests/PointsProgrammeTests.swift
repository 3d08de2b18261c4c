import Foundation
import TallyEngine
import TallyLog
import TallyModel
import TallyReplay
import TallyReports
import TallyTesting
import Testing

/// A year of real receipts under a programme with redemptions and expiry, judged by five programs that are not ours.
///
/// > Source: Checklist S0-02, S0-03 and S3-18: 5 % of each purchase, points that pay later purchases, a period of validity.
@Suite("A points programme on real receipts", .serialized)
struct PointsProgrammeTests {
    /// The whole of Complete Journey in the night, where its journal takes Beancount a minute.
    private static let data: [DataSet] =
        ProcessInfo.processInfo.environment["TALLY_NIGHTLY"] == "1"
        ? DataSet.all.filter { ["demo_cj", "completejourney"].contains($0.name) } : [.demo]

    @Test(arguments: data)
    func `accrued is burnt, expired and outstanding to the cent, by everybody's count`(_ data: DataSet) async throws {
        guard let receipts = try data.receipts() else { return }
        try await Ledger.withDirectory { directory in
            let points = try await Ledger.run(on: directory, clock: .commands) { ledger in
                _ = try await ledger.load(receipts, zone: data.zone, programme: "points-180", redeemingEvery: 3)
                return try await ledger.points()
            }
            #expect(verifyLedger(directory: directory).isSound)
            let log = try EventLog.open(directory: directory, isReadOnly: true)
            let work = TemporaryDirectory(prefix: "journals")
            let expected = try Totals.ofReceipts(receipts, in: work)
            print("\(data.name): \(expected.totals)")
            #expect(expected.totals.values.allSatisfy { $0 > 0 })
            #expect(points.filter { $0.value != 0 } == expected.members.filter { $0.value != 0 })
            try checkMovements(of: log, expected, in: work)
            for format in JournalFormat.allCases { try check(format, of: log, expected.totals, in: work) }
        }
    }

    /// The ledger's own table, added up by DuckDB.
    private func checkMovements(of log: EventLog, _ expected: Totals, in work: TemporaryDirectory) throws {
        var text = MovementExport.header.joined(separator: ",") + "\n"
        _ = try MovementExport.write(log) { text += $0.joined(separator: ",") + "\n" }
        guard let found = try Totals.ofMovements(text, in: work) else { return }
        #expect(found.totals == expected.totals)
        #expect(found.members.filter { $0.value != 0 } == expected.members.filter { $0.value != 0 })
        #expect(found.below_zero == 0)
    }

    /// The journal, read and judged by the program that it was written for: as it is, and with one amount changed.
    private func check(
        _ format: JournalFormat, of log: EventLog, _ totals: [String: Int64], in work: TemporaryDirectory
    ) throws {
        var lines: [String] = []
        _ = try JournalExport.write(log, format: format) { lines.append($0) }
        guard let program = Accountant(format) else { return }
        let sound = try program.balances(of: lines.joined(separator: "\n") + "\n", in: work)
        #expect(sound.fault == nil, "\(format): \(sound.fault ?? "")")
        #expect(sound.balances["Expenses:Issued"] == totals["accrued"], "\(format)")
        #expect(sound.balances["Income:Redeemed"] == totals["burnt"].map(-), "\(format)")
        #expect(sound.balances["Income:Breakage"] == totals["expired"].map(-), "\(format)")
        #expect(sound.balances["Liabilities:Points"] == totals["outstanding"].map(-), "\(format)")

        let (falsified, sequence) = try Falsified.journal(lines)
        let fault = try program.balances(of: falsified, in: work).fault
        #expect(fault?.contains("\(sequence)") == true, "\(format) finds record \(sequence): \(fault ?? "nothing")")
    }
}

/// One cent more in the middle of a journal.
private enum Falsified {
    /// Changes both amounts of a transaction, so that it adds up and only the lot's assertion can tell.
    ///
    /// - Returns: The journal, and the record of the transaction.
    static func journal(_ lines: [String]) throws -> (text: String, sequence: String) {
        let purchases = lines.indices.filter {
            lines[$0].contains("purchase") && lines.indices.contains($0 + 3) && !lines[$0].contains("open")
                && lines[$0 + 1..<min($0 + 5, lines.count)].contains { $0.contains("Expenses:Issued") }
        }
        let head = try #require(purchases.dropFirst(purchases.count / 2).first)
        var changed = lines
        let end = try #require(lines[head...].firstIndex(of: ""))
        let moved = (head + 1..<end).filter {
            lines[$0].contains("Expenses:Issued") || lines[$0].contains("Points:PTSA")
        }
        // The lot that the purchase made is the one with its own sequence; other lots were spent.
        let sequence = try #require(lines[head].firstMatch(of: /record (\d+)/)?.1)
        for index in moved where lines[index].contains("Issued") || lines[index].contains("L\(sequence)-") {
            let amount = try #require(lines[index].firstMatch(of: /\s\s(-?)(\d+)\.(\d\d) PTSA/))
            let minor = Int64(amount.2 + amount.3)! + 1
            let text = "\(minor / 100).\(minor % 100 < 10 ? "0" : "")\(minor % 100)"
            changed[index] = lines[index].replacingCharacters(
                in: amount.range, with: "  \(amount.1)\(text) PTSA")
        }
        return (changed.joined(separator: "\n") + "\n", String(sequence))
    }
}
