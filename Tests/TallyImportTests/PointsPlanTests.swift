import TallyImport
import TallyModel
import Testing

/// What files of members and points come to.
@Suite("Plans of imports")
struct PointsPlanTests {
    /// One good row, of which each case changes one field.
    private static let good = ["2200", "+79031234567", "in", "12,50", "2026-01-10", "2026-12-31", "d1", "p"]

    private static func row(_ changes: (Int, String)...) -> String {
        var row = good
        for (column, text) in changes { row[column - 1] = text }
        return row.joined(separator: ";")
    }

    static let faults: [(String, String)] = [
        (row((1, ""), (2, "")), "2:1 card: found \"\", expected a key of the member"),
        (
            row((2, "903 123")),
            "2:2 phone: found \"903 123\", expected a phone number in international form: + and 8 to 15 digits"
        ),
        (row((3, "inn")), "2:3 move: found \"inn\", expected in or out"),
        (
            row((4, "12.50")),
            "2:4 points: found \"12.50\", expected points with at most 2 decimals, for example 1234,50"
        ),
        (
            row((5, "10.01.2026")),
            "2:5 earned: found \"10.01.2026\", expected a day such as 2026-05-01, until 2105-12-31; empty when there is none"
        ),
        (
            row((5, "2026-05-02")),
            "2:5 earned: found \"2026-05-02\", expected a day not behind 2026-05-01, on which the points are taken over"
        ),
        (row((6, "2026-01-09")), "2:6 ends: found \"2026-01-09\", expected a day not before 2026-01-10"),
        (
            row((6, "9999-12-31")),
            "2:6 ends: found \"9999-12-31\", expected a day such as 2026-05-01, until 2105-12-31; empty when there is none"
        ),
        (row((7, "")), "2:7 id: found \"\", expected an id"),
        (row((8, "q")), "2:8 wallet: found \"q\", expected p, w"),
        ("2200;x", "2: row: found \"2 columns\", expected 8 columns, as the header has"),
        (
            "\"2200;" + row().dropFirst(5),
            "2:1 row: found \"2200;+79031234567;in;12,50;2026-01-10;20…\", expected quotes around the whole field, "
                + "doubled inside it, and at most 65536 bytes"
        ),
    ]

    /// S0-11: any bad row is named by line and column.
    @Test(arguments: faults) func `a bad row is named with what to do`(row: String, message: String) throws {
        let plan = try PointsRegister.plan([row, Self.row((1, "2201"), (2, ""), (7, "d2"))])
        #expect(plan.faults.map(\.description) == [message])
        #expect(plan.members.map(\.keys) == [[try #require(MemberKey(.card, "2201"))]])
        #expect(plan.leftOut == 1)
    }

    @Test func `a row that was exported twice is named`() throws {
        let plan = try PointsRegister.plan([Self.row(), Self.row((1, "2201"), (2, ""))])
        #expect(
            plan.faults.map(\.description) == [
                "3:7 id: found \"d1\", expected an id of its own: line 2 has the same, was the row exported twice?"
            ])
    }

    /// S0-11: control totals by member.
    @Test func `movements that come to less than nothing are named by member`() throws {
        let plan = try PointsRegister.plan([Self.row(), Self.row((3, "out"), (4, "12,51"), (6, ""), (7, "d2"))])
        #expect(
            plan.faults.map(\.description) == [
                "2: movements of card 2200 in wallet points: found \"-1 minor units\", expected a sum of 0 or more: "
                    + "more was taken than was given"
            ])
        #expect(plan.members == [])
        // Points of another wallet do not make up for it.
        let other = try PointsRegister.plan([Self.row((8, "w")), Self.row((3, "out"), (7, "d2"))])
        #expect(other.faults.count == 1)
    }

    @Test func `a bad row leaves its whole member out, whichever name the others use`() throws {
        let plan = try PointsRegister.plan([
            Self.row(), Self.row((1, ""), (7, "d2")), Self.row((2, ""), (4, "x"), (7, "d3")),
            Self.row((1, "2201"), (2, ""), (7, "d4")),
        ])
        #expect(plan.members.map(\.keys[0].text) == ["2201"])
        #expect(plan.leftOut == 1)
        #expect(plan.faults.count == 1)
    }

    /// S0-11: control totals by file.
    @Test func `control totals of the file are compared`() throws {
        let plan = try PointsRegister.plan([Self.row()]) { $0.expected = .init(rows: 2, members: 1, points: 1_251) }
        #expect(
            plan.faults.map(\.description) == [
                "control total of rows: found \"1\", expected 2: is it the whole file, and the file that was counted?",
                "control total of points in minor units: found \"1250\", expected 1251: is it the whole file, and the "
                    + "file that was counted?",
            ])
        #expect(plan.faults.allSatisfy { $0.isOfFile })
        let sound = try PointsRegister.plan([Self.row()]) { $0.expected = .init(rows: 1, members: 1, points: 1_250) }
        #expect(sound.faults == [])
    }

    @Test func `what was taken is set off against what ends first`() throws {
        let plan = try PointsRegister.plan([
            Self.row((6, ""), (7, "d1")), Self.row((6, "2026-12-31"), (7, "d2")),
            Self.row((6, "2026-06-30"), (7, "d3")),
            Self.row((3, "out"), (4, "20,00"), (6, ""), (7, "d4")),
        ])
        let lots = plan.members[0].lots
        #expect(lots.map(\.points) == [500, 1_250])
        #expect(lots.map(\.endsOn) == [CivilDay(text: "2026-12-31"), nil])
        #expect(lots.map(\.line) == [3, 2])
    }

    @Test func `points that ended before the day stay behind and are counted`() throws {
        let plan = try PointsRegister.plan([
            Self.row((6, "2026-04-30")), Self.row((6, "2026-05-01"), (7, "d2")),
        ])
        #expect(plan.members[0].total == 2_500)
        #expect(plan.members[0].ended == 1_250)
        #expect(plan.members[0].lots.map(\.endsOn) == [CivilDay(text: "2026-05-01")])
    }

    @Test func `rows that share a name over other rows are one member, in any order`() throws {
        let rows = [
            Self.row((1, "1"), (2, ""), (7, "a")), Self.row((1, "2"), (2, "+79030000002"), (7, "b")),
            Self.row((1, "1"), (2, "+79030000002"), (7, "c")), Self.row((1, "3"), (2, ""), (7, "d")),
        ]
        for order in [rows, rows.reversed()] {
            let plan = try PointsRegister.plan(order)
            #expect(Set(plan.members.map { Set($0.keys.map(\.text)) }) == [["1", "2", "+79030000002"], ["3"]])
            #expect(plan.members.allSatisfy { $0.keys[0].kind == .card })
        }
    }

    @Test func `a placeholder that many rows share as a phone is named`() throws {
        let rows = (0..<30).map { Self.row((1, "\($0)"), (2, "+70000000000"), (7, "d\($0)")) }
        let plan = try PointsRegister.plan(rows)
        #expect(plan.members == [])
        #expect(plan.faults.map(\.found) == ["31 keys"])
    }

    @Test func `a header without a column of the mapping is refused`() {
        #expect(
            throws: PointsFault(
                line: 1, column: 0, field: "header", found: "card | phone",
                expected: "a column points, as the mapping says")
        ) { try PointsPlan(Array("card;phone\n".utf8), mapping: PointsRegister.mapping) }
    }

    /// S0-11: each lot is a command with its own days and the manifest; S0-13: the names are linked.
    @Test func `a member becomes a registration, links and lots`() throws {
        let plan = try PointsRegister.plan([Self.row()]) { $0.utcOffsetMinutes = 180 }
        var mapping = PointsRegister.mapping
        mapping.utcOffsetMinutes = 180
        let booking = PointsPlan.Booking(mapping, manifest: 7, fingerprint: "file ab")
        let commands = plan.events(booking).map { plan.command(of: $0, booking) }
        let moment = try #require(Instant.parse("2026-05-01T00:00:00+03:00"))
        #expect(
            commands == [
                .registerMember(Registration(card: "2200")),
                .linkIdentifier(IdentifierLink(member: .card("2200"), phone: "+79031234567")),
                .adjust(
                    Adjustment(
                        member: .card("2200"), wallet: "points", business: "salon", kind: .opening,
                        points: Points(minor: 1_250), occurredAt: moment.instant,
                        utcOffsetMinutes: 180, beginsOn: CivilDay(text: "2026-01-10"),
                        endsOn: CivilDay(text: "2026-12-31"), reason: "Opening [file ab, line 2]",
                        manifest: LogSequence(7))),
            ])
    }

    /// Lessons, row 35: bulk accrual registers nobody.
    @Test func `an accrual only gives, from its day on`() throws {
        let day = CivilDay(days: 20_574)
        let mapping = PointsMapping.accrual(by: .external, wallet: "points", business: "toys", on: day, reason: "May")
        let plan = try PointsPlan(Array("member_key;points\n900;5\n901;0\n".utf8), mapping: mapping)
        #expect(plan.faults.map(\.description) == ["3:2 points: found \"0\", expected points above 0"])
        let booking = PointsPlan.Booking(mapping, manifest: 8, fingerprint: "f")
        let events = plan.events(booking)
        #expect(events == [.init(member: 0, step: .give(lot: 0))])
        guard case .adjust(let gift) = plan.command(of: events[0], booking) else {
            Issue.record("an accrual is an adjustment")
            return
        }
        #expect(gift.kind == .award)
        #expect(gift.member == .external("900"))
        #expect(gift.beginsOn == day)
        #expect(gift.endsOn == nil)
        let dated = try PointsPlan(
            Array("member_key;points;ends_on\n900;5;2026-04-30\n".utf8), mapping: mapping)
        #expect(dated.faults.map(\.expected) == ["a day not before 2026-05-01"])
    }
}
