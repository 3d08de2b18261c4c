import Foundation
import TallyBytes
import TallyCodec
import TallyJSON
import TallyModel
import Testing

struct RecordJSONTests {
    private static let envelope = RecordEnvelope(
        recordedAt: 1_483_271_606_000_001, source: 3, number: 17, commandDigest: 0xAB, previousOfMember: 4, member: 5)

    /// A record as every version must read it; the bundle of the codec keeps one of each kind.
    private static func golden(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TallyCodecTests/Fixtures")
        let text = try String(contentsOf: folder.appending(path: "\(name).hex"), encoding: .utf8)
        return try #require(Hex.decode(text.filter { !$0.isWhitespace }))
    }

    private static let names = [
        "LedgerCreated", "SourceRecorded", "BusinessDefined", "StoreDefined", "WalletDefined", "AccrualDefined",
        "MemberRegistered", "IdentifierLinked", "PurchaseRecorded", "ReturnRecorded", "Rejected", "WalletTermsSet",
        "SettlementTermsSet", "HoldPlaced", "HoldReleased", "ExchangeRecorded", "Adjusted", "ClockSet",
        "ClockAdvanced", "CodedReceiptRecorded", "DocumentKept", "PromotionsSet", "PromotedReceiptRecorded",
        "PriceChanged",
    ]

    /// What stands at the front of every golden record.
    private static let front =
        #""recorded_at":"2017-01-01T06:53:26.000123Z","recorded_at_microseconds":1483253606000123,"source":7,"number":43,"command_digest":"fedcba9876543210","previous_of_member":999999,"member":5"#

    /// A posting of business 3 and wallet 4 that makes no lot.
    private static func posting(_ amount: Int, _ purpose: String) -> String {
        #"{"amount_minor":\#(amount),"business":3,"wallet":4,"purpose":"\#(purpose)","lot":0,"begins_at":null,"begins_at_seconds":0,"ends_at":null,"ends_at_seconds":0}"#
    }

    private static let taken =
        #""lots":[{"wallet":4,"kind":"take","lot":"1000000.1","points_minor":300},{"wallet":4,"kind":"take","lot":"999997.3","points_minor":7}]"#

    private static let purchase =
        #""store":70000,"occurred_at":"2017-01-01T01:53:26.000001-05:00","occurred_at_microseconds":1483253606000001,"total_minor":35000,"balance_after_minor":-1750,"utc_offset_minutes":-300,"accrual_revision":9,"channel":"app","receipt":"A-1","hold":999998,"hold_slot":12,"lines":[{"sku":"coffee","category":"","quantity_thousandths":1500,"total_minor":34950,"earns":3,"burns":1},{"sku":"bag","category":"tools","quantity_thousandths":1000,"total_minor":50,"earns":2,"burns":0}],"postings":[\#(posting(-1750, "issued")),{"amount_minor":1750,"business":3,"wallet":4,"purpose":"pending","lot":1,"begins_at":"2017-01-15T21:00:00.000000Z","begins_at_seconds":1484514000,"ends_at":"2017-07-14T21:00:00.000000Z","ends_at_seconds":1500066000},\#(posting(-307, "active")),\#(posting(307, "burnt"))],"redemptions":[{"points_minor":307,"money_minor":614,"wallet":4}],\#(taken)"#

    private static let aReturn =
        #""store":70001,"occurred_at":"2017-01-01T09:55:00+03:00","occurred_at_microseconds":1483253700000000,"total_minor":17500,"balance_after_minor":875,"utc_offset_minutes":180,"accrual_revision":9,"channel":"self_checkout","receipt":"R-2","purchase":1000001,"paid_back_minor":140,"kind":"void","lines":[{"sku":"coffee","category":"","quantity_thousandths":750,"total_minor":17500,"purchase_line":1}],"postings":[\#(posting(875, "clawback")),\#(posting(-875, "active"))],"redemptions":[{"points_minor":70,"money_minor":140,"wallet":4}],"lots":[{"wallet":4,"kind":"give","lot":"999997.3","points_minor":40},{"wallet":4,"kind":"make","lot":"1000000.1","points_minor":30,"issuer":3,"begins_at":"2017-01-01T06:55:00.000000Z","begins_at_seconds":1483253700,"ends_at":"2017-01-15T20:59:59.000000Z","ends_at_seconds":1484513999}]"#

    /// A step of a code inside a receipt.
    private static let step =
        #""member":5,"occurred_at":"2017-01-01T07:53:26.000001+01:00","occurred_at_microseconds":1483253606000001,"amount_minor":700,"lost_minor":300,"balance_after_minor":1443,"reference":1000003,"instrument":9,"serial":70002,"store":70000,"slot":12,"ends_at":"2017-01-01T07:08:26.000000Z","ends_at_seconds":1483254506,"utc_offset_minutes":60,"action":"release","why":"timed_out","receipt":"A-1","postings":[\#(posting(-300, "cards")),\#(posting(300, "expired"))]"#

    private static let awards =
        #""awards":[{"place":300,"case":2,"wallet":2,"lines":[{"line":1,"discount_minor":1000,"points_minor":5},{"line":2,"discount_minor":0,"points_minor":6}]},{"place":4,"case":1,"withheld":true,"lines":[]}]"#

    /// A row: the record's name in documents, its golden file, what stands behind the front.
    private static let lines: [(String, String, String)] = [
        ("purchase_recorded", "PurchaseRecorded", purchase), ("return_recorded", "ReturnRecorded", aReturn),
        (
            "coded_receipt_recorded", "CodedReceiptRecorded",
            #""receipt":{"record":"purchase_recorded",\#(purchase)},"codes":[{\#(step)},{\#(step)}]"#
        ),
        (
            "promoted_receipt_recorded", "PromotedReceiptRecorded",
            #""receipt":{"record":"purchase_recorded",\#(purchase)},"promotions":{"revision":9,"shelf_total_minor":35000,"difference_minor":-7,\#(awards),"facts":[0,-1,17532],"codes":["SPRING"],"extras_minor":[-1,2],"names":[{"place":4,"promotion":"large"}],"uses":1}"#
        ),
        (
            "document_kept", "DocumentKept",
            #""document":70001,"digest":"0100000000000000020000000000000003000000000000000400000000000000","part":2,"parts":3,"bytes":12"#
        ),
        (
            "promotions_set", "PromotionsSet",
            #""revision":9,"effective_from":"2017-01-01T06:53:26.000001Z","effective_from_microseconds":1483253606000001,"action":"archive","words":7,"rules":8,"author":"irina","note":"note","resting":[{"promotion":"cakes","state":"archived"},{"promotion":"old","state":"paused"}]"#
        ),
        (
            "price_changed", "PriceChanged",
            #""code":128,"rejection":"price_changed","stated_minor":9500,"payable_minor":9000,"revision":9,"command":49"#
        ),
        ("exchange_recorded", "ExchangeRecorded", #""return":{\#(aReturn)},"purchase":{\#(purchase)}"#),
        (
            "wallet_terms_set", "WalletTermsSet",
            #""max_per_receipt_minor":100000,"min_receipt_minor":50000,"negative_limit_minor":700,"money_numerator":100,"money_denominator":3,"pending_day":"2018-01-01","expiry_count":90,"pending_count":2,"return_window_days":15,"max_share_basis_points":5000,"grace_days":16,"expiry_kind":"sliding","pending_kind":"date","burn_order":"first_in_first_out","negative_kind":"none","earn_filter":"except","burn_filter":"only","keeps_on_return":true,"takes_back_blind":false,"earns_on_points":true,"wallet":4,"revision":11,"items":[{"value":0,"kind":"earn_category","name":"tobacco"},{"value":1231,"kind":"expiry_day","name":""}]"#
        ),
        (
            "settlement_terms_set", "SettlementTermsSet",
            #""numerator":9,"denominator":10,"fee_basis_points":150,"issuer":3,"redeemer":2,"wallet":4,"timing":"issue""#
        ),
        (
            "hold_placed", "HoldPlaced",
            #""store":70000,"occurred_at":"2017-01-01T06:53:26.000001Z","occurred_at_microseconds":1483253606000001,"receipt_total_minor":35050,"balance_after_minor":1443,"points_minor":307,"slot":12,"ends_at":"2017-01-01T07:08:26.000000Z","ends_at_seconds":1483254506,"wallet":4,"receipt":"A-1","postings":[\#(posting(-307, "active")),\#(posting(307, "held"))],\#(taken)"#
        ),
        (
            "hold_released", "HoldReleased",
            #""hold":1000003,"balance_after_minor":1750,"points_minor":307,"slot":12,"why":"timed_out","postings":[\#(posting(307, "active")),\#(posting(-307, "held"))]"#
        ),
        (
            "adjusted", "Adjusted",
            #""occurred_at":"2017-01-01T07:53:26.000001+01:00","occurred_at_microseconds":1483253606000001,"points_minor":-307,"balance_after_minor":1443,"manifest":1000000,"proposal":999990,"utc_offset_minutes":60,"business":3,"wallet":4,"kind":"award","operator":"op-9","category":"delay","reason":"mistyped","postings":[\#(posting(-307, "active")),\#(posting(307, "adjusted"))],\#(taken)"#
        ),
        ("clock_set", "ClockSet", #""to":"2017-01-01T00:00:00.000000Z","to_microseconds":1483228800000000"#),
        (
            "clock_advanced", "ClockAdvanced",
            #""to":"2017-01-15T21:00:00.000000Z","to_microseconds":1484514000000000,"lots":[{"lot":"1000001.2","amount_minor":1750,"covers_minor":50,"member":5,"slot":77,"until":null,"until_seconds":0,"event":"begins"},{"lot":"999997.1","amount_minor":20,"covers_minor":0,"member":6,"slot":78,"until":"2017-07-14T21:00:00.000000Z","until_seconds":1500066000,"event":"slides"}],"postings":[\#(posting(-1750, "pending")),\#(posting(1700, "active")),\#(posting(50, "debt"))]"#
        ),
    ]

    @Test(arguments: lines)
    func `a record shows every field, line, posting and lot`(record: String, file: String, rest: String) throws {
        let bytes = try Self.golden(file)
        let line = try unsafe RecordJSON.line(bytes.span.bytes, sequence: 12)
        #expect(line == #"{"sequence":12,"record":"\#(record)",\#(Self.front),\#(rest)}"#)
    }

    @Test(arguments: names)
    func `every record has a line and an envelope`(name: String) throws {
        let bytes = try Self.golden(name)
        #expect(try unsafe RecordJSON.line(bytes.span.bytes, sequence: 12).contains(Self.front))
        #expect(try unsafe RecordJSON.envelope(of: bytes.span.bytes).number == 43)
    }

    @Test func `a rejection shows its code and its name`() throws {
        var record = ByteWriter()
        record.append(header: RejectedLayout.shape)
        record.append(envelope: Self.envelope)
        record.append(u16: Rejection.storeUnknown.rawValue)
        record.append(u16: 0)
        record.append(u16: PurchaseLayout.templateID)
        #expect(
            try RecordJSON.line(record.bytes, sequence: 13).hasSuffix(
                #""code":21,"rejection":"store_unknown","line":0,"command":26}"#))
    }

    @Test(arguments: names)
    func `damaged bytes are an error and never a crash`(name: String) throws {
        let whole = try Self.golden(name)
        for length in 0..<whole.count {
            let cut = Array(whole[..<length])
            #expect(throws: CodecError.self) { try unsafe RecordJSON.line(cut.span.bytes, sequence: 1) }
        }
        for offset in whole.indices {
            for bit in 0..<8 {
                var flipped = whole
                flipped[offset] ^= 1 << bit
                // Damage in a number gives another number; damage in a length or a name must be noticed, not followed.
                _ = try? unsafe RecordJSON.line(flipped.span.bytes, sequence: 1)
            }
        }
    }

    @Test func `damage inside of an exchange is told with its place in the record`() throws {
        var bytes = try Self.golden("ExchangeRecorded")
        let start = messageHeaderLength + ExchangeRecordedLayout.blockLength + 2
        bytes[start + 2] ^= 0xFF
        let error = #expect(throws: CodecError.self) { try unsafe RecordJSON.line(bytes.span.bytes, sequence: 1) }
        #expect(error?.offset == start + 2)
    }

    /// A record of promotions around another, with the account that is given.
    private static func promoted(_ receipt: [UInt8], _ account: PromotionAccount) throws -> [UInt8] {
        typealias Layout = PromotedReceiptRecordedLayout
        var record = ByteWriter()
        record.append(header: Layout.shape)
        record.append(envelope: try unsafe RecordJSON.envelope(of: receipt.span.bytes))
        record.append(i64: 35_000)
        record.append(i64: 0)
        record.append(u32: 0)
        record.append(u16: UInt16(receipt.count))
        record.append(groupOf: 0, entryLength: Layout.Uses.entryLength)
        let lengthAt = record.count
        record.append(u16: 0)
        unsafe record.append(bytes: receipt.span.bytes)
        record.append(account)
        record.set(u16: UInt16(record.count - lengthAt - 2), at: lengthAt)
        return (0..<record.count).map { record.bytes.u8(at: $0) }
    }

    @Test func `promotions stand around a receipt with codes as well, which prints as it does alone`() throws {
        let coded = try Self.golden("CodedReceiptRecorded")
        let alone = try unsafe RecordJSON.line(coded.span.bytes, sequence: 12)
        let body = alone.dropFirst(#"{"sequence":12,"record":"coded_receipt_recorded",\#(Self.front),"#.count)
        let bytes = try Self.promoted(coded, PromotionAccount())
        #expect(
            try unsafe RecordJSON.line(bytes.span.bytes, sequence: 12)
                == #"{"sequence":12,"record":"promoted_receipt_recorded",\#(Self.front),"receipt":{"record":"coded_receipt_recorded",\#(body),"promotions":{"revision":0,"shelf_total_minor":35000,"awards":[],"facts":[],"codes":[],"uses":0}}"#
        )
    }

    @Test func `damage inside of a receipt with promotions is told with its place in the record`() throws {
        let whole = try Self.golden("PromotedReceiptRecorded")
        let receipt = try Self.golden("PurchaseRecorded")
        let start = messageHeaderLength + PromotedReceiptRecordedLayout.blockLength + 4 + 24 + 2
        func error(at offset: Int, _ value: UInt8) -> CodecError? {
            var bytes = whole
            bytes[offset] = value
            return #expect(throws: CodecError.self) { try unsafe RecordJSON.line(bytes.span.bytes, sequence: 1) }
        }
        // Another message, a receipt of another event, a channel that there is not, more awards than there are bytes.
        #expect(error(at: start + 2, 0xFF)?.offset == start + 2)
        #expect(error(at: start + messageHeaderLength, 0xFF)?.offset == start)
        let channel = start + messageHeaderLength + PurchaseRecordedLayout.channel
        #expect(error(at: channel, 0xEE).map { (start...channel).contains($0.offset) } == true)
        #expect(error(at: start + receipt.count, 0x7F).map { $0.offset > start + receipt.count } == true)
        // A return has no promotions of its own.
        let back = try Self.promoted(Self.golden("ReturnRecorded"), PromotionAccount())
        let other = #expect(throws: CodecError.self) { try unsafe RecordJSON.line(back.span.bytes, sequence: 1) }
        #expect(other == CodecError(.unexpectedTemplate(109), at: start - 24 + 2))
    }

    @Test func `a state or an act of promotions that there is not is told with its place`() throws {
        var bytes = try Self.golden("PromotionsSet")
        let action = messageHeaderLength + PromotionsSetLayout.action
        bytes[action] = 4
        let error = #expect(throws: CodecError.self) { try unsafe RecordJSON.line(bytes.span.bytes, sequence: 1) }
        #expect(error == CodecError(.valueUnknown(field: "action", value: 4), at: action))
        bytes[action] = 3
        let state = messageHeaderLength + PromotionsSetLayout.blockLength + 4
        bytes[state] = 0
        let second = #expect(throws: CodecError.self) { try unsafe RecordJSON.line(bytes.span.bytes, sequence: 1) }
        #expect(second == CodecError(.valueUnknown(field: "state", value: 0), at: state))
    }

    @Test func `damage inside of the lots is told with its place in the record`() throws {
        var bytes = try Self.golden("PurchaseRecorded")
        let lots = bytes.count - 11
        bytes[lots + 2] |= 3
        let error = #expect(throws: CodecError.self) { try unsafe RecordJSON.line(bytes.span.bytes, sequence: 1) }
        #expect(error.map { (lots + 2...lots + 6).contains($0.offset) } == true)
    }
}
