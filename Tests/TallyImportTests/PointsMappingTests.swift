import Foundation
import TallyImport
import TallyModel
import Testing

@Suite("Mapping files")
struct PointsMappingTests {
    private static let sound = """
        import: salons
        booked_on: 2026-05-01
        reason: Opening
        keys: [{kind: card, column: Card}]
        points: Points
        wallet: points
        business: salon
        """

    @Test func `what a mapping does not say has a usual value`() throws {
        let mapping = try PointsMapping(yaml: Self.sound)
        #expect(mapping.name == "salons")
        #expect(mapping.encoding == .auto)
        #expect(mapping.separator == UInt8(ascii: ";"))
        #expect(mapping.form == ValueForm())
        #expect(mapping.bookedOn == CivilDay(text: "2026-05-01"))
        #expect(mapping.keys == [PointsMapping.KeyColumn(.card, "Card")])
        #expect(mapping.wallet == .constant("points"))
        #expect(mapping.expected == PointsMapping.ControlTotals())
    }

    @Test func `a file of keys only needs no points, wallet or business`() throws {
        let mapping = try PointsMapping(
            yaml: "import: keys\nbooked_on: 2026-05-01\nreason: Cards\nkeys: [{kind: card, column: Card}]\n")
        #expect(mapping.points == nil)
    }

    static let faults: [(String, String, String)] = [
        ("reason: Opening", "reasn: Opening", "3:1: reasn: unknown key; did you mean reason?"),
        (
            "booked_on: 2026-05-01", "booked_on: May",
            "2:12: booked_on: found May, expected the day on which the points are taken over, for example "
                + "\"2026-05-01\""
        ),
        (
            "kind: card", "kind: cart",
            "4:15: keys[0].kind: found cart, expected one of phone, card, external; did you mean card?"
        ),
        (
            "keys: [{kind: card, column: Card}]", "keys: []",
            "4:7: keys: found a list of 0, expected at least one column that names the member"
        ),
        (
            "keys: [{kind: card, column: Card}]",
            "keys: [{kind: external, column: A}, {kind: external, column: B}]",
            "4:7: keys: found a list of 2, expected one external id at most: a member is registered with one"
        ),
        (
            "wallet: points", "wallet: points\ndate_format: dd.mm.yy",
            "7:14: date_format: found dd.mm.yy, expected a form of days such as \"dd.mm.yyyy\""
        ),
        (
            "wallet: points", "wallet: points\ndecimal_mark: \",\"\ngrouping: comma",
            "8:11: grouping: found comma, expected another sign than the decimal mark"
        ),
        (
            "wallet: points", "wallet: points\nmovement: {column: M, credit: x, debit: x}",
            "7:41: movement.debit: found x, expected another word than that of credits"
        ),
        (
            "points: Points\n", "earned_on: Day\n",
            "1:1: points: is missing; expected the header of the points, because the file has earned_on"
        ),
        (
            "wallet: points", "wallet: points\nexpected: {points: 1.234}",
            "7:20: expected.points: found 1.234, expected points with at most 2 decimals, for example 1234.50"
        ),
        (
            "wallet: points", "wallet: points\nutc_offset: Moscow",
            "7:13: utc_offset: found Moscow, expected an offset from UTC such as \"+03:00\""
        ),
    ]

    @Test(arguments: faults) func `a mistake is named by line and column`(
        part: String, replacement: String, message: String
    ) {
        let yaml = Self.sound.replacing(part, with: replacement)
        let fault = #expect(throws: ProgrammeFault.self) { try PointsMapping(yaml: yaml) }
        #expect(fault?.description == message)
    }

    /// S0-10: the shipped mapping of a 1C accumulation register.
    @Test func `the shipped mapping reads the shipped register`() throws {
        let (mapping, bytes) = try PointsRegister.shipped()
        #expect(String(validating: bytes, as: UTF8.self) == nil, "the sample is in the code page of Windows")
        let plan = try PointsPlan(bytes, mapping: mapping)
        #expect(plan.faults == [])
        #expect(plan.encoding == .cp1251)
        #expect(plan.unreadColumns == ["Клиент"])
        #expect(plan.rowCount == 9)
        #expect(plan.total == 126_780)
        #expect(plan.ended == 5_500)
        let names = plan.members.map { $0.keys.map(\.description).joined(separator: ", ") }
        #expect(
            names == [
                "card 2200017, phone +79031234567", "card 2200025, phone +78125550102", "card 2200033", "card 2200041",
                "card 2200058, phone +79210001122",
            ])
        #expect(plan.members.map(\.lots.count) == [1, 1, 0, 1, 1])
        #expect(plan.members[0].lots[0].points == 110_050)
        #expect(plan.members[0].lots[0].endsOn == CivilDay(text: "2026-12-31"))
        #expect(plan.members[3].lots[0].endsOn == nil)
        #expect(plan.members[3].lots[0].earnedOn == CivilDay(text: "2026-03-05"))
        #expect(plan.members[4].lots[0].points == 2_000)
    }
}
