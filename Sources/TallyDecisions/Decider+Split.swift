import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

/// What goes back in one wallet.
private struct PartedWallet {
    let wallet: WalletNumber
    var active: Int64 = 0
    var pending: Int64 = 0
    var debt: Int64 = 0
    /// What the survivor keeps.
    var after: WalletSheet
}

extension Decider {
    /// Takes a merge back.
    ///
    /// A lot belongs to the member whose record made it, or to whoever stands for that one. So what is left of the lots
    /// that the absorbed member brought goes back to it; what was spent stays spent, and what was earned since stays
    /// with the survivor.
    func decideSplit(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = SplitLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let wordsStart = cursor.offset
        let operatorID = try cursor.optionalIdentifier(message.u8(Layout.operatorLength), of: message)
        let reason = try cursor.name(message.u8(Layout.reasonLength), of: message)
        try cursor.finish(message)
        let absorbed = try owner(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        let moment = Moment(message.i64(Layout.occurredAt), message.i16(Layout.utcOffsetMinutes))
        var verdict = Verdict()
        check(moment, reason, operatorID, &verdict, state: state)
        guard absorbed != .none else { throw verdict.refusal(.memberMissing) }
        let survivor = state.standing(for: absorbed)
        guard survivor != absorbed else { throw verdict.refusal(.memberNotMerged) }
        var moves: [LotMove] = []
        let wallets = try part(absorbed, from: survivor, &moves, verdict, state: state, history: history)
        var lots = ByteWriter(capacity: 16 + moves.count * 8)
        lots.append(lots: moves)
        verdict.note(.splitTooLarge, if: lots.count > Limits.lotListBytesMax)
        try verdict.check()
        try append(
            wallets, lots, of: absorbed, message.textSlice(from: wordsStart), moment,
            chained(envelope, survivor, state: state),
            (message.u8(Layout.operatorLength), message.u8(Layout.reasonLength)),
            state: state, into: &records)
        return Outcome(status: .recorded, member: survivor.rawValue)
    }

    /// What goes back to a member in each wallet, in the order of the wallets.
    ///
    /// - Parameters:
    ///   - absorbed: To whom.
    ///   - survivor: From whom.
    ///   - moves: Receives the lots, each as a whole.
    ///   - verdict: Rules that are known to be broken already.
    ///   - state: What is known before the split.
    ///   - history: Where the records stand that made the lots.
    /// - Returns: The wallets in which something goes back.
    /// - Throws: ``Refused`` with the lowest number among the rules that are broken.
    private func part(
        _ absorbed: MemberNumber, from survivor: MemberNumber, _ moves: inout [LotMove], _ verdict: Verdict,
        state: borrowing ProgrammeState, history: some RecordSource
    ) throws(Refused) -> [PartedWallet] {
        let owners = LotOwners(Set(state.group(of: absorbed).map(\.rawValue)))
        let brought = debts(broughtBy: absorbed, to: survivor, state: state, history: history)
        var wallets: [PartedWallet] = []
        var verdict = verdict
        for wallet in state.wallets(of: survivor) {
            var parted = PartedWallet(wallet: wallet, after: WalletSheet(survivor, wallet, state))
            var (isHeld, isLost) = (false, false)
            state.forEachLot(of: survivor, wallet) { _, lot in
                guard let isBack = owners.own(lot.id, history) else {
                    isLost = true
                    return false
                }
                guard isBack else { return true }
                isHeld = isHeld || lot.holds > 0
                if lot.isPending != 0 { parted.pending += lot.remaining } else { parted.active += lot.remaining }
                if lot.remaining > 0 {
                    moves.append(LotMove(wallet: wallet.rawValue, kind: .take, lot: lot.id, points: lot.remaining))
                }
                return moves.count <= Limits.lotsPerRecordMax
            }
            // A record that cannot be read is as good as none: nobody guesses whose the lot is.
            verdict.note(.purchaseUnknown, if: isLost)
            verdict.note(.splitUnderHold, if: isHeld)
            guard moves.count <= Limits.lotsPerRecordMax else { throw verdict.refusal(.splitTooLarge) }
            parted.debt = min(brought[wallet.rawValue, default: 0], parted.after.debt)
            parted.after.active -= parted.active
            parted.after.pending -= parted.pending
            parted.after.debt -= parted.debt
            if parted.active != 0 || parted.pending != 0 || parted.debt != 0 { wallets.append(parted) }
        }
        try verdict.check()
        return wallets
    }

    /// What a member owed when it was merged and the merge itself did not cover, by wallet.
    ///
    /// It goes back as far as the survivor still owes something; when the survivor of that merge was itself merged into
    /// another, it stays, because the later merge counts it as that one's.
    private func debts(
        broughtBy absorbed: MemberNumber, to survivor: MemberNumber, state: borrowing ProgrammeState,
        history: some RecordSource
    ) -> [UInt16: Int64] {
        guard let kin = state.kin(of: absorbed), kin.mergedInto == survivor.rawValue else { return [:] }
        var debts: [UInt16: Int64] = [:]
        history.withRecord(kin.merged) { record in
            typealias Entry = MembersMergedLayout.Wallets
            guard let message = try? Message(record, shape: MembersMergedLayout.shape) else { return }
            for index in 0..<message.firstGroup.count {
                let entry = message.firstGroup.offset + index * message.firstGroup.stride
                debts[message.bytes.u16(at: entry + Entry.wallet)] = min(
                    message.bytes.i64(at: entry + Entry.debt), message.bytes.i64(at: entry + Entry.debtAfter))
            }
        }
        return debts
    }

    private func append(
        _ wallets: [PartedWallet], _ lots: borrowing ByteWriter, of absorbed: MemberNumber, _ words: RawSpan,
        _ moment: Moment, _ envelope: RecordEnvelope, _ lengths: (UInt8, UInt8), state: borrowing ProgrammeState,
        into records: inout ByteWriter
    ) throws(Refused) {
        records.append(header: MembersSplitLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: moment.microseconds)
        records.append(u64: state.members[Int(absorbed.rawValue) - 1].lastSequence)
        records.append(u32: absorbed.rawValue)
        records.append(i16: moment.utcOffsetMinutes)
        records.append(u16: UInt16(lots.count))
        records.append(u8: state.members[Int(envelope.member) - 1].blocked)
        records.append(u8: lengths.0)
        records.append(u8: lengths.1)
        records.append(groupOf: wallets.count, entryLength: MembersSplitLayout.Wallets.entryLength)
        for parted in wallets {
            for figure in [parted.active, parted.pending, parted.debt] { records.append(i64: figure) }
            for figure in [parted.after.active, parted.after.pending, parted.after.debt] { records.append(i64: figure) }
            records.append(u16: parted.wallet.rawValue)
        }
        records.append(u16: try textBytes(words.byteCount, lots.count))
        records.append(bytes: words)
        records.append(bytes: lots.bytes)
    }
}
