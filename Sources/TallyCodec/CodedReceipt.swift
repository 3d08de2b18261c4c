import TallyBytes

/// The record of a receipt that used codes or gave them back, read in place.
///
/// ```
/// ┌ envelope, lengths ┬ the receipt's record ┬ step ┬ step ┬ … ┐
/// ```
public struct CodedReceipt: ~Escapable {
    /// The record of the purchase, return or exchange.
    public let receipt: RawSpan
    private let message: Message

    /// Cuts the record into its parts.
    ///
    /// - Throws: ``CodecError`` when the bytes are another record, or the parts are not the whole text.
    @_lifetime(copy record)
    public init(_ record: RawSpan) throws(CodecError) {
        typealias Layout = CodedReceiptRecordedLayout
        message = try Message(record, shape: Layout.shape)
        let length = Int(message.u16(Layout.receiptLength))
        var needed = length
        for index in 0..<message.firstGroup.count { needed += CodedReceipt.length(of: index, message) }
        guard needed == message.textLength, let receipt = message.text(at: 0, count: length) else {
            throw CodecError(.textLengthMismatch(needed: needed, found: message.textLength), at: message.textOffset)
        }
        self.receipt = receipt
    }

    /// What stands at the front of the record.
    public var envelope: RecordEnvelope { message.envelope }
    /// How many steps of codes there are.
    public var stepCount: Int { message.firstGroup.count }

    /// The record of the step at `index`.
    @_lifetime(copy self)
    public func step(at index: Int) -> RawSpan {
        var start = message.textOffset + receipt.byteCount
        for before in 0..<index { start += CodedReceipt.length(of: before, message) }
        return message.bytes.extracting(start..<(start + CodedReceipt.length(of: index, message)))
    }

    /// The receipt inside a record, or the record itself when it has no codes and no promotions: whoever cares about receipts alone reads this.
    @_lifetime(copy record)
    public static func receipt(in record: RawSpan) -> RawSpan {
        let record = PromotedReceipt.receipt(in: record)
        guard let coded = try? CodedReceipt(record) else { return record }
        return coded.receipt
    }

    private static func length(of index: Int, _ message: borrowing Message) -> Int {
        Int(message.bytes.u16(at: message.firstGroup.offset + index * message.firstGroup.stride))
    }
}
