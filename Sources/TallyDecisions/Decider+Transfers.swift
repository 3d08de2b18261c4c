import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

/// Where points go that pass from one member to another.
private struct Passage {
    var taken = EntryDraft()
    var made = EntryDraft()
    var giver: WalletSheet
    var taker: WalletSheet
    /// Lots for the taker, in the order of the lots that were taken.
    private var lots: [LotMove] = []

    init(from giver: WalletSheet, to taker: WalletSheet) { (self.giver, self.taker) = (giver, taker) }

    /// Moves a part of a lot: it covers what the taker owes first, the rest keeps its issuer, beginning and end.
    mutating func move(_ part: TakenLot) {
        let (wallet, issuer) = (giver.wallet, part.lot.issuer)
        taken.move(.take, part.points, wallet, part.lot)
        taken.add(-part.points, issuer, wallet, .active)
        taken.add(part.points, issuer, wallet, .transferred)
        giver.active -= part.points
        let covered = min(part.points, taker.debt)
        made.add(-part.points, issuer, wallet, .transferred)
        made.add(covered, issuer, wallet, .debt)
        made.add(part.points - covered, issuer, wallet, .active)
        taker.debt -= covered
        taker.active += part.points - covered
        if part.points > covered { make(part.points - covered, of: part.lot) }
    }

    private mutating func make(_ points: Int64, of lot: LotRow) {
        let endsAt = giver.end(of: lot)
        let same = lots.firstIndex {
            $0.issuer == lot.issuer && $0.beginsAt == lot.beginsAt && $0.endsAt == endsAt
        }
        if let same {
            lots[same].points += points
        } else {
            lots.append(
                LotMove(
                    wallet: giver.wallet.rawValue, kind: .make, lot: LotID(0), points: points, issuer: lot.issuer,
                    beginsAt: lot.beginsAt, endsAt: endsAt))
        }
    }

    /// Names the lots that are made: the record's first, second and so on.
    mutating func name(of sequence: UInt64) {
        for (place, lot) in lots.enumerated() {
            made.make(
                LotID(sequence: sequence, place: UInt16(place + 1)), lot.points, giver.wallet, issuer: lot.issuer,
                beginsAt: lot.beginsAt, endsAt: lot.endsAt)
        }
    }
}

extension Decider {
    /// Moves points from one member to another, in one record.
    ///
    /// Lots are taken in the order in which the giver would spend them, and made for the taker as they were: the ends of
    /// points do not move with them.
    func decideTransfer(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = TransferLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let otherKey = try cursor.name(message.u8(Layout.otherKeyLength), of: message)
        let walletID = try cursor.identifier(message.u8(Layout.walletLength), of: message)
        let wordsStart = cursor.offset
        let operatorID = try cursor.optionalIdentifier(message.u8(Layout.operatorLength), of: message)
        _ = try cursor.name(message.u8(Layout.reasonLength), of: message)
        try cursor.finish(message)
        guard let wallet = state.wallet(id: walletID) else { throw Refused(.walletUnknown) }
        let giver = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        let taker = try member(
            kind: message.u8(Layout.otherKind), number: message.u32(Layout.otherMember), memberKey: otherKey,
            state: state)
        let (moment, points) = (
            Moment(message.i64(Layout.occurredAt), message.i16(Layout.utcOffsetMinutes)), message.i64(Layout.points)
        )
        var verdict = Verdict()
        verdict.note(.memberBlocked, if: giver != .none && state.members[Int(giver.rawValue) - 1].blocked != 0)
        verdict.note(.memberBlocked, if: taker != .none && state.members[Int(taker.rawValue) - 1].blocked == 2)
        do throws(Refused) {
            try ReceiptCheck.time(moment.microseconds, utcOffsetMinutes: moment.utcOffsetMinutes)
        } catch { verdict.note(error.rejection, if: true) }
        verdict.note(.amountTooLarge, if: points.magnitude > Limits.amountMinorMax)
        verdict.note(.pointsMalformed, if: points <= 0)
        _ = operatorRow(operatorID, right: .transfer, isNeeded: false, &verdict, state: state)
        guard giver != .none, taker != .none else { throw verdict.refusal(.memberMissing) }
        verdict.note(.transferToSelf, if: giver == taker)
        let passage = try passage(points, from: giver, to: taker, wallet, moment, verdict, state: state)
        return try append(passage, message, wordsStart, moment, envelope, state: state, into: &records)
    }

    /// Chooses the lots of a transfer.
    ///
    /// - Throws: ``Refused`` for the lowest rule that is broken, those of `verdict` among them.
    private func passage(
        _ points: Int64, from giver: MemberNumber, to taker: MemberNumber, _ wallet: WalletNumber, _ moment: Moment,
        _ verdict: Verdict, state: borrowing ProgrammeState
    ) throws(Refused) -> Passage {
        var verdict = verdict
        var passage = Passage(from: WalletSheet(giver, wallet, state), to: WalletSheet(taker, wallet, state))
        verdict.note(.pointsInsufficient, if: points > passage.giver.spendable(at: moment.second, state))
        verdict.note(.sumTooLarge, if: passage.taker.active.addingReportingOverflow(points).overflow)
        try verdict.check()
        // No business is spent at, so none goes first.
        for part in try passage.giver.choose(points, spentAt: BusinessNumber(0), at: moment.second, state) {
            passage.move(part)
        }
        passage.name(of: state.sequence + 1)
        return passage
    }

    private func append(
        _ passage: Passage, _ message: borrowing Message, _ wordsStart: Int, _ moment: Moment,
        _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = TransferLayout
        let (giver, taker) = (passage.giver.member, passage.taker.member)
        let taken = try passage.taken.lotBytes()
        let made = try passage.made.lotBytes()
        records.append(header: TransferredLayout.shape)
        records.append(envelope: chained(envelope, giver, state: state))
        records.append(i64: moment.microseconds)
        records.append(i64: message.i64(Layout.points))
        records.append(i64: passage.giver.net)
        records.append(i64: passage.taker.net)
        records.append(u64: state.members[Int(taker.rawValue) - 1].lastSequence)
        records.append(u32: taker.rawValue)
        records.append(i16: moment.utcOffsetMinutes)
        records.append(u16: passage.giver.wallet.rawValue)
        records.append(u16: UInt16(taken.count))
        records.append(u16: UInt16(made.count))
        records.append(u8: message.u8(Layout.operatorLength))
        records.append(u8: message.u8(Layout.reasonLength))
        records.append(postings: passage.taken.postings)
        records.append(postings: passage.made.postings)
        let words = message.textLength - wordsStart
        records.append(u16: try textBytes(words, made.count + taken.count))
        records.append(
            bytes: message.bytes.extracting(
                (message.textOffset + wordsStart)..<(message.textOffset + message.textLength)))
        records.append(bytes: made.bytes)
        records.append(bytes: taken.bytes)
        return Outcome(
            status: .recorded, member: giver.rawValue, points: -message.i64(Layout.points),
            balance: passage.giver.net)
    }

    /// Blocks a member, or ends a block.
    func decideBlock(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = BlockLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let wordsStart = cursor.offset
        let operatorID = try cursor.optionalIdentifier(message.u8(Layout.operatorLength), of: message)
        let reason = try cursor.name(message.u8(Layout.reasonLength), of: message)
        try cursor.finish(message)
        guard let mode = BlockMode(rawValue: message.u8(Layout.mode)) else { throw Refused(.textMalformed) }
        let member = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        try ReceiptCheck.time(message.i64(Layout.occurredAt), utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
        var verdict = Verdict()
        verdict.note(.memberMissing, if: member == .none)
        verdict.note(.reasonMissing, if: reason.byteCount == 0)
        _ = operatorRow(operatorID, right: .block, isNeeded: false, &verdict, state: state)
        try verdict.check()
        records.append(header: MemberBlockedLayout.shape)
        records.append(envelope: chained(envelope, member, state: state))
        records.append(i64: message.i64(Layout.occurredAt))
        records.append(i16: message.i16(Layout.utcOffsetMinutes))
        records.append(u8: mode.rawValue)
        records.append(u8: message.u8(Layout.operatorLength))
        records.append(u8: message.u8(Layout.reasonLength))
        records.append(textOf: message, from: wordsStart)
        return Outcome(status: .recorded, member: member.rawValue)
    }
}
