import TallyBytes
import TallyCodec
import TallyModel

extension ProgrammeState {
    /// A receipt with the codes that it used or gave back: first the receipt, then its steps in their order.
    mutating func applyCodedReceipt(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        let coded: CodedReceipt
        let template: UInt16
        do throws(CodecError) {
            coded = try CodedReceipt(record)
            template = try Message.templateID(of: coded.receipt)
        } catch {
            throw .malformed(error)
        }
        let envelope = coded.envelope
        try note(envelope, sequence)
        if envelope.member != 0 { try chain(envelope, sequence) }
        switch template {
        case PurchaseRecordedLayout.templateID:
            try takePurchase(
                try message(coded.receipt, PurchaseRecordedLayout.shape), member: envelope.member, sequence)
        case ReturnRecordedLayout.templateID:
            try takeReturn(try message(coded.receipt, ReturnRecordedLayout.shape), member: envelope.member, sequence)
        case ExchangeRecordedLayout.templateID:
            try takeExchange(
                try message(coded.receipt, ExchangeRecordedLayout.shape), member: envelope.member, sequence)
        default: throw .malformed(CodecError(.unexpectedTemplate(template), at: 2))
        }
        for index in 0..<coded.stepCount { try takeCodeStep(coded.step(at: index), of: envelope, sequence) }
    }

    /// A use or restoration inside a receipt; it is the receipt's member's, or that of a bearer.
    private mutating func takeCodeStep(
        _ record: RawSpan, of envelope: RecordEnvelope, _ sequence: UInt64
    ) throws(StateError.Fault) {
        typealias Layout = InstrumentMovedLayout
        let message = try message(record, Layout.shape)
        let (action, member) = (message.u8(Layout.action), message.envelope.member)
        guard action == InstrumentAction.redeem.rawValue || action == InstrumentAction.restore.rawValue else {
            throw .unknown(what: "step of a receipt", number: UInt64(action))
        }
        guard member == 0 || member == envelope.member else { throw .unknown(what: "member", number: UInt64(member)) }
        try takeStep(message, sequence)
    }

    /// The line number under which ``returned(purchase:line:)`` keeps what of a code's use has come back: 1 as its quantity when the use
    /// itself has, and its money.
    ///
    /// Uses are told apart by their place among the steps of their record, from 1.
    public static func codeLine(of place: UInt32) -> UInt32 { 1 << 17 | place }
}
