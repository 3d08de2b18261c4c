import TallyCodec
import TallyJSON
import TallyModel
import Testing

/// Lines of JSON about what people do by hand.
struct ManualLineTests {
    private static let moment = Instant.parse("2017-01-01T06:53:26-05:00")!.instant
    private static let time = #""occurred_at":"2017-01-01T06:53:26-05:00""#

    private static func event(_ kind: String, _ body: String) -> String {
        #"{"source":1,"number":1,"\#(kind)":{\#(body)}}"#
    }

    static let goodLines: [(String, Command)] = [
        (
            event("set_operator", #""id":"olga","rights":["give","approve"],"limit_per_day_minor":200000"#),
            .setOperator(
                OperatorDefinition(id: "olga", name: "olga", rights: [.give, .approve], limitPerDay: 200_000))
        ),
        (
            event("set_operator", #""id":"max","name":"Max","rights":[],"limit_per_act_minor":5"#),
            .setOperator(OperatorDefinition(id: "max", name: "Max", rights: [], limitPerAct: 5))
        ),
        (
            event("approve", #""proposal":{"sequence":9},"operator":"max",\#(time)"#),
            .approve(
                Approval(
                    proposal: .sequence(LogSequence(9)), operatorID: "max", occurredAt: moment,
                    utcOffsetMinutes: -300))
        ),
        (
            event(
                "approve",
                #""proposal":{"source":2,"number":9},"verdict":"declined","operator":"max","reason":"no",\#(time)"#),
            .approve(
                Approval(
                    proposal: .event(source: SourceNumber(2), number: 9), verdict: .declined, operatorID: "max",
                    reason: "no", occurredAt: moment, utcOffsetMinutes: -300))
        ),
        (
            event(
                "transfer",
                #""from":{"number":5},"to":{"external":"m"},"wallet":"points","points_minor":150,\#(time)"#),
            .transfer(
                Transfer(
                    member: .number(MemberNumber(5)), other: .external("m"), wallet: "points",
                    points: Points(minor: 150), occurredAt: moment, utcOffsetMinutes: -300))
        ),
        (
            event("block", #""member":{"number":5},"mode":"earn_only","operator":"olga","reason":"stolen",\#(time)"#),
            .block(
                Block(
                    member: .number(MemberNumber(5)), mode: .earnOnly, operatorID: "olga", reason: "stolen",
                    occurredAt: moment, utcOffsetMinutes: -300))
        ),
        (
            event("close_period", #""month":"2026-01","utc_offset_minutes":180"#),
            .closePeriod(PeriodClose(year: 2_026, month: 1, utcOffsetMinutes: 180))
        ),
    ]

    @Test(arguments: goodLines)
    func `a line means the command that it says`(line: String, command: Command) throws {
        var session = JSONSession()
        #expect(try commands(of: session.frame(forLine: line)).command == command)
    }

    static let badLines: [(String, String, String)] = [
        ("set_operator", #""id":"olga","rights":["fly"]"#, "rights"), ("set_operator", #""id":"olga""#, "rights"),
        ("set_operator", #""id":"olga","rights":"give""#, "rights"),
        ("approve", #""proposal":{"number":9},"operator":"max",\#(time)"#, "proposal"),
        ("approve", #""proposal":{"sequence":9},\#(time)"#, "operator"),
        ("transfer", #""to":{"number":5},"wallet":"points","points_minor":1,\#(time)"#, "from"),
        ("transfer", #""from":{"number":5},"wallet":"points","points_minor":1,\#(time)"#, "to"),
        ("block", #""member":{"number":5},"mode":"some","reason":"x",\#(time)"#, "mode"),
        ("close_period", #""month":"2026-13""#, "month"), ("close_period", #""month":"January""#, "month"),
    ]

    @Test(arguments: badLines)
    func `a line that says too little is refused, and the answer names the key`(
        kind: String, body: String, key: String
    ) {
        var session = JSONSession()
        let step = session.frame(forLine: ManualLineTests.event(kind, body))
        #expect("\(step)".contains("\(kind).\(key)"), "\(step)")
    }
}
