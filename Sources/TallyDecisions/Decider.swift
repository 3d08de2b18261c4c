public import TallyBytes
public import TallyCodec
public import TallyModel
public import TallyProjections

/// Accepts or refuses commands: a command and the state go in, a record comes out.
///
/// Nothing here waits, locks or looks at a clock, so the running daemon and an audit decide alike.
public struct Decider: Sendable {
    let key: IdentityKey

    /// A decider that hashes phones and cards with `key`.
    public init(key: IdentityKey) { self.key = key }

    /// The digest under which a command is recognised when it is sent again.
    public func digest(command: RawSpan) -> UInt64 { key.digest(command: command) }

    /// Decides one command and writes its record, whether it is accepted or refused.
    ///
    /// - Parameters:
    ///   - command: The command's bytes.
    ///   - envelope: Time, source, number and digest of the event; member and chain are filled in here.
    ///   - state: What is known before the command.
    ///   - history: Earlier records, which a return looks up.
    ///   - desk: Keeps promotions compiled; without one, no command that needs them is accepted.
    ///   - records: Receives exactly one record.
    /// - Returns: The outcome without its place in the log.
    public func decide(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        desk: PromotionDesk? = nil, into records: inout ByteWriter
    ) -> Outcome {
        let start = records.count
        do throws(Refused) {
            let outcome = try accept(
                command, envelope, state: state, history: history, desk: desk, into: &records)
            guard records.count - start <= Limits.recordBytesMax else { throw Refused(.commandTooLong) }
            return outcome
        } catch {
            records.truncate(to: start)
            let template = (try? Message.templateID(of: command)) ?? 0
            records.append(rejected: error.rejection, line: error.line, command: template, envelope)
            return Outcome(status: .rejected, code: error.rejection.rawValue, line: error.line)
        }
    }

    private func accept(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        desk: PromotionDesk?, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        guard command.byteCount <= Limits.commandBytesMax else { throw Refused(.commandTooLong) }
        switch try template(of: command) {
        case PurchaseLayout.templateID:
            return try decidePurchase(command, envelope, state: state, history: history, into: &records)
        case PricedPurchaseLayout.templateID:
            return try decidePricedPurchase(
                command, envelope, state: state, history: history, desk: desk, into: &records)
        case ReturnLayout.templateID:
            return try decideReturn(command, envelope, state: state, history: history, into: &records)
        case RegisterMemberLayout.templateID:
            return try decideRegistration(command, envelope, state: state, into: &records)
        case LinkIdentifierLayout.templateID: return try decideLink(command, envelope, state: state, into: &records)
        case DefineBusinessLayout.templateID: return try decideBusiness(command, envelope, state: state, into: &records)
        case DefineStoreLayout.templateID: return try decideStore(command, envelope, state: state, into: &records)
        case DefineWalletLayout.templateID: return try decideWallet(command, envelope, state: state, into: &records)
        case DefineAccrualLayout.templateID: return try decideAccrual(command, envelope, state: state, into: &records)
        case KeepDocumentLayout.templateID:
            return try decideDocument(command, envelope, state: state, history: history, into: &records)
        case SetPromotionsLayout.templateID:
            return try decidePromotions(command, envelope, state: state, history: history, desk: desk, into: &records)
        default:
            return try acceptPoints(command, envelope, state: state, history: history, into: &records)
        }
    }

    /// The commands that move points without a plain receipt.
    private func acceptPoints(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        switch try template(of: command) {
        case CodedPurchaseLayout.templateID:
            return try decideCodedPurchase(command, envelope, state: state, history: history, into: &records)
        case PlaceHoldLayout.templateID: return try decideHold(command, envelope, state: state, into: &records)
        case ReleaseHoldLayout.templateID:
            return try decideRelease(command, envelope, state: state, history: history, into: &records)
        case VoidPurchaseLayout.templateID:
            return try decideVoid(command, envelope, state: state, history: history, into: &records)
        case ExchangeLayout.templateID:
            return try decideExchange(command, envelope, state: state, history: history, into: &records)
        case AdjustLayout.templateID:
            return try decideAdjustment(command, envelope, state: state, history: history, into: &records)
        case AdvanceClockLayout.templateID: return try decideClock(command, envelope, state: state, into: &records)
        case SetWalletTermsLayout.templateID: return try decideTerms(command, envelope, state: state, into: &records)
        case SetSettlementTermsLayout.templateID:
            return try decideSettlement(command, envelope, state: state, into: &records)
        default: return try acceptInstruments(command, envelope, state: state, history: history, into: &records)
        }
    }

    /// The commands about gift cards, certificates, coupons and promo codes.
    private func acceptInstruments(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        switch try template(of: command) {
        case MoveInstrumentLayout.templateID:
            return try decideStep(command, envelope, state: state, history: history, into: &records)
        case IssueInstrumentsLayout.templateID: return try decideIssue(command, envelope, state: state, into: &records)
        case DefineInstrumentLayout.templateID:
            return try decideInstrument(command, envelope, state: state, into: &records)
        default: return try acceptManualWork(command, envelope, state: state, history: history, into: &records)
        }
    }

    /// The commands of people: operators, their approvals, transfers, blocks, the ends of months, merges and splits.
    private func acceptManualWork(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        switch try template(of: command) {
        case TransferLayout.templateID: return try decideTransfer(command, envelope, state: state, into: &records)
        case BlockLayout.templateID: return try decideBlock(command, envelope, state: state, into: &records)
        case SetOperatorLayout.templateID: return try decideOperator(command, envelope, state: state, into: &records)
        case ApproveLayout.templateID:
            return try decideApproval(command, envelope, state: state, history: history, into: &records)
        case ClosePeriodLayout.templateID: return try decideClosing(command, envelope, state: state, into: &records)
        case MergeLayout.templateID: return try decideMerge(command, envelope, state: state, into: &records)
        case SplitLayout.templateID:
            return try decideSplit(command, envelope, state: state, history: history, into: &records)
        default: throw Refused(.commandUnknown)
        }
    }

    private func template(of command: RawSpan) throws(Refused) -> UInt16 {
        do throws(CodecError) { return try Message.templateID(of: command) } catch { throw Refused(.commandUnknown) }
    }

    /// Reads a command in place.
    ///
    /// Its form was checked when it was received, so a failure here means an unknown command.
    @inline(__always)
    @_lifetime(copy command)
    func message(_ command: RawSpan, _ shape: MessageShape) throws(Refused) -> Message {
        do throws(CodecError) { return try Message(command, shape: shape) } catch { throw Refused(.commandUnknown) }
    }

    /// Checks that the bytes have the form of a command, before anything of their batch is decided.
    ///
    /// A command of an unknown kind passes: it is refused as such, under its number.
    ///
    /// - Throws: ``TallyCodec/CodecError`` for broken bytes.
    public static func checkForm(_ command: RawSpan) throws(CodecError) {
        let shape: MessageShape
        switch try Message.templateID(of: command) {
        case PurchaseLayout.templateID: shape = PurchaseLayout.shape
        case CodedPurchaseLayout.templateID: shape = CodedPurchaseLayout.shape
        case ReturnLayout.templateID: shape = ReturnLayout.shape
        case RegisterMemberLayout.templateID: shape = RegisterMemberLayout.shape
        case LinkIdentifierLayout.templateID: shape = LinkIdentifierLayout.shape
        case DefineBusinessLayout.templateID: shape = DefineBusinessLayout.shape
        case DefineStoreLayout.templateID: shape = DefineStoreLayout.shape
        case DefineWalletLayout.templateID: shape = DefineWalletLayout.shape
        case DefineAccrualLayout.templateID: shape = DefineAccrualLayout.shape
        case PlaceHoldLayout.templateID: shape = PlaceHoldLayout.shape
        case ReleaseHoldLayout.templateID: shape = ReleaseHoldLayout.shape
        case VoidPurchaseLayout.templateID: shape = VoidPurchaseLayout.shape
        case ExchangeLayout.templateID: shape = ExchangeLayout.shape
        case AdjustLayout.templateID: shape = AdjustLayout.shape
        case AdvanceClockLayout.templateID: shape = AdvanceClockLayout.shape
        case SetWalletTermsLayout.templateID: shape = SetWalletTermsLayout.shape
        case SetSettlementTermsLayout.templateID: shape = SetSettlementTermsLayout.shape
        case DefineInstrumentLayout.templateID: shape = DefineInstrumentLayout.shape
        case IssueInstrumentsLayout.templateID: shape = IssueInstrumentsLayout.shape
        case MoveInstrumentLayout.templateID: shape = MoveInstrumentLayout.shape
        case TransferLayout.templateID: shape = TransferLayout.shape
        case BlockLayout.templateID: shape = BlockLayout.shape
        case SetOperatorLayout.templateID: shape = SetOperatorLayout.shape
        case ApproveLayout.templateID: shape = ApproveLayout.shape
        case ClosePeriodLayout.templateID: shape = ClosePeriodLayout.shape
        case MergeLayout.templateID: shape = MergeLayout.shape
        case SplitLayout.templateID: shape = SplitLayout.shape
        case KeepDocumentLayout.templateID: shape = KeepDocumentLayout.shape
        case SetPromotionsLayout.templateID: shape = SetPromotionsLayout.shape
        case PricedPurchaseLayout.templateID: shape = PricedPurchaseLayout.shape
        default: return
        }
        _ = try Message(command, shape: shape)
    }
}
