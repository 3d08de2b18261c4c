import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    /// A merge is taken back: the lots that the record names go back to the absorbed member, each as a whole.
    mutating func applyMembersSplit(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = MembersSplitLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try chain(envelope, sequence)
        let absorbed = message.u32(Layout.absorbed)
        guard standing(for: MemberNumber(absorbed)) == MemberNumber(envelope.member) else {
            throw .unknown(what: "merged member", number: UInt64(absorbed))
        }
        try chain(other: absorbed, of: envelope, previous: message.u64(Layout.previousOfAbsorbed), sequence)
        var moves: ArraySlice<LotMove>
        do throws(CodecError) {
            moves = try message.lotMoves(length: message.u16(Layout.lotsLength))[...]
        } catch { throw .malformed(error) }
        for index in 0..<message.firstGroup.count {
            let wallet = SplitWallet(message, at: index)
            let end = moves.firstIndex { $0.wallet != wallet.wallet } ?? moves.endIndex
            try giveBack(wallet, moves[..<end], from: envelope.member, to: absorbed)
            moves = moves[end...]
        }
        guard moves.isEmpty else { throw .unknown(what: "wallet", number: UInt64(moves[moves.startIndex].wallet)) }
        // Whoever was blocked for both stays blocked as either: a split is no way around a block.
        let blocked = members[Int(envelope.member) - 1].blocked
        guard message.u8(Layout.blocked) == blocked, part(absorbed) else {
            throw .unknown(what: "mode of block", number: UInt64(message.u8(Layout.blocked)))
        }
        members.update(Int(absorbed) - 1) { $0.blocked = blocked }
    }

    /// Gives one wallet's lots back, and what is still owed of what the absorbed member owed.
    private mutating func giveBack(
        _ wallet: SplitWallet, _ moves: ArraySlice<LotMove>, from survivor: UInt32, to absorbed: UInt32
    ) throws(StateError.Fault) {
        guard wallet.wallet > 0, Int(wallet.wallet) <= wallets.count, let from = balanceRow(survivor, wallet.wallet)
        else {
            throw .unknown(what: "wallet", number: UInt64(wallet.wallet))
        }
        let to = balanceRow(absorbed, wallet.wallet) ?? openBalance(absorbed, wallet.wallet)
        guard balances[to].firstLot == 0, wallet.debt >= 0 else { throw .impossibleSum }
        let (active, pending) = try partLots(moves, from: from, to: to)
        guard active == wallet.active, pending == wallet.pending else {
            throw .balanceMismatch(stated: wallet.active, computed: active)
        }
        for (purpose, points) in [(Purpose.active, active), (.pending, pending), (.debt, -wallet.debt)] {
            guard change(from, purpose, by: -points), change(to, purpose, by: points) else { throw .impossibleSum }
        }
        let row = balances[from]
        guard row.active == wallet.activeAfter, row.pending == wallet.pendingAfter, row.debt == wallet.debtAfter else {
            throw .balanceMismatch(stated: wallet.activeAfter, computed: row.active)
        }
        // What the one person bought kept the points of both alive.
        balances.update(to) { $0.slidesTo = row.slidesTo }
    }

    /// Moves lots from one chain to an empty one; they are named in the order of the chain.
    ///
    /// - Returns: The points in them.
    private mutating func partLots(
        _ moves: ArraySlice<LotMove>, from: Int, to: Int
    ) throws(StateError.Fault) -> (active: Int64, pending: Int64) {
        var (active, pending): (Int64, Int64) = (0, 0)
        var previous: UInt32 = 0
        for move in moves {
            guard move.kind == .take else { throw .unknown(what: "lot", number: move.lot.rawValue) }
            let row = try findLot(move.lot.rawValue, in: from, from: previous)
            let lot = lots[row]
            // A part of a lot cannot go: what a hold has of it would be left behind.
            guard lot.holds == 0, lot.remaining == move.points else {
                throw .balanceMismatch(stated: move.points, computed: lot.remaining)
            }
            previous = try unchainLot(row, in: from, from: previous)
            lots.update(row) { ($0.balance, $0.next) = (UInt32(to + 1), 0) }
            try chainLot(row, in: to)
            if lot.isPending != 0 { pending &+= lot.remaining } else { active &+= lot.remaining }
        }
        return (active, pending)
    }
}

/// What the record of a split says of one wallet.
private struct SplitWallet {
    var wallet: UInt16
    var active: Int64
    var pending: Int64
    var debt: Int64
    var activeAfter: Int64
    var pendingAfter: Int64
    var debtAfter: Int64

    init(_ message: borrowing Message, at index: Int) {
        typealias Entry = MembersSplitLayout.Wallets
        let entry = message.firstGroup.offset + index * message.firstGroup.stride
        wallet = message.bytes.u16(at: entry + Entry.wallet)
        active = message.bytes.i64(at: entry + Entry.active)
        pending = message.bytes.i64(at: entry + Entry.pending)
        debt = message.bytes.i64(at: entry + Entry.debt)
        activeAfter = message.bytes.i64(at: entry + Entry.activeAfter)
        pendingAfter = message.bytes.i64(at: entry + Entry.pendingAfter)
        debtAfter = message.bytes.i64(at: entry + Entry.debtAfter)
    }
}
