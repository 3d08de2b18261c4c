import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

/// A code that a purchase used, as its record says.
struct UsedCode {
    /// Among the steps of the record, from 1.
    var place: UInt32
    /// Which copy.
    var copy: CopyPlace
    /// Money of a card or certificate, or what the use was worth.
    var amount: Int64
    /// What the use lost: the rest of a certificate.
    var lost: Int64
    /// True for a card or certificate.
    var isMoney: Bool
    /// For whom the use counts.
    var counted: MemberNumber
}

extension UsedCode {
    /// The codes that the record of a receipt used; none for a record without.
    static func all(in record: RawSpan) -> [UsedCode] {
        typealias Layout = InstrumentMovedLayout
        guard let coded = try? CodedReceipt(PromotedReceipt.receipt(in: record)) else { return [] }
        var found: [UsedCode] = []
        for index in 0..<coded.stepCount {
            guard let step = try? Message(coded.step(at: index), shape: Layout.shape),
                step.u8(Layout.action) == InstrumentAction.redeem.rawValue
            else { continue }
            found.append(
                UsedCode(
                    place: UInt32(index + 1),
                    copy: CopyPlace(
                        instrument: Int(step.u32(Layout.instrument)) - 1, serial: step.u32(Layout.serial)),
                    amount: step.i64(Layout.amount), lost: step.i64(Layout.lost), isMoney: step.postings.count > 0,
                    counted: MemberNumber(step.envelope.member)))
        }
        return found
    }
}

extension Decider {
    /// Gives back what the codes of a purchase did for the goods that come back.
    ///
    /// Money goes back to cards and certificates first, in the order in which they paid, up to what each paid: so any series of partial
    /// returns gives back the same sum. The use of a coupon or promo code comes back with the last of the goods. What cannot be given
    /// back is not, whatever becomes of the goods: a code that has ended or was cancelled, an instrument that keeps its uses. A void
    /// gives those back too, and what a certificate had lost: nothing has happened.
    func giveBack(
        codesOf plan: ReturnPlan, isVoid: Bool, at moment: Moment, in store: StoreNumber, _ envelope: RecordEnvelope,
        _ codes: inout CodeSheet, state: borrowing ProgrammeState
    ) throws(Refused) {
        guard !plan.purchase.codes.isEmpty else { return }
        var money = plan.lines.reduce(0) { $0 + $1.money } - plan.paidBack
        let isComplete = plan.isComplete(state)
        for used in plan.purchase.codes {
            let before = state.returned(
                purchase: plan.purchase.sequence, line: ProgrammeState.codeLine(of: used.place))
            let isFirst = before.quantity == 0
            let amount: Int64
            if used.isMoney {
                amount = min(used.amount - before.money, money)
            } else {
                amount = used.amount
                guard isComplete, isFirst else { continue }
            }
            guard amount > 0 || !used.isMoney else { continue }
            let found = FoundStep(
                sequence: plan.purchase.sequence, action: .redeem, amount: used.amount,
                instrument: used.copy.instrument, serial: used.copy.serial, slot: 0,
                member: state.standing(for: used.counted), counted: used.counted)
            let form = StepForm(
                action: .restore, amount: amount, seconds: 0, moment: moment, store: store.rawValue,
                member: found.member, reference: found)
            let copy = CodeCopy(form, used.copy, codes, state)
            guard copy.takesBack(isVoid: isVoid) else { continue }
            if used.isMoney { money -= amount }
            let lost = isVoid && isFirst && amount == used.amount ? used.lost : 0
            let step = try restoration(of: copy, form, amount, lost, state: state)
            codes.note(restorationOf: copy, step, isFirst: isFirst)
            codes.append(step, moment, store: store.rawValue, place: used.place, envelope)
        }
    }

    private func restoration(
        of copy: CodeCopy, _ form: StepForm, _ amount: Int64, _ lost: Int64, state: borrowing ProgrammeState
    ) throws(Refused) -> DecidedStep {
        var step = DecidedStep(
            action: .restore, place: copy.place, member: copy.member, amount: amount, lost: lost,
            reference: form.reference?.sequence ?? 0)
        if let found = form.reference, found.counted != found.member, !copy.instrument.isMoney {
            step.slot = Int(found.counted.rawValue)
        }
        give(amount, from: .restored, copy, form, &step, state: state)
        if copy.instrument.isMoney {
            step.balance += lost
            step.draft.transfer(
                -lost, from: .cards, of: copy.instrument.business, to: .expired,
                of: BusinessNumber(copy.instrument.business), WalletNumber(copy.instrument.wallet))
        }
        try checkSums(step.draft, copy.instrument.amountTaken, amount, state: state)
        return step
    }
}

extension CodeCopy {
    /// True when a use can be given back now.
    fileprivate func takesBack(isVoid: Bool) -> Bool {
        guard !isGoodNow.noMore, code.isCancelled == 0 else { return false }
        return isVoid || instrument.onReturn == RestorePolicy.restore.rawValue
    }
}

extension ReturnPlan {
    /// True when nothing of the purchase is left behind the return.
    func isComplete(_ state: borrowing ProgrammeState) -> Bool {
        var back: [UInt16: (quantity: Int64, money: Int64)] = [:]
        for line in lines {
            back[line.purchaseLine, default: (0, 0)].quantity += line.quantity
            back[line.purchaseLine, default: (0, 0)].money += line.money
        }
        for (index, bought) in purchase.lines.enumerated() {
            let before = state.returned(purchase: purchase.sequence, line: UInt32(index + 1))
            let now = back[UInt16(index + 1), default: (0, 0)]
            guard before.quantity + now.quantity >= bought.quantity, before.money + now.money >= bought.total else {
                return false
            }
        }
        return true
    }
}
