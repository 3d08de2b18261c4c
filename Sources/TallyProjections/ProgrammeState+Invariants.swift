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
    /// * For each business and wallet, issued + active + debt = 0.
    /// * For each wallet, the accounts of purpose active and debt equal the sums over the members' wallets.
    /// * A member's wallets are chained without a ring, and none is negative.
    ///
    /// - Throws: ``InvariantFault`` that names the first sentence that does not hold. Linear in members.
    public func checkInvariants() throws(InvariantFault) {
        var memberSums = Array(repeating: (active: Int64(0), debt: Int64(0)), count: wallets.count + 1)
        for row in 0..<balances.count {
            let balance = balances[row]
            guard balance.active >= 0, balance.debt >= 0 else {
                throw InvariantFault("member \(balance.member) holds \(balance.active) and owes \(balance.debt)")
            }
            guard Int(balance.next) <= row else { throw InvariantFault("wallet row \(row) leads forward") }
            memberSums[Int(balance.wallet)].active += balance.active
            memberSums[Int(balance.wallet)].debt += balance.debt
        }
        try checkBooks(memberSums)
    }

    private func checkBooks(_ memberSums: [(active: Int64, debt: Int64)]) throws(InvariantFault) {
        var bookSums = Array(repeating: (active: Int64(0), debt: Int64(0)), count: wallets.count + 1)
        var zero: [UInt64: Int64] = [:]
        for row in 0..<accounts.count {
            let account = accounts[row]
            zero[accountKey(account.business, account.wallet, 0), default: 0] += account.balance
            switch Purpose(rawValue: UInt8(account.purpose)) {
            case .active: bookSums[Int(account.wallet)].active += account.balance
            case .debt: bookSums[Int(account.wallet)].debt -= account.balance
            case .issued: break
            case nil: throw InvariantFault("account row \(row) has purpose \(account.purpose)")
            }
        }
        for (key, sum) in zero.sorted(by: { $0.key < $1.key }) where sum != 0 {
            throw InvariantFault("the books of business \(key >> 32), wallet \(key >> 16 & 0xFFFF) add up to \(sum)")
        }
        for wallet in memberSums.indices where memberSums[wallet] != bookSums[wallet] {
            throw InvariantFault(
                "wallet \(wallet): members hold \(memberSums[wallet]), the books say \(bookSums[wallet])")
        }
    }
}
