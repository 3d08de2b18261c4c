import TallyCodec
import TallyJSON
import TallyModel
import Testing

/// Lines of JSON about members who are one person.
struct MergeLineTests {
    private static let moment = Instant.parse("2017-01-01T06:53:26-05:00")!.instant
    private static let time = #""occurred_at":"2017-01-01T06:53:26-05:00""#

    private static func event(_ kind: String, _ body: String) -> String {
        #"{"source":1,"number":1,"\#(kind)":{\#(body)}}"#
    }

    static let goodLines: [(String, Command)] = [
        (
            event(
                "merge",
                #""survivor":{"number":5},"absorbed":{"card":"2000"},"operator":"olga","reason":"one person",\#(time)"#),
            .merge(
                Merge(
                    survivor: .number(MemberNumber(5)), absorbed: .card("2000"), operatorID: "olga",
                    reason: "one person", occurredAt: moment, utcOffsetMinutes: -300))
        ),
        (
            event("split", #""member":{"external":"m"},"reason":"twins",\#(time)"#),
            .split(Split(member: .external("m"), reason: "twins", occurredAt: moment, utcOffsetMinutes: -300))
        ),
    ]

    @Test(arguments: goodLines)
    func `a line means the command that it says`(line: String, command: Command) throws {
        var session = JSONSession()
        #expect(try commands(of: session.frame(forLine: line)).command == command)
    }

    static let badLines: [(String, String, String)] = [
        ("merge", #""absorbed":{"number":5},"reason":"x",\#(time)"#, "survivor"),
        ("merge", #""survivor":{"number":5},"reason":"x",\#(time)"#, "absorbed"),
        ("merge", #""survivor":{"number":5},"absorbed":{"number":6},"reason":"x""#, "occurred_at"),
        ("split", #""reason":"x",\#(time)"#, "member"),
        ("split", #""member":{"number":5},"reason":"x""#, "occurred_at"),
    ]

    @Test(arguments: badLines)
    func `a line that says too little is refused, and the answer names the key`(
        kind: String, body: String, key: String
    ) {
        var session = JSONSession()
        let step = session.frame(forLine: MergeLineTests.event(kind, body))
        #expect("\(step)".contains("\(kind).\(key)"), "\(step)")
    }
}
