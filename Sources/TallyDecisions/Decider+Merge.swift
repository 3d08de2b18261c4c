import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

/// What comes to the survivor in one wallet, and what is covered there.
private struct JoinedWallet {
    let wallet: WalletNumber
    /// What the absorbed member has.
    let came: WalletSheet
    /// What the survivor has behind the merge.
    var after: WalletSheet

    /// Adds the figures of the two.
    ///
    /// - Throws: ``Refused`` when they leave 64 bits.
    init(
        _ wallet: WalletNumber, from absorbed: MemberNumber, to survivor: MemberNumber,
        _ state: borrowing ProgrammeState
    )
        throws(Refused)
    {
        self.wallet = wallet
        came = WalletSheet(absorbed, wallet, state)
        after = WalletSheet(survivor, wallet, state)
        for figure in [\WalletSheet.active, \.pending, \.held, \.debt] {
            let sum = after[keyPath: figure].addingReportingOverflow(came[keyPath: figure])
            guard !sum.overflow else { throw Refused(.sumTooLarge) }
            after[keyPath: figure] = sum.partialValue
        }
    }

    /// Covers what either owed by what either can spend: credits cover a debt before anything else, and a merge is one.
    ///
    /// Lots are taken in the order in which the two would spend them together; those that have ended are passed over.
    mutating func cover(
        _ draft: inout EntryDraft, survivor: WalletSheet, at moment: Moment, _ state: borrowing ProgrammeState
    ) throws(Refused) {
        var missing = after.debt
        guard missing > 0 else { return }
        let second = moment.second
        // Whoever spends what ends first looks at no more lots than that takes.
        let limit = after.terms.burnOrder == BurnOrder.earliestExpiry.rawValue ? missing : .max
        let lots = came.usable(at: second, upTo: limit, state) + survivor.usable(at: second, upTo: limit, state)
        // No business is spent at, so none goes first.
        let chained = lots.sorted { $0.lot.ends(before: $1.lot) }
        for part in after.ordered(chained, spentAt: BusinessNumber(0)) where missing > 0 {
            let points = min(part.points, missing)
            missing -= points
            draft.move(.take, points, wallet, part.lot)
            draft.add(-points, part.lot.issuer, wallet, .active)
            draft.add(points, part.lot.issuer, wallet, .debt)
            after.active -= points
            after.debt -= points
        }
    }
}

extension Decider {
    /// Lets one member stand for two.
    ///
    /// Names, receipts, holds and coupons of the absorbed member come by themselves: whoever finds that member finds
    /// the survivor.
    func decideMerge(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = MergeLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let survivorKey = try cursor.name(message.u8(Layout.survivorKeyLength), of: message)
        let absorbedKey = try cursor.name(message.u8(Layout.absorbedKeyLength), of: message)
        let wordsStart = cursor.offset
        let operatorID = try cursor.optionalIdentifier(message.u8(Layout.operatorLength), of: message)
        let reason = try cursor.name(message.u8(Layout.reasonLength), of: message)
        try cursor.finish(message)
        var verdict = Verdict()
        let named = [
            noted(message.u8(Layout.survivorKind), message.u32(Layout.survivor), survivorKey, &verdict, state: state),
            noted(message.u8(Layout.absorbedKind), message.u32(Layout.absorbed), absorbedKey, &verdict, state: state),
        ]
        let moment = Moment(message.i64(Layout.occurredAt), message.i16(Layout.utcOffsetMinutes))
        check(moment, reason, operatorID, &verdict, state: state)
        // Whoever is not there has been noted, and something lower may have been as well.
        guard let survivor = named[0], let absorbed = named[1] else { throw Refused(verdict.lowest ?? .memberUnknown) }
        verdict.note(.membersAlreadyOne, if: survivor == absorbed)
        let count = state.group(of: survivor).count + state.group(of: absorbed).count
        verdict.note(.capacityReached, if: count > Limits.membersMergedMax)
        var draft = EntryDraft()
        var wallets: [JoinedWallet] = []
        if survivor != absorbed {
            do throws(Refused) {
                wallets = try join(absorbed, into: survivor, at: moment, &draft, state: state)
            } catch { verdict.note(error.rejection, if: true) }
        }
        try verdict.check()
        try append(
            wallets, draft, of: absorbed, message.textSlice(from: wordsStart), moment,
            chained(envelope, survivor, state: state),
            (message.u8(Layout.operatorLength), message.u8(Layout.reasonLength)),
            state: state, into: &records)
        return Outcome(status: .recorded, member: survivor.rawValue)
    }

    /// What a merge does to each wallet of the absorbed member that is not empty, in the order of the wallets.
    private func join(
        _ absorbed: MemberNumber, into survivor: MemberNumber, at moment: Moment, _ draft: inout EntryDraft,
        state: borrowing ProgrammeState
    ) throws(Refused) -> [JoinedWallet] {
        var wallets: [JoinedWallet] = []
        for wallet in state.wallets(of: absorbed) {
            let row = state.balance(absorbed, wallet)
            guard let row, row.active != 0 || row.pending != 0 || row.held != 0 || row.debt != 0 else { continue }
            var joined = try JoinedWallet(wallet, from: absorbed, to: survivor, state)
            try joined.cover(&draft, survivor: WalletSheet(survivor, wallet, state), at: moment, state)
            wallets.append(joined)
        }
        _ = try draft.lotBytes()
        return wallets
    }

    /// Notes what a merge or a split must have besides its members.
    func check(
        _ moment: Moment, _ reason: RawSpan, _ operatorID: RawSpan, _ verdict: inout Verdict,
        state: borrowing ProgrammeState
    ) {
        do throws(Refused) {
            try ReceiptCheck.time(moment.microseconds, utcOffsetMinutes: moment.utcOffsetMinutes)
        } catch { verdict.note(error.rejection, if: true) }
        verdict.note(.reasonMissing, if: reason.byteCount == 0)
        _ = operatorRow(operatorID, right: .merge, isNeeded: false, &verdict, state: state)
    }

    /// The member whom a command names; when there is none, that is noted.
    private func noted(
        _ kind: UInt8, _ number: UInt32, _ memberKey: RawSpan, _ verdict: inout Verdict,
        state: borrowing ProgrammeState
    ) -> MemberNumber? {
        do throws(Refused) {
            let found = try member(kind: kind, number: number, memberKey: memberKey, state: state)
            verdict.note(.memberMissing, if: found == .none)
            return found == .none ? nil : found
        } catch {
            verdict.note(error.rejection, if: true)
            return nil
        }
    }

    private func append(
        _ wallets: [JoinedWallet], _ draft: EntryDraft, of absorbed: MemberNumber, _ words: RawSpan, _ moment: Moment,
        _ envelope: RecordEnvelope, _ lengths: (UInt8, UInt8), state: borrowing ProgrammeState,
        into records: inout ByteWriter
    ) throws(Refused) {
        let lots = try draft.lotBytes()
        let other = state.members[Int(absorbed.rawValue) - 1]
        records.append(header: MembersMergedLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: moment.microseconds)
        records.append(u64: other.lastSequence)
        records.append(u32: absorbed.rawValue)
        records.append(i16: moment.utcOffsetMinutes)
        records.append(u16: UInt16(lots.count))
        records.append(u8: max(other.blocked, state.members[Int(envelope.member) - 1].blocked))
        records.append(u8: lengths.0)
        records.append(u8: lengths.1)
        records.append(groupOf: wallets.count, entryLength: MembersMergedLayout.Wallets.entryLength)
        for joined in wallets {
            for sheet in [joined.came, joined.after] {
                for figure in [sheet.active, sheet.pending, sheet.held, sheet.debt] { records.append(i64: figure) }
            }
            records.append(u16: joined.wallet.rawValue)
        }
        records.append(postings: draft.postings)
        records.append(u16: try textBytes(words.byteCount, lots.count))
        records.append(bytes: words)
        records.append(bytes: lots.bytes)
    }
}

extension Message {
    /// The text from `start` on.
    @_lifetime(copy self)
    func textSlice(from start: Int) -> RawSpan {
        bytes.extracting((textOffset + start)..<(textOffset + textLength))
    }
}

extension ProgrammeState {
    /// The wallets in which a member ever had points, in the order of their numbers.
    func wallets(of member: MemberNumber) -> [WalletNumber] {
        var found: [UInt16] = []
        var place = hasMember(member) ? members[Int(member.rawValue) - 1].firstBalance : 0
        while place != 0 {
            found.append(balances[Int(place) - 1].wallet)
            place = balances[Int(place) - 1].next
        }
        return found.sorted().map { WalletNumber($0) }
    }
}
