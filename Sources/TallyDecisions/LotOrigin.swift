import TallyBytes
import TallyCodec
import TallyModel

/// What a lot was when it was made: read from the record that made it, when points come back to a lot that is used up.
struct LotOrigin {
    var issuer: UInt16
    var beginsAt: UInt32
    var endsAt: UInt32

    /// Looks a lot up in the record that made it.
    ///
    /// - Returns: nil when the record makes no such lot.
    init?(_ lot: LotID, in record: RawSpan) {
        let record = CodedReceipt.receipt(in: record)
        if let exchange = try? Message(record, shape: ExchangeRecordedLayout.shape) {
            let length = Int(exchange.u16(ExchangeRecordedLayout.returnLength))
            guard let slip = exchange.text(at: 0, count: length),
                let receipt = exchange.text(at: length, count: exchange.textLength - length),
                let found = LotOrigin(lot, in: receipt) ?? LotOrigin(lot, in: slip)
            else { return nil }
            self = found
            return
        }
        guard let message = LotOrigin.message(record) else { return nil }
        if let found = LotOrigin(lot, byPostingsOf: message) ?? LotOrigin(lot, byListOf: message) {
            self = found
        } else {
            return nil
        }
    }

    private init?(_ lot: LotID, byPostingsOf message: borrowing Message) {
        let group = message.postings
        for index in 0..<group.count {
            guard let posting = message.posting(index, of: group), UInt16(posting.lot) == lot.place else { continue }
            (issuer, beginsAt, endsAt) = (posting.business, posting.beginsAt, posting.endsAt)
            return
        }
        return nil
    }

    private init?(_ lot: LotID, byListOf message: borrowing Message) {
        let (length, following) = LotOrigin.listLengths(message)
        guard var list = try? message.lots(length: length, before: following) else { return nil }
        while let move = try? list.next() {
            guard move.kind == .make, move.lot == lot else { continue }
            (issuer, beginsAt, endsAt) = (move.issuer, move.beginsAt, move.endsAt)
            return
        }
        return nil
    }

    @_lifetime(copy record)
    private static func message(_ record: RawSpan) -> Message? {
        let shapes = [
            PurchaseRecordedLayout.shape, ReturnRecordedLayout.shape, AdjustedLayout.shape, TransferredLayout.shape,
        ]
        for shape in shapes {
            if let message = try? Message(record, shape: shape) { return message }
        }
        return nil
    }

    /// Bytes of the list of lots that a record makes, and of the list behind it.
    private static func listLengths(_ message: borrowing Message) -> (UInt16, UInt16) {
        switch message.bytes.u16(at: 2) {
        case PurchaseRecordedLayout.templateID: (message.u16(PurchaseRecordedLayout.lotsLength), 0)
        case ReturnRecordedLayout.templateID: (message.u16(ReturnRecordedLayout.lotsLength), 0)
        case TransferredLayout.templateID:
            (message.u16(TransferredLayout.madeLength), message.u16(TransferredLayout.lotsLength))
        default: (message.u16(AdjustedLayout.lotsLength), 0)
        }
    }
}
