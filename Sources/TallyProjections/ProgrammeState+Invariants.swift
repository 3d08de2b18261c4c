import TallyModel
import TallyTables

/// A sentence about the whole state that does not hold.
public struct InvariantFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which sentence, and with which figures.
    public var description: String

    init(_ description: String) { self.description = description }
}

extension ProgrammeState {
    /// Checks what must hold after every record: the same truth for tests and for auditors.
    ///
    /// * For each business and wallet the accounts of all purposes add up to zero; the clearing accounts of a wallet add up to zero
    ///   over all businesses.
    /// * For each wallet the accounts of what members hold and owe equal the sums over the members' wallets.
    /// * A member's wallet has what its lots have: active, pending and, through its holds, held.
    /// * For each business the lots that it stands for equal its accounts.
    /// * Chains lead through every lot once, in the order of their ends; what is due next is known.
    /// * The lots of long wallets, and no others, are kept in order.
    ///
    /// - Throws: ``InvariantFault`` that names the first sentence that does not hold. Linear in members and lots.
    public func checkInvariants() throws(InvariantFault) {
        var memberSums: [UInt64: Int64] = [:]
        for row in 0..<balances.count {
            let balance = balances[row]
            guard balance.active >= 0, balance.pending >= 0, balance.held >= 0, balance.debt >= 0 else {
                throw InvariantFault("member \(balance.member) has \(balance) in wallet \(balance.wallet)")
            }
            guard Int(balance.next) <= row else { throw InvariantFault("wallet row \(row) leads forward") }
            memberSums[accountKey(0, balance.wallet, 1), default: 0] += balance.active
            memberSums[accountKey(0, balance.wallet, 3), default: 0] += balance.pending
            memberSums[accountKey(0, balance.wallet, 4), default: 0] += balance.held
            memberSums[accountKey(0, balance.wallet, 2), default: 0] -= balance.debt
        }
        try checkBooks(memberSums)
        let held = try checkHolds()
        try checkLots(held)
        try checkInstruments()
        try checkPromotions()
        try checkManualWork()
        try checkMerges()
    }

    private func checkBooks(_ memberSums: [UInt64: Int64]) throws(InvariantFault) {
        var bookSums: [UInt64: Int64] = [:]
        var zero: [UInt64: Int64] = [:]
        var clearing: [UInt16: Int64] = [:]
        for row in 0..<accounts.count {
            let account = accounts[row]
            guard let purpose = Purpose(rawValue: UInt8(account.purpose)) else {
                throw InvariantFault("account row \(row) has purpose \(account.purpose)")
            }
            zero[accountKey(account.business, account.wallet, 0), default: 0] += account.balance
            if purpose == .clearing { clearing[account.wallet, default: 0] += account.balance }
            guard purpose.isOfMembers else { continue }
            bookSums[accountKey(0, account.wallet, account.purpose), default: 0] += account.balance
        }
        for (key, sum) in zero.sorted(by: { $0.key < $1.key }) where sum != 0 {
            throw InvariantFault("the books of business \(key >> 32), wallet \(key >> 16 & 0xFFFF) add up to \(sum)")
        }
        for (wallet, sum) in clearing.sorted(by: { $0.key < $1.key }) where sum != 0 {
            throw InvariantFault("the clearing accounts of wallet \(wallet) add up to \(sum)")
        }
        for key in Set(bookSums.keys).union(memberSums.keys).sorted() {
            let (book, members) = (bookSums[key, default: 0], memberSums[key, default: 0])
            guard book == members else {
                throw InvariantFault(
                    "wallet \(key >> 16 & 0xFFFF), purpose \(key & 0xFFFF): members hold \(members), the books say \(book)"
                )
            }
        }
    }

    /// Checks the holds under way.
    ///
    /// - Returns: What holds have of each lot, by the lot's row: points and the number of parts.
    private func checkHolds() throws(InvariantFault) -> [Int: (points: Int64, parts: Int)] {
        var held: [Int: (points: Int64, parts: Int)] = [:]
        var byBalance: [UInt32: Int64] = [:]
        var count = 0
        for row in 0..<holds.count where holds[row].hold != 0 {
            let hold = holds[row]
            var sum: Int64 = 0
            var place = hold.firstLot
            while place != 0 {
                let part = heldLots[Int(place) - 1]
                held[Int(part.lot) - 1, default: (0, 0)].points += part.points
                held[Int(part.lot) - 1, default: (0, 0)].parts += 1
                sum += part.points
                place = part.next
            }
            guard sum == hold.points, dueHolds.contains(row) else {
                throw InvariantFault("hold \(hold.hold) has \(sum) of its \(hold.points) points, or is not queued")
            }
            // A hold keeps the wallet of the member who placed it; who stands for that one now holds its points.
            let placed = balances[Int(hold.balance) - 1]
            guard let holder = balanceRow(standing(for: MemberNumber(placed.member)).rawValue, placed.wallet) else {
                throw InvariantFault("hold \(hold.hold) is in no wallet")
            }
            byBalance[UInt32(holder + 1), default: 0] += sum
            count += 1
        }
        guard count == Int(ledger.count == 0 ? 0 : ledger[0].holds), count == dueHolds.count else {
            throw InvariantFault("there are \(count) holds, \(dueHolds.count) are queued")
        }
        for row in 0..<balances.count where balances[row].held != byBalance[UInt32(row + 1), default: 0] {
            throw InvariantFault("wallet row \(row) holds \(balances[row].held), its holds say otherwise")
        }
        return held
    }

    private func checkLots(_ held: [Int: (points: Int64, parts: Int)]) throws(InvariantFault) {
        var issued: [UInt64: Int64] = [:]
        var chained = 0
        var kept = 0
        for row in 0..<balances.count {
            let balance = balances[row]
            var (active, pending): (Int64, Int64) = (0, 0)
            var previous: LotRow?
            var last: UInt32 = 0
            var place = balance.firstLot
            while place != 0 {
                let lot = lots[Int(place) - 1]
                let part = held[Int(place) - 1, default: (0, 0)]
                guard Int(lot.balance) == row + 1, lot.lot != 0, lot.remaining > 0 || part.parts > 0,
                    Int(lot.holds) == part.parts, previous.map({ $0.ends(before: lot) }) ?? true
                else { throw InvariantFault("lot \(lot.id) in the chain of wallet row \(row) does not belong there") }
                if lot.isPending != 0 { pending += lot.remaining } else { active += lot.remaining }
                issued[accountKey(lot.issuer, balance.wallet, lot.isPending != 0 ? 3 : 1), default: 0] += lot.remaining
                issued[accountKey(lot.issuer, balance.wallet, 4), default: 0] += part.points
                if longWallets.contains(row) {
                    guard longWallets.holds(Int(place) - 1, lots) else {
                        throw InvariantFault("lot \(lot.id) of the long wallet row \(row) is not kept in order")
                    }
                    kept += 1
                }
                chained += 1
                (previous, last, place) = (lot, place, lot.next)
            }
            guard active == balance.active, pending == balance.pending, last == balance.lastLot else {
                throw InvariantFault(
                    "member \(balance.member): lots hold \(active) and \(pending), the wallet says "
                        + "\(balance.active) and \(balance.pending)")
            }
        }
        let used = (0..<lots.count).count { lots[$0].lot != 0 }
        guard chained == used, used == liveLots, dueLots.isSound(lots) else {
            throw InvariantFault("\(used) lots, \(chained) in chains, \(dueLots.count) due or not when they are")
        }
        guard longWallets.counts == (kept, kept) else {
            throw InvariantFault("long wallets have \(kept) lots, \(longWallets.counts) are kept in order")
        }
        try checkIssuers(issued)
    }

    private func checkIssuers(_ issued: [UInt64: Int64]) throws(InvariantFault) {
        for row in 0..<accounts.count {
            let account = accounts[row]
            guard let purpose = Purpose(rawValue: UInt8(account.purpose)), purpose.isOfMembers, purpose != .debt else {
                continue
            }
            let lots = issued[accountKey(account.business, account.wallet, account.purpose), default: 0]
            guard lots == account.balance else {
                throw InvariantFault(
                    "business \(account.business) stands for \(lots) points of wallet \(account.wallet) in lots, "
                        + "its account of purpose \(account.purpose) says \(account.balance)")
            }
        }
    }
}
