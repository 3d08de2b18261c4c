import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Closes a month of the books.
    ///
    /// The first month to be closed may be any; what lies before it is closed with it. From then on they follow each
    /// other.
    func decideClosing(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = ClosePeriodLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let operatorID = try cursor.optionalIdentifier(message.u8(Layout.operatorLength), of: message)
        try cursor.finish(message)
        let offset = message.i16(Layout.utcOffsetMinutes)
        var verdict = Verdict()
        verdict.note(.timeOutOfRange, if: offset.magnitude > Limits.utcOffsetMinutesMax.magnitude)
        _ = operatorRow(operatorID, right: .close, isNeeded: false, &verdict, state: state)
        let (year, month) = (Int(message.u16(Layout.year)), Int(message.u8(Layout.month)))
        guard (1970...2105).contains(year), let first = CivilDay(year: year, month: month, day: 1),
            let next = CivilDay(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
        else { throw verdict.refusal(.periodMalformed) }
        if let closed = state.closedThrough {
            verdict.note(.periodClosed, if: first <= closed)
            verdict.note(.periodOutOfOrder, if: first.days > closed.days + 1)
        }
        let end = (Int64(next.days) * 86_400 - Int64(offset) * 60) * 1_000_000
        verdict.note(.periodNotOver, if: !isOver(end, envelope, state))
        // Each account takes thirteen bytes beside the block; what is left over is for the operator's name.
        let room = (Limits.recordBytesMax - 512) / PeriodClosedLayout.Accounts.entryLength
        verdict.note(.periodTooLarge, if: state.accounts.count > room)
        try verdict.check()
        records.append(header: PeriodClosedLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: end)
        records.append(i32: first.days)
        records.append(i32: next.days - 1)
        records.append(i16: offset)
        records.append(u8: UInt8(operatorID.byteCount))
        records.append(groupOf: state.accounts.count, entryLength: PeriodClosedLayout.Accounts.entryLength)
        for row in 0..<state.accounts.count {
            let account = state.accounts[row]
            records.append(i64: account.balance)
            records.append(u16: account.business)
            records.append(u16: account.wallet)
            records.append(u8: UInt8(truncatingIfNeeded: account.purpose))
        }
        records.append(textOf: message, from: 0)
        return Outcome(status: .recorded)
    }

    /// True when the ledger's clock has passed a moment and has ended all that ends by then.
    ///
    /// Where commands move the clock it stands where they put it; elsewhere it is the time of recording.
    private func isOver(_ end: Int64, _ envelope: RecordEnvelope, _ state: borrowing ProgrammeState) -> Bool {
        let target = state.ledger[0].clockTarget
        guard (target == 0 ? envelope.recordedAt : target) >= end else { return false }
        let second = UInt32(clamping: end / 1_000_000)
        return [state.dueLots.nextDue, state.dueIssues.nextDue].allSatisfy { ($0 ?? .max) > second }
    }
}
