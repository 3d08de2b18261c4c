import Foundation
import TallyBytes
import TallyCodec
import TallyJSON
import Testing

/// Records of what people do by hand as lines of JSON.
struct ManualRecordTests {
    private static let front =
        #""recorded_at":"2017-01-01T06:53:26.000123Z","recorded_at_microseconds":1483253606000123,"source":7,"number":43,"command_digest":"fedcba9876543210","previous_of_member":999999,"member":5"#
    private static let moment =
        #""occurred_at":"2017-01-01T07:53:26.000001+01:00","occurred_at_microseconds":1483253606000001"#

    private static func posting(_ amount: Int, _ purpose: String) -> String {
        #"{"amount_minor":\#(amount),"business":3,"wallet":4,"purpose":"\#(purpose)","lot":0,"begins_at":null,"begins_at_seconds":0,"ends_at":null,"ends_at_seconds":0}"#
    }

    /// A row: the record's name in documents, its golden file, what stands behind the front.
    static let lines: [(String, String, String)] = [
        (
            "operator_set", "OperatorSet",
            #""operator":9,"limit_per_act_minor":50000,"limit_per_day_minor":200000,"rights":["give","approve"],"id":"olga","name":"Ольга""#
        ),
        (
            "proposed", "Proposed",
            #"\#(moment),"points_minor":90000,"balance_minor":1443,"manifest":1000000,"proposer":9,"begins_on":"2018-01-01","ends_on":null,"utc_offset_minutes":60,"business":3,"wallet":4,"kind":"goodwill","operator":"olga","category":"delay","reason":"mistyped""#
        ),
        (
            "declined", "Declined",
            #"\#(moment),"proposal":999990,"balance_minor":1443,"decided_by":8,"utc_offset_minutes":60,"operator":"max","reason":"too much""#
        ),
        (
            "transferred", "Transferred",
            #"\#(moment),"points_minor":307,"balance_after_minor":1443,"other_balance_after_minor":300,"previous_of_other":999998,"other_member":6,"utc_offset_minutes":60,"wallet":4,"operator":"op-9","reason":"present","postings":[\#(posting(-307, "active")),\#(posting(307, "transferred"))],"received":[\#(posting(-307, "transferred")),\#(posting(7, "debt")),\#(posting(300, "active"))],"lots":[{"wallet":4,"kind":"take","lot":"999990.1","points_minor":300},{"wallet":4,"kind":"take","lot":"999995.2","points_minor":7}],"made":[{"wallet":4,"kind":"make","lot":"1000001.1","points_minor":300,"issuer":3,"begins_at":"2017-01-01T06:53:26.000000Z","begins_at_seconds":1483253606,"ends_at":"2017-07-14T21:00:00.000000Z","ends_at_seconds":1500066000}]"#
        ),
        (
            "member_blocked", "MemberBlocked",
            #"\#(moment),"utc_offset_minutes":60,"mode":"all","operator":"op-9","reason":"stolen""#
        ),
        (
            "members_merged", "MembersMerged",
            #"\#(moment),"previous_of_absorbed":999998,"absorbed":6,"utc_offset_minutes":60,"blocked":"earn_only","operator":"op-9","reason":"one person","wallets":[{"active_minor":500,"pending_minor":70,"held_minor":30,"debt_minor":0,"active_after_minor":193,"pending_after_minor":71,"held_after_minor":31,"debt_after_minor":9,"wallet":4}],"postings":[\#(posting(-307, "active")),\#(posting(307, "debt"))],"lots":[{"wallet":4,"kind":"take","lot":"999990.1","points_minor":307}]"#
        ),
        (
            "members_split", "MembersSplit",
            #"\#(moment),"previous_of_absorbed":999998,"absorbed":6,"utc_offset_minutes":60,"blocked":"all","operator":"op-9","reason":"twins","wallets":[{"active_minor":300,"pending_minor":7,"debt_minor":2,"active_after_minor":193,"pending_after_minor":71,"debt_after_minor":9,"wallet":4}],"lots":[{"wallet":4,"kind":"take","lot":"999990.1","points_minor":300},{"wallet":4,"kind":"take","lot":"999995.2","points_minor":7}]"#
        ),
        (
            "period_closed", "PeriodClosed",
            #""ends_at":"2017-02-01T00:00:00+03:00","ends_at_microseconds":1485896400000000,"first_day":"2017-01-01","last_day":"2017-01-31","utc_offset_minutes":180,"operator":"op-9","accounts":[{"balance_minor":-1443,"business":3,"wallet":4,"purpose":"issued"},{"balance_minor":1443,"business":3,"wallet":4,"purpose":"active"}]"#
        ),
    ]

    @Test(arguments: lines)
    func `a record is one line with every field of the schema`(name: String, file: String, body: String) throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TallyCodecTests/Fixtures/\(file).hex")
        let bytes = try #require(Hex.decode(String(contentsOf: url, encoding: .utf8).filter { !$0.isWhitespace }))
        let line = try unsafe RecordJSON.line(bytes.span.bytes, sequence: 12)
        #expect(line == #"{"sequence":12,"record":"\#(name)",\#(ManualRecordTests.front),\#(body)}"#)
    }
}
