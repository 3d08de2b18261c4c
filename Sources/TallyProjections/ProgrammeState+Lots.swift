public import TallyModel
import TallyTables

// Lots: how they are made, and what goes out of them and comes back.

extension ProgrammeState {
    /// Makes a lot and puts it into its wallet's chain.
    ///
    /// - Parameters:
    ///   - lot: The lot; `balance` and `next` are filled in here.
    ///   - balance: The row of its wallet.
    /// - Throws: ``StateError/Fault`` for a lot that the wallet has already.
    @inline(__always)
    mutating func makeLot(_ lot: LotRow, in balance: Int) throws(StateError.Fault) {
        var lot = lot
        lot.balance = UInt32(balance + 1)
        liveLots &+= 1
        let row: Int
        if ledger[0].freeLot == 0 { row = lots.append(lot) } else { row = reuseLotRow(for: lot) }
        noteDue(row)
        try chainLot(row, in: balance)
    }

    private mutating func reuseLotRow(for lot: LotRow) -> Int {
        let row = Int(ledger[0].freeLot) - 1
        let next = lots[row].next
        ledger.update(0) { $0.freeLot = next }
        lots.update(row) { $0 = lot }
        return row
    }

    /// Notes when a lot is due that was not due before.
    @inline(__always)
    mutating func noteDue(_ row: Int) {
        let due = lots[row].dueAt
        if due != 0 { dueLots.insert(row, due: due) }
    }

    /// Notes when a lot is due now, if at all, that was due at another time, if at all.
    @inline(__always)
    mutating func noteDue(_ row: Int, insteadOf due: UInt32) {
        if due == 0 { noteDue(row) } else { dueLots.move(row, from: due, lots) }
    }

    /// Takes points out of a lot.
    ///
    /// - Returns: True when the lot is used up, so that its row can be swept.
    @inline(__always)
    mutating func take(_ points: Int64, fromLot row: Int) throws(StateError.Fault) -> Bool {
        let left = lots[row].remaining
        guard points > 0, points <= left else { throw .impossibleSum }
        guard points == left else {
            lots.update(row) { $0.remaining = left - points }
            return false
        }
        let due = lots[row].dueAt
        lots.update(row) { $0.remaining = 0 }
        noteDue(row, insteadOf: due)
        return lots[row].holds == 0
    }

    /// Puts points back into a lot.
    @inline(__always)
    mutating func give(_ points: Int64, toLot row: Int) throws(StateError.Fault) {
        let sum = lots[row].remaining.addingReportingOverflow(points)
        guard points > 0, !sum.overflow else { throw .impossibleSum }
        let wasEmpty = lots[row].remaining == 0
        lots.update(row) { $0.remaining = sum.partialValue }
        if wasEmpty { noteDue(row) }
    }
}

extension ProgrammeState {
    /// Visits the lots of a member's wallet in the order in which they end.
    ///
    /// - Parameters:
    ///   - member: Whose.
    ///   - wallet: Which wallet.
    ///   - body: Receives the row's number and the row; returns false to end the visit. Lots with nothing left of their own,
    ///     because holds have all of it, are among them.
    public func forEachLot(of member: MemberNumber, _ wallet: WalletNumber, _ body: (Int, LotRow) -> Bool) {
        guard hasMember(member), let balance = balanceRow(member.rawValue, wallet.rawValue) else { return }
        var place = balances[balance].firstLot
        while place != 0 {
            let lot = lots[Int(place) - 1]
            guard body(Int(place) - 1, lot) else { return }
            place = lot.next
        }
    }
}
