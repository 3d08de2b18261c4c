import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Defines an instrument, or changes its limits.
    func decideInstrument(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = DefineInstrumentLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let id = try cursor.identifier(message.u8(Layout.idLength), of: message)
        let name = try cursor.name(message.u8(Layout.nameLength), of: message)
        let code = try cursor.optionalIdentifier(message.u8(Layout.codeLength), of: message).inCapitals()
        let businessID = try cursor.identifier(message.u8(Layout.businessLength), of: message)
        let walletID = try cursor.optionalIdentifier(message.u8(Layout.walletLength), of: message)
        try cursor.finish(message)
        let form = try InstrumentForm(message)
        guard let business = state.business(id: businessID) else { throw Refused(.businessUnknown) }
        let wallet = walletID.byteCount == 0 ? nil : state.wallet(id: walletID)
        guard wallet != nil || walletID.byteCount == 0 else { throw Refused(.walletUnknown) }
        let known = state.instrument(id: id)
        var verdict = Verdict()
        form.check(&verdict, hasWallet: wallet != nil)
        let isCodeSound = form.isSound(code: code.bytes)
        verdict.note(.instrumentMalformed, if: !isCodeSound || isTaken(code.bytes, by: known, state: state))
        if let known {
            let row = state.instruments[known]
            let hasSameCode = state.texts.bytes(row.code).hasSameBytes(as: code.bytes)
            verdict.note(
                .definitionFixed,
                if: !form.keepsWhatIsFixed(of: row) || row.business != business.rawValue
                    || row.wallet != wallet?.rawValue ?? 0 || !hasSameCode)
            verdict.note(.instrumentMalformed, if: !form.hasRoom(for: row))
        }
        let bytes = id.byteCount + name.byteCount + code.count
        verdict.note(
            .capacityReached,
            if: !state.texts.hasRoom(for: bytes) || (known == nil && state.instruments.count >= Limits.definitionsMax))
        try verdict.check()
        records.append(header: InstrumentDefinedLayout.shape)
        records.append(envelope: envelope)
        records.append(u32: UInt32((known ?? state.instruments.count) + 1))
        form.append(to: &records, business: business, wallet: wallet)
        records.append(u8: UInt8(id.byteCount))
        records.append(u8: UInt8(name.byteCount))
        records.append(u8: UInt8(code.count))
        records.append(u16: UInt16(bytes))
        records.append(bytes: id)
        records.append(bytes: name)
        records.append(bytes: code.bytes)
        return Outcome(status: .recorded)
    }

    /// True when a printed code is another instrument's, or reads as the code of one copy.
    private func isTaken(_ code: RawSpan, by known: Int?, state: borrowing ProgrammeState) -> Bool {
        guard code.byteCount > 0 else { return false }
        if let owner = state.instrument(genericCode: code), owner != known { return true }
        if case .unique = InstrumentCode.read(code, key: key) { return true }
        return false
    }
}

/// The numbers of a definition.
private struct InstrumentForm {
    let faceValue: Int64
    let amountBudget: Int64
    let usesBudget: Int64
    let validFrom: Int32
    let validThrough: Int32
    let codesMax: UInt32
    let usesPerCode: UInt32
    let memberLimit: UInt32
    let utcOffsetMinutes: Int16
    let kind: InstrumentKind
    let codes: CodeForm
    let checkScheme: CheckScheme
    let onReturn: RestorePolicy

    init(_ message: borrowing Message) throws(Refused) {
        typealias Layout = DefineInstrumentLayout
        guard let kind = InstrumentKind(rawValue: message.u8(Layout.kind)),
            let codes = CodeForm(rawValue: message.u8(Layout.codes)),
            let checkScheme = CheckScheme(rawValue: message.u8(Layout.checkScheme)),
            let onReturn = RestorePolicy(rawValue: message.u8(Layout.onReturn))
        else { throw Refused(.textMalformed) }
        (self.kind, self.codes, self.checkScheme, self.onReturn) = (kind, codes, checkScheme, onReturn)
        faceValue = message.i64(Layout.faceValue)
        amountBudget = message.i64(Layout.amountBudget)
        usesBudget = message.i64(Layout.usesBudget)
        validFrom = message.i32(Layout.validFrom)
        validThrough = message.i32(Layout.validThrough)
        codesMax = message.u32(Layout.codesMax)
        usesPerCode = message.u32(Layout.usesPerCode)
        memberLimit = message.u32(Layout.memberLimit)
        utcOffsetMinutes = message.i16(Layout.utcOffsetMinutes)
    }

    /// Notes what is out of its bounds or does not fit the kind.
    func check(_ verdict: inout Verdict, hasWallet: Bool) {
        verdict.note(.timeOutOfRange, if: utcOffsetMinutes.magnitude > Limits.utcOffsetMinutesMax.magnitude)
        let amounts = [faceValue, amountBudget, usesBudget]
        verdict.note(.amountNegative, if: amounts.contains { $0 < 0 })
        verdict.note(.amountTooLarge, if: faceValue > Limits.amountMinorMax)
        for day in [validFrom, validThrough] where day != .min {
            verdict.note(.daysMalformed, if: day > Limits.lotDayMax)
        }
        verdict.note(.daysMalformed, if: validThrough != .min && validFrom > validThrough)
        let fits: Bool =
            if kind.isMoney {
                codes == .unique && hasWallet && usesPerCode == 0 && usesBudget == 0 && memberLimit == 0
            } else {
                !hasWallet && faceValue == 0 && (codes == .unique || (usesPerCode == 0 && codesMax == 0))
            }
        verdict.note(.instrumentMalformed, if: !fits)
    }

    /// True when a printed code is there exactly when it is needed, and its check digit fits.
    func isSound(code: RawSpan) -> Bool {
        switch codes {
        case .unique: code.byteCount == 0 && checkScheme == .none
        case .generic: code.byteCount > 0 && CheckDigits.isSound(code, checkScheme)
        }
    }

    /// True when nothing changes that codes already issued rely on.
    func keepsWhatIsFixed(of row: InstrumentRow) -> Bool {
        row.kind == kind.rawValue && row.codes == codes.rawValue && row.checkScheme == checkScheme.rawValue
            && row.faceValue == faceValue && row.usesPerCode == usesPerCode
    }

    /// True when no limit falls below what has happened.
    ///
    /// One member's limit can only be raised or taken away once the instrument was used.
    func hasRoom(for row: InstrumentRow) -> Bool {
        let (amount, uses) = (row.amountTaken + row.amountReserved, row.usesTaken + Int64(row.usesReserved))
        let isMemberLimitKept = memberLimit == 0 || (row.memberLimit > 0 && memberLimit >= row.memberLimit) || uses == 0
        return (amountBudget == 0 || amountBudget >= amount) && (usesBudget == 0 || usesBudget >= uses)
            && (codesMax == 0 || codesMax >= row.codesIssued) && isMemberLimitKept
    }

    /// Appends the fields of the record from the face value to the policy.
    func append(to records: inout ByteWriter, business: BusinessNumber, wallet: WalletNumber?) {
        let begins = validFrom == .min ? 0 : LotDays.start(of: Int64(validFrom), utcOffsetMinutes: utcOffsetMinutes)
        let ends =
            validThrough == .min ? 0 : LotDays.start(of: Int64(validThrough) + 1, utcOffsetMinutes: utcOffsetMinutes)
        records.append(i64: faceValue)
        records.append(i64: amountBudget)
        records.append(i64: usesBudget)
        records.append(u32: begins)
        records.append(u32: ends)
        records.append(u32: codesMax)
        records.append(u32: usesPerCode)
        records.append(u32: memberLimit)
        records.append(u16: business.rawValue)
        records.append(u16: wallet?.rawValue ?? 0)
        records.append(u8: kind.rawValue)
        records.append(u8: codes.rawValue)
        records.append(u8: checkScheme.rawValue)
        records.append(u8: onReturn.rawValue)
    }
}
