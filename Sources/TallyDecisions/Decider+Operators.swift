import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Sets an operator, or changes what the operator may do.
    func decideOperator(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = SetOperatorLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let id = try cursor.identifier(message.u8(Layout.idLength), of: message)
        let name = try cursor.name(message.u8(Layout.nameLength), of: message)
        try cursor.finish(message)
        let known = state.operatorRow(id: id)
        let (perAct, perDay) = (message.i64(Layout.limitPerAct), message.i64(Layout.limitPerDay))
        let rights = OperatorRights(rawValue: message.u8(Layout.rights))
        var verdict = Verdict()
        verdict.note(.operatorMalformed, if: perAct < 0 || perDay < 0 || !OperatorRights.all.isSuperset(of: rights))
        let isFull = known == nil && state.operators.count >= Limits.definitionsMax
        verdict.note(
            .capacityReached, if: isFull || !state.texts.hasRoom(for: id.byteCount + name.byteCount))
        try verdict.check()
        records.append(header: OperatorSetLayout.shape)
        records.append(envelope: envelope)
        records.append(u32: UInt32((known ?? state.operators.count) + 1))
        records.append(i64: perAct)
        records.append(i64: perDay)
        records.append(u8: rights.rawValue)
        records.append(u8: UInt8(id.byteCount))
        records.append(u8: UInt8(name.byteCount))
        records.append(textOf: message, from: 0)
        return Outcome(status: .recorded)
    }

    /// Notes what keeps an operator from an act.
    ///
    /// - Parameters:
    ///   - id: Who acts; empty for nobody.
    ///   - right: What the act needs.
    ///   - isNeeded: True when somebody must be named.
    ///   - verdict: Receives the rules that are broken.
    ///   - state: What is known before the command.
    /// - Returns: The operator's row; nil when nobody is named, none is known or no operator was ever set.
    func operatorRow(
        _ id: RawSpan, right: OperatorRights, isNeeded: Bool, _ verdict: inout Verdict, state: borrowing ProgrammeState
    ) -> Int? {
        guard state.operators.count > 0, isNeeded || id.byteCount > 0 else { return nil }
        guard id.byteCount > 0, let row = state.operatorRow(id: id) else {
            verdict.note(.operatorUnknown, if: true)
            return nil
        }
        let rights = OperatorRights(rawValue: UInt8(truncatingIfNeeded: state.operators[row].rights))
        verdict.note(.operatorRightMissing, if: !rights.isSuperset(of: right))
        return row
    }

    /// Checks that an operator may do an adjustment.
    ///
    /// - Returns: The row of the operator when another one has to approve it; nil when it can be done at once.
    /// - Throws: ``Refused`` when the operator may not do it at all.
    func proposer(
        of form: borrowing AdjustmentForm, state: borrowing ProgrammeState
    ) throws(Refused) -> Int? {
        var verdict = Verdict()
        let row = operatorRow(
            form.operatorID, right: form.right, isNeeded: form.needsOperator, &verdict, state: state)
        try verdict.check()
        guard let row else { return nil }
        let (limits, points) = (state.operators[row], form.points.magnitude)
        if limits.limitPerAct > 0, points > limits.limitPerAct { return row }
        let (day, overflow) = state.operatorPoints(row, on: form.moment.day)
            .addingReportingOverflow(Int64(clamping: points))
        guard !overflow, limits.limitPerDay == 0 || day <= limits.limitPerDay else {
            throw Refused(.operatorLimitReached)
        }
        guard !limits.taken.addingReportingOverflow(Int64(clamping: points)).overflow else {
            throw Refused(.sumTooLarge)
        }
        return nil
    }

    /// Writes the record of an adjustment that waits for another operator.
    func append(
        proposed form: borrowing AdjustmentForm, by proposer: Int, balance: Int64, _ envelope: RecordEnvelope,
        into records: inout ByteWriter
    ) -> Outcome {
        records.append(header: ProposedLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: form.moment.microseconds)
        records.append(i64: form.points)
        records.append(i64: balance)
        records.append(u64: form.manifest)
        records.append(u32: UInt32(proposer + 1))
        records.append(i32: form.beginsOn)
        records.append(i32: form.endsOn)
        records.append(i16: form.moment.utcOffsetMinutes)
        records.append(u16: form.business.rawValue)
        records.append(u16: form.wallet.rawValue)
        records.append(u8: form.kind.rawValue)
        records.append(u8: UInt8(form.operatorID.byteCount))
        records.append(u8: UInt8(form.category.byteCount))
        records.append(u8: UInt8(form.reason.byteCount))
        records.append(u16: UInt16(form.operatorID.byteCount + form.category.byteCount + form.reason.byteCount))
        records.append(bytes: form.operatorID)
        records.append(bytes: form.category)
        records.append(bytes: form.reason)
        return Outcome(status: .recorded, member: form.member.rawValue, balance: balance)
    }
}
