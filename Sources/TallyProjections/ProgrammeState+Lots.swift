public import TallyModel
import TallyTables

// Lots and their chains. A wallet's lots are chained in the order in which they end, so the usual redemption and every expiry
// work at the head of the chain and touch only the lots that they move.

extension ProgrammeState {
    /// Makes a lot and puts it into its wallet's chain.
    ///
    /// - Parameters:
    ///   - lot: The lot; `balance` and `next` are filled in here.
    ///   - balance: The row of its wallet.
    @inline(__always)
    mutating func makeLot(_ lot: LotRow, in balance: Int) {
        var lot = lot
        lot.balance = UInt32(balance + 1)
        liveLots &+= 1
        let row: Int
        if ledger[0].freeLot == 0 { row = lots.append(lot) } else { row = reuseLotRow(for: lot) }
        enqueueLot(row)
        chainLot(row, in: balance)
    }

    private mutating func reuseLotRow(for lot: LotRow) -> Int {
        let row = Int(ledger[0].freeLot) - 1
        let next = lots[row].next
        ledger.update(0) { $0.freeLot = next }
        lots.update(row) { $0 = lot }
        return row
    }

    @inline(__always)
    private mutating func chainLot(_ row: Int, in balance: Int) {
        let last = balances[balance].lastLot
        let place = UInt32(row + 1)
        // Nearly every lot ends after those that its wallet has.
        guard last != 0, lots[row].ends(before: lots[Int(last) - 1]) else {
            if last != 0 { lots.update(Int(last) - 1) { $0.next = place } }
            balances.update(balance) { wallet in
                if last == 0 { wallet.firstLot = place }
                wallet.lastLot = place
            }
            return
        }
        chainLotSlowPath(row, in: balance)
    }

    /// Puts a lot in front of the first that ends after it; there is one.
    private mutating func chainLotSlowPath(_ row: Int, in balance: Int) {
        let lot = lots[row]
        var previous = 0
        var next = balances[balance].firstLot
        while !lot.ends(before: lots[Int(next) - 1]) {
            previous = Int(next)
            next = lots[Int(next) - 1].next
        }
        lots.update(row) { $0.next = next }
        let place = UInt32(row + 1)
        if previous == 0 {
            balances.update(balance) { $0.firstLot = place }
        } else {
            lots.update(previous - 1) { $0.next = place }
        }
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

    /// Takes lots that are used up out of a wallet's chain and frees their rows.
    ///
    /// - Parameters:
    ///   - count: How many there are; the walk ends with the last of them.
    ///   - balance: The row of the wallet.
    mutating func sweepLots(_ count: Int, in balance: Int) {
        var left = count
        var previous = 0
        var place = balances[balance].firstLot
        while left > 0, place != 0 {
            let row = Int(place) - 1
            let next = lots[row].next
            if lots[row].remaining == 0, lots[row].holds == 0 {
                unchainLot(place, after: previous, next: next, in: balance)
                left -= 1
            } else {
                previous = Int(place)
            }
            place = next
        }
    }

    private mutating func unchainLot(_ place: UInt32, after previous: Int, next: UInt32, in balance: Int) {
        if previous != 0 { lots.update(previous - 1) { $0.next = next } }
        balances.update(balance) { wallet in
            if previous == 0 { wallet.firstLot = next }
            if next == 0 { wallet.lastLot = UInt32(previous) }
        }
        liveLots -= 1
        let free = ledger[0].freeLot
        lots.update(Int(place) - 1) { lot in
            lot = LotRow(
                lot: 0, remaining: 0, balance: 0, next: free, beginsAt: 0, endsAt: 0, issuer: 0, holds: 0, isPending: 0)
        }
        ledger.update(0) { $0.freeLot = place }
    }

    /// Moves a lot to where it belongs after its end has changed.
    mutating func rechainLot(_ row: Int, endsAt: UInt32) {
        let balance = Int(lots[row].balance) - 1
        dequeueLot(row)
        var previous = 0
        var place = balances[balance].firstLot
        while Int(place) != row + 1, place != 0 {
            previous = Int(place)
            place = lots[Int(place) - 1].next
        }
        let next = lots[row].next
        if previous != 0 { lots.update(previous - 1) { $0.next = next } }
        balances.update(balance) { wallet in
            if previous == 0 { wallet.firstLot = next }
            if next == 0 { wallet.lastLot = UInt32(previous) }
        }
        lots.update(row) { lot in
            lot.next = 0
            lot.endsAt = endsAt
        }
        chainLot(row, in: balance)
        enqueueLot(row)
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
