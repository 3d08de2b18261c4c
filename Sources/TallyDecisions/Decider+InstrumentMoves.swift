import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

/// A step that a command asks for; texts are looked up, what they name is not judged yet.
struct StepForm {
    let action: InstrumentAction
    let amount: Int64
    let seconds: UInt32
    let moment: Moment
    /// 0 for the instrument's own business.
    let store: UInt32
    var member: MemberNumber
    /// The record of the reservation or redemption; nil when the command names none.
    let reference: FoundStep?
}

/// A step that the log holds.
struct FoundStep {
    var sequence: UInt64
    var action: InstrumentAction
    var amount: Int64
    var instrument: Int
    var serial: UInt32
    var slot: Int
    /// Who stands for whoever took the step.
    var member: MemberNumber
    /// Who took it, and for whom the use counts.
    var counted: MemberNumber
}

/// Which copy of which instrument.
struct CopyPlace: Equatable {
    /// Row of the instrument.
    var instrument: Int
    /// 0 for the code of a generic instrument.
    var serial: UInt32
}

extension Decider {
    /// Takes a step with a copy of an instrument.
    func decideStep(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = MoveInstrumentLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let storeID = try cursor.optionalIdentifier(message.u8(Layout.storeLength), of: message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let receipt = try cursor.optionalIdentifier(message.u8(Layout.receiptLength), of: message)
        let code = try cursor.optionalIdentifier(message.u8(Layout.codeLength), of: message)
        let instrumentID = try cursor.optionalIdentifier(message.u8(Layout.instrumentLength), of: message)
        try cursor.finish(message)
        let form = try stepForm(message, storeID, memberKey, state: state, history: history)
        var verdict = Verdict()
        check(form, &verdict, state: state)
        let named = try place(
            code: code, instrument: instrumentID, serial: message.u32(Layout.serial), verdict, state: state)
        let place = named ?? form.reference.map { CopyPlace(instrument: $0.instrument, serial: $0.serial) }
        guard let place else { throw verdict.refusal(.instrumentUnknown) }
        if let found = form.reference {
            verdict.note(.holdOfAnother, if: place != CopyPlace(instrument: found.instrument, serial: found.serial))
        }
        var sheet = CodeSheet()
        let step = try decide(form, at: place, verdict, &sheet, state: state)
        let chained = chained(envelope, step.member, state: state)
        return append(step, form, receipt, chained, state: state, into: &records)
    }

    /// Reads what a step says of store, member, time and reference.
    private func stepForm(
        _ message: borrowing Message, _ storeID: RawSpan, _ memberKey: RawSpan, state: borrowing ProgrammeState,
        history: some RecordSource
    ) throws(Refused) -> StepForm {
        typealias Layout = MoveInstrumentLayout
        guard let action = InstrumentAction(rawValue: message.u8(Layout.action)) else { throw Refused(.textMalformed) }
        let store = storeID.byteCount == 0 ? nil : state.store(id: storeID)
        guard store != nil || storeID.byteCount == 0 else { throw Refused(.storeUnknown) }
        let member = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        let moment = Moment(message.i64(Layout.occurredAt), message.i16(Layout.utcOffsetMinutes))
        let isUse = action == .reserve || action == .redeem
        guard !isUse || member == .none || state.members[Int(member.rawValue) - 1].blocked == 0 else {
            throw Refused(.memberBlocked)
        }
        try ReceiptCheck.time(moment.microseconds, utcOffsetMinutes: moment.utcOffsetMinutes)
        let amount = message.i64(Layout.amount)
        guard amount >= 0 else { throw Refused(.amountNegative) }
        guard amount <= Limits.amountMinorMax else { throw Refused(.amountTooLarge) }
        return StepForm(
            action: action, amount: amount, seconds: message.u32(Layout.seconds), moment: moment,
            store: store?.rawValue ?? 0, member: member,
            reference: try reference(of: message, action, state: state, history: history))
    }

    /// The reservation or redemption that a step names; nil when it names none.
    private func reference(
        of message: borrowing Message, _ action: InstrumentAction, state: borrowing ProgrammeState,
        history: some RecordSource
    ) throws(Refused) -> FoundStep? {
        typealias Layout = MoveInstrumentLayout
        let name = PurchaseName(
            sequence: message.u64(Layout.reference), source: message.u32(Layout.referenceSource),
            number: message.u64(Layout.referenceNumber))
        let wanted: InstrumentAction
        switch action {
        case .redeem where name.sequence == 0 && name.number == 0, .reserve, .cancel, .charge: return nil
        case .redeem, .release: wanted = .reserve
        case .restore: wanted = .redeem
        }
        guard let found = step(name, state: state, history: history), found.action == wanted else {
            throw Refused(action == .restore ? .restoreBeyondRedemption : .holdUnknown)
        }
        return found
    }

    /// The step that a command names by its place in the log or by its source and number; nil when the log holds none there.
    func step(_ name: PurchaseName, state: borrowing ProgrammeState, history: some RecordSource) -> FoundStep? {
        let named = name.sequence != 0 ? name.sequence : history.sequence(source: name.source, number: name.number)
        var found: FoundStep?
        if let named { history.withRecord(named) { record in found = FoundStep(record, sequence: named, state) } }
        return found
    }

    /// Notes what is wrong with a step whatever it concerns.
    private func check(_ form: StepForm, _ verdict: inout Verdict, state: borrowing ProgrammeState) {
        if form.action == .reserve {
            verdict.note(.holdTimeMalformed, if: form.seconds == 0 || form.seconds > Limits.holdSecondsMax)
            verdict.note(.capacityReached, if: state.dueReservations.count >= Limits.reservationsMax)
        }
        if let found = form.reference, form.member != .none {
            verdict.note(.holdOfAnother, if: found.member != form.member)
        }
    }

    /// The copy that a command names by its code or its serial; nil when it names it by a reservation or redemption.
    func place(
        code: RawSpan, instrument id: RawSpan, serial: UInt32, _ verdict: Verdict, state: borrowing ProgrammeState
    ) throws(Refused) -> CopyPlace? {
        if code.byteCount > 0 { return try place(code: code, verdict, state: state) }
        guard id.byteCount > 0 else { return nil }
        guard let instrument = state.instrument(id: id) else { throw verdict.refusal(.instrumentUnknown) }
        guard isIssued(serial, instrument, state: state) else { throw verdict.refusal(.codeUnknown) }
        return CopyPlace(instrument: instrument, serial: serial)
    }

    private func place(
        code: RawSpan, _ verdict: Verdict, state: borrowing ProgrammeState
    ) throws(Refused) -> CopyPlace {
        let capitals = code.inCapitals()
        if let instrument = state.instrument(genericCode: capitals.bytes) {
            return CopyPlace(instrument: instrument, serial: 0)
        }
        switch InstrumentCode.read(code, key: key) {
        case .unique(let number, let serial):
            let instrument = Int(number) - 1
            guard instrument >= 0, instrument < state.instruments.count else {
                throw verdict.refusal(.instrumentUnknown)
            }
            guard serial != 0, isIssued(serial, instrument, state: state) else { throw verdict.refusal(.codeUnknown) }
            return CopyPlace(instrument: instrument, serial: serial)
        case .mistyped: throw verdict.refusal(.codeMistyped)
        case .foreign:
            let isMistyped = isPrintedCodeMistyped(capitals.bytes, state: state)
            throw verdict.refusal(isMistyped ? .codeMistyped : .instrumentUnknown)
        }
    }

    private func isIssued(_ serial: UInt32, _ instrument: Int, state: borrowing ProgrammeState) -> Bool {
        guard serial != 0 else { return state.instruments[instrument].isGeneric }
        guard let issue = state.instrumentIssue(of: serial) else { return false }
        return state.instrumentIssues[issue].instrument == UInt32(instrument + 1)
    }

    /// True when a code is as long as a printed one that has a check digit, and its own check digit does not fit.
    private func isPrintedCodeMistyped(_ code: RawSpan, state: borrowing ProgrammeState) -> Bool {
        (0..<state.instruments.count).contains { row in
            let instrument = state.instruments[row]
            guard let scheme = CheckScheme(rawValue: instrument.checkScheme), scheme != .none else { return false }
            return Int(instrument.code.count) == code.byteCount && !CheckDigits.isSound(code, scheme)
        }
    }

    /// Writes the record of a step.
    private func append(
        _ step: DecidedStep, _ form: StepForm, _ receipt: RawSpan, _ envelope: RecordEnvelope,
        state: borrowing ProgrammeState, into records: inout ByteWriter
    ) -> Outcome {
        let ends = step.reserves ? UInt32(clamping: envelope.recordedAt / 1_000_000 + Int64(form.seconds)) : 0
        let slot = step.reserves ? state.nextReservationSlot : step.slot
        records.append(step, form.moment, store: form.store, slot: slot, endsAt: ends, why: .released, envelope)
        records.append(u8: UInt8(receipt.byteCount))
        records.append(postings: step.draft.postings)
        records.append(u16: UInt16(receipt.byteCount))
        records.append(bytes: receipt)
        return Outcome(
            status: .recorded, member: step.member.rawValue,
            points: step.action.points(amount: step.amount, lost: step.lost), balance: step.balance)
    }
}

extension ByteWriter {
    /// Appends the record of a step up to its receipt.
    mutating func append(
        _ step: DecidedStep, _ moment: Moment, store: UInt32, slot: Int, endsAt: UInt32, why: HoldEnd,
        _ envelope: RecordEnvelope
    ) {
        append(header: InstrumentMovedLayout.shape)
        append(envelope: envelope)
        append(i64: moment.microseconds)
        append(i64: step.amount)
        append(i64: step.lost)
        append(i64: step.balance)
        append(u64: step.reference)
        append(u32: UInt32(step.place.instrument + 1))
        append(u32: step.place.serial)
        append(u32: store)
        append(u32: UInt32(slot))
        append(u32: endsAt)
        append(i16: moment.utcOffsetMinutes)
        append(u8: step.action.rawValue)
        append(u8: why.rawValue)
    }
}

extension FoundStep {
    /// The step of a record; nil when the record is of another kind.
    fileprivate init?(_ record: RawSpan, sequence: UInt64, _ state: borrowing ProgrammeState) {
        typealias Layout = InstrumentMovedLayout
        guard let message = try? Message(record, shape: Layout.shape),
            let action = InstrumentAction(rawValue: message.u8(Layout.action))
        else { return nil }
        self.init(
            sequence: sequence, action: action, amount: message.i64(Layout.amount),
            instrument: Int(message.u32(Layout.instrument)) - 1, serial: message.u32(Layout.serial),
            slot: Int(message.u32(Layout.slot)),
            member: state.standing(for: MemberNumber(message.envelope.member)),
            counted: MemberNumber(message.envelope.member))
    }
}
