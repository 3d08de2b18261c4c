public import TallyBytes
public import TallyCodec
import TallyLedger
import TallyModel
public import TallyProjections
import TallyTables

/// A hold under way, with what it has of each lot.
struct FoundHold {
    var sequence: UInt64
    var slot: Int
    var member: MemberNumber
    var wallet: WalletNumber
    var points: Int64
    var parts: [TakenLot]

    /// The hold in a slot of the state; nil when it has ended.
    init?(_ sequence: UInt64, slot: Int, _ state: borrowing ProgrammeState) {
        guard slot < state.holds.count, state.holds[slot].hold == sequence, sequence != 0 else { return nil }
        let row = state.holds[slot]
        let balance = state.balances[Int(row.balance) - 1]
        self.sequence = sequence
        self.slot = slot
        member = state.standing(for: MemberNumber(balance.member))
        wallet = WalletNumber(balance.wallet)
        points = row.points
        parts = []
        var place = row.firstLot
        while place != 0 {
            let held = state.heldLots[Int(place) - 1]
            let lot = Int(held.lot) - 1
            parts.append(TakenLot(row: lot, lot: state.lots[lot], points: held.points))
            place = held.next
        }
    }

    /// The first points of the hold, lot by lot in the order of its wallet.
    func first(_ points: Int64, of wallet: WalletSheet, spentAt business: BusinessNumber) -> [TakenLot] {
        var missing = points
        var taken: [TakenLot] = []
        for part in wallet.ordered(parts, spentAt: business) where missing > 0 {
            var part = part
            part.points = min(part.points, missing)
            missing -= part.points
            taken.append(part)
        }
        return taken
    }
}

extension Decider {
    /// Sets points aside.
    func decideHold(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = PlaceHoldLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let storeID = try cursor.identifier(message.u8(Layout.storeLength), of: message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let receipt = try cursor.optionalIdentifier(message.u8(Layout.receiptLength), of: message)
        let walletID = try cursor.identifier(message.u8(Layout.walletLength), of: message)
        try cursor.finish(message)
        guard let store = state.store(id: storeID) else { throw Refused(.storeUnknown) }
        guard let wallet = state.wallet(id: walletID) else { throw Refused(.walletUnknown) }
        let member = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        guard member == .none || state.members[Int(member.rawValue) - 1].blocked == 0 else {
            throw Refused(.memberBlocked)
        }
        let occurredAt = message.i64(Layout.occurredAt)
        try ReceiptCheck.time(occurredAt, utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
        let total = message.i64(Layout.receiptTotal)
        guard total >= 0 else { throw Refused(.amountNegative) }
        guard total <= Limits.amountMinorMax else { throw Refused(.amountTooLarge) }
        guard state.ledger[0].holds < Limits.holdsMax else { throw Refused(.capacityReached) }
        guard member != .none else { throw Refused(.memberMissing) }
        let seconds = message.u32(Layout.seconds)
        let business = BusinessNumber(state.stores[Int(store.rawValue) - 1].business)
        let second = LotDays.second(of: Instant(microseconds: occurredAt))
        var sheet = WalletSheet(member, wallet, state)
        let payment = try Allowance(sheet.terms, receiptTotal: total, base: total).payment(
            message.i64(Layout.points), isUpTo: message.u8(Layout.upTo) != 0,
            available: sheet.spendable(at: second, state), wallet: wallet, beyond: .pointsInsufficient)
        guard let payment else {
            throw Refused(total < sheet.terms.minReceipt ? .receiptTooSmall : .pointsInsufficient)
        }
        var draft = EntryDraft()
        for part in try sheet.choose(payment.points, spentAt: business, at: second, state) {
            draft.move(.take, part.points, wallet, part.lot)
            draft.add(-part.points, part.lot.issuer, wallet, .active)
            draft.add(part.points, part.lot.issuer, wallet, .held)
            sheet.active -= part.points
        }
        let lots = try draft.lotBytes()
        guard seconds > 0, seconds <= Limits.holdSecondsMax else { throw Refused(.holdTimeMalformed) }
        var envelope = envelope
        envelope.member = member.rawValue
        envelope.previousOfMember = state.members[Int(member.rawValue) - 1].lastSequence
        records.append(header: HoldPlacedLayout.shape)
        records.append(envelope: envelope)
        records.append(u32: store.rawValue)
        records.append(i64: occurredAt)
        records.append(i64: total)
        records.append(i64: sheet.net)
        records.append(i64: payment.points)
        records.append(u32: UInt32(state.nextHoldSlot))
        records.append(u32: UInt32(clamping: envelope.recordedAt / 1_000_000 + Int64(seconds)))
        records.append(u16: wallet.rawValue)
        records.append(u16: UInt16(lots.count))
        records.append(u8: UInt8(receipt.byteCount))
        records.append(postings: draft.postings)
        records.append(u16: UInt16(receipt.byteCount + lots.count))
        records.append(bytes: receipt)
        records.append(bytes: lots.bytes)
        return Outcome(status: .recorded, member: member.rawValue, points: payment.points, balance: sheet.net)
    }

    /// Gives points back that were set aside.
    func decideRelease(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = ReleaseHoldLayout
        let message = try message(command, Layout.shape)
        let hold = try find(
            hold: message.u64(Layout.hold), source: message.u32(Layout.holdSource),
            number: message.u64(Layout.holdNumber),
            state: state, history: history)
        return release(hold, why: 0, envelope, state: state, into: &records)
    }

    /// The hold that a purchase ends; nil when it ends none.
    func hold(
        endedBy facts: borrowing PurchaseForm, state: borrowing ProgrammeState, history: some RecordSource
    ) throws(Refused) -> FoundHold? {
        typealias Layout = PurchaseLayout
        let (sequence, number) = (facts.message.u64(Layout.hold), facts.message.u64(Layout.holdNumber))
        guard sequence != 0 || number != 0 else { return nil }
        let hold = try find(
            hold: sequence, source: facts.message.u32(Layout.holdSource), number: number, state: state, history: history
        )
        guard hold.member == facts.member else { throw Refused(.holdOfAnother) }
        return hold
    }

    /// Finds a hold under way by what a command says of it.
    private func find(
        hold: UInt64, source: UInt32, number: UInt64, state: borrowing ProgrammeState, history: some RecordSource
    ) throws(Refused) -> FoundHold {
        let named = hold != 0 ? hold : history.sequence(source: source, number: number)
        guard let sequence = named else { throw Refused(.holdUnknown) }
        var slot: Int?
        history.withRecord(sequence) { record in
            guard let message = try? Message(record, shape: HoldPlacedLayout.shape) else { return }
            slot = Int(message.u32(HoldPlacedLayout.slot))
        }
        guard let slot else { throw Refused(.holdUnknown) }
        guard let found = FoundHold(sequence, slot: slot, state) else { throw Refused(.holdEnded) }
        return found
    }

    /// Gives the points of a hold back to the wallet, in front of what a purchase does.
    func release(
        _ hold: FoundHold, to sheet: inout MemberSheet, _ draft: inout EntryDraft, state: borrowing ProgrammeState
    ) throws(Refused) {
        for part in hold.parts {
            draft.add(-part.points, part.lot.issuer, hold.wallet, .held)
            draft.add(part.points, part.lot.issuer, hold.wallet, .active)
        }
        try sheet.with(hold.wallet, state) { (wallet) throws(Refused) in
            wallet.held -= hold.points
            wallet.active += hold.points
            for part in hold.parts { wallet.note(-part.points, takenFrom: part.row, part.lot) }
        }
    }

    /// Writes the record of a hold that ends without a purchase.
    private func release(
        _ hold: FoundHold, why: UInt8, _ envelope: RecordEnvelope, state: borrowing ProgrammeState,
        into records: inout ByteWriter
    ) -> Outcome {
        var draft = EntryDraft()
        for part in hold.parts {
            draft.add(-part.points, part.lot.issuer, hold.wallet, .held)
            draft.add(part.points, part.lot.issuer, hold.wallet, .active)
        }
        let net = WalletSheet(hold.member, hold.wallet, state).net + hold.points
        var envelope = envelope
        envelope.member = hold.member.rawValue
        envelope.previousOfMember = state.members[Int(hold.member.rawValue) - 1].lastSequence
        records.append(header: HoldReleasedLayout.shape)
        records.append(envelope: envelope)
        records.append(u64: hold.sequence)
        records.append(i64: net)
        records.append(i64: hold.points)
        records.append(u32: UInt32(hold.slot))
        records.append(u8: why)
        records.append(postings: draft.postings)
        return Outcome(status: .recorded, member: hold.member.rawValue, points: hold.points, balance: net)
    }

    /// Writes the record that ends the hold which has run out first.
    ///
    /// - Parameters:
    ///   - second: Holds that end by then have run out, in seconds since 1970.
    ///   - envelope: Time, source and number of the record.
    ///   - state: What is known before it.
    ///   - records: Receives the record.
    /// - Returns: False when no hold has run out.
    public func endDueHold(
        by second: UInt32, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) -> Bool {
        var due: Int?
        state.dueHolds.forEach(through: second) { row, _ in
            due = row
            return false
        }
        guard let due, let hold = FoundHold(state.holds[due].hold, slot: due, state) else { return false }
        _ = release(hold, why: 1, envelope, state: state, into: &records)
        return true
    }
}
