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
        enqueueLot(row)
        try chainLot(row, in: balance)
    }

    private mutating func reuseLotRow(for lot: LotRow) -> Int {
        let row = Int(ledger[0].freeLot) - 1
        let next = lots[row].next
        ledger.update(0) { $0.freeLot = next }
        lots.update(row) { $0 = lot }
        return row
    }

    /// Enters a lot into the queue of what is due: its beginning, then its end.
    ///
    /// A lot without points of its own waits for nothing: what holds have of it ends when they do.
    @inline(__always)
    mutating func enqueueLot(_ row: Int) {
        let due = lots[row].isPending != 0 ? lots[row].beginsAt : lots[row].endsAt
        if due != 0, lots[row].remaining > 0 { dueLots.insert(row, due: due) }
    }

    /// Takes a lot out of the queue of what is due.
    @inline(__always)
    mutating func dequeueLot(_ row: Int) {
        guard dueLots.contains(row) else { return }
        dueLots.remove(row, due: lots[row].isPending != 0 ? lots[row].beginsAt : lots[row].endsAt)
    }

    /// Takes points out of a lot.
    ///
    /// - Returns: True when the lot is used up, so that its row can be swept.
    @inline(__always)
    mutating func take(_ points: Int64, fromLot row: Int) throws(StateError.Fault) -> Bool {
        let left = lots[row].remaining
        guard points > 0, points <= left else { throw .impossibleSum }
        if points == left { dequeueLot(row) }
        lots.update(row) { $0.remaining = left - points }
        return points == left && lots[row].holds == 0
    }

    /// Puts points back into a lot.
    @inline(__always)
    mutating func give(_ points: Int64, toLot row: Int) throws(StateError.Fault) {
        let sum = lots[row].remaining.addingReportingOverflow(points)
        guard points > 0, !sum.overflow else { throw .impossibleSum }
        let wasEmpty = lots[row].remaining == 0
        lots.update(row) { $0.remaining = sum.partialValue }
        if wasEmpty { enqueueLot(row) }
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
