import TallyCodec
import TallyJSON
import TallyModel
import Testing

/// Lines of JSON about points that are spent, set aside, given and taken.
struct SpendingLineTests {
    private static let moment = Instant.parse("2017-01-01T06:53:26-05:00")!.instant
    private static let line = ReceiptLine(
        sku: "x", quantity: Quantity(thousandths: 1000), total: Money(minor: 150))

    private static let slip =
        #""store":"330","member":{"external":"900"},"receipt":"A-17","occurred_at":"2017-01-01T06:53:26-05:00""#
    private static let lines = #""total_minor":150,"lines":[{"sku":"x","quantity":1,"total_minor":150}]"#

    /// The line of an event.
    private static func event(_ kind: String, _ body: String) -> String {
        #"{"source":1,"number":1,"\#(kind)":{\#(body)}}"#
    }

    private static func receipt(_ redemptions: [Redemption] = [], hold: HoldReference? = nil) -> Receipt {
        Receipt(
            store: "330", member: .external("900"), number: "A-17", occurredAt: moment, utcOffsetMinutes: -300,
            total: Money(minor: 150), lines: [line], redemptions: redemptions, hold: hold)
    }

    private static let back = ReturnSlip(
        store: "330", member: .external("900"), number: "A-17", occurredAt: moment, utcOffsetMinutes: -300,
        total: Money(minor: 150), purchase: .sequence(LogSequence(8)),
        lines: [ReturnLine(purchaseLine: 1, sku: "x", quantity: line.quantity, total: line.total)])

    static let goodLines: [(String, Command)] = [
        (
            event(
                "purchase",
                #"\#(slip),\#(lines),"redemptions":[{"wallet":"points","points_minor":100},{"wallet":"stars","points_minor":50,"up_to":true}],"hold":{"sequence":9}"#
            ),
            .purchase(
                receipt(
                    [
                        Redemption(wallet: "points", points: Points(minor: 100)),
                        Redemption(wallet: "stars", points: Points(minor: 50), isUpTo: true),
                    ], hold: .sequence(LogSequence(9))))
        ),
        (
            event("purchase", #"\#(slip),\#(lines),"redemptions":[],"hold":{"source":2,"number":7}"#),
            .purchase(receipt(hold: .event(source: SourceNumber(2), number: 7)))
        ),
        (event("purchase", #"\#(slip),\#(lines),"redemptions":null,"hold":null"#), .purchase(receipt())),
        (
            event(
                "place_hold",
                #"\#(slip),"receipt_total_minor":150,"wallet":"points","points_minor":100,"up_to":true,"seconds":60"#),
            .placeHold(
                HoldRequest(
                    store: "330", member: .external("900"), receipt: "A-17", occurredAt: moment,
                    utcOffsetMinutes: -300, receiptTotal: Money(minor: 150),
                    redemption: Redemption(wallet: "points", points: Points(minor: 100), isUpTo: true), seconds: 60))
        ),
        (
            event(
                "place_hold",
                #""store":"330","member":{"number":5},"occurred_at":"2017-01-01T11:53:26Z","receipt_total_minor":150,"wallet":"points","points_minor":100"#
            ),
            .placeHold(
                HoldRequest(
                    store: "330", member: .number(MemberNumber(5)), occurredAt: moment, receiptTotal: Money(minor: 150),
                    redemption: Redemption(wallet: "points", points: Points(minor: 100)),
                    seconds: Limits.holdSecondsDefault))
        ),
        (event("release_hold", #""hold":{"sequence":9}"#), .releaseHold(.sequence(LogSequence(9)))),
        (
            event("release_hold", #""hold":{"source":2,"number":7}"#),
            .releaseHold(.event(source: SourceNumber(2), number: 7))
        ),
        (
            event(
                "void_purchase",
                #""store":"330","receipt":"V-1","occurred_at":"2017-01-01T06:53:26-05:00","channel":"app","purchase":{"receipt":"A-17"}"#
            ),
            .voidPurchase(
                VoidSlip(
                    store: "330", number: "V-1", occurredAt: moment, utcOffsetMinutes: -300, channel: .app,
                    purchase: .receipt("A-17")))
        ),
        (
            event(
                "exchange",
                #""return":{\#(slip),"purchase":{"sequence":8},"total_minor":150,"lines":[{"line":1,"sku":"x","quantity":1,"total_minor":150}]},"purchase":{\#(slip),\#(lines)}"#
            ),
            .exchange(Exchange(slip: back, receipt: receipt()))
        ),
        (
            event(
                "adjust",
                #""member":{"card":"12"},"wallet":"points","business":"shop","kind":"goodwill","points_minor":500,"occurred_at":"2017-01-01T06:53:26-05:00","begins_on":"2017-01-02","ends_on":"2017-01-15","operator":"op-9","category":"delay","reason":"The coffee was cold.","manifest":4"#
            ),
            .adjust(
                Adjustment(
                    member: .card("12"), wallet: "points", business: "shop", kind: .goodwill,
                    points: Points(minor: 500), occurredAt: moment, utcOffsetMinutes: -300,
                    beginsOn: CivilDay(text: "2017-01-02"), endsOn: CivilDay(text: "2017-01-15"), operatorID: "op-9",
                    category: "delay", reason: "The coffee was cold.", manifest: LogSequence(4)))
        ),
        (
            event(
                "adjust",
                #""member":{"number":5},"wallet":"points","business":"shop","kind":"correction","points_minor":-500,"occurred_at":"2017-01-01T11:53:26Z""#
            ),
            .adjust(
                Adjustment(
                    member: .number(MemberNumber(5)), wallet: "points", business: "shop", kind: .correction,
                    points: Points(minor: -500), occurredAt: moment))
        ),
        (event("advance_clock", #""to":"2017-01-01T06:53:26-05:00""#), .advanceClock(moment)),
    ]

    @Test(arguments: goodLines) func `a good line is one event`(_ line: String, _ command: Command) throws {
        var session = JSONSession()
        #expect(try commands(of: session.frame(forLine: line)).command == command)
    }

    private static func change(_ index: Int, _ text: String, _ with: String) -> String {
        goodLines[index].0.split(separator: text, maxSplits: 1).joined(separator: with)
    }

    static let badLines: [(String, String)] = [
        (
            change(0, #""points_minor":100"#, #""points_minor":1.5"#),
            "purchase.redemptions[0].points_minor: found 1.5, expected a whole number of minor units, for example 150 for 1.50"
        ),
        (
            change(0, #""up_to":true"#, #""up_to":1"#),
            "purchase.redemptions[1].up_to: found 1, expected true or false"
        ),
        (change(0, #""up_to""#, #""upto""#), "purchase.redemptions[1].upto: unknown key; did you mean up_to?"),
        (
            change(0, #"{"sequence":9}"#, #"{"sequence":9,"source":1}"#),
            "purchase.hold: found an object, expected sequence, or source and number"
        ),
        (
            change(0, #"{"sequence":9}"#, #"{"receipt":"A"}"#),
            "purchase.hold.receipt: unknown key; known are sequence, source, number"
        ),
        (
            change(0, #"{"sequence":9}"#, #"{"sequence":0}"#),
            "purchase.hold.sequence: found 0, expected the sequence of the hold's answer"
        ),
        (
            change(1, #""number":7"#, #""number":0"#),
            "purchase.hold.number: found 0, expected that source's number for the hold"
        ),
        (
            change(3, #""member":{"external":"900"},"#, ""),
            #"place_hold.member: is missing; expected the member whose points are set aside, for example {"number":5}"#
        ),
        (
            change(3, #""seconds":60"#, #""seconds":-1"#),
            "place_hold.seconds: found -1, expected whole seconds, for example 900"
        ),
        (change(3, #""wallet""#, #""walet""#), "place_hold.walet: unknown key; did you mean wallet?"),
        (
            event("release_hold", ""),
            #"release_hold.hold: is missing; expected the hold that ends, for example {"sequence":9}"#
        ),
        (
            change(7, #""purchase":{"receipt":"A-17"}"#, #""purchase":null"#),
            #"void_purchase.purchase: is missing; expected the purchase that is taken back, for example {"receipt":"A-1"}"#
        ),
        (
            change(7, #"{"receipt":"A-17"}"#, #"{"receipt":""}"#),
            #"void_purchase.purchase.receipt: found "", expected the number on the receipt of the purchase as text"#
        ),
        (change(8, #""return""#, #""returns""#), "exchange.returns: unknown key; did you mean return?"),
        (
            event("exchange", #""purchase":{}"#),
            "exchange.return: is missing; expected an object with store, member, receipt, occurred_at, channel, total_minor, lines, purchase"
        ),
        (
            change(
                8, #""sku":"x","quantity":1,"total_minor":150}]}}"#, #""sku":"x","quantity":0.5,"total_minor":150}]}}"#),
            #"exchange.purchase.lines[0].quantity: found 0.5, expected whole pieces, for example 2, or a decimal in quotes with up to 3 decimals, for example "0.5""#
        ),
        (
            change(9, #""goodwill""#, #""good_will""#),
            #"adjust.kind: found "good_will", expected one of correction, goodwill, award, opening; did you mean goodwill?"#
        ),
        (
            change(9, #""kind":"goodwill","#, ""),
            "adjust.kind: is missing; expected one of correction, goodwill, award, opening"
        ),
        (
            change(9, #""2017-01-15""#, #""2017-02-30""#),
            #"adjust.ends_on: found "2017-02-30", expected a day, for example "2026-12-31""#
        ),
        (
            change(9, "The coffee was cold.", String(repeating: "x", count: 256)),
            "adjust.reason: found 256 bytes, expected at most 255"
        ),
        (
            change(9, #""manifest":4"#, #""manifest":0"#),
            "adjust.manifest: found 0, expected the sequence of the answer that opened the manifest"
        ),
        (
            change(9, "06:53:26-05:00", "06:53:26"),
            #"adjust.occurred_at: found "2017-01-01T06:53:26", expected the time with its offset from UTC, for example "2017-01-01T06:53:26-05:00""#
        ),
        (
            event("advance_clock", #""to":"2017-01-01""#),
            #"advance_clock.to: found "2017-01-01", expected a moment with its offset, for example "2017-01-01T00:00:00+03:00""#
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

    @Test func `nine redemptions are refused before they are sent`() throws {
        let redemptions = Array(repeating: #"{"wallet":"points","points_minor":1}"#, count: 9).joined(separator: ",")
        let line = Self.event("purchase", #"\#(Self.slip),\#(Self.lines),"redemptions":[\#(redemptions)]"#)
        var session = JSONSession()
        var expected = JSONText()
        expected.add("error", "malformed")
        expected.add("text", "purchase: \(Rejection.walletRepeated.advice)")
        #expect(session.frame(forLine: line) == .answer([expected.object]))
    }
}
