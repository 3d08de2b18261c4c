import Foundation
import TallyBytes
import TallyCodec
import TallyJSON
import Testing

/// Records of gift cards, certificates, coupons and promo codes as lines of JSON.
struct InstrumentRecordTests {
    private static let front =
        #""recorded_at":"2017-01-01T06:53:26.000123Z","recorded_at_microseconds":1483253606000123,"source":7,"number":43,"command_digest":"fedcba9876543210","previous_of_member":999999,"member":5"#

    private static func postings(_ cards: Int, _ purpose: String) -> String {
        let posting = { (amount: Int, purpose: String) in
            #"{"amount_minor":\#(amount),"business":3,"wallet":4,"purpose":"\#(purpose)","lot":0,"begins_at":null,"begins_at_seconds":0,"ends_at":null,"ends_at_seconds":0}"#
        }
        return #""postings":[\#(posting(cards, "cards")),\#(posting(-cards, purpose))]"#
    }

    /// A row: the record's name in documents, its golden file, what stands behind the front.
    static let lines: [(String, String, String)] = [
        (
            "instrument_defined", "InstrumentDefined",
            #""instrument":9,"face_value_minor":50000,"amount_budget_minor":9000000,"uses_budget":70000,"begins_at":"2017-12-31T21:00:00.000000Z","begins_at_seconds":1514754000,"ends_at":"2018-01-31T21:00:00.000000Z","ends_at_seconds":1517432400,"codes_max":1000000,"uses_per_code":2,"member_limit":3,"business":4,"wallet":5,"kind":"coupon","codes":"generic","check_scheme":"none","on_return":"keep","id":"flyer","name":"Листовка","code":"SPRING25""#
        ),
        (
            "instruments_issued", "InstrumentsIssued",
            #""occurred_at":"2017-01-01T09:53:26.000001+03:00","occurred_at_microseconds":1483253606000001,"face_value_minor":50000,"instrument":9,"batch":8,"first_serial":70001,"count":1000000,"ends_at":"2018-01-31T21:00:00.000000Z","ends_at_seconds":1517432400,"utc_offset_minutes":180,\#(postings(50_000_000_000, "sold"))"#
        ),
        (
            "instrument_moved", "InstrumentMoved",
            #""occurred_at":"2017-01-01T07:53:26.000001+01:00","occurred_at_microseconds":1483253606000001,"amount_minor":700,"lost_minor":300,"balance_after_minor":1443,"reference":1000003,"instrument":9,"serial":70002,"store":70000,"slot":12,"ends_at":"2017-01-01T07:08:26.000000Z","ends_at_seconds":1483254506,"utc_offset_minutes":60,"action":"release","why":"timed_out","receipt":"A-1",\#(postings(-300, "expired"))"#
        ),
        (
            "instruments_expired", "InstrumentsExpired",
            #""batches":[{"batch":8,"first_serial":70001,"amount_minor":49999999000},{"batch":9,"first_serial":1070001,"amount_minor":0}],\#(postings(-49_999_999_000, "expired"))"#
        ),
    ]

    @Test(arguments: lines)
    func `a record is one line with every field of the schema`(name: String, file: String, body: String) throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TallyCodecTests/Fixtures/\(file).hex")
        let bytes = try #require(Hex.decode(String(contentsOf: url, encoding: .utf8).filter { !$0.isWhitespace }))
        let line = try unsafe RecordJSON.line(bytes.span.bytes, sequence: 12)
        #expect(line == #"{"sequence":12,"record":"\#(name)",\#(InstrumentRecordTests.front),\#(body)}"#)
    }
}
