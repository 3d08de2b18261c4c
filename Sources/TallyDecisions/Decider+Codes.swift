import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Decides a purchase with the codes that it uses; all are recorded or nothing is.
    ///
    /// > Source: Domain model, section 2; lessons 18 and 23: a receipt and the use of its codes are one record.
    func decideCodedPurchase(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        let facts = try purchaseForm(try plainPurchase(in: command), state: state)
        let envelope = chained(envelope, facts.member, state: state)
        var sheet = MemberSheet(facts.member)
        var codes = CodeSheet()
        var receipt = ByteWriter(capacity: 2048)
        let outcome = try decidePurchase(
            facts, of: command, envelope, &sheet, &codes, state: state, history: history, into: &receipt)
        try records.append(receipt, codes, envelope)
        return outcome
    }

    /// The purchase inside a purchase with codes; a plain one itself.
    @_lifetime(copy command)
    func plainPurchase(in command: RawSpan) throws(Refused) -> RawSpan {
        typealias Layout = CodedPurchaseLayout
        guard try isCoded(command) else { return command }
        let coded = try message(command, Layout.shape)
        guard let purchase = coded.text(at: 0, count: Int(coded.u16(Layout.purchaseLength))) else {
            throw Refused(.textMalformed)
        }
        return purchase
    }

    private func isCoded(_ command: RawSpan) throws(Refused) -> Bool {
        do throws(CodecError) {
            return try Message.templateID(of: command) == CodedPurchaseLayout.templateID
        } catch {
            throw Refused(.commandUnknown)
        }
    }

    /// Decides the codes of a purchase and, with what cards and certificates pay, the purchase.
    ///
    /// Of all that is wrong with either the lowest number is answered.
    func decidePurchase(
        _ facts: borrowing PurchaseForm, of command: RawSpan, _ envelope: RecordEnvelope, _ sheet: inout MemberSheet,
        _ codes: inout CodeSheet, gifts: [PricedBasket.Gift] = [], state: borrowing ProgrammeState,
        history: some RecordSource, into receipt: inout ByteWriter
    ) throws(Refused) -> Outcome {
        var cards: Int64 = 0
        var fault: Refused?
        if try isCoded(command) {
            let message = try message(command, CodedPurchaseLayout.shape)
            do throws(Refused) {
                cards = try use(codesOf: message, facts, envelope, &codes, state: state, history: history)
            } catch {
                fault = error
            }
        }
        let outcome: Outcome
        do throws(Refused) {
            outcome = try decideRichPurchase(
                facts, envelope, &sheet, cards: cards, gifts: gifts, state: state, history: history, into: &receipt)
        } catch {
            throw fault.map { $0.rejection.rawValue < error.rejection.rawValue ? $0 : error } ?? error
        }
        if let fault { throw fault }
        return outcome
    }

    /// Uses the codes of a purchase, one after the other; all are looked at, so the lowest number is answered whichever breaks it.
    ///
    /// - Returns: What cards and certificates pay, in minor units.
    private func use(
        codesOf message: Message, _ facts: borrowing PurchaseForm, _ envelope: RecordEnvelope,
        _ codes: inout CodeSheet, state: borrowing ProgrammeState, history: some RecordSource
    ) throws(Refused) -> Int64 {
        guard facts.member == .none || state.members[Int(facts.member.rawValue) - 1].blocked == 0 else {
            throw Refused(.memberBlocked)
        }
        guard (1...Limits.codesPerReceiptMax).contains(message.firstGroup.count) else { throw Refused(.codesTooMany) }
        var fault: Refused?
        var cursor = TextCursor(message)
        cursor.skip(Int(message.u16(CodedPurchaseLayout.purchaseLength)))
        var cards: Int64 = 0
        for index in 0..<message.firstGroup.count {
            let step: DecidedStep
            do throws(Refused) {
                step = try use(
                    codeAt: index, of: message, &cursor, facts, &codes, state: state, history: history)
            } catch {
                // A string that is broken ends the reading of all others, and no number is lower than its.
                guard error.rejection.rawValue < fault?.rejection.rawValue ?? .max else { continue }
                fault = Refused(error.rejection, line: index + 1)
                continue
            }
            codes.append(
                step, Moment(facts.occurredAt, facts.utcOffsetMinutes), store: facts.store.rawValue, envelope)
            let instrument = state.instruments[step.place.instrument]
            guard instrument.isMoney else { continue }
            // At most eight of at most 10^12.
            cards += step.amount
            guard fault != nil || state.hasMoney(ofDecimalsOf: instrument, facts.business) else {
                fault = Refused(.codesBeyondReceipt, line: index + 1)
                continue
            }
        }
        if let fault { throw fault }
        try cursor.finish(message)
        return cards
    }

    private func use(
        codeAt index: Int, of message: Message, _ cursor: inout TextCursor, _ facts: borrowing PurchaseForm,
        _ codes: inout CodeSheet, state: borrowing ProgrammeState, history: some RecordSource
    ) throws(Refused) -> DecidedStep {
        typealias Entry = CodedPurchaseLayout.Codes
        let (bytes, entry) = (message.bytes, message.firstGroup.offset + index * message.firstGroup.stride)
        let code = try cursor.optionalIdentifier(bytes.u8(at: entry + Entry.codeLength), of: message)
        let instrument = try cursor.optionalIdentifier(bytes.u8(at: entry + Entry.instrumentLength), of: message)
        let amount = bytes.i64(at: entry + Entry.amount)
        guard amount >= 0 else { throw Refused(.amountNegative) }
        guard amount <= Limits.amountMinorMax else { throw Refused(.amountTooLarge) }
        let name = PurchaseName(
            sequence: bytes.u64(at: entry + Entry.reference), source: bytes.u32(at: entry + Entry.referenceSource),
            number: bytes.u64(at: entry + Entry.referenceNumber))
        let reservation = try reservation(name, for: facts.member, state: state, history: history)
        var verdict = Verdict()
        let named = try place(
            code: code, instrument: instrument, serial: bytes.u32(at: entry + Entry.serial), verdict, state: state)
        let reserved = reservation.map { CopyPlace(instrument: $0.instrument, serial: $0.serial) }
        guard let place = named ?? reserved else { throw Refused(.instrumentUnknown) }
        if let reserved { verdict.note(.holdOfAnother, if: place != reserved) }
        let form = StepForm(
            action: .redeem, amount: amount, seconds: 0, moment: Moment(facts.occurredAt, facts.utcOffsetMinutes),
            store: facts.store.rawValue, member: facts.member, reference: reservation)
        return try decide(form, at: place, verdict, &codes, state: state)
    }

    /// The reservation that a code of a purchase ends: the buyer's own, or that of a bearer; nil when it names none.
    private func reservation(
        _ name: PurchaseName, for member: MemberNumber, state: borrowing ProgrammeState, history: some RecordSource
    ) throws(Refused) -> FoundStep? {
        guard name.sequence != 0 || name.number != 0 else { return nil }
        guard let found = step(name, state: state, history: history), found.action == .reserve else {
            throw Refused(.holdUnknown)
        }
        guard found.member == .none || found.member == member else { throw Refused(.holdOfAnother) }
        return found
    }
}

extension ProgrammeState {
    /// True when the money of a card has the decimals of a business's money, so one pays the other unit by unit.
    fileprivate func hasMoney(ofDecimalsOf instrument: InstrumentRow, _ business: BusinessNumber) -> Bool {
        let scale = UInt8(truncatingIfNeeded: businesses[Int(business.rawValue) - 1].currencyAndScale >> 24)
        return wallets[Int(instrument.wallet) - 1].scale == UInt32(scale)
    }
}

extension ByteWriter {
    /// Appends the record of a receipt: with its steps when codes moved by it, else as it is.
    ///
    /// - Throws: ``Refused`` when both together are longer than a record.
    mutating func append(
        _ receipt: borrowing ByteWriter, _ codes: borrowing CodeSheet, _ envelope: RecordEnvelope
    ) throws(Refused) {
        guard !codes.isEmpty else { return append(bytes: receipt.bytes) }
        guard let length = UInt16(exactly: receipt.count + codes.steps.count) else { throw Refused(.commandTooLong) }
        append(header: CodedReceiptRecordedLayout.shape)
        append(envelope: envelope)
        append(u16: UInt16(receipt.count))
        append(groupOf: codes.lengths.count, entryLength: CodedReceiptRecordedLayout.Steps.entryLength)
        for step in codes.lengths { append(u16: UInt16(step)) }
        append(u16: length)
        append(bytes: receipt.bytes)
        append(bytes: codes.steps.bytes)
    }
}
