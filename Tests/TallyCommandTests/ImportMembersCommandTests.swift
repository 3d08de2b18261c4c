import Foundation
import TallyModel
import TallyTesting
import Testing

/// The base of an earlier system comes into a ledger that runs, and goes again.
@Suite("Imports of members", .serialized)
struct ImportMembersCommandTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "deploy/examples").path

    private static let mapping = """
        import: salons
        booked_on: 2026-05-01
        utc_offset: "+03:00"
        reason: Points of the salons
        keys: [{kind: card, column: card}, {kind: phone, column: phone}]
        points: points
        ends_on: ends
        wallet: points
        business: salon

        """

    private static let header = "card;phone;points;ends\n"

    /// Imports a file under manifest 5.
    private func run(
        _ ledger: TestLedger, _ rows: String, _ options: [String] = [], mapping: String = mapping
    ) throws -> TestLedger.Ending {
        try ledger.tally(
            [
                "import", "members", try ledger.write(Self.header + rows, "base.csv"), "--mapping",
                try ledger.write(mapping, "mapping.yaml"), "--manifest", "5", "-O", "json",
            ] + options)
    }

    private func undo(_ ledger: TestLedger, _ options: [String] = [], manifest: Int = 5) throws -> TestLedger.Ending {
        try ledger.tally(
            ["import", "undo", "--manifest", "\(manifest)", "--data", ledger.data, "-O", "json"] + options)
    }

    /// What `tally balances` prints.
    private static func balances(_ rows: [String]) -> String {
        (["member_id,wallet,active,pending,held,debt"] + rows).joined(separator: "\n") + "\n"
    }

    /// S0-10, S0-11: a register of 1C in the code page of Windows, from the dry run to the certificate.
    @Test func `the shipped register of 1C is tried, imported, certified and not imported twice`() async throws {
        let programme = try String(contentsOfFile: Self.root + "/programmes/coalition.yaml", encoding: .utf8)
        let ledger = try await TestLedger(programme: programme)
        let arguments = [
            "import", "members", Self.root + "/imports/1c-register.csv", "--mapping",
            Self.root + "/imports/1c-register.yaml", "--manifest", "2026001", "-O", "json",
        ]
        let start = try await ledger.tip()
        let tried = try ledger.tally(arguments + ["--dry-run"])
        #expect(tried.code == 0, "\(tried.talk)")
        #expect(tried.text("verdict") == "nothing written")
        #expect(tried.number("members_new") == 5)
        #expect(try await ledger.tip() == start)

        let done = try ledger.tally(arguments)
        #expect(done.code == 0, "\(done.talk)")
        #expect(done.text("verdict") == "equal")
        #expect(done.text("encoding") == "cp1251")
        #expect(done.text("sha256")?.count == 64)
        for (key, value) in [
            ("rows", 9), ("rows_expected", 9), ("members", 5), ("members_new", 5), ("members_known", 0), ("lots", 4),
            ("points_minor", 126_780), ("points_expected_minor", 126_780), ("points_ended_minor", 5_500),
            ("lot_points_minor", 121_280), ("manifest", 2_026_001), ("recorded_earlier", 0), ("recorded_now", 12),
        ] as [(String, Int64)] {
            #expect(done.number(key) == value, "\(key)")
        }
        let before = done.json["ledger_before"] as? [String: Any]
        let after = done.json["ledger_after"] as? [String: Any]
        #expect(before?["tip"] as? Int64 == Int64(start))
        #expect(before?["digest"] as? String != after?["digest"] as? String)
        #expect(done.number("first_sequence") ?? 0 > Int64(start))

        let again = try ledger.tally(arguments)
        #expect(again.code == 0, "\(again.talk)")
        #expect(again.number("recorded_earlier") == 12)
        #expect(again.number("recorded_now") == 0)
        #expect(again.number("last_sequence") == done.number("last_sequence"))
        let known = try ledger.tally(arguments + ["--dry-run"])
        #expect(known.number("members_known") == 5)
        let people = try ledger.tally(Array(arguments.dropLast(2)))
        let lines = people.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.contains("rows 9, expected 9"), "\(people.output)")
        #expect(lines.last == "verdict equal")
        let unread = try ledger.tally(arguments + ["--encoding", "utf-8"])
        #expect(unread.code == 1)
        #expect(unread.talk.contains("1c-register.csv:1:1 text: found \"bytes that are not UTF-8\""), "\(unread.talk)")
    }

    /// S0-13: a client shows the card of the old system at the first visit, is found, and spends; the till links the phone.
    @Test func `a member imported under an old card is found by it and spends`() async throws {
        let ledger = try await TestLedger()
        #expect(try run(ledger, "2200017;;100,00;\n", mapping: Self.mapping + "decimal_mark: \",\"\n").code == 0)
        let till = try await TestTill(ledger)
        let linked = try await till.send(
            .linkIdentifier(IdentifierLink(member: .card("2200017"), phone: "+7 903 123-45-67")))
        #expect(linked.status == .recorded)
        let bought = try await till.buy(.phone("89031234567"), for: 20_000, paying: 6_000, at: "S1")
        #expect(bought.status == .recorded, "\(String(describing: bought.rejection))")
        #expect(bought.member == linked.member)
        #expect(bought.balance == 10_000 - 6_000 + 700)
    }

    /// S0-13: first the keys of everybody, then the points of whoever comes.
    @Test func `a file of keys only registers, and the same cards get their points later`() async throws {
        let ledger = try await TestLedger()
        let keys = "import: keys\nbooked_on: 2026-05-01\nreason: Cards\nkeys: [{kind: card, column: card}]\n"
        let first = try run(ledger, "1;;;\n2;;;\n", mapping: keys)
        #expect(first.code == 0, "\(first.talk)")
        #expect(first.number("members_new") == 2)
        #expect(first.number("lots") == 0)
        let path = try ledger.write(Self.header + "1;;5.00;\n", "visit.csv")
        let later = try ledger.tally([
            "import", "members", path, "--mapping", try ledger.write(Self.mapping, "m.yaml"), "--manifest", "6", "-O",
            "json",
        ])
        #expect(later.code == 0, "\(later.talk)")
        #expect(later.number("members_known") == 1)
        #expect(try ledger.balances().contains("#1,points,500,0,0,0"))
    }

    /// S0-11: reversal takes the import's points and nothing else, and never what was spent.
    @Test func `an undo takes back exactly what is left and tells what is not`() async throws {
        let ledger = try await TestLedger()
        let till = try await TestTill(ledger)
        _ = try await till.send(.registerMember(Registration(card: "1")))
        #expect(try await till.buy(.card("1"), for: 100_000).points == 5_000)
        // Ends before the points of the purchase, so it is spent first.
        let rows = "1;;30.00;2100-01-01\n2;;40.00;2100-01-01\n3;;10.00;\n"
        #expect(try run(ledger, rows).code == 0)
        #expect(try await till.buy(.card("1"), for: 10_000, paying: 1_000).status == .recorded)
        #expect(try await till.buy(.card("2"), for: 10_000, paying: 4_000).status == .recorded)

        let tried = try undo(ledger, ["--dry-run"])
        #expect(tried.code == 0, "\(tried.talk)")
        #expect(tried.text("verdict") == "nothing written")
        let done = try undo(ledger)
        #expect(done.code == 0, "\(done.talk)")
        #expect(done.text("verdict") == "equal")
        let sums = (done.json["wallets"] as? [[String: Any]])?.first ?? [:]
        let expected: [(String, Int64)] = [
            ("given_minor", 8_000), ("taken_before_minor", 0), ("taken_now_minor", 3_000), ("left_minor", 0),
            ("held_minor", 0), ("gone_minor", 5_000),
        ]
        for (key, value) in expected { #expect(sums[key] as? Int64 == value, "\(key)") }
        #expect((done.json["not_there_any_more"] as? [Any])?.count == 2)
        // The purchase's points, and what was earned on what the others paid.
        let balances = try ledger.balances()
        #expect(balances == Self.balances(["#1,points,5450,0,0,0", "#2,points,300,0,0,0", "#3,points,0,0,0,0"]))

        let tip = try await ledger.tip()
        let again = try undo(ledger)
        #expect(again.code == 0, "\(again.talk)")
        #expect((again.json["wallets"] as? [[String: Any]])?.first?["taken_now_minor"] as? Int64 == 0)
        #expect(try await ledger.tip() <= tip + 1, "only the source was opened")
        #expect(try ledger.tally(["verify", ledger.data]).code == 0)
    }

    @Test func `points that a till has set aside are told and taken back once they are free`() async throws {
        let ledger = try await TestLedger()
        let till = try await TestTill(ledger)
        #expect(try run(ledger, "1;;10.00;\n").code == 0)
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000)
        let hold = try await till.send(
            .placeHold(
                HoldRequest(
                    store: "T1", member: .card("1"), occurredAt: now, receiptTotal: Money(minor: 10_000),
                    redemption: Redemption(wallet: "points", points: Points(minor: 400)))))
        #expect(hold.status == .recorded, "\(String(describing: hold.rejection))")
        let first = try undo(ledger)
        #expect(first.code == 0, "\(first.talk)")
        #expect((first.json["wallets"] as? [[String: Any]])?.first?["held_minor"] as? Int64 == 400)
        let meanwhile = try ledger.balances()
        #expect(meanwhile == Self.balances(["#1,points,400,0,400,0"]))
        _ = try await till.send(.releaseHold(.sequence(LogSequence(hold.sequence))))
        #expect((try undo(ledger).json["wallets"] as? [[String: Any]])?.first?["taken_now_minor"] as? Int64 == 400)
        #expect(try ledger.balances().contains("#1,points,0,0,0,0"))
    }

    /// Corrections need an operator once there are some, and four eyes beyond the operator's limit.
    @Test func `an undo that needs a second operator waits for one, and does not ask twice`() async throws {
        let ledger = try await TestLedger()
        let till = try await TestTill(ledger)
        #expect(try run(ledger, "1;;10.00;\n2;;90.00;\n").code == 0)
        for (id, rights, limit) in [("olga", OperatorRights.correct, Int64(5_000)), ("max", .approve, 0)] {
            _ = try await till.send(
                .setOperator(
                    OperatorDefinition(id: id, name: id, rights: rights, limitPerAct: limit, limitPerDay: 0)))
        }
        let nobody = try undo(ledger)
        #expect(nobody.code == 4)
        #expect((nobody.json["refused"] as? [Any])?.count == 2)
        for _ in 0..<2 {
            let waits = try undo(ledger, ["--operator", "olga"])
            #expect(waits.code == 4)
            #expect(waits.text("verdict") == "9000 points in minor units wait for another operator")
        }
        #expect(try ledger.balances().contains("#1,points,0,0,0,0\n#2,points,9000,0,0,0"))
        // The proposal is the last event of the undo's own source.
        let proposal = try await ledger.lastRecord(of: "undo:5")
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000)
        let approved = try await till.send(
            .approve(
                Approval(
                    proposal: .sequence(proposal), operatorID: "max", reason: "checked", occurredAt: now)))
        #expect(approved.points == -9_000, "\(String(describing: approved.rejection))")
        #expect(try undo(ledger, ["--operator", "olga"]).text("verdict") == "equal")
        #expect(try ledger.tally(["verify", ledger.data]).code == 0)
    }

    @Test func `another file under the same manifest is refused and writes nothing`() async throws {
        let ledger = try await TestLedger()
        #expect(try run(ledger, "1;;30.00;\n2;;40.00;\n").code == 0)
        let tip = try await ledger.tip()
        for rows in ["1;;30.00;\n2;;40.01;\n", "1;;30.00;\n2;;40.00;\n3;;1.00;\n", "1;;30.00;\n"] {
            let ended = try run(ledger, rows)
            #expect(ended.code == 3, "\(ended.talk)")
            #expect(ended.talk.contains("was begun with another file"), "\(ended.talk)")
            #expect(try await ledger.tip() == tip)
        }
    }

    /// S0-11: nothing is imported when anything is wrong, unless somebody says so.
    @Test func `a bad row stops the import, or its member is left out`() async throws {
        let ledger = try await TestLedger()
        let tip = try await ledger.tip()
        let rows = "1;;30.00;\n2;;x;\n3;;5.00;\n"
        let refused = try run(ledger, rows)
        #expect(refused.code == 1)
        #expect(refused.talk.contains("base.csv:3:3 points: found \"x\", expected points with at most 2 decimals"))
        #expect(try await ledger.tip() == tip)
        let skipped = try run(ledger, rows, ["--skip-bad"])
        #expect(skipped.code == 4, "\(skipped.talk)")
        #expect(skipped.number("members") == 2)
        #expect(skipped.text("verdict") == "equal")
        let totals = try run(ledger, "1;;30.00;\n", mapping: Self.mapping + "expected: {rows: 2}\n")
        #expect(totals.code == 3)
        #expect(totals.talk.contains("control total of rows"))
    }

    @Test func `a phone that another member has is named, and the points are there`() async throws {
        let ledger = try await TestLedger()
        let till = try await TestTill(ledger)
        _ = try await till.send(.registerMember(Registration(phone: "+79030000001")))
        _ = try await till.send(.registerMember(Registration(card: "1")))
        let rows = "1;+79030000001;30.00;\n"
        let tried = try run(ledger, rows, ["--dry-run"])
        #expect(tried.code == 4)
        #expect(tried.output.contains("belong to different members of the ledger"))
        let ended = try run(ledger, rows)
        #expect(ended.code == 4)
        #expect(ended.text("verdict") == "equal but for what was refused")
        #expect(ended.output.contains("phone +79030000001: The phone, card or external id belongs to another member"))
        #expect(try ledger.balances().contains("#2,points,3000,0,0,0"))
    }

    /// S0-11: an import that was cut off goes on.
    ///
    /// The program is killed as soon as the ledger has some of the events; whether it was in time does not matter for what
    /// must be true afterwards.
    @Test func `an import that was killed goes on where it stopped`() async throws {
        let ledger = try await TestLedger()
        let rows = (1...12_000).map { "\($0);;\($0).00;\n" }.joined()
        let arguments = [
            "import", "members", try ledger.write(Self.header + rows, "base.csv"), "--mapping",
            try ledger.write(Self.mapping, "mapping.yaml"), "--manifest", "5", "-O", "json",
        ]
        let start = try await ledger.tip()
        let cutOff = try ledger.start(arguments)
        while cutOff.isRunning, try await ledger.tip() < start + 10 {
            try await Task.sleep(for: .milliseconds(1))
        }
        cutOff.kill()
        let ended = try ledger.tally(arguments)
        #expect(ended.code == 0, "\(ended.talk)")
        #expect(ended.text("verdict") == "equal")
        #expect(ended.number("recorded_earlier") ?? 0 > 0)
        #expect((ended.number("recorded_earlier") ?? 0) + (ended.number("recorded_now") ?? 0) == 24_000)
        #expect(try undo(ledger).text("verdict") == "equal")
        #expect(try ledger.balances().split(separator: "\n").dropFirst().allSatisfy { $0.hasSuffix(",points,0,0,0,0") })
    }

    /// S0-11: what an import gives an undo takes, whatever else the members have.
    @Test func `import and undo of random files bring every balance back`() async throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("import and undo: seed \(seed)")
        var random = SeededRandom(seed: seed)
        let ledger = try await TestLedger()
        let till = try await TestTill(ledger)
        for card in 1...20 {
            _ = try await till.send(.registerMember(Registration(card: "\(card)")))
            _ = try await till.buy(.card("\(card)"), for: Int64(100 + random.next(below: 90_000)))
        }
        let before = try ledger.balances()
        for manifest in 10..<14 {
            var sum: Int64 = 0
            let rows = (0..<60).map { _ in
                let points = Int64(random.next(below: 50_000))
                sum += points
                let end = random.next(below: 2) == 0 ? "" : "\(2_060 + random.next(below: 40))-06-30"
                return "\(1 + random.next(below: 20));;\(points / 100).\(points / 10 % 10)\(points % 10);\(end)\n"
            }
            let path = try ledger.write(Self.header + rows.joined(), "base.csv")
            let mapping = try ledger.write(Self.mapping, "mapping.yaml")
            let ended = try ledger.tally([
                "import", "members", path, "--mapping", mapping, "--manifest", "\(manifest)", "-O", "json",
            ])
            #expect(ended.code == 0, "seed \(seed): \(ended.talk)")
            #expect(ended.number("lot_points_minor") == sum, "seed \(seed)")
            #expect(try ledger.balances() != before)
            let undone = try undo(ledger, manifest: manifest)
            #expect(undone.text("verdict") == "equal", "seed \(seed): \(undone.talk)")
            #expect(try ledger.balances() == before, "seed \(seed)")
        }
        #expect(try ledger.tally(["verify", ledger.data]).code == 0)
        for report in ["trial-balance", "liability", "expiry-ladder", "breakage"] {
            let ended = try ChildProcess.run(TestLedger.program("tally"), [report, ledger.data], environment: [:])
            #expect(ended.status == 0, "\(report): \(String(decoding: ended.errors, as: UTF8.self))")
        }
    }

    static let mistakes: [(String, Int32, String)] = [
        ("import members /nonexistent.csv", 1, "Missing expected argument '--mapping <file>'"),
        ("import members /nonexistent.csv --mapping /nonexistent.yaml", 1, "/nonexistent.yaml: No such file"),
        ("import members x --mapping y --manifest 0", 1, "A manifest is a number from 1 on."),
        ("import members x --mapping y --encoding koi8", 1, "--encoding is utf-8, cp1251 or auto."),
        ("import undo --data /nonexistent", 1, "Missing expected argument '--manifest <number>'"),
        ("import undo --manifest 1 --data /nonexistent", 1, "there is no log in /nonexistent"),
        ("accrue x --manifest 1 --wallet w --business b --reason r --key name", 1, "--key is external, phone or card."),
        ("accrue x --manifest 1 --wallet w --business b --reason r --scale 7", 1, "--scale is between 0 and 6."),
        ("accrue /nonexistent --manifest 1 --wallet w --business b --reason r", 1, "/nonexistent: No such file"),
    ]

    @Test(arguments: mistakes) func `a command that cannot be carried out says why`(
        line: String, code: Int32, reason: String
    ) throws {
        let ended = try ChildProcess.run(
            TestLedger.program("tally"), line.split(separator: " ").map(String.init), environment: [:])
        #expect(ended.status == code)
        let talk = String(decoding: ended.errors, as: UTF8.self)
        #expect(talk.contains(reason), "\(talk)")
        #expect(ended.output.isEmpty)
    }

    @Test(arguments: ["import members", "import undo", "accrue"]) func `help is data and has examples`(
        command: String
    ) throws {
        let ended = try ChildProcess.run(
            TestLedger.program("tally"), command.split(separator: " ").map(String.init) + ["--help"], environment: [:])
        #expect(ended.status == 0)
        #expect(String(decoding: ended.output, as: UTF8.self).contains("EXAMPLES:"))
    }
}
