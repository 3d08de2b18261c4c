import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    /// Takes the next record of the log into the state: **the** apply function.
    ///
    /// The running daemon, a restart, a replay, an as-of question and an audit all call it, record by record in sequence
    /// order, so they cannot come to different states. It looks at the record and the state and at nothing else.
    ///
    /// - Parameters:
    ///   - record: The record's bytes.
    ///   - sequence: Its place in the log: one more than ``sequence``.
    /// - Throws: ``StateError`` for a record that cannot follow. The state may then hold a part of it and is of no more use.
    public mutating func apply(_ record: RawSpan, sequence: UInt64) throws(StateError) {
        do throws(StateError.Fault) {
            try applyNext(record, sequence)
        } catch {
            throw StateError(error, sequence: sequence)
        }
    }

    private mutating func applyNext(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        guard sequence == self.sequence &+ 1 else { throw .outOfOrder(expected: self.sequence &+ 1) }
        let template: UInt16
        do throws(CodecError) { template = try Message.templateID(of: record) } catch { throw .malformed(error) }
        switch template {
        case PurchaseRecordedLayout.templateID: try applyPurchase(record, sequence)
        case ReturnRecordedLayout.templateID: try applyReturn(record, sequence)
        case RejectedLayout.templateID: try applyRejected(record, sequence)
        case MemberRegisteredLayout.templateID: try applyMemberRegistered(record, sequence)
        case IdentifierLinkedLayout.templateID: try applyIdentifierLinked(record, sequence)
        case SourceRecordedLayout.templateID: try applySourceRecorded(record, sequence)
        case BusinessDefinedLayout.templateID: try applyBusinessDefined(record, sequence)
        case StoreDefinedLayout.templateID: try applyStoreDefined(record, sequence)
        case WalletDefinedLayout.templateID: try applyWalletDefined(record, sequence)
        case AccrualDefinedLayout.templateID: try applyAccrualDefined(record, sequence)
        case ClockAdvancedLayout.templateID: try applyClockAdvanced(record, sequence)
        case HoldPlacedLayout.templateID: try applyHoldPlaced(record, sequence)
        case HoldReleasedLayout.templateID: try applyHoldReleased(record, sequence)
        case AdjustedLayout.templateID: try applyAdjusted(record, sequence)
        case ExchangeRecordedLayout.templateID: try applyExchange(record, sequence)
        case WalletTermsSetLayout.templateID: try applyWalletTermsSet(record, sequence)
        case SettlementTermsSetLayout.templateID: try applySettlementTermsSet(record, sequence)
        case ClockSetLayout.templateID: try applyClockSet(record, sequence)
        case InstrumentDefinedLayout.templateID: try applyInstrumentDefined(record, sequence)
        case InstrumentsIssuedLayout.templateID: try applyInstrumentsIssued(record, sequence)
        case InstrumentMovedLayout.templateID: try applyInstrumentMoved(record, sequence)
        case InstrumentsExpiredLayout.templateID: try applyInstrumentsExpired(record, sequence)
        case CodedReceiptRecordedLayout.templateID: try applyCodedReceipt(record, sequence)
        case PromotedReceiptRecordedLayout.templateID: try applyPromotedReceipt(record, sequence)
        case DocumentKeptLayout.templateID: try applyDocumentKept(record, sequence)
        case PromotionsSetLayout.templateID: try applyPromotionsSet(record, sequence)
        case PriceChangedLayout.templateID: try applyPriceChanged(record, sequence)
        case TransferredLayout.templateID: try applyTransferred(record, sequence)
        case MemberBlockedLayout.templateID: try applyMemberBlocked(record, sequence)
        case OperatorSetLayout.templateID: try applyOperatorSet(record, sequence)
        case ProposedLayout.templateID: try applyProposed(record, sequence)
        case DeclinedLayout.templateID: try applyDeclined(record, sequence)
        case PeriodClosedLayout.templateID: try applyPeriodClosed(record, sequence)
        case MembersMergedLayout.templateID: try applyMembersMerged(record, sequence)
        case MembersSplitLayout.templateID: try applyMembersSplit(record, sequence)
        case LedgerCreatedLayout.templateID: try applyLedgerCreated(record, sequence)
        default: throw .malformed(CodecError(.unexpectedTemplate(template), at: 2))
        }
        self.sequence = sequence
    }

    /// Reads a record as a message of one shape.
    @inline(__always)
    @_lifetime(copy record)
    func message(_ record: RawSpan, _ shape: MessageShape) throws(StateError.Fault) -> Message {
        do throws(CodecError) { return try Message(record, shape: shape) } catch { throw .malformed(error) }
    }

    /// What every record does: its source moves on by one, the ledger's time moves on.
    @inline(__always)
    mutating func note(_ envelope: RecordEnvelope, _ sequence: UInt64) throws(StateError.Fault) {
        let source = Int(envelope.source)
        guard source < sources.count else { throw .unknown(what: "source", number: UInt64(source)) }
        let expected = sources[source].lastNumber &+ 1
        guard envelope.number == expected else {
            throw .numberOutOfOrder(source: envelope.source, expected: expected, found: envelope.number)
        }
        sources.update(source) { row in
            row.lastNumber = envelope.number
            row.lastSequence = sequence
        }
        guard envelope.recordedAt > ledger[0].recordedAt else { throw .timeOutOfOrder }
        ledger.update(0) { $0.recordedAt = envelope.recordedAt }
    }

    /// Moves the member's chain on to this record.
    @inline(__always)
    mutating func chain(_ envelope: RecordEnvelope, _ sequence: UInt64) throws(StateError.Fault) {
        guard hasMember(MemberNumber(envelope.member)) else {
            throw .unknown(what: "member", number: UInt64(envelope.member))
        }
        let row = Int(envelope.member) - 1
        // Who was merged into another has no records of its own any more.
        guard members[row].isMerged == 0 else { throw .unknown(what: "member", number: UInt64(envelope.member)) }
        let previous = members[row].lastSequence
        guard envelope.previousOfMember == previous else {
            throw .chainBroken(expected: previous, found: envelope.previousOfMember)
        }
        members.update(row) { $0.lastSequence = sequence }
    }

    private mutating func applyRejected(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        let message = try message(record, RejectedLayout.shape)
        try note(message.envelope, sequence)
        ledger.update(0) { $0.rejections &+= 1 }
    }
}
