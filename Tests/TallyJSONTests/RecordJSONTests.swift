import TallyBytes
import TallyCodec
import TallyJSON
import TallyModel
import Testing

struct RecordJSONTests {
    private static let envelope = RecordEnvelope(
        recordedAt: 1_483_271_606_000_001, source: 3, number: 17, commandDigest: 0xAB, previousOfMember: 4, member: 5)

    /// A purchase of one line with two postings.
    private static func purchase() -> ByteWriter {
        var writer = ByteWriter()
        writer.append(header: PurchaseRecordedLayout.shape)
        writer.append(envelope: envelope)
        writer.append(u32: 2)
        writer.append(i64: 1_483_271_606_000_000)
        writer.append(i64: 150)
        writer.append(i64: 8)
        writer.append(i16: -300)
        writer.append(u16: 1)
        writer.append(u8: 0)
        writer.append(u8: 4)
        writer.append(groupOf: 1, entryLength: PurchaseRecordedLayout.Lines.entryLength)
        writer.append(i64: 1000)
        writer.append(i64: 150)
        writer.append(u8: 3)
        writer.append(u8: 0)
        writer.append(groupOf: 2, entryLength: PurchaseRecordedLayout.Postings.entryLength)
        for (amount, purpose) in [(Int64(-8), Purpose.issued), (8, .active)] {
            writer.append(i64: amount)
            writer.append(u16: 1)
            writer.append(u16: 1)
            writer.append(u8: purpose.rawValue)
        }
        writer.append(texts: ["A-17", "sku"])
        return writer
    }

    @Test func `a purchase shows every field, line and posting`() throws {
        let record = Self.purchase()
        #expect(
            try RecordJSON.line(record.bytes, sequence: 12)
                == #"{"sequence":12,"record":"purchase_recorded","recorded_at":"2017-01-01T11:53:26.000001Z","recorded_at_microseconds":1483271606000001,"source":3,"number":17,"command_digest":"00000000000000ab","previous_of_member":4,"member":5,"store":2,"occurred_at":"2017-01-01T06:53:26-05:00","occurred_at_microseconds":1483271606000000,"total_minor":150,"balance_after_minor":8,"utc_offset_minutes":-300,"accrual_revision":1,"channel":"till","receipt":"A-17","lines":[{"sku":"sku","category":"","quantity_thousandths":1000,"total_minor":150}],"postings":[{"amount_minor":-8,"business":1,"wallet":1,"purpose":"issued"},{"amount_minor":8,"business":1,"wallet":1,"purpose":"active"}]}"#
        )
        #expect(try RecordJSON.envelope(of: record.bytes) == Self.envelope)
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

    @Test func `damaged bytes are an error and never a crash`() throws {
        let record = Self.purchase()
        let whole = unsafe record.bytes.withUnsafeBytes { unsafe Array($0) }
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
}
