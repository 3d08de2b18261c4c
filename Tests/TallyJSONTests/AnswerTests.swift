import TallyBytes
import TallyCodec
import TallyJSON
import TallyModel
import Testing

struct AnswerTests {
    private func lines(_ encode: (inout ByteWriter) -> Void) -> [String] {
        var writer = ByteWriter()
        encode(&writer)
        var session = JSONSession()
        return session.lines(forAnswer: writer.bytes)
    }

    @Test func `every outcome has its line`() {
        let results = BatchResults(
            source: SourceNumber(1), firstNumber: 1, tip: LogSequence(13), nextNumber: 3, credit: 16,
            outcomes: [
                Outcome(status: .recorded, member: 5, sequence: 12, points: 8, balance: 8),
                Outcome(status: .recorded, isRepeated: true, sequence: 12),
                Outcome(status: .rejected, code: Rejection.memberUnknown.rawValue, sequence: 13),
                Outcome(status: .conflict, code: Rejection.numberReused.rawValue),
                Outcome(status: .gap, code: Rejection.numberTooHigh.rawValue),
            ])
        #expect(
            lines(results.encode) == [
                #"{"number":1,"status":"recorded","repeated":false,"sequence":12,"member":5,"points_minor":8,"balance_minor":8}"#,
                #"{"number":2,"status":"recorded","repeated":true,"sequence":12,"member":null,"points_minor":0,"balance_minor":0}"#,
                #"{"number":3,"status":"rejected","code":23,"rejection":"member_unknown","line":0,"advice":"No such member: register the member first or send the receipt without one.","sequence":13}"#,
                #"{"number":4,"status":"conflict","code":2,"rejection":"number_reused","line":0,"advice":"This number was used with another body: send the correction under a new number.","next_number":3}"#,
                #"{"number":5,"status":"gap","code":1,"rejection":"number_too_high","line":0,"advice":"The number skips events of this source: go on with the number that the answer names.","next_number":3}"#,
            ])
    }

    @Test(arguments: Rejection.allCases) func `a rejection has a name in small letters`(_ rejection: Rejection) {
        let results = BatchResults(
            source: SourceNumber(1), firstNumber: 1, tip: .none, nextNumber: 2, credit: 16,
            outcomes: [Outcome(status: .rejected, code: rejection.rawValue)])
        let name = "\(rejection)".reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
        #expect(lines(results.encode)[0].contains(#","rejection":"\#(name)","#))
        #expect(name.allSatisfy { $0 == "_" || $0.isLowercase })
    }

    @Test func `a refusal says when to try again and whether the connection closes`() {
        let busy = Refusal(.busy, isClosing: false, retryAfterMilliseconds: 50, text: "too much\nis under way")
        #expect(
            lines(busy.encode) == [#"{"error":"busy","text":"too much\nis under way","retry_after_milliseconds":50}"#])
        let stopping = Refusal(.stopping, isClosing: true, text: "the daemon stops")
        #expect(lines(stopping.encode) == [#"{"error":"stopping","text":"the daemon stops","closing":true}"#])
    }

    @Test func `balances are a line a page`() {
        let row = BalanceRow(
            member: MemberNumber(5), externalID: "", wallet: "points", active: 8, pending: 1, held: 2, debt: 3)
        let page = BalancesPage(sequence: LogSequence(12), isLast: true, rows: [row])
        #expect(
            lines(page.encode) == [
                #"{"sequence":12,"last":true,"balances":[{"member":5,"external":null,"wallet":"points","active_minor":8,"pending_minor":1,"held_minor":2,"debt_minor":3}]}"#
            ])
    }

    @Test func `the digest of a status reads as other programs write it`() throws {
        var status = DaemonStatus()
        let digest = try #require(SHA256Digest(hex: String(repeating: "0123456789abcdef", count: 4)))
        status.digestSequence = LogSequence(9)
        status.digest = (0..<4).map { unsafe digest.bytes.span.bytes.u64(at: $0 * 8) }
        #expect(status.digestText == digest.description)
        #expect(lines(status.encode).first?.contains(#""digest_sequence":9,"digest":"\#(digest)""#) == true)
    }

    @Test func `the largest numbers of a status are written as they are`() {
        var status = DaemonStatus()
        (status.tip, status.digestSequence) = (LogSequence(.max), LogSequence(.max))
        (status.digest, status.stateBytes) = ([1, 2, 3, 4], .max)
        #expect(lines(status.encode)[0].contains(#""digest_sequence":18446744073709551615,"digest":"01"#))
    }

    @Test func `key figures keep their order and a ratio of nothing is null`() {
        var values: [Int64?] = KPIFigure.allCases.map { Int64($0.rawValue) }
        values[KPIFigure.cardShareX10000.rawValue] = nil
        let report = KPIReport(
            sequence: LogSequence(4), asOfDay: CivilDay(text: "2018-01-01"), windowDays: 32, values: values)
        let line = lines(report.encode)[0]
        #expect(
            line.hasPrefix(
                #"{"sequence":4,"as_of":"2018-01-01","window_days":32,"figures":{"receipts_all":0,"lines_all":1,"#))
        #expect(line.contains(#""members_last_32d":14,"#))
        #expect(line.hasSuffix(#""card_share_x10000":null}}"#))
    }

    @Test func `what is defined has its decimals, and what is not has none`() {
        let wallet = Definition(sequence: LogSequence(8), kind: .wallet, id: "points", scale: 2)
        #expect(lines(wallet.encode) == [#"{"sequence":8,"wallet":"points","defined":true,"scale":2}"#])
        let business = Definition(sequence: LogSequence(8), kind: .business, id: "spa", scale: nil)
        #expect(lines(business.encode) == [#"{"sequence":8,"business":"spa","defined":false,"scale":null}"#])
    }

    @Test func `what is no answer is said to be none`() {
        #expect(
            lines { $0.append(u8: 1) }[0].hasPrefix(
                #"{"error":"malformed","text":"the daemon's answer cannot be read: byte 0: "#))
    }

    @Test(arguments: [
        ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#), ("\u{1}\u{7f}", #""\u0001\u007f""#),
        ("\u{2028}", #""\u2028""#),
        ("é😀", "\"é😀\""),
    ])
    func `text is escaped`(_ text: String, _ json: String) { #expect(JSONText.quoted(text) == json) }

    @Test(arguments: [
        ("12.5", 2, Int64(1250)), ("-0.05", 2, -5), ("7", 3, 7000), ("9223372036854775807", 0, Int64.max),
        ("1.234", 2, nil),
        ("", 2, nil), ("-", 2, nil), (".5", 2, nil), ("5.", 2, nil), ("+5", 2, nil), ("1e2", 2, nil),
        ("9223372036854775808", 0, nil),
        ("92233720368547758.08", 2, nil),
    ])
    func `decimals are exact`(_ text: String, _ scale: Int, _ value: Int64?) {
        #expect(ExactDecimal.parse(text, scale: scale) == value)
    }
}
