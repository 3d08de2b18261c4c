import Foundation
import TallyLog
import TallyTesting
import Testing

/// The tools of finance as an accountant calls them, on a log that can be added up by hand.
///
/// Anna buys for 100.00 in store s1 and gets 5.00, Boris for 40.00 in s2 and gets 2.00; a third of Anna's comes back
/// and takes 1.50.
@Suite("Finance on the command line")
struct FinanceCommandTests {
    private let directory = TemporaryDirectory()

    init() throws {
        var script = RecordScript()
        script.register("anna")
        script.register("boris")
        script.purchase(1, day: 20_454, lines: [(1_000, 10_000)], points: 500)
        script.purchase(2, store: 2, day: 20_460, lines: [(1_000, 4_000)], points: 200)
        script.takeBack(1, day: 20_490, of: 10, thousandths: 300, minor: 3_000, points: 150)
        let log = try EventLog.create(directory: directory.path, ledgerID: .random())
        try script.write(to: log)
        try log.syncHead()
    }

    private func run(_ arguments: [String]) throws -> (code: Int32, output: String, talk: String) {
        let here = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = URL(fileURLWithPath: here).deletingLastPathComponent().appending(path: "tally").path
        let ended = try ChildProcess.run(program, arguments, environment: [:])
        return (
            ended.status, String(decoding: ended.output, as: UTF8.self), String(decoding: ended.errors, as: UTF8.self)
        )
    }

    @Test(
        arguments: [
            (
                "liability", "--by business -O csv",
                "wallet,business,opening,accrued,opened,goodwill,corrected,redeemed,expired,taken_back,restored,"
                    + "transferred,closing,of_which_pending,of_which_held,of_which_debt\n"
                    + "points,toys,0,700,0,0,0,0,0,-150,0,0,550,0,0,0\n"
            ),
            (
                "trial-balance", "--from 2026-02-01 --sequences -O csv",
                "business,wallet,account,opening,movement,closing,sequences\ntoys,points,issued,-700,0,-700,\n"
                    + "toys,points,active,700,-150,550,12\ntoys,points,clawback,0,150,150,12\n"
            ),
            (
                "breakage", "-O json",
                "{\"table\":\"breakage\",\"month\":\"2026-01\",\"wallet\":\"points\",\"business\":\"toys\",\"given\":700,"
                    + "\"covered_debt\":0,\"redeemed\":0,\"taken_back\":-150,\"corrected\":0,\"expired\":0,\"restored\":0,"
                    + "\"transferred\":0,\"left\":550,\"breakage_bp\":0}\n"
            ),
            (
                "expiry-ladder", "--as-of 2026-01-08",
                "expiry_ladder\nwallet  business  ends   active  held  lots\npoints  toys      never     700     0     2\n\n"
                    + "pending_ladder\nwallet  business  begins  pending  lots\n"
            ),
            ("settlement", "-O json", ""),
            (
                "overlap", "-O csv",
                "table,first,second,members,spent_in_first,spent_in_second\nmembers,toys,toys,2,11000,11000\n"
                    + "table,from,to,members,spent_there,days_median,days_sum,wallet,points_earned_here_spent_there\n"
            ),
        ])
    func `a report prints its tables and succeeds`(command: String, options: String, expected: String) throws {
        let ended = try run([command, directory.path] + options.split(separator: " ").map(String.init))
        #expect(ended.output == expected)
        #expect(ended.code == 0, "\(ended.talk)")
    }

    @Test func `a statement finds the member by the id of other systems and by number`() throws {
        let byID = try run(["statement", directory.path, "anna", "-O", "csv"])
        #expect(byID.code == 0, "\(byID.talk)")
        #expect(byID.output.contains("movements,2026-01-01,10,purchase,s1,r1,,points,accrued,10.1,active,500,"))
        #expect(byID.output.contains(",points,taken_back,10.1,active,-150,"))
        #expect(try run(["statement", directory.path, "#1", "-O", "csv"]).output == byID.output)
        let nobody = try run(["statement", directory.path, "nobody"])
        #expect(nobody.code == 1)
        #expect(nobody.talk.contains("nobody is registered as nobody"))
    }

    /// > Source: the exit codes of `tally`: 3 when a check failed.
    @Test func `a till that agrees ends with 0, one that differs with 3, one that cannot be read with 1`() throws {
        let file = directory.path + "/till.csv"
        let agreed = "store,receipt,kind,total\ns1,r1,sale,100.00\ns1,r1,return,30.00\n"
        for (text, code, talk) in [
            (agreed, 0, "ok: the ledger and the till agree"), (agreed + "s1,r2,sale,1.00\n", 3, "1 receipts differ"),
            ("store\n", 1, "line 1: there is no column receipt"),
        ] {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let ended = try run(["reconcile", directory.path, "--against", file])
            #expect(ended.code == Int32(code))
            #expect(ended.talk.contains(talk), "\(ended.talk)")
        }
    }

    @Test(
        arguments: [
            ("liability D --from 2026-02-01 --to 2026-01-01", "--from is not behind --to."),
            ("liability D --from February", "Write a day such as 2026-03-01."),
            ("settlement D --pair toys", "Write --pair as toys:salons."),
            ("trial-balance /nonexistent", "there is no log in /nonexistent"),
            ("reconcile D --against /nonexistent.csv", "/nonexistent.csv: No such file"),
        ])
    func `a command that cannot be carried out says why`(line: String, reason: String) throws {
        let ended = try run(line.split(separator: " ").map { $0 == "D" ? directory.path : String($0) })
        #expect(ended.code == 1)
        #expect(ended.talk.contains(reason), "\(ended.talk)")
        #expect(ended.output.isEmpty)
    }

    @Test(
        arguments: [
            "statement", "trial-balance", "liability", "expiry-ladder", "breakage", "settlement", "overlap",
            "reconcile",
        ])
    func `help is data and has examples`(command: String) throws {
        let ended = try run([command, "--help"])
        #expect(ended.code == 0)
        #expect(ended.output.contains("EXAMPLES:"))
    }
}
