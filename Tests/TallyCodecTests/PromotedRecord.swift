import TallyBytes
import TallyCodec
import TallyModel

/// The record of a purchase with what promotions did, put together by hand.
struct PromotedRecord {
    /// Its bytes.
    let bytes: [UInt8]
    /// Where what promotions did begins.
    let detailsOffset: Int

    /// A record around the golden purchase, or around another record.
    init(receipt: [UInt8]? = nil, details: [UInt8]) throws {
        typealias Layout = PromotedReceiptRecordedLayout
        let receipt = try receipt ?? GoldenMessage.purchaseRecorded.encoded()
        let draft = RecordDraft(
            shape: Layout.shape, fields: [.init(Layout.receiptLength, UInt16(receipt.count))],
            groups: [.entries([])], tail: receipt + details)
        var writer = ByteWriter()
        draft.write(into: &writer)
        bytes = Array(copying: writer.bytes)
        detailsOffset = bytes.count - details.count
    }

    /// A record of an account.
    init(receipt: [UInt8]? = nil, _ account: PromotionAccount) throws {
        try self.init(receipt: receipt, details: PromotedRecord.details(account))
    }

    /// The bytes of an account.
    static func details(_ account: PromotionAccount) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(account)
        return Array(copying: writer.bytes)
    }

    /// What is read from it.
    func account() throws -> PromotionAccount {
        try bytes.read { (record) throws in try PromotedReceipt(record).account() }
    }

    /// The promotions that it names.
    func names() throws -> [PromotionAccount.Name] {
        try bytes.read { (record) throws in try PromotedReceipt(record).names() }
    }
}
