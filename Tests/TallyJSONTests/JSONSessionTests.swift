import TallyBytes
import TallyCodec
import TallyJSON
import TallyModel
import Testing

/// What a line becomes, as a test states it.
func commands(of step: JSONStep) throws -> (source: UInt32, number: UInt64, command: Command) {
    guard case .submit(let bytes) = step else { throw UnexpectedStep(step: step) }
    let batch = try unsafe BatchView(bytes.span.bytes)
    var offset = 0
    return (batch.source.rawValue, batch.firstNumber, try Command(batch.event(at: &offset)))
}

struct UnexpectedStep: Error { var step: JSONStep }

struct JSONSessionTests {
    private static let moment = Instant.parse("2017-01-01T06:53:26-05:00")!

    static let goodLines: [(String, Command)] = [
        (
            #"{"source":1,"number":1,"purchase":{"store":"330","member":{"phone":"+7 903 123-45-67"},"receipt":"A-17","occurred_at":"2017-01-01T06:53:26-05:00","channel":"till","total_minor":150,"lines":[{"sku":"1095275","category":"PASTRY","quantity":1,"total_minor":100},{"sku":"x","quantity":"0.5","total_minor":50}]}}"#,
            .purchase(
                Receipt(
                    store: "330", member: .phone("+7 903 123-45-67"), number: "A-17", occurredAt: moment.instant,
                    utcOffsetMinutes: -300, total: Money(minor: 150),
                    lines: [
                        ReceiptLine(
                            sku: "1095275", category: "PASTRY", quantity: Quantity(thousandths: 1000),
                            total: Money(minor: 100)),
                        ReceiptLine(sku: "x", quantity: Quantity(thousandths: 500), total: Money(minor: 50)),
                    ]))
        ),
        (
            #"{"source":1,"number":1,"return":{"store":"330","receipt":"R-1","occurred_at":"2017-01-01T06:53:26-05:00","channel":"self_checkout","total_minor":50,"purchase":{"source":1,"number":3},"lines":[{"line":1,"sku":"x","quantity":"0.5","total_minor":50}]}}"#,
            .return(
                ReturnSlip(
                    store: "330", member: .anonymous, number: "R-1", occurredAt: moment.instant, utcOffsetMinutes: -300,
                    channel: .selfCheckout, total: Money(minor: 50),
                    purchase: .event(source: SourceNumber(1), number: 3),
                    lines: [
                        ReturnLine(
                            purchaseLine: 1, sku: "x", quantity: Quantity(thousandths: 500), total: Money(minor: 50))
                    ]))
        ),
        (
            #"{"source":1,"number":1,"register_member":{"external":"900","card":"12"}}"#,
            .registerMember(Registration(externalID: "900", card: "12"))
        ),
        (
            #"{"source":1,"number":1,"link_identifier":{"member":{"number":5},"phone":"+79031234567"}}"#,
            .linkIdentifier(IdentifierLink(member: .number(MemberNumber(5)), phone: "+79031234567"))
        ),
        (
            #"{"source":1,"number":1,"define_business":{"id":"shop","name":"Л\u0430вка \ud83d\ude00","currency":"RUB"}}"#,
            .defineBusiness(BusinessDefinition(id: "shop", name: "Лавка 😀", currency: "RUB", scale: 2))
        ),
        (
            #"{"source":1,"number":1,"define_store":{"id":"330","business":"shop","zone":"Europe/Moscow"}}"#,
            .defineStore(StoreDefinition(id: "330", business: "shop", zone: "Europe/Moscow"))
        ),
        (
            #"{"source":1,"number":1,"define_wallet":{"id":"points","scale":0}}"#,
            .defineWallet(WalletDefinition(id: "points", name: "points", scale: 0))
        ),
        (
            #"{"source":1,"number":1,"define_accrual":{"id":"base","wallet":"points","rate":"5/100","rounding":"half_even","effective_from":"2017-01-01T06:53:26-05:00"}}"#,
            .defineAccrual(
                AccrualDefinition(
                    id: "base", wallet: "points", business: "", effectiveFrom: moment.instant,
                    rate: Rate(numerator: 5, denominator: 100), rounding: .halfEven))
        ),
    ]

    @Test(arguments: goodLines) func `a good line is one event`(_ line: String, _ command: Command) throws {
        var session = JSONSession()
        let event = try commands(of: session.frame(forLine: line))
        #expect(event.source == 1)
        #expect(event.number == 1)
        #expect(event.command == command)
    }

    static let questions: [(String, Question)] = [
        (#"{"ask":"status"}"#, .status(wantDigest: false)),
        (#"{"ask":"status","digest":true}"#, .status(wantDigest: true)),
        (#"{"ask":"balances"}"#, .balances(asOf: .now, member: .anonymous)),
        (
            #"{"ask":"balances","member":{"external":"900"},"as_of":"2018-01-01"}"#,
            .balances(asOf: AsOf(day: CivilDay(text: "2018-01-01")), member: .external("900"))
        ),
        (#"{"ask":"kpi","as_of":"@8123"}"#, .kpi(asOf: AsOf(sequence: LogSequence(8123)), windowDays: 32)),
        (#"{"ask":"kpi","window_days":7}"#, .kpi(asOf: .now, windowDays: 7)),
        (#"{"ask":"wallet","id":"points"}"#, .definition(.wallet, id: "points")),
        (#"{"ask":"business","id":"salon"}"#, .definition(.business, id: "salon")),
    ]

    @Test(arguments: questions) func `a question is one message`(_ line: String, _ question: Question) throws {
        var session = JSONSession()
        guard case .submit(let bytes) = session.frame(forLine: line) else {
            Issue.record("the question was not submitted")
            return
        }
        #expect(try unsafe Question(bytes.span.bytes) == question)
    }

    private static func purchase(_ change: String, _ with: String) -> String {
        goodLines[0].0.split(separator: change, maxSplits: 1).joined(separator: with)
    }

    private static func aReturn(of purchase: String) -> String {
        goodLines[1].0.split(separator: #"{"source":1,"number":3}"#, maxSplits: 1).joined(separator: purchase)
    }

    /// The verbs of events, as messages list them.
    private static let kinds = """
        purchase, return, exchange, void_purchase, place_hold, release_hold, adjust, register_member, link_identifier, \
        define_business, define_store, define_wallet, define_accrual, set_wallet_terms, set_settlement_terms, \
        advance_clock, define_instrument, issue_instruments, move_instrument, set_operator, approve, transfer, block, \
        close_period, merge, split, keep_document, set_promotions
        """

    static let badLines: [(String, String)] = [
        ("{", "column 2: expected a key in double quotes"),
        ("nonsense", "column 1: expected a JSON value"),
        (#"{"ask":"status"} {}"#, "column 18: text follows the end of the JSON value"),
        (#"{"ask":"status","ask":"kpi"}"#, #"column 17: the key "ask" comes twice"#),
        (#"{"ask":"status",}"#, "column 17: expected a key in double quotes"),
        (#"{"open":"a\x"}"#, "column 12: unknown escape in a string"),
        (#"{"open":"\ud800"}"#, "column 16: half a surrogate pair in a string"),
        (#"{"number":01,"purchase":{}}"#, "column 11: a number has no leading zeros"),
        (String(repeating: "[", count: 100), "column 17: lists and objects are nested more than 16 deep"),
        (
            "[]",
            "column 1: found a list of 0, expected an object with hello, open, ask, \(kinds), source, number, digest, member, as_of, window_days, of, id"
        ),
        (#"{"purchse":{}}"#, "purchse: unknown key; did you mean purchase?"),
        (
            #"{"number":1}"#,
            "column 1: the line has no verb; expected one of hello, open, ask, \(kinds)"
        ),
        (
            #"{"number":1,"purchase":{},"return":{}}"#,
            "column 1: the line has the verbs purchase, return; expected one of hello, open, ask, \(kinds)"
        ),
        (#"{"open":""}"#, #"open: found "", expected a source's name of 1 to 64 bytes, for example "store-17/till-3""#),
        (
            #"{"number":1,"register_member":{}}"#,
            #"source: is missing; open a source first, for example {"open":"till-3"}"#
        ),
        (
            #"{"source":1,"register_member":{}}"#,
            "number: is missing; expected the source's number for the event, from 1 without gaps"
        ),
        (
            #"{"source":1,"number":0,"register_member":{}}"#,
            "number: found 0, expected the source's number for the event, from 1 without gaps"
        ),
        (
            purchase("\"total_minor\":150", "\"total_minor\":150.0"),
            "purchase.total_minor: found 150.0, expected a whole number of minor units, for example 150 for 1.50"
        ),
        (
            purchase("\"total_minor\":150", "\"total_minor\":1e2"),
            "purchase.total_minor: found 1e2, expected a whole number of minor units, for example 150 for 1.50"
        ),
        (
            purchase("\"total_minor\":150", "\"total_minor\":9223372036854775808"),
            "purchase.total_minor: found 9223372036854775808, expected a whole number of minor units, for example 150 for 1.50"
        ),
        (
            purchase("\"total_minor\":150", "\"total_minor\":\"150\""),
            #"purchase.total_minor: found "150", expected a whole number of minor units, for example 150 for 1.50"#
        ),
        (
            purchase("\"quantity\":1", "\"quantity\":0.5"),
            #"purchase.lines[0].quantity: found 0.5, expected whole pieces, for example 2, or a decimal in quotes with up to 3 decimals, for example "0.5""#
        ),
        (
            purchase("\"0.5\"", "\"0.0005\""),
            #"purchase.lines[1].quantity: found "0.0005", expected whole pieces, for example 2, or a decimal in quotes with up to 3 decimals, for example "0.5""#
        ),
        (purchase("\"sku\":\"x\"", "\"skew\":\"x\""), "purchase.lines[1].skew: unknown key; did you mean sku?"),
        (
            purchase("\"till\"", "\"teller\""),
            "purchase.channel: found \"teller\", expected one of till, self_checkout, site, app, importer"
        ),
        (
            purchase("06:53:26-05:00", "06:53:26"),
            #"purchase.occurred_at: found "2017-01-01T06:53:26", expected the till's time with its offset from UTC, for example "2017-01-01T06:53:26-05:00""#
        ),
        (
            purchase("{\"phone\":\"+7 903 123-45-67\"}", "{\"phone\":\"1\",\"card\":\"2\"}"),
            "purchase.member: found an object, expected exactly one of number, phone, card, external"
        ),
        (
            #"{"source":1,"number":1,"define_accrual":{"id":"a","wallet":"w","rate":"5/0"}}"#,
            #"define_accrual.rate: found "5/0", expected a fraction between 0 and 1 such as "5/100" or "5 %""#
        ),
        (
            #"{"source":1,"number":1,"define_business":{"id":"a","currency":"ROUBLE"}}"#,
            "define_business: A currency is three capital letters, for example RUB."
        ),
        (
            #"{"ask":"stats"}"#,
            #"ask: found "stats", expected one of status, balances, kpi, quote, promotions, wallet, business; did you mean status?"#
        ),
        (#"{"ask":"kpi","member":{"number":1}}"#, "member: unknown key; known are ask, as_of, window_days"),
        (
            #"{"ask":"kpi","as_of":"yesterday"}"#,
            #"as_of: found "yesterday", expected a day such as "2018-01-01" (receipts of earlier days count) or a place in the log such as "@8123""#
        ),
        (
            #"{"ask":"balances","member":{"phone":"\#(String(repeating: "9", count: 256))"}}"#,
            "member.phone: found 256 bytes, expected at most 64"
        ),
        (
            #"{"ask":"balances","member":{"external":"\#(String(repeating: "я", count: 33))"}}"#,
            "member.external: found 66 bytes, expected at most 64"
        ),
        (#"{"open":"\#(String(repeating: "a", count: 65))"}"#, "open: found 65 bytes, expected at most 64"),
        (
            #"{"hello":{"client":"\#(String(repeating: "c", count: 256))"}}"#,
            "hello.client: found 256 bytes, expected at most 255"
        ),
        (
            #"{"source":1,"number":1,"define_store":{"id":"1","business":"b","name":"\#(String(repeating: "n", count: 256))"}}"#,
            "define_store.name: found 256 bytes, expected at most 255"
        ),
        (
            purchase("\"sku\":\"x\"", "\"sku\":\"\(String(repeating: "x", count: 65))\""),
            "purchase.lines[1].sku: found 65 bytes, expected at most 64"
        ),
        (
            aReturn(of: #"{"receipt":""}"#),
            #"return.purchase.receipt: found "", expected the number on the receipt as text, or no purchase at all for a blind return"#
        ),
        (
            aReturn(of: #"{"receipt":null}"#),
            "return.purchase.receipt: is missing; expected the number on the receipt as text, or no purchase at all for a blind return"
        ),
        (
            aReturn(of: #"{"sequence":0}"#),
            "return.purchase.sequence: found 0, expected the sequence of the purchase's answer"
        ),
        (
            aReturn(of: #"{"source":1,"number":0}"#),
            "return.purchase.number: found 0, expected that source's number for the purchase"
        ),
        (
            aReturn(of: #"{"source":0,"number":1}"#),
            "return.purchase.source: found 0, expected the number of the source that sold"
        ),
        (
            aReturn(of: "{}"),
            "return.purchase: found an object, expected sequence, or source and number, or receipt"
        ),
    ]

    @Test(arguments: badLines) func `a bad line says what is wrong, where and what to do`(
        _ line: String, _ text: String
    ) throws {
        var session = JSONSession()
        var expected = JSONText()
        expected.add("error", "malformed")
        expected.add("text", text)
        #expect(session.frame(forLine: line) == .answer([expected.object]))
    }

    @Test func `a greeting asks for a welcome and an empty line for nothing`() {
        var session = JSONSession()
        #expect(session.frame(forLine: #"{"hello":{"client":"socat"}}"#) == .hello)
        #expect(session.frame(forLine: " \r") == .answer([]))
    }

    @Test func `a line beyond the limit closes the connection`() {
        var session = JSONSession()
        let line = String(repeating: " ", count: Limits.jsonLineBytesMax + 1)
        guard case .close(let lines) = session.frame(forLine: line) else {
            Issue.record("the connection stays open")
            return
        }
        #expect(
            lines == [
                #"{"error":"frame_too_long","text":"the line has 524289 bytes, 524288 are allowed: split the receipt"}"#
            ])
    }

    @Test func `events need no source once the answer to open has come`() throws {
        var session = JSONSession()
        let event = #"{"number":1,"register_member":{"external":"900"}}"#
        guard case .open = session.frame(forLine: #"{"open":"till-3"}"#) else {
            Issue.record("open was not submitted")
            return
        }
        #expect(session.isOpening)
        #expect(
            session.frame(forLine: event)
                == .answer([#"{"error":"malformed","text":"source: await the answer to open first"}"#]))
        var writer = ByteWriter()
        SourceOpened(source: SourceNumber(7), lastNumber: 0, lastSequence: .none).encode(into: &writer)
        #expect(
            session.lines(forAnswer: writer.bytes, isForOpen: true) == [
                #"{"source":7,"last_number":0,"last_sequence":0}"#
            ])
        #expect(!session.isOpening)
        #expect(try commands(of: session.frame(forLine: event)).source == 7)
    }
}
