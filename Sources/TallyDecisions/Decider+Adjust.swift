import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Gives or takes points by hand.
    ///
    /// What goes beyond what the operator may do alone becomes a proposal and moves no points.
    func decideAdjustment(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        let form = try adjustmentForm(command, state: state)
        let entry = try entry(of: form, state: state, history: history)
        let envelope = chained(envelope, form.member, state: state)
        guard let proposer = try proposer(of: form, state: state) else {
            return try append(form, by: form.operatorID, entry, proposal: 0, envelope, into: &records)
        }
        let balance = WalletSheet(form.member, form.wallet, state).net
        return append(proposed: form, by: proposer, balance: balance, envelope, into: &records)
    }

    /// What an adjustment does: its postings and lots, and what the member can spend then.
    func entry(
        of form: borrowing AdjustmentForm, state: borrowing ProgrammeState, history: some RecordSource
    ) throws(Refused) -> (draft: EntryDraft, balance: Int64) {
        var sheet = WalletSheet(form.member, form.wallet, state)
        var draft = EntryDraft()
        if form.points > 0 {
            let times = try lotTimes(of: form, sheet.terms, state: state)
            try give(form.points, by: form.business, form.account, times, to: &sheet, &draft, state: state)
        } else if form.manifest != 0 {
            try takeBack(-form.points, of: form, from: &sheet, &draft, state: state, history: history)
        } else {
            try take(-form.points, of: form, from: &sheet, &draft, state: state)
        }
        return (draft, sheet.net)
    }

    @_lifetime(copy command)
    func adjustmentForm(_ command: RawSpan, state: borrowing ProgrammeState) throws(Refused) -> AdjustmentForm {
        typealias Layout = AdjustLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let walletID = try cursor.identifier(message.u8(Layout.walletLength), of: message)
        let businessID = try cursor.identifier(message.u8(Layout.businessLength), of: message)
        let operatorID = try cursor.optionalIdentifier(message.u8(Layout.operatorLength), of: message)
        let category = try cursor.optionalIdentifier(message.u8(Layout.categoryLength), of: message)
        let reason = try cursor.name(message.u8(Layout.reasonLength), of: message)
        try cursor.finish(message)
        guard let kind = Adjustment.Kind(rawValue: message.u8(Layout.kind)) else { throw Refused(.textMalformed) }
        guard let business = state.business(id: businessID) else { throw Refused(.businessUnknown) }
        guard let wallet = state.wallet(id: walletID) else { throw Refused(.walletUnknown) }
        let member = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        try ReceiptCheck.time(message.i64(Layout.occurredAt), utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
        let points = message.i64(Layout.points)
        guard points.magnitude <= Limits.amountMinorMax else { throw Refused(.amountTooLarge) }
        guard member != .none else { throw Refused(.memberMissing) }
        guard points > 0 || (points < 0 && kind == .correction) else { throw Refused(.pointsMalformed) }
        guard reason.byteCount > 0 || kind == .award || kind == .opening else { throw Refused(.reasonMissing) }
        return AdjustmentForm(
            member: member, wallet: wallet, business: business, kind: kind, points: points,
            moment: Moment(message.i64(Layout.occurredAt), message.i16(Layout.utcOffsetMinutes)),
            beginsOn: message.i32(Layout.beginsOn), endsOn: message.i32(Layout.endsOn),
            manifest: message.u64(Layout.manifest), operatorID: operatorID, category: category, reason: reason)
    }

    /// When the lot of an adjustment begins and ends: as its own days say, or the wallet's terms.
    private func lotTimes(
        of form: borrowing AdjustmentForm, _ terms: TermsRow, state: borrowing ProgrammeState
    ) throws(Refused) -> LotTimes {
        let moment = form.moment
        var times = lotTimes(
            terms, at: moment.microseconds, utcOffsetMinutes: moment.utcOffsetMinutes, state: state)
        let (begins, ends) = (form.beginsOn, form.endsOn)
        for day in [begins, ends] where day != .min && day > Limits.lotDayMax { throw Refused(.daysMalformed) }
        guard begins == .min || ends == .min || begins <= ends else { throw Refused(.daysMalformed) }
        if begins != .min {
            times.isPending = begins > moment.day.days
            times.beginsAt =
                times.isPending
                ? LotDays.start(of: Int64(begins), utcOffsetMinutes: moment.utcOffsetMinutes) : moment.second
            let last = LotDays.lastDay(state.expiryTerm(of: terms), from: CivilDay(days: begins))
            times.endsAt =
                last.map {
                    LotDays.start(of: Int64($0.days) + 1, utcOffsetMinutes: moment.utcOffsetMinutes)
                } ?? 0
        }
        if ends != .min {
            times.endsAt = LotDays.start(of: Int64(ends) + 1, utcOffsetMinutes: moment.utcOffsetMinutes)
        }
        guard times.endsAt == 0 || times.endsAt > times.beginsAt else { throw Refused(.daysMalformed) }
        return times
    }

    private func take(
        _ points: Int64, of form: borrowing AdjustmentForm, from sheet: inout WalletSheet, _ draft: inout EntryDraft,
        state: borrowing ProgrammeState
    ) throws(Refused) {
        let second = form.moment.second
        guard points <= sheet.spendable(at: second, state) else { throw Refused(.pointsInsufficient) }
        for part in try sheet.choose(points, spentAt: form.business, at: second, state) {
            draft.move(.take, part.points, form.wallet, part.lot)
            draft.transfer(
                part.points, from: .active, of: part.lot.issuer, to: .adjusted, of: form.business, form.wallet)
            sheet.active -= part.points
        }
    }

    /// Writes the record of an adjustment.
    ///
    /// - Parameters:
    ///   - form: The adjustment.
    ///   - operatorID: Who did it, or approved it.
    ///   - entry: What it does.
    ///   - proposal: The record that proposed it; 0 for none.
    ///   - envelope: Time, source, number and the member's chain.
    ///   - records: Receives the record.
    /// - Returns: The outcome without its place in the log.
    /// - Throws: ``Refused`` when the lots are more than a record can name.
    func append(
        _ form: borrowing AdjustmentForm, by operatorID: RawSpan, _ entry: (draft: EntryDraft, balance: Int64),
        proposal: UInt64, _ envelope: RecordEnvelope, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        let lots = try entry.draft.lotBytes()
        records.append(header: AdjustedLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: form.moment.microseconds)
        records.append(i64: form.points)
        records.append(i64: entry.balance)
        records.append(u64: form.manifest)
        records.append(u64: proposal)
        records.append(i16: form.moment.utcOffsetMinutes)
        records.append(u16: form.business.rawValue)
        records.append(u16: form.wallet.rawValue)
        records.append(u16: UInt16(lots.count))
        records.append(u8: form.kind.rawValue)
        records.append(u8: UInt8(operatorID.byteCount))
        records.append(u8: UInt8(form.category.byteCount))
        records.append(u8: UInt8(form.reason.byteCount))
        records.append(postings: entry.draft.postings)
        let words = operatorID.byteCount + form.category.byteCount + form.reason.byteCount
        records.append(u16: try textBytes(words, lots.count))
        records.append(bytes: operatorID)
        records.append(bytes: form.category)
        records.append(bytes: form.reason)
        records.append(bytes: lots.bytes)
        return Outcome(
            status: .recorded, member: form.member.rawValue, points: entry.draft.points, balance: entry.balance)
    }
}
