import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

/// Whose debt in which wallet.
struct DebtKey: Hashable, Sendable {
    var member: UInt32
    var wallet: UInt16
}

/// What passes from one member to another when they are merged or split: an entry for each, which adds up to zero.
private struct Handover {
    var from: BookEntry
    var to: BookEntry

    init(
        _ message: borrowing Message, _ sequence: UInt64, _ kind: BookEntry.Kind, from giver: UInt32, to taker: UInt32
    ) {
        // These fields stand at the same places in the records of merges and splits.
        typealias Layout = MembersMergedLayout
        let moment = message.i64(Layout.occurredAt)
        let offset = message.i16(Layout.utcOffsetMinutes)
        from = BookEntry(
            sequence: sequence, kind: kind, member: giver, moment: moment,
            day: CivilDay(of: Instant(microseconds: moment), utcOffsetMinutes: offset))
        from.utcOffsetMinutes = offset
        var cursor = Int(message.u8(Layout.operatorLength))
        let reason = message.string(&cursor, Int(message.u8(Layout.reasonLength)))
        to = from
        (to.member, to.part) = (taker, 1)
        // Either statement names the other member.
        from.reason = "member \(taker): \(reason)"
        to.reason = "member \(giver): \(reason)"
    }

    /// Points of a lot, or of a debt for no lot, that pass as they are.
    mutating func pass(
        _ lot: LotID?, _ wallet: UInt16, _ purpose: Purpose, _ amount: Int64, _ origin: LotOriginFacts
    ) {
        guard amount != 0 else { return }
        from.add(.merged, lot, wallet, purpose, -amount, origin)
        to.add(.merged, lot, wallet, purpose, amount, origin)
    }

    /// A debt to a business that passes: below zero what is owed.
    mutating func pass(debt amount: Int64, to business: UInt16, _ wallet: UInt16) {
        let origin = LotOriginFacts(madeBy: from, business: business, beginsAt: 0, endsAt: 0, isPending: false)
        pass(nil, wallet, .debt, amount, origin)
    }

    /// Says in postings what has passed.
    ///
    /// The books know no members and have no posting of it; between the two entries it stands on the account of
    /// transfers.
    mutating func post() {
        from.postings = Handover.postings(of: from.changes)
        to.postings = Handover.postings(of: to.changes)
    }

    private static func postings(of changes: [LotChange]) -> [Posting] {
        var sums: [AccountKey: Int64] = [:]
        for change in changes {
            for (purpose, amount) in [(change.purpose, change.amount), (.transferred, -change.amount)] {
                let key = AccountKey(business: change.business, wallet: change.wallet, purpose: purpose)
                sums[key, default: 0] += amount
            }
        }
        return sums.sorted { $0.key < $1.key }.filter { $0.value != 0 }.map {
            Posting(amount: $0.value, business: $0.key.business, wallet: $0.key.wallet, purpose: $0.key.purpose)
        }
    }
}

extension EntryReader {
    /// A merge: what the absorbed member had passes to the survivor, and covers what either owed.
    mutating func merge(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> [BookEntry] {
        typealias Layout = MembersMergedLayout
        let message = try Message(record, shape: Layout.shape)
        let absorbed = message.u32(Layout.absorbed)
        var both = Handover(message, sequence, .merge, from: absorbed, to: message.envelope.member)
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let wallet = message.bytes.u16(at: entry + Layout.Wallets.wallet)
            state.forEachLot(of: MemberNumber(absorbed), WalletNumber(wallet)) { _, lot in
                let purpose: Purpose = lot.isPending != 0 ? .pending : .active
                both.pass(lot.id, wallet, purpose, lot.remaining, origin(of: lot.id, wallet: wallet))
                return true
            }
            if message.bytes.i64(at: entry + Layout.Wallets.held) != 0 { passHolds(of: absorbed, wallet, &both, state) }
            for (business, amount) in debts(of: absorbed, wallet) { both.pass(debt: amount, to: business, wallet) }
        }
        both.post()
        try cover(message, &both.to)
        return [both.from, both.to]
    }

    /// What covers a debt: a lot loses it, and what is owed to the lot's business becomes less.
    private mutating func cover(_ message: borrowing Message, _ entry: inout BookEntry) throws(CodecError) {
        let passed = entry.changes.count
        try moveLots(message, length: message.u16(MembersMergedLayout.lotsLength), taking: .merged, &entry)
        for change in entry.changes[passed...] {
            entry.add(.merged, nil, change.wallet, .debt, -change.amount, change.origin)
        }
        entry.postings += try postings(message, message.secondGroup)
    }

    /// What holds of a member have of lots of a wallet.
    private func passHolds(
        of member: UInt32, _ wallet: UInt16, _ both: inout Handover, _ state: borrowing ProgrammeState
    ) {
        for slot in 0..<state.holds.count where state.holds[slot].hold != 0 {
            let placed = state.balances[Int(state.holds[slot].balance) - 1]
            guard placed.wallet == wallet, state.standing(for: MemberNumber(placed.member)) == MemberNumber(member)
            else { continue }
            var place = state.holds[slot].firstLot
            while place != 0 {
                let part = state.heldLots[Int(place) - 1]
                let lot = state.lots[Int(part.lot) - 1].id
                both.pass(lot, wallet, .held, part.points, origin(of: lot, wallet: wallet))
                place = part.next
            }
        }
    }

    /// A split: what is left of what the absorbed member brought passes back.
    mutating func split(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> [BookEntry] {
        typealias Layout = MembersSplitLayout
        let message = try Message(record, shape: Layout.shape)
        let survivor = message.envelope.member
        var both = Handover(message, sequence, .split, from: survivor, to: message.u32(Layout.absorbed))
        var list = try message.lots(length: message.u16(Layout.lotsLength))
        while let move = try list.next() {
            let origin = origin(of: move.lot, wallet: move.wallet)
            both.pass(move.lot, move.wallet, origin.isPending ? .pending : .active, move.points, origin)
        }
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let wallet = message.bytes.u16(at: entry + Layout.Wallets.wallet)
            var missing = message.bytes.i64(at: entry + Layout.Wallets.debt)
            // Which business is owed what goes back, no record says: the first ones are.
            for (business, amount) in debts(of: survivor, wallet) where amount < 0 {
                let part = min(missing, -amount)
                missing -= part
                both.pass(debt: -part, to: business, wallet)
            }
        }
        both.post()
        return [both.from, both.to]
    }
}
