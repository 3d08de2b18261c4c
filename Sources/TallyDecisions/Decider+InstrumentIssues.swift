public import TallyBytes
public import TallyCodec
import TallyLedger
import TallyModel
public import TallyProjections
import TallyTables

extension Decider {
    /// Brings copies of an instrument into being.
    func decideIssue(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = IssueInstrumentsLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let id = try cursor.identifier(message.u8(Layout.instrumentLength), of: message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        try cursor.finish(message)
        let member = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        let moment = Moment(message.i64(Layout.occurredAt), message.i16(Layout.utcOffsetMinutes))
        try ReceiptCheck.time(moment.microseconds, utcOffsetMinutes: moment.utcOffsetMinutes)
        let (asked, count) = (message.i64(Layout.faceValue), message.u32(Layout.count))
        let endsOn = message.i32(Layout.endsOn)
        var verdict = Verdict()
        verdict.note(.amountNegative, if: asked < 0)
        verdict.note(.amountTooLarge, if: asked > Limits.amountMinorMax)
        verdict.note(.daysMalformed, if: endsOn > Limits.lotDayMax)
        verdict.note(.instrumentMalformed, if: count == 0 || count > Limits.codesPerIssueMax)
        guard let instrument = state.instrument(id: id) else { throw verdict.refusal(.instrumentUnknown) }
        let row = state.instruments[instrument]
        let faceValue = asked == 0 ? row.faceValue : asked
        verdict.note(.instrumentMalformed, if: row.isGeneric || !fits(faceValue, row))
        let issued = row.codesIssued.addingReportingOverflow(count)
        verdict.note(.codesExhausted, if: issued.overflow || (row.codesMax > 0 && issued.partialValue > row.codesMax))
        let endsAt = end(of: message, moment, row)
        verdict.note(.instrumentExpired, if: endsAt != 0 && endsAt <= moment.second)
        // At most 10^12 times 10^6, unless one of them was refused already.
        let worth = faceValue.multipliedReportingOverflow(by: Int64(count)).partialValue
        verdict.note(.amountBudgetReached, if: row.amountBudget > 0 && worth > row.amountBudget - row.amountTaken)
        guard let first = state.nextSerial, !first.addingReportingOverflow(count).overflow else {
            throw verdict.refusal(.capacityReached)
        }
        try verdict.check()
        var draft = EntryDraft()
        draft.transfer(
            -worth, from: .cards, of: row.business, to: .sold, of: BusinessNumber(row.business),
            WalletNumber(row.wallet))
        try checkSums(draft, row.amountTaken, worth, state: state)
        records.append(header: InstrumentsIssuedLayout.shape)
        records.append(envelope: chained(envelope, member, state: state))
        records.append(i64: moment.microseconds)
        records.append(i64: faceValue)
        records.append(u32: UInt32(instrument + 1))
        records.append(u32: UInt32(state.instrumentIssues.count + 1))
        records.append(u32: first)
        records.append(u32: count)
        records.append(u32: endsAt)
        records.append(i16: moment.utcOffsetMinutes)
        records.append(postings: draft.postings)
        return Outcome(status: .recorded, member: member.rawValue, points: worth, balance: Int64(first))
    }

    /// True when copies of that worth can be issued.
    private func fits(_ faceValue: Int64, _ row: InstrumentRow) -> Bool {
        guard row.isMoney else { return faceValue == 0 }
        guard row.faceValue == 0 || row.faceValue == faceValue else { return false }
        return faceValue > 0 || row.kind == InstrumentKind.giftCard.rawValue
    }

    /// When the copies end: at the earliest of all that says so; 0 for never.
    private func end(of message: borrowing Message, _ moment: Moment, _ row: InstrumentRow) -> UInt32 {
        typealias Layout = IssueInstrumentsLayout
        var ends = row.endsAt == 0 ? UInt32.max : row.endsAt
        let (day, seconds) = (message.i32(Layout.endsOn), message.u32(Layout.seconds))
        if day != .min {
            ends = min(ends, LotDays.start(of: Int64(day) + 1, utcOffsetMinutes: moment.utcOffsetMinutes))
        }
        if seconds != 0 { ends = min(ends, UInt32(clamping: Int64(moment.second) + Int64(seconds))) }
        return ends == .max ? 0 : ends
    }

    /// Checks that the accounts and a count of an instrument stay within 64 bits.
    func checkSums(
        _ draft: EntryDraft, _ taken: Int64, _ amount: Int64, state: borrowing ProgrammeState
    ) throws(Refused) {
        guard !taken.addingReportingOverflow(amount).overflow else { throw Refused(.sumTooLarge) }
        for posting in draft.postings {
            let balance = state.account(
                BusinessNumber(posting.business), WalletNumber(posting.wallet), posting.purpose)
            guard !balance.addingReportingOverflow(posting.amount).overflow else { throw Refused(.sumTooLarge) }
        }
    }

    /// Writes the record of the issues that end next, one entry for all codes of an issue.
    ///
    /// - Parameters:
    ///   - second: Issues that end by then, in seconds since 1970.
    ///   - envelope: Time, source and number of the record.
    ///   - state: What is known before it.
    ///   - records: Receives the record, with at most ``TallyModel/Limits/issuesPerTickMax`` issues.
    /// - Returns: False when none ends, and nothing was written.
    public func expireInstruments(
        by second: UInt32, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) -> Bool {
        guard let next = state.dueIssues.nextDue, next <= second else { return false }
        var entries = ByteWriter(capacity: 1 << 12)
        var draft = EntryDraft()
        var count = 0
        state.dueIssues.forEach(through: second) { row, _ in
            let issue = state.instrumentIssues[row]
            let instrument = state.instruments[Int(issue.instrument) - 1]
            let amount = issue.outstanding - issue.reserved
            draft.add(-amount, instrument.business, WalletNumber(instrument.wallet), .cards)
            draft.add(amount, instrument.business, WalletNumber(instrument.wallet), .expired)
            entries.append(u32: UInt32(row + 1))
            entries.append(u32: issue.firstSerial)
            entries.append(i64: amount)
            count += 1
            return count < Limits.issuesPerTickMax
        }
        records.append(header: InstrumentsExpiredLayout.shape)
        records.append(envelope: envelope)
        records.append(groupOf: count, entryLength: InstrumentsExpiredLayout.Batches.entryLength)
        records.append(bytes: entries.bytes)
        records.append(postings: draft.postings)
        return true
    }
}
