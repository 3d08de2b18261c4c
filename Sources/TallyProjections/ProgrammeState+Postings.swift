import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    /// Carries a record's postings into the books and the member's wallets, and makes the lots that they name.
    ///
    /// Issued and held points meet here: they add up to zero in the record, so they do in the books.
    ///
    /// - Parameters:
    ///   - message: The record.
    ///   - group: Its postings.
    ///   - member: Whose wallets move.
    ///   - sequence: The record's place, which names the lots.
    ///   - flow: Receives what moved.
    /// - Returns: The row of the wallet that moved last; nil when none did.
    /// - Throws: ``StateError/Fault`` for a posting that names nothing known or takes a figure out of its range.
    @inline(__always)
    mutating func post(
        _ message: borrowing Message, _ group: Message.Group, member: UInt32, _ sequence: UInt64, _ flow: inout Flow
    ) throws(StateError.Fault) -> Int? {
        var moved: Int?
        for index in 0..<group.count {
            guard let posting = message.posting(index, of: group) else {
                throw .unknown(what: "purpose of posting", number: UInt64(index))
            }
            try checkIsDefined(posting)
            guard flow.add(posting) else { throw .impossibleSum }
            try book(posting)
            guard posting.purpose.isOfMembers else { continue }
            let row = try move(posting, member: member)
            moved = row
            if posting.lot != 0 {
                try makeLot(posting, in: row, sequence)
            } else if posting.purpose != .debt {
                flow.expect(posting.amount, posting.business, posting.wallet, posting.purpose)
            }
        }
        return moved
    }

    /// Checks what a record's postings and lots add up to, and the balance that it states.
    @inline(__always)
    func check(_ flow: Flow, moved: Int?, stated: Int64) throws(StateError.Fault) {
        guard flow.isSound else { throw .unbalanced(sum: flow.sum) }
        guard let moved else { return }
        let net = balances[moved].active &- balances[moved].debt
        guard net == stated else { throw .balanceMismatch(stated: stated, computed: net) }
    }

    @inline(__always)
    private mutating func makeLot(
        _ posting: Posting, in balance: Int, _ sequence: UInt64
    ) throws(StateError.Fault) {
        guard posting.amount > 0, posting.purpose == .active || posting.purpose == .pending else {
            throw .impossibleSum
        }
        try makeLot(
            LotRow(
                lot: LotID(sequence: sequence, place: UInt16(posting.lot)).rawValue, remaining: posting.amount,
                balance: 0,
                next: 0, beginsAt: posting.beginsAt, endsAt: posting.endsAt, issuer: posting.business, holds: 0,
                isPending: posting.purpose == .pending ? 1 : 0), in: balance)
    }

    @inline(__always)
    func checkIsDefined(_ posting: Posting) throws(StateError.Fault) {
        guard posting.business > 0, Int(posting.business) <= businesses.count else {
            throw .unknown(what: "business", number: UInt64(posting.business))
        }
        guard posting.wallet > 0, Int(posting.wallet) <= wallets.count else {
            throw .unknown(what: "wallet", number: UInt64(posting.wallet))
        }
    }

    @inline(__always)
    mutating func book(_ posting: Posting) throws(StateError.Fault) {
        let key = accountKey(posting.business, posting.wallet, UInt16(posting.purpose.rawValue))
        let row = lastAccountRow(key, posting.purpose) ?? accountRow(key) ?? openAccount(posting, key)
        // Stored only when it changes: a load right behind a store to the same line would wait for it, twice a record.
        if lastAccounts[Int(posting.purpose.rawValue)] != row { lastAccounts[Int(posting.purpose.rawValue)] = row }
        let balance = accounts[row].balance.addingReportingOverflow(posting.amount)
        guard !balance.overflow else { throw .impossibleSum }
        accounts.update(row) { $0.balance = balance.partialValue }
    }

    /// The account that the last posting of this purpose moved, when it is the one: most receipts of a while are of one
    /// business and wallet, and then no index is asked.
    @inline(__always)
    private func lastAccountRow(_ key: UInt64, _ purpose: Purpose) -> Int? {
        let row = lastAccounts[Int(purpose.rawValue)]
        guard row < accounts.count else { return nil }
        let account = accounts[row]
        return accountKey(account.business, account.wallet, account.purpose) == key ? row : nil
    }

    @inline(never)
    private mutating func openAccount(_ posting: Posting, _ key: UInt64) -> Int {
        let row = accounts.append(
            AccountRow(
                balance: 0, business: posting.business, wallet: posting.wallet,
                purpose: UInt16(posting.purpose.rawValue)))
        indexAccount(row)
        return row
    }

    /// Carries a posting into the member's wallet.
    ///
    /// - Returns: The wallet's row.
    @inline(__always)
    private mutating func move(_ posting: Posting, member: UInt32) throws(StateError.Fault) -> Int {
        let row = balanceRow(member, posting.wallet) ?? openBalance(member, posting.wallet)
        guard change(row, posting.purpose, by: posting.amount) else { throw .impossibleSum }
        return row
    }

    /// Changes a figure of a wallet; false when it would leave its range.
    @inline(__always)
    mutating func change(_ row: Int, _ purpose: Purpose, by amount: Int64) -> Bool {
        var isPossible = true
        balances.update(row) { balance in
            switch purpose {
            case .active: isPossible = add(amount, to: &balance.active)
            case .pending: isPossible = add(amount, to: &balance.pending)
            case .held: isPossible = add(amount, to: &balance.held)
            // Debt is kept as what is owed, so a posting on it counts the other way.
            default: isPossible = amount != .min && add(-amount, to: &balance.debt)
            }
        }
        return isPossible
    }

    @inline(never)
    mutating func openBalance(_ member: UInt32, _ wallet: UInt16) -> Int {
        let next = members[Int(member) - 1].firstBalance
        let row = balances.append(
            BalanceTableRow(
                active: 0, pending: 0, held: 0, debt: 0, member: member, next: next, firstLot: 0, lastLot: 0,
                slidesTo: 0, wallet: wallet))
        members.update(Int(member) - 1) { $0.firstBalance = UInt32(row + 1) }
        return row
    }
}

/// Adds to a figure that is never negative; false when it would leave its range.
@inline(__always)
private func add(_ amount: Int64, to figure: inout Int64) -> Bool {
    let sum = figure.addingReportingOverflow(amount)
    figure = sum.partialValue
    return !sum.overflow && sum.partialValue >= 0
}
