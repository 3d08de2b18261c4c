import TallyCodec
import TallyJSON
import TallyModel
import Testing

/// Lines of JSON about gift cards, certificates, coupons and promo codes.
struct InstrumentLineTests {
    private static let moment = Instant.parse("2017-01-01T06:53:26-05:00")!.instant
    private static let time = #""occurred_at":"2017-01-01T06:53:26-05:00""#

    private static func event(_ kind: String, _ body: String) -> String {
        #"{"source":1,"number":1,"\#(kind)":{\#(body)}}"#
    }

    private static func move(
        _ action: InstrumentAction, _ copy: InstrumentReference, amount: Int64 = 0, reference: HoldReference? = nil
    ) -> Command {
        .moveInstrument(
            InstrumentMove(
                action, copy, amount: amount, occurredAt: moment, utcOffsetMinutes: -300, reference: reference))
    }

    static let goodLines: [(String, Command)] = [
        (
            event(
                "define_instrument",
                #""id":"card","name":"Card","kind":"gift_card","business":"toys","wallet":"money","face_value_minor":50000"#
            ),
            .defineInstrument(
                InstrumentDefinition(
                    id: "card", name: "Card", kind: .giftCard, business: "toys", wallet: "money",
                    faceValue: Points(minor: 50_000)))
        ),
        (
            event(
                "define_instrument",
                #""id":"w","kind":"promo_code","codes":"generic","code":"X1","check":"ean13","business":"toys","valid_from":"2017-01-01","valid_through":"2017-01-31","utc_offset_minutes":180,"codes_max":1,"uses_per_code":2,"uses_budget":3,"amount_budget_minor":4,"uses_per_member":5,"on_return":"keep""#
            ),
            .defineInstrument(
                InstrumentDefinition(
                    id: "w", name: "", kind: .promoCode, codes: .generic, code: "X1", checkScheme: .ean13,
                    business: "toys", validFrom: CivilDay(days: 17_167), validThrough: CivilDay(days: 17_197),
                    utcOffsetMinutes: 180, codesMax: 1, usesPerCode: 2, usesBudget: 3, amountBudget: 4, memberLimit: 5,
                    onReturn: .keep))
        ),
        (
            event(
                "issue_instruments",
                #""instrument":"card","count":1000000,\#(time),"ends_on":"2017-01-31","seconds":60"#),
            .issueInstruments(
                InstrumentIssue(
                    instrument: "card", count: 1_000_000, occurredAt: moment, utcOffsetMinutes: -300,
                    endsOn: CivilDay(days: 17_197), seconds: 60))
        ),
        (
            event("move_instrument", #""action":"redeem","code":"ABCD","amount_minor":150,\#(time)"#),
            move(.redeem, .code("ABCD"), amount: 150)
        ),
        (
            event("move_instrument", #""action":"charge","instrument":"card","serial":7,"amount_minor":150,\#(time)"#),
            move(.charge, .serial(instrument: "card", 7), amount: 150)
        ),
        (
            event("move_instrument", #""action":"release","reservation":{"source":2,"number":9},\#(time)"#),
            move(.release, .byReference, reference: .event(source: SourceNumber(2), number: 9))
        ),
        (
            event("move_instrument", #""action":"restore","redemption":{"sequence":9},\#(time)"#),
            move(.restore, .byReference, reference: .sequence(LogSequence(9)))
        ),
        (
            event(
                "purchase",
                #""store":"17","receipt":"A-1",\#(time),"total_minor":150,"lines":[{"sku":"tea","quantity":1,"total_minor":150}],"codes":[{"code":"ABCD","amount_minor":50},{"instrument":"card","serial":7,"amount_minor":60,"reservation":{"sequence":9}},{"reservation":{"source":2,"number":9},"amount_minor":40}]"#
            ),
            .purchase(
                Receipt(
                    store: "17", member: .anonymous, number: "A-1", occurredAt: moment, utcOffsetMinutes: -300,
                    total: Money(minor: 150),
                    lines: [ReceiptLine(sku: "tea", quantity: Quantity(thousandths: 1_000), total: Money(minor: 150))],
                    codes: [
                        PurchaseCode(.code("ABCD"), amount: 50),
                        PurchaseCode(
                            .serial(instrument: "card", 7), amount: 60, reservation: .sequence(LogSequence(9))),
                        PurchaseCode(
                            .byReference, amount: 40, reservation: .event(source: SourceNumber(2), number: 9)),
                    ]))
        ),
    ]

    @Test(arguments: goodLines)
    func `a line means the command that it says`(line: String, command: Command) throws {
        var session = JSONSession()
        #expect(try commands(of: session.frame(forLine: line)).command == command)
    }

    static let badLines: [(String, String)] = [
        (#""action":"redeem",\#(time)"#, "instrument"), (#""action":"release","code":"A",\#(time)"#, "reservation"),
        (#""action":"reserve","code":"A","reservation":{"sequence":9},\#(time)"#, "reservation"),
        (#""action":"redeem","code":"A","instrument":"b",\#(time)"#, "code"),
        (#""action":"use","code":"A",\#(time)"#, "action"),
        (#""action":"restore","redemption":{"number":9},\#(time)"#, "redemption"),
        (#""action":"redeem","code":"",\#(time)"#, "code"),
        (#""action":"redeem","code":"A","amount_minor":1.5,\#(time)"#, "amount_minor"),
    ]

    @Test(arguments: badLines)
    func `a line that contradicts itself is refused, and the answer names the key`(body: String, key: String) {
        var session = JSONSession()
        let step = session.frame(forLine: InstrumentLineTests.event("move_instrument", body))
        #expect("\(step)".contains("move_instrument.\(key)"), "\(step)")
    }
}
