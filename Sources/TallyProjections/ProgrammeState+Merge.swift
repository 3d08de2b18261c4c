import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    /// One member stands for two: the absorbed member's lots come into the survivor's chains, and nothing else moves.
    ///
    /// Accounts are those of businesses, not of members, so the books change only by what covers a debt.
    mutating func applyMembersMerged(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = MembersMergedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try chain(envelope, sequence)
        let absorbed = message.u32(Layout.absorbed)
        try chain(other: absorbed, of: envelope, previous: message.u64(Layout.previousOfAbsorbed), sequence)
        for index in 0..<message.firstGroup.count {
            try takeOver(MergedWallet(message, at: index), from: absorbed, to: envelope.member)
        }
        try checkIsBare(absorbed)
        slide(envelope.member, as: absorbed)
        let count = group(of: MemberNumber(envelope.member)).count + group(of: MemberNumber(absorbed)).count
        guard count <= Limits.membersMergedMax else { throw .impossibleSum }
        var flow = Flow()
        try moveLots(message, length: message.u16(Layout.lotsLength), member: envelope.member, &flow)
        _ = try post(message, message.secondGroup, member: envelope.member, sequence, &flow)
        guard flow.isSound else { throw .unbalanced(sum: flow.sum) }
        for index in 0..<message.firstGroup.count {
            let wallet = MergedWallet(message, at: index)
            guard let row = balanceRow(envelope.member, wallet.wallet) else {
                throw .unknown(what: "wallet", number: UInt64(wallet.wallet))
            }
            try check(wallet.after, against: balances[row])
        }
        let (survivor, other) = (Int(envelope.member) - 1, Int(absorbed) - 1)
        // Whichever of the two was blocked: a merge is no way around a block.
        let blocked = max(members[survivor].blocked, members[other].blocked)
        guard message.u8(Layout.blocked) == blocked else {
            throw .unknown(what: "mode of block", number: UInt64(message.u8(Layout.blocked)))
        }
        members.update(survivor) { $0.blocked = blocked }
        join(absorbed, into: envelope.member, by: sequence)
    }

    /// Moves the chain of the second member of a record on to it.
    mutating func chain(
        other: UInt32, of envelope: RecordEnvelope, previous: UInt64, _ sequence: UInt64
    ) throws(StateError.Fault) {
        guard other != envelope.member, hasMember(MemberNumber(other)) else {
            throw .unknown(what: "member", number: UInt64(other))
        }
        let known = members[Int(other) - 1].lastSequence
        guard previous == known else { throw .chainBroken(expected: known, found: previous) }
        members.update(Int(other) - 1) { $0.lastSequence = sequence }
    }

    /// Takes one wallet of the absorbed member over, with figures and lots.
    private mutating func takeOver(
        _ wallet: MergedWallet, from absorbed: UInt32, to survivor: UInt32
    ) throws(StateError.Fault) {
        guard members[Int(absorbed) - 1].isMerged == 0, let from = balanceRow(absorbed, wallet.wallet) else {
            throw .unknown(what: "wallet of member", number: UInt64(absorbed))
        }
        try check(wallet.came, against: balances[from])
        let to = balanceRow(survivor, wallet.wallet) ?? openBalance(survivor, wallet.wallet)
        let came = balances[from]
        guard change(to, .active, by: came.active), change(to, .pending, by: came.pending),
            change(to, .held, by: came.held), change(to, .debt, by: -came.debt)
        else { throw .impossibleSum }
        try joinLots(of: from, into: to)
        balances.update(from) { ($0.active, $0.pending, $0.held, $0.debt) = (0, 0, 0, 0) }
    }

    /// Checks that nothing is left in the wallets of a member.
    private func checkIsBare(_ member: UInt32) throws(StateError.Fault) {
        guard members[Int(member) - 1].isMerged == 0 else { throw .unknown(what: "member", number: UInt64(member)) }
        var place = members[Int(member) - 1].firstBalance
        while place != 0 {
            let row = balances[Int(place) - 1]
            guard row.active == 0, row.pending == 0, row.held == 0, row.debt == 0, row.firstLot == 0 else {
                throw .balanceMismatch(stated: 0, computed: row.active &- row.debt)
            }
            place = row.next
        }
    }

    /// Lets wallets that live by activity live as long as those of another member: it was the same person who was there.
    private mutating func slide(_ member: UInt32, as other: UInt32) {
        var place = members[Int(other) - 1].firstBalance
        while place != 0 {
            let row = balances[Int(place) - 1]
            if let own = balanceRow(member, row.wallet), balances[own].slidesTo < row.slidesTo {
                balances.update(own) { $0.slidesTo = row.slidesTo }
            }
            place = row.next
        }
    }

    /// Compares what a record states of a wallet with what is in it.
    private func check(_ stated: WalletState, against row: BalanceTableRow) throws(StateError.Fault) {
        for (stated, found) in [
            (stated.active, row.active), (stated.pending, row.pending), (stated.held, row.held),
            (stated.debt, row.debt),
        ] where stated != found {
            throw .balanceMismatch(stated: stated, computed: found)
        }
    }
}

/// What a wallet holds and owes.
private struct WalletState {
    var active: Int64
    var pending: Int64
    var held: Int64
    var debt: Int64
}

/// What the record of a merge says of one wallet.
private struct MergedWallet {
    var wallet: UInt16
    var came: WalletState
    var after: WalletState

    init(_ message: borrowing Message, at index: Int) {
        typealias Entry = MembersMergedLayout.Wallets
        let entry = message.firstGroup.offset + index * message.firstGroup.stride
        let bytes = message.bytes
        wallet = bytes.u16(at: entry + Entry.wallet)
        came = WalletState(
            active: bytes.i64(at: entry + Entry.active), pending: bytes.i64(at: entry + Entry.pending),
            held: bytes.i64(at: entry + Entry.held), debt: bytes.i64(at: entry + Entry.debt))
        after = WalletState(
            active: bytes.i64(at: entry + Entry.activeAfter), pending: bytes.i64(at: entry + Entry.pendingAfter),
            held: bytes.i64(at: entry + Entry.heldAfter), debt: bytes.i64(at: entry + Entry.debtAfter))
    }
}
