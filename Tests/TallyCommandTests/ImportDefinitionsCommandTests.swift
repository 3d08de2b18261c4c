import Testing

/// What only the ledger knows of a file of points is found before anything is written: by a dry run and by the import alike.
///
/// > Source: checklist S0-10, S0-11; lessons, row 42.
@Suite("Imports and what the ledger defines", .serialized)
struct ImportDefinitionsCommandTests {
    private static let mapping = """
        import: salons
        booked_on: 2026-05-01
        reason: Points of the salons
        keys: [{kind: card, column: card}]
        points: points
        wallet: points
        business: salon

        """

    /// A change of the mapping, rows, and the mistakes that are named.
    static let mistakes: [(change: (String, String), rows: String, found: [String])] = [
        (
            ("wallet: points", "wallet: stars"), "1;30.00;salon\n2;5.00;salon\n",
            ["mapping.yaml:6:9 wallet: found \"stars\", expected a wallet that the ledger has: define it"]
        ),
        (
            ("business: salon", "business: saloon"), "1;30.00;salon\n",
            ["mapping.yaml:7:11 business: found \"saloon\", expected a business that the ledger has: define it"]
        ),
        (
            ("points: points", "points: points\nscale: 0"), "1;3000;salon\n",
            ["mapping.yaml:6:8 scale: found \"0\", expected 2, the decimals that wallet points of the ledger has"]
        ),
        (
            ("wallet: points", "wallet: gems"), "1;30.00;salon\n",
            ["mapping.yaml:6:9 scale: found \"2\", expected 0, the decimals that wallet gems of the ledger has"]
        ),
        (
            ("business: salon", "business: {column: house, values: []}"), "1;30.00;salon\n2;5.00;spa\n3;5.00;spa\n",
            [
                "base.csv:3: house: found \"spa\", expected a business that the ledger has",
                "correct the row or the mapping",
            ]
        ),
        (
            ("wallet: points\nbusiness: salon", "wallet: stars\nbusiness: saloon"), "1;30.00;salon\n",
            ["wallet: found \"stars\"", "business: found \"saloon\"", "2 mistakes; nothing was imported"]
        ),
    ]

    private static let programme = TestLedger.programme.replacing(
        "wallets: [{id: points, scale: 2}]", with: "wallets: [{id: points, scale: 2}, {id: gems, scale: 0}]")

    @Test(arguments: mistakes.indices, [true, false])
    func `a mistake is found with its place before anything is written`(
        row: Int, isDryRun: Bool
    ) async throws {
        let ((from, to), rows, found) = Self.mistakes[row]
        let ledger = try await TestLedger(programme: Self.programme)
        let tip = try await ledger.tip()
        let mapping = Self.mapping.replacing(from, with: to)
        #expect(mapping != Self.mapping)
        func run(_ mapping: String, _ rows: String) throws -> TestLedger.Ending {
            try ledger.tally(
                [
                    "import", "members", try ledger.write("card;points;house\n" + rows, "base.csv"), "--mapping",
                    try ledger.write(mapping, "mapping.yaml"), "--manifest", "5", "-O", "json",
                ] + (isDryRun ? ["--dry-run"] : []))
        }
        let ended = try run(mapping, rows)
        #expect(ended.code == 1, "\(ended.talk)")
        #expect(ended.output.isEmpty)
        for text in found { #expect(ended.talk.contains(text), "\(ended.talk)") }
        #expect(ended.talk.contains("nothing was imported"))
        #expect(try await ledger.tip() == tip, "not even the source was opened")
        // The manifest is not used up.
        let mended = try run(Self.mapping, "1;30.00;salon\n")
        #expect(mended.code == 0, "\(mended.talk)")
        #expect(mended.text("verdict") == (isDryRun ? "nothing written" : "equal"))
    }

    static let options: [(change: (String, String), found: String)] = [
        (("points", "stars"), "--wallet: found \"stars\", expected a wallet that the ledger has"),
        (("toys", "boys"), "--business: found \"boys\", expected a business that the ledger has"),
        (("points", "gems"), "--scale: found \"2\", expected 0, the decimals that wallet gems of the ledger has"),
    ]

    @Test(arguments: options.indices) func `a bulk accrual names the option that is wrong`(row: Int) async throws {
        let ((from, to), found) = Self.options[row]
        let ledger = try await TestLedger(programme: Self.programme)
        let tip = try await ledger.tip()
        let file = try ledger.write("member_key;points\n1;5.00\n", "gifts.csv")
        let ended = try ledger.tally(
            ["accrue", file, "--manifest", "7", "--reason", "May"]
                + ["--wallet", "points", "--business", "toys"].map { $0 == from ? to : $0 })
        #expect(ended.code == 1, "\(ended.talk)")
        #expect(ended.talk.contains(found), "\(ended.talk)")
        #expect(try await ledger.tip() == tip)
    }
}
