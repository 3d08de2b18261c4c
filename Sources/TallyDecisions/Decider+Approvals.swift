import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Says yes or no to what another operator proposed.
    ///
    /// A yes decides the adjustment on what is known now, so it can still be refused; then the proposal goes on waiting.
    func decideApproval(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = ApproveLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let operatorID = try cursor.identifier(message.u8(Layout.operatorLength), of: message)
        let reason = try cursor.name(message.u8(Layout.reasonLength), of: message)
        try cursor.finish(message)
        guard let answer = ProposalVerdict(rawValue: message.u8(Layout.verdict)) else { throw Refused(.textMalformed) }
        try ReceiptCheck.time(message.i64(Layout.occurredAt), utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
        var verdict = Verdict()
        verdict.note(.reasonMissing, if: answer == .declined && reason.byteCount == 0)
        let approver = operatorRow(operatorID, right: .approve, isNeeded: true, &verdict, state: state)
        verdict.note(.operatorUnknown, if: approver == nil)
        let (named, number) = (message.u64(Layout.proposal), message.u64(Layout.proposalNumber))
        let sequence = named != 0 ? named : history.sequence(source: message.u32(Layout.proposalSource), number: number)
        guard let sequence, let row = state.proposal(sequence) else { throw verdict.refusal(.proposalUnknown) }
        let proposal = state.proposals[row]
        verdict.note(.proposalDecided, if: proposal.outcome != 0)
        verdict.note(.approvalByProposer, if: approver == Int(proposal.proposer) - 1)
        let envelope = chained(envelope, state.standing(for: MemberNumber(proposal.member)), state: state)
        switch answer {
        case .declined:
            try verdict.check()
            return try append(
                declined: sequence, by: UInt32((approver ?? 0) + 1), message, envelope, state: state, history: history,
                into: &records)
        case .approved:
            return try adjust(
                as: sequence, by: operatorID, verdict, envelope, state: state, history: history, into: &records)
        }
    }

    /// Does what was proposed.
    private func adjust(
        as proposal: UInt64, by operatorID: RawSpan, _ verdict: Verdict, _ envelope: RecordEnvelope,
        state: borrowing ProgrammeState, history: some RecordSource, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        // Copied, because the log is read again while the adjustment is decided.
        var proposed = ByteWriter()
        history.withRecord(proposal) { proposed.append(bytes: $0) }
        guard var form = AdjustmentForm.proposed(by: proposed.bytes) else { throw verdict.refusal(.proposalUnknown) }
        form.member = state.standing(for: form.member)
        let outcome: Outcome
        do throws(Refused) {
            let entry = try entry(of: form, state: state, history: history)
            outcome = try append(form, by: operatorID, entry, proposal: proposal, envelope, into: &records)
        } catch { throw verdict.refusal(error.rejection) }
        try verdict.check()
        return outcome
    }

    /// Writes the record of a no.
    private func append(
        declined proposal: UInt64, by approver: UInt32, _ message: borrowing Message, _ envelope: RecordEnvelope,
        state: borrowing ProgrammeState, history: some RecordSource, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = ApproveLayout
        var wallet: WalletNumber?
        history.withRecord(proposal) { record in wallet = AdjustmentForm.proposed(by: record)?.wallet }
        guard let wallet else { throw Refused(.proposalUnknown) }
        let balance = WalletSheet(MemberNumber(envelope.member), wallet, state).net
        records.append(header: DeclinedLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: message.i64(Layout.occurredAt))
        records.append(u64: proposal)
        records.append(i64: balance)
        records.append(u32: approver)
        records.append(i16: message.i16(Layout.utcOffsetMinutes))
        records.append(u8: message.u8(Layout.operatorLength))
        records.append(u8: message.u8(Layout.reasonLength))
        records.append(textOf: message, from: 0)
        return Outcome(status: .recorded, member: envelope.member, balance: balance)
    }
}
