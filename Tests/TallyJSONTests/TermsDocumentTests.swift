import TallyJSON
import TallyModel
import Testing

/// Terms as people write them, in a line of JSON and in a programme file.
struct TermsDocumentTests {
    private static func event(_ kind: String, _ body: String) -> String {
        #"{"source":1,"number":1,"\#(kind)":{\#(body)}}"#
    }

    private static func terms(_ change: (inout WalletTerms) -> Void) -> Command {
        var terms = WalletTerms.standard(wallet: "points")
        change(&terms)
        return .setWalletTerms(terms)
    }

    /// A row: one key of the terms, what it changes.
    static let goodTerms: [(String, Command)] = [
        (#""grace_days":14"#, terms { _ in }),
        (#""expiry":"never""#, terms { $0.expiry = .never }),
        (#""expiry":"180 days""#, terms { $0.expiry = .days(180) }),
        (#""expiry":"1 day""#, terms { $0.expiry = .days(1) }),
        (#""expiry":"6 months""#, terms { $0.expiry = .months(6) }),
        (#""expiry":"1200 months""#, terms { $0.expiry = .months(1_200) }),
        (
            #""expiry":{"dates":["12-31","02-29"]}"#,
            terms { $0.expiry = .dates([DayOfYear(month: 12, day: 31), DayOfYear(month: 2, day: 29)]) }
        ),
        (#""expiry":{"sliding_days":90}"#, terms { $0.expiry = .sliding(90) }),
        (#""pending":"none""#, terms { $0.pending = .none }),
        (#""pending":"14 days""#, terms { $0.pending = .days(14) }),
        (#""pending":"return_window""#, terms { $0.pending = .returnWindow }),
        (#""pending":{"date":"2026-01-01"}"#, terms { $0.pending = .date(CivilDay(text: "2026-01-01")!) }),
        (#""return_window_days":30"#, terms { $0.returnWindowDays = 30 }),
        (#""burn_order":"own_business_first""#, terms { $0.burnOrder = .ownBusinessFirst }),
        (#""burn_order":"first_in_first_out""#, terms { $0.burnOrder = .firstInFirstOut }),
        (#""max_share":"50 %""#, terms { $0.maxShareBasisPoints = 5_000 }),
        (#""max_share":"33.33%""#, terms { $0.maxShareBasisPoints = 3_333 }),
        (#""max_share":"0 %""#, terms { $0.maxShareBasisPoints = 0 }),
        (#""max_per_receipt_minor":100000"#, terms { $0.maxPerReceipt = Points(minor: 100_000) }),
        (#""min_receipt_minor":50000"#, terms { $0.minReceipt = Money(minor: 50_000) }),
        (#""negative":"none""#, terms { $0.negative = .none }),
        (#""negative":"unlimited""#, terms { $0.negative = .unlimited }),
        (#""negative":{"up_to_minor":500}"#, terms { $0.negative = .upTo(Points(minor: 500)) }),
        (#""grace_days":0"#, terms { $0.graceDays = 0 }),
        (#""money_rate":"100/1""#, terms { $0.moneyRate = Rate(numerator: 100, denominator: 1) }),
        (#""money_rate":"150 %""#, terms { $0.moneyRate = Rate(numerator: 150, denominator: 100) }),
        (#""earn":"all""#, terms { $0.earnFilter = .all }),
        (#""earn":{"only":["bakery","хлеб"]}"#, terms { $0.earnFilter = .only(["bakery", "хлеб"]) }),
        (#""burn":{"except":["tobacco"]}"#, terms { $0.burnFilter = .except(["tobacco"]) }),
        (#""returns":"keep""#, terms { $0.returns = .keep }),
        (#""takes_back_blind":false"#, terms { $0.takesBackBlind = false }),
        (#""earns_on_points":true"#, terms { $0.earnsOnPoints = true }),
    ]

    @Test(arguments: goodTerms)
    func `what is not said is standard`(key: String, command: Command) throws {
        var session = JSONSession()
        let line = Self.event("set_wallet_terms", #""wallet":"points",\#(key)"#)
        #expect(try commands(of: session.frame(forLine: line)).command == command)
    }

    static let goodSettlements: [(String, SettlementTerms)] = [
        ("", SettlementTerms(issuer: "a", redeemer: "b", wallet: "points")),
        (
            #","rate":"9/10","fee":"1.5 %","timing":"issue""#,
            SettlementTerms(
                issuer: "a", redeemer: "b", wallet: "points", rate: Rate(numerator: 9, denominator: 10),
                feeBasisPoints: 150, timing: .issue)
        ),
        (
            #","rate":"100/1","fee":"0 %","timing":"redemption""#,
            SettlementTerms(
                issuer: "a", redeemer: "b", wallet: "points", rate: Rate(numerator: 100, denominator: 1))
        ),
    ]

    @Test(arguments: goodSettlements)
    func `businesses settle one for one unless they say otherwise`(keys: String, terms: SettlementTerms) throws {
        var session = JSONSession()
        let line = Self.event("set_settlement_terms", #""issuer":"a","redeemer":"b","wallet":"points"\#(keys)"#)
        #expect(try commands(of: session.frame(forLine: line)).command == .setSettlementTerms(terms))
    }

    private static let expiry = #"expected never, "180 days", "6 months", {"dates":["12-31"]} or {"sliding_days":90}"#
    private static let pending = #"expected none, "14 days", return_window or {"date":"2026-01-01"}"#
    private static let filter = #"expected all, {"only":["bakery"]} or {"except":["tobacco"]}"#
    private static let share = #"expected a percentage from 0 to 100 with up to 2 decimals, for example "50 %""#
    private static let rate = #"expected minor units of money for minor units of points, for example "1/1" or "100/1""#

    /// A row: one key of the terms, what is said about it.
    static let badTerms: [(String, String)] = [
        (#""expiry":"nevr""#, #"expiry: found "nevr", \#(expiry); did you mean never?"#),
        (#""expiry":"180 dais""#, #"expiry: found "180 dais", \#(expiry); did you mean 180 days?"#),
        (#""expiry":"6months""#, #"expiry: found "6months", \#(expiry); did you mean 6 months?"#),
        (#""expiry":"at the end of the year""#, #"expiry: found "at the end of the year", \#(expiry)"#),
        (#""expiry":"0 days""#, #"expiry: found "0 days", expected 1 to 36500 days"#),
        (#""expiry":"36501 days""#, #"expiry: found "36501 days", expected 1 to 36500 days"#),
        (#""expiry":"1201 months""#, #"expiry: found "1201 months", expected 1 to 1200 months"#),
        (#""expiry":180"#, "expiry: found 180, \(expiry)"),
        (#""expiry":{}"#, "expiry: found an object, \(expiry)"),
        (#""expiry":{"dates":["12-31"],"sliding_days":90}"#, "expiry: found an object, \(expiry)"),
        (#""expiry":{"date":"12-31"}"#, "expiry.date: unknown key; did you mean dates?"),
        (
            #""expiry":{"dates":["12-31","02-30"]}"#,
            #"expiry.dates[1]: found "02-30", expected a day of the year as month and day, for example "12-31""#
        ),
        (
            #""expiry":{"dates":[]}"#,
            #"expiry.dates: found a list of 0, expected a list of 1 to 12, each a day of the year as month and day, for example "12-31""#
        ),
        (
            #""expiry":{"sliding_days":0}"#,
            "expiry.sliding_days: found 0, expected whole days, 1 to 36500"
        ),
        (#""pending":"14 months""#, #"pending: found "14 months", \#(pending)"#),
        (#""pending":"14d""#, #"pending: found "14d", \#(pending)"#),
        (#""pending":"14 dys""#, #"pending: found "14 dys", \#(pending); did you mean 14 days?"#),
        (#""pending":"returnwindow""#, #"pending: found "returnwindow", \#(pending); did you mean return_window?"#),
        (#""pending":"3651 days""#, #"pending: found "3651 days", expected 1 to 3650 days"#),
        (
            #""pending":{"date":"2026-13-01"}"#,
            #"pending.date: found "2026-13-01", expected a day, for example "2026-12-31""#
        ),
        (
            #""pending":{"date":"2106-01-01"}"#,
            #"pending.date: found "2106-01-01", expected a day up to 2105-12-31"#
        ),
        (#""pending":{"date":null}"#, "pending: found an object, \(pending)"),
        (
            #""burn_order":"fifo""#,
            #"burn_order: found "fifo", expected one of earliest_expiry, first_in_first_out, own_business_first"#
        ),
        (#""max_share":"50""#, #"max_share: found "50", \#(share)"#),
        (#""max_share":"100.01 %""#, #"max_share: found "100.01 %", \#(share)"#),
        (#""max_share":"33.333 %""#, #"max_share: found "33.333 %", \#(share)"#),
        (#""max_share":0.5"#, "max_share: found 0.5, \(share)"),
        (
            #""max_per_receipt_minor":-1"#,
            "max_per_receipt_minor: found -1, expected minor units of points that one receipt takes at most, 0 for no limit"
        ),
        (
            #""negative":"non""#,
            #"negative: found "non", expected none, unlimited or {"up_to_minor":500}; did you mean none?"#
        ),
        (
            #""negative":{"up_to_minor":-1}"#,
            "negative.up_to_minor: found -1, expected minor units of points that a member may owe"
        ),
        (#""grace_days":3651"#, "grace_days: found 3651, expected whole days, 0 to 3650"),
        (#""return_window_days":-1"#, "return_window_days: found -1, expected whole days, 0 to 3650"),
        (
            #""min_receipt_minor":1000000000001"#,
            "min_receipt_minor: found 1000000000001, expected the total in minor units from which a receipt takes points, 0 for any"
        ),
        (#""money_rate":"1/0""#, #"money_rate: found "1/0", \#(rate)"#),
        (#""money_rate":"0/1""#, #"money_rate: found "0/1", \#(rate)"#),
        (#""money_rate":1"#, "money_rate: found 1, \(rate)"),
        (#""earn":"al""#, #"earn: found "al", \#(filter); did you mean all?"#),
        (#""earn":["bakery"]"#, "earn: found a list of 1, \(filter)"),
        (#""burn":{"only":["a"],"except":["b"]}"#, "burn: found an object, \(filter)"),
        (
            #""burn":{"only":"bakery"}"#,
            #"burn.only: found "bakery", expected a list of 1 to 64, each a category as text"#
        ),
        (#""burn":{"only":["a",7]}"#, "burn.only[1]: found 7, expected a category as text"),
        (
            #""burn":{"except":["\#(String(repeating: "x", count: 65))"]}"#,
            "burn.except[0]: found 65 bytes, expected at most 64"
        ),
        (#""returns":"revers""#, #"returns: found "revers", expected one of reverse, keep; did you mean reverse?"#),
        (#""takes_back_blind":"yes""#, #"takes_back_blind: found "yes", expected true or false"#),
        (#""max_shares":"50 %""#, "max_shares: unknown key; did you mean max_share?"),
    ]

    @Test(arguments: badTerms)
    func `a bad term says what is wrong, where and what to do`(key: String, text: String) {
        var session = JSONSession()
        var expected = JSONText()
        expected.add("error", "malformed")
        expected.add("text", "set_wallet_terms.\(text)")
        let line = Self.event("set_wallet_terms", #""wallet":"points",\#(key)"#)
        #expect(session.frame(forLine: line) == .answer([expected.object]))
    }

    @Test func `terms belong to a wallet`() {
        var session = JSONSession()
        var expected = JSONText()
        expected.add("error", "malformed")
        expected.add(
            "text", #"set_wallet_terms.wallet: is missing; expected the id of the wallet, for example "points""#)
        #expect(session.frame(forLine: Self.event("set_wallet_terms", "")) == .answer([expected.object]))
    }

    /// In YAML a scalar without quotes is text, a number or a truth value, whichever is expected in its place.
    @Test func `a programme file writes the same without quotes`() throws {
        let document = Self.object([
            ("expiry", Self.plain("6 months")), ("pending", Self.object([("date", Self.plain("2026-01-01"))])),
            ("max_share", Self.plain("50 %")), ("negative", Self.object([("up_to_minor", Self.plain("500"))])),
            ("burn", Self.object([("only", Self.list([Self.plain("bakery"), Self.plain("17")]))])),
            ("takes_back_blind", Self.plain("false")), ("earns_on_points", Self.plain("true")),
        ])
        let terms = try WalletTerms(
            try Fields(document, path: "wallets[0].terms", keys: WalletTerms.termKeys), wallet: "points")
        #expect(
            terms
                == WalletTerms(
                    wallet: "points", expiry: .months(6), pending: .date(CivilDay(days: 20_454)),
                    maxShareBasisPoints: 5_000, negative: .upTo(Points(minor: 500)),
                    burnFilter: .only(["bakery", "17"]), takesBackBlind: false, earnsOnPoints: true))
    }

    private static func plain(_ text: String) -> DocumentNode { DocumentNode(.plain(text), line: 1, column: 1) }

    private static func list(_ nodes: [DocumentNode]) -> DocumentNode {
        DocumentNode(.array(nodes), line: 1, column: 1)
    }

    private static func object(_ entries: [(String, DocumentNode)]) -> DocumentNode {
        DocumentNode(
            .object(entries.map { DocumentEntry(key: $0.0, place: $0.1, node: $0.1) }), line: 1, column: 1)
    }

    @Test(
        arguments: [
            ("5/100", true, Rate(numerator: 5, denominator: 100)),
            ("2.5 %", true, Rate(numerator: 25, denominator: 1000)),
            ("100 %", true, Rate(numerator: 100, denominator: 100)), ("101 %", true, nil), ("3/2", true, nil),
            ("-1 %", true, nil), ("3/2", false, Rate(numerator: 3, denominator: 2)),
            ("101 %", false, Rate(numerator: 101, denominator: 100)), ("-1 %", false, nil), ("1/0", false, nil),
            ("4294967295/1", false, Rate(numerator: .max, denominator: 1)), ("4294967296/1", false, nil),
            ("42949672.96 %", false, nil), ("1", false, nil),
        ] as [(String, Bool, Rate?)])
    func `a rate is exact, and a share never more than the whole`(text: String, isShare: Bool, rate: Rate?) {
        #expect(Rate(documentText: text, isShare: isShare) == rate)
    }
}
