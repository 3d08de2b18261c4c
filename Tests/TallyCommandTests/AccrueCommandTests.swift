import Foundation
import TallyModel
import TallyTesting
import Testing

/// Points for many members at once.
///
/// > Source: lessons, row 35 (bulk command with manifest).
@Suite("Bulk accrual", .serialized)
struct AccrueCommandTests {
    private func accrue(
        _ ledger: TestLedger, _ text: String, _ options: [String] = [], on day: String = "2026-05-01"
    ) throws -> TestLedger.Ending {
        try ledger.tally(
            [
                "accrue", try ledger.write(text, "gifts.csv"), "--manifest", "9", "--wallet", "points", "--business",
                "toys", "--reason", "Birthdays of May", "--on", day, "-O", "json",
            ] + options)
    }

    private func ledgerWithMembers() async throws -> TestLedger {
        let ledger = try await TestLedger()
        let till = try await TestTill(ledger)
        for id in ["900", "901", "902"] { _ = try await till.send(.registerMember(Registration(externalID: id))) }
        return ledger
    }

    @Test func `every member of the file gets the points, once`() async throws {
        let ledger = try await ledgerWithMembers()
        let text = "member_key;points;ends_on\n900;5;\n901;7.50;2100-12-31\n900;0.25;\n"
        let totals = ["--expect-rows", "3", "--expect-members", "2", "--expect-points", "12.75"]
        let tip = try await ledger.tip()
        let tried = try accrue(ledger, text, totals + ["--dry-run"])
        #expect(tried.code == 0, "\(tried.talk)")
        #expect(tried.number("members_known") == 2)
        #expect(try await ledger.tip() == tip)
        let done = try accrue(ledger, text, totals)
        #expect(done.code == 0, "\(done.talk)")
        #expect(done.text("verdict") == "equal")
        #expect(done.number("points_minor") == 1_275)
        let balances =
            "member_id,wallet,active,pending,held,debt\n900,points,525,0,0,0\n901,points,750,0,0,0\n"
            + "902,points,0,0,0,0\n"
        #expect(try ledger.balances() == balances)
        let again = try accrue(ledger, text, totals)
        #expect(again.code == 0, "\(again.talk)")
        #expect(again.number("recorded_now") == 0)
        #expect(try ledger.balances() == balances)
        let statement = try ChildProcess.run(
            TestLedger.program("tally"), ["statement", ledger.data, "900", "-O", "csv"], environment: [:])
        #expect(String(decoding: statement.output, as: UTF8.self).contains("2026-05-01"))
    }

    @Test func `another day or file under the same manifest is refused`() async throws {
        let ledger = try await ledgerWithMembers()
        #expect(try accrue(ledger, "member_key;points\n900;5\n").code == 0)
        let later = try accrue(ledger, "member_key;points\n900;5\n", on: "2026-05-02")
        #expect(later.code == 3)
        #expect(later.talk.contains("another file, mapping or day"), "\(later.talk)")
        #expect(try accrue(ledger, "member_key;points\n900;6\n").code == 3)
    }

    @Test func `who is not known stops the accrual before the others get anything, or is left out`() async throws {
        let ledger = try await ledgerWithMembers()
        let text = "member_key;points\n900;5\n999;5\n"
        let tip = try await ledger.tip()
        for options in [["--dry-run"], []] {
            let refused = try accrue(ledger, text, options)
            #expect(refused.code == 4)
            #expect((refused.output + refused.talk).contains("No such member"))
            #expect(try await ledger.tip() == tip)
        }
        let done = try accrue(ledger, text, ["--skip-bad"])
        #expect(done.code == 4, "\(done.talk)")
        #expect(done.text("verdict") == "equal but for what was refused")
        #expect(try ledger.balances().contains("900,points,500,0,0,0"))
    }

    @Test func `control totals of the command line are compared`() async throws {
        let ledger = try await ledgerWithMembers()
        let ended = try accrue(ledger, "member_key;points\n900;5\n", ["--expect-points", "5.01"])
        #expect(ended.code == 3)
        #expect(ended.talk.contains("control total of points"))
    }

    /// S0-11: the same reversal for a bulk accrual.
    @Test func `an undo takes an accrual back`() async throws {
        let ledger = try await ledgerWithMembers()
        let before = try ledger.balances()
        #expect(try accrue(ledger, "member_key;points\n900;5\n901;6\n").code == 0)
        let undone = try ledger.tally(["import", "undo", "--manifest", "9", "--data", ledger.data, "-O", "csv"])
        #expect(undone.code == 0, "\(undone.talk)")
        #expect(undone.output.contains("\n\"points of toys, taken_now\",1100\n"), "\(undone.output)")
        #expect(try ledger.balances() == before)
        let unknown = try ledger.tally(["import", "undo", "--manifest", "10", "--data", ledger.data])
        #expect(unknown.code == 1)
        #expect(unknown.talk.contains("names the manifest 10"))
    }
}
