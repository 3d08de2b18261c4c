import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    /// Carries out what a record says of its lots.
    ///
    /// - Parameters:
    ///   - message: The record.
    ///   - length: Bytes of the list at the end of its text.
    ///   - following: Bytes of the list behind it, where a record has two.
    ///   - member: Whose wallets.
    ///   - flow: Receives what the lots gained and lost.
    /// - Throws: ``StateError/Fault`` for a list that is broken or names a lot that is not there.
    mutating func moveLots(
        _ message: borrowing Message, length: UInt16, before following: UInt16 = 0, member: UInt32, _ flow: inout Flow
    ) throws(StateError.Fault) {
        guard length > 0 else { return }
        var walk = LotWalk()
        do throws(CodecError) {
            var list = try message.lots(length: length, before: following)
            while let move = try list.next() { try carry(move, member: member, &walk, &flow) }
        } catch {
            throw .malformed(error)
        }
        if let fault = walk.fault { throw fault }
        if !usedUpLots.isEmpty { try sweepUsedUpLots(in: walk.balance) }
    }

    /// Carries out one move; a fault is kept in the walk, because the list's reader has errors of its own.
    private mutating func carry(
        _ move: LotMove, member: UInt32, _ walk: inout LotWalk, _ flow: inout Flow
    ) throws(CodecError) {
        guard walk.fault == nil else { return }
        do throws(StateError.Fault) {
            if walk.wallet != move.wallet { try enter(move.wallet, member: member, &walk) }
            switch move.kind {
            case .take:
                let row = try find(move.lot, &walk)
                flow.found(-move.points, lots[row].issuer, move.wallet, lots[row].isPending != 0 ? .pending : .active)
                if try take(move.points, fromLot: row) { usedUpLots.append(UInt32(row)) }
            case .give:
                let row = try find(move.lot, &walk)
                flow.found(move.points, lots[row].issuer, move.wallet, lots[row].isPending != 0 ? .pending : .active)
                try give(move.points, toLot: row)
            case .make:
                guard move.issuer > 0, Int(move.issuer) <= businesses.count else {
                    throw .unknown(what: "business", number: UInt64(move.issuer))
                }
                flow.found(move.points, move.issuer, move.wallet, .active)
                // Whoever decided looked for it in the whole chain.
                try measureChain(of: walk.balance)
                try makeLot(
                    LotRow(
                        lot: move.lot.rawValue, remaining: move.points, balance: 0, next: 0, beginsAt: move.beginsAt,
                        endsAt: move.endsAt, issuer: move.issuer, holds: 0, isPending: 0), in: walk.balance)
            }
        } catch {
            walk.fault = error
        }
    }

    private mutating func enter(_ wallet: UInt16, member: UInt32, _ walk: inout LotWalk) throws(StateError.Fault) {
        if !usedUpLots.isEmpty { try sweepUsedUpLots(in: walk.balance) }
        guard wallet > 0, Int(wallet) <= wallets.count, hasMember(MemberNumber(member)) else {
            throw .unknown(what: "wallet", number: UInt64(wallet))
        }
        let row = balanceRow(member, wallet) ?? openBalance(member, wallet)
        // A wallet that spends what was made first needs that order as soon as it is long.
        if terms(of: wallet).burnOrder == BurnOrder.firstInFirstOut.rawValue { try measureChain(of: row) }
        walk = LotWalk(wallet: wallet, balance: row, place: balances[row].firstLot)
    }

    /// The row of a lot: lists name lots in the order of the chain, so one walk finds them all.
    private mutating func find(_ lot: LotID, _ walk: inout LotWalk) throws(StateError.Fault) -> Int {
        let row = try findLot(lot.rawValue, in: walk.balance, from: walk.place)
        walk.place = UInt32(row + 1)
        return row
    }
}

/// Where the reading of a list of lots stands.
private struct LotWalk {
    var wallet: UInt16 = 0
    /// Row of the wallet.
    var balance = 0
    /// Row of the lot found last, plus one.
    var place: UInt32 = 0
    var fault: StateError.Fault?
}
