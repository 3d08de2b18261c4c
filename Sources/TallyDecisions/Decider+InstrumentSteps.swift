public import TallyBytes
public import TallyCodec
import TallyLedger
import TallyModel
public import TallyProjections
import TallyTables

/// A step that is accepted.
struct DecidedStep {
    var action: InstrumentAction
    var place: CopyPlace
    var member: MemberNumber
    var amount: Int64
    /// What nobody can use any more.
    var lost: Int64 = 0
    /// The reservation that ends or the redemption that is restored; 0 for none.
    var reference: UInt64 = 0
    /// Where the state has the reservation that ends.
    var slot = 0
    /// Money that can be spent on the copy afterwards.
    var balance: Int64 = 0
    var draft = EntryDraft()

    var reserves: Bool { action == .reserve }
}

/// A copy with its instrument and issue while a step is decided.
struct CodeCopy {
    let place: CopyPlace
    let instrument: InstrumentRow
    /// nil for the code of a generic instrument.
    let issue: InstrumentIssueRow?
    let code: InstrumentCodeRow
    /// The reservation that ends by the step.
    let reservation: ReservationRow?
    let member: MemberNumber
    let isGoodNow: (notYet: Bool, noMore: Bool)

    init(_ form: StepForm, _ place: CopyPlace, _ sheet: borrowing CodeSheet, _ state: borrowing ProgrammeState) {
        self.place = place
        let instrument = sheet.instrument(place.instrument, state)
        self.instrument = instrument
        let row = place.serial == 0 ? nil : state.instrumentIssue(of: place.serial)
        let issue = row.map { state.instrumentIssues[$0] }
        self.issue = issue
        code =
            row.map { sheet.code(place.serial, issue: $0, state) } ?? state.genericCode(of: place.instrument)
        if let found = form.reference, found.action == .reserve, found.slot < state.reservations.count,
            state.reservations[found.slot].sequence == found.sequence, !sheet.hasEnded(found.slot)
        {
            reservation = state.reservations[found.slot]
        } else {
            reservation = nil
        }
        member = form.reference?.member ?? form.member
        let (second, ends) = (form.moment.second, issue?.endsAt ?? instrument.endsAt)
        isGoodNow = (second < instrument.beginsAt, (ends != 0 && ends <= second) || issue?.hasEnded ?? 0 != 0)
    }

    var kind: InstrumentKind { InstrumentKind(rawValue: instrument.kind) ?? .coupon }
    var hasEnded: Bool { issue?.hasEnded ?? 0 != 0 }
    /// Money that nobody has set aside.
    var free: Int64 { code.balance - code.reserved }
}

extension Decider {
    /// Decides a step: the state machine of all instruments.
    ///
    /// - Parameters:
    ///   - form: What is asked.
    ///   - place: Which copy.
    ///   - verdict: Rules that are known to be broken already.
    ///   - sheet: What earlier steps of the same record did; this step is noted there.
    ///   - state: What is known before the record.
    /// - Returns: What the record says.
    /// - Throws: ``Refused`` with the lowest number among the rules that are broken.
    func decide(
        _ form: StepForm, at place: CopyPlace, _ verdict: Verdict, _ sheet: inout CodeSheet,
        state: borrowing ProgrammeState
    ) throws(Refused) -> DecidedStep {
        let copy = CodeCopy(form, place, sheet, state)
        var verdict = verdict
        var step = DecidedStep(
            action: form.action, place: place, member: copy.member, amount: form.amount,
            reference: form.reference?.sequence ?? 0)
        switch form.action {
        case .reserve:
            checkUse(copy, form, &verdict, sheet, state: state)
            step.balance = copy.instrument.isMoney ? copy.free - form.amount : 0
        case .redeem:
            if form.reference == nil {
                checkUse(copy, form, &verdict, sheet, state: state)
            } else {
                checkReserved(copy, form, &verdict)
            }
            try verdict.check()
            redeem(copy, form, &step, state: state)
        case .release:
            verdict.note(.reservationEnded, if: copy.reservation == nil)
            try verdict.check()
            release(copy, form, &step)
        case .restore:
            step.amount = checkRestore(copy, form, &verdict, state: state)
            try verdict.check()
            if let found = form.reference, found.counted != found.member, !copy.instrument.isMoney {
                step.slot = Int(found.counted.rawValue)
            }
            give(step.amount, from: .restored, copy, form, &step, state: state)
        case .cancel:
            checkCancel(copy, &verdict)
            try verdict.check()
            (step.member, step.amount, step.lost) = (.none, 0, copy.code.balance)
            step.draft.transfer(
                step.lost, from: .cards, of: copy.instrument.business, to: .adjusted,
                of: BusinessNumber(copy.instrument.business), WalletNumber(copy.instrument.wallet))
        case .charge:
            checkCharge(copy, form, &verdict)
            try verdict.check()
            give(step.amount, from: .sold, copy, form, &step, state: state)
        }
        try verdict.check()
        try checkSums(step.draft, copy.instrument.amountTaken, step.amount, state: state)
        if step.action == .redeem { sheet.note(useOf: copy, step) }
        return step
    }

    /// Whether a use that nobody has reserved can be made or reserved now.
    private func checkUse(
        _ copy: CodeCopy, _ form: StepForm, _ verdict: inout Verdict, _ sheet: borrowing CodeSheet,
        state: borrowing ProgrammeState
    ) {
        verdict.note(.instrumentNotYetValid, if: copy.isGoodNow.notYet)
        verdict.note(.instrumentExpired, if: copy.isGoodNow.noMore)
        verdict.note(.codeCancelled, if: copy.code.isCancelled != 0)
        verdict.note(.codeReserved, if: copy.code.reservations == .max)
        if let owner = copy.issue?.member, owner != 0 {
            let isOwner = copy.member == state.standing(for: MemberNumber(owner))
            verdict.note(copy.member == .none ? .memberMissing : .codeOfAnother, if: !isOwner)
        }
        if copy.instrument.isMoney {
            checkMoney(copy, form, &verdict)
        } else {
            checkRight(copy, form, &verdict, sheet, state: state)
        }
    }

    /// Money: no card ends below zero, and a certificate is used in one go.
    private func checkMoney(_ copy: CodeCopy, _ form: StepForm, _ verdict: inout Verdict) {
        verdict.note(.pointsMalformed, if: form.amount == 0)
        guard copy.code.isCancelled == 0 else { return }
        guard copy.code.balance > 0 else {
            verdict.note(copy.code.uses == 0 ? .codeInactive : .codeUsedUp, if: true)
            return
        }
        verdict.note(.cardInsufficient, if: form.amount > copy.code.balance)
        verdict.note(.codeReserved, if: form.amount <= copy.code.balance && form.amount > copy.free)
        verdict.note(.codeReserved, if: copy.kind == .certificate && copy.code.reservations > 0)
    }

    /// Rights to a discount: what is reserved counts like what is used, so no order of steps gives one use too many.
    private func checkRight(
        _ copy: CodeCopy, _ form: StepForm, _ verdict: inout Verdict, _ sheet: borrowing CodeSheet,
        state: borrowing ProgrammeState
    ) {
        let (row, code) = (copy.instrument, copy.code)
        if row.usesPerCode > 0 {
            verdict.note(.codeUsedUp, if: code.uses >= row.usesPerCode)
            verdict.note(
                .codeReserved,
                if: code.uses < row.usesPerCode && code.uses + UInt32(code.reservations) >= row.usesPerCode)
        }
        if row.memberLimit > 0 {
            let uses = sheet.uses(of: copy.place.instrument, by: copy.member, state)
            verdict.note(.memberMissing, if: copy.member == .none)
            verdict.note(.memberLimitReached, if: copy.member != .none && uses >= Int64(row.memberLimit))
        }
        verdict.note(
            .usesBudgetReached, if: row.usesBudget > 0 && row.usesTaken + Int64(row.usesReserved) >= row.usesBudget)
        let left = row.amountBudget - row.amountTaken - row.amountReserved
        verdict.note(.amountBudgetReached, if: row.amountBudget > 0 && form.amount > left)
    }

    /// A reserved use is promised: neither the end of the code nor another till can take it away.
    private func checkReserved(_ copy: CodeCopy, _ form: StepForm, _ verdict: inout Verdict) {
        verdict.note(.pointsMalformed, if: copy.instrument.isMoney && form.amount == 0)
        guard let reservation = copy.reservation else {
            verdict.note(.reservationEnded, if: true)
            return
        }
        verdict.note(.redemptionBeyondHold, if: form.amount > reservation.amount)
    }

    private func redeem(_ copy: CodeCopy, _ form: StepForm, _ step: inout DecidedStep, state: borrowing ProgrammeState)
    {
        step.slot = form.reference?.slot ?? 0
        guard copy.instrument.isMoney else { return }
        let reserved = copy.reservation?.amount ?? 0
        if copy.hasEnded {
            step.lost = reserved - form.amount
        } else if copy.kind == .certificate {
            step.lost = copy.code.balance - form.amount
        }
        step.balance = copy.hasEnded ? 0 : copy.free + reserved - form.amount - step.lost
        let wallet = WalletNumber(copy.instrument.wallet)
        step.draft.transfer(
            form.amount, from: .cards, of: copy.instrument.business, to: .burnt,
            of: business(of: form, copy, state: state), wallet)
        step.draft.transfer(
            step.lost, from: .cards, of: copy.instrument.business, to: .expired,
            of: BusinessNumber(copy.instrument.business), wallet)
    }

    private func release(_ copy: CodeCopy, _ form: StepForm, _ step: inout DecidedStep) {
        let reserved = copy.reservation?.amount ?? 0
        (step.slot, step.amount) = (form.reference?.slot ?? 0, reserved)
        guard copy.instrument.isMoney else { return }
        step.lost = copy.hasEnded ? reserved : 0
        step.balance = copy.hasEnded ? 0 : copy.free + reserved
        step.draft.transfer(
            step.lost, from: .cards, of: copy.instrument.business, to: .expired,
            of: BusinessNumber(copy.instrument.business), WalletNumber(copy.instrument.wallet))
    }

    /// What comes back by a restoration.
    private func checkRestore(
        _ copy: CodeCopy, _ form: StepForm, _ verdict: inout Verdict, state: borrowing ProgrammeState
    ) -> Int64 {
        guard let redemption = form.reference else { return 0 }
        let before = state.returned(purchase: redemption.sequence, line: 0)
        let left = redemption.amount - before.money
        let amount = form.amount == 0 ? left : form.amount
        verdict.note(.instrumentExpired, if: copy.isGoodNow.noMore)
        verdict.note(.codeCancelled, if: copy.code.isCancelled != 0)
        verdict.note(.restoreRefused, if: copy.instrument.onReturn == RestorePolicy.keep.rawValue)
        let isWhole = before.quantity == 0 && amount == redemption.amount
        let fits = copy.instrument.isMoney ? amount > 0 && amount <= left : isWhole
        verdict.note(.restoreBeyondRedemption, if: !fits)
        return amount
    }

    private func checkCancel(_ copy: CodeCopy, _ verdict: inout Verdict) {
        verdict.note(.instrumentExpired, if: copy.hasEnded)
        verdict.note(.codeCancelled, if: copy.code.isCancelled != 0)
        verdict.note(.codeReserved, if: copy.code.reservations > 0)
        let limit = copy.instrument.usesPerCode
        verdict.note(.codeUsedUp, if: limit > 0 && copy.code.uses >= limit)
    }

    private func checkCharge(_ copy: CodeCopy, _ form: StepForm, _ verdict: inout Verdict) {
        verdict.note(.pointsMalformed, if: form.amount == 0)
        verdict.note(.instrumentExpired, if: copy.isGoodNow.noMore)
        verdict.note(.codeCancelled, if: copy.code.isCancelled != 0)
        let left = copy.instrument.amountBudget - copy.instrument.amountTaken
        verdict.note(.amountBudgetReached, if: copy.instrument.amountBudget > 0 && form.amount > left)
        verdict.note(.chargeRefused, if: copy.kind != .giftCard)
    }

    /// Puts money on a copy.
    func give(
        _ amount: Int64, from purpose: Purpose, _ copy: CodeCopy, _ form: StepForm, _ step: inout DecidedStep,
        state: borrowing ProgrammeState
    ) {
        guard copy.instrument.isMoney else { return }
        step.balance = copy.free + amount
        step.draft.transfer(
            -amount, from: .cards, of: copy.instrument.business, to: purpose,
            of: business(of: form, copy, state: state),
            WalletNumber(copy.instrument.wallet))
    }

    private func business(of form: StepForm, _ copy: CodeCopy, state: borrowing ProgrammeState) -> BusinessNumber {
        BusinessNumber(
            form.store == 0 ? copy.instrument.business : state.stores[Int(form.store) - 1].business)
    }

    /// Writes the record that ends the reservation which has run out first.
    ///
    /// - Parameters:
    ///   - second: Reservations that end by then have run out, in seconds since 1970.
    ///   - envelope: Time, source and number of the record.
    ///   - state: What is known before it.
    ///   - records: Receives the record.
    /// - Returns: False when none has run out.
    public func endDueReservation(
        by second: UInt32, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) -> Bool {
        var due: Int?
        state.dueReservations.forEach(through: second) { slot, _ in
            due = slot
            return false
        }
        guard let due else { return false }
        let row = state.reservations[due]
        let serial = row.code == 0 ? 0 : state.instrumentCodes[Int(row.code) - 1].serial
        let place = CopyPlace(instrument: Int(row.instrument) - 1, serial: serial)
        let found = FoundStep(
            sequence: row.sequence, action: .reserve, amount: row.amount, instrument: place.instrument, serial: serial,
            slot: due, member: state.standing(for: MemberNumber(row.member)), counted: MemberNumber(row.member))
        let moment = Moment(envelope.recordedAt, 0)
        let form = StepForm(
            action: .release, amount: 0, seconds: 0, moment: moment, store: row.store, member: found.member,
            reference: found)
        var step = DecidedStep(
            action: .release, place: place, member: found.member, amount: row.amount, reference: row.sequence)
        release(CodeCopy(form, place, CodeSheet(), state), form, &step)
        let chained = chained(envelope, found.member, state: state)
        records.append(step, moment, store: row.store, slot: due, endsAt: 0, why: .timedOut, chained)
        records.append(u8: 0)
        records.append(postings: step.draft.postings)
        records.append(u16: 0)
        return true
    }
}
