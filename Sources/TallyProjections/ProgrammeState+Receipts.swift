import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyTables

extension ProgrammeState {
    /// A purchase: the member's sums, the books, the member's wallet.
    @inline(__always)
    mutating func applyPurchase(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = PurchaseRecordedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        let total = message.i64(Layout.total)
        guard total >= 0 else { throw .impossibleSum }
        try checkStore(message.u32(Layout.store))
        try countReceipt(total)
        guard envelope.member != 0 else {
            guard message.secondGroup.count == 0 else { throw .unknown(what: "member", number: 0) }
            return
        }
        try chain(envelope, sequence)
        let day = CivilDay(
            of: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
        try countPurchase(of: Int(envelope.member) - 1, total: total, day: day.days)
        try post(message, stated: message.i64(Layout.balanceAfter))
    }

    /// A return: as a purchase with its sign turned, and what came back of which line.
    mutating func applyReturn(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = ReturnRecordedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        let total = message.i64(Layout.total)
        guard total >= 0 else { throw .impossibleSum }
        try checkStore(message.u32(Layout.store))
        try countReceipt(-total)
        let purchase = message.u64(Layout.purchase)
        if purchase != 0 { try noteReturned(message, purchase: purchase) }
        guard envelope.member != 0 else {
            guard message.secondGroup.count == 0 else { throw .unknown(what: "member", number: 0) }
            return
        }
        try chain(envelope, sequence)
        let row = Int(envelope.member) - 1
        let monetary = members[row].monetary.subtractingReportingOverflow(total)
        guard !monetary.overflow else { throw .impossibleSum }
        members.update(row) { member in
            member.monetary = monetary.partialValue
            member.receipts &+= 1
        }
        try post(message, stated: message.i64(Layout.balanceAfter))
    }

    @inline(__always)
    private func checkStore(_ store: UInt32) throws(StateError.Fault) {
        guard store > 0, Int(store) <= stores.count else { throw .unknown(what: "store", number: UInt64(store)) }
    }

    @inline(__always)
    private mutating func countReceipt(_ total: Int64) throws(StateError.Fault) {
        let turnover = ledger[0].turnover.addingReportingOverflow(total)
        guard !turnover.overflow else { throw .impossibleSum }
        ledger.update(0) { row in
            row.receipts &+= 1
            row.turnover = turnover.partialValue
        }
    }

    @inline(__always)
    private mutating func countPurchase(of row: Int, total: Int64, day: Int32) throws(StateError.Fault) {
        var overflow = false
        members.update(row) { member in
            let monetary = member.monetary.addingReportingOverflow(total)
            let gross = member.gross.addingReportingOverflow(total)
            overflow = monetary.overflow || gross.overflow
            member.monetary = monetary.partialValue
            member.gross = gross.partialValue
            member.receipts &+= 1
            // An empty receipt is no purchase: it neither counts nor makes the member active.
            guard total > 0 else { return }
            member.firstDay = member.purchases == 0 ? day : min(member.firstDay, day)
            member.lastDay = member.purchases == 0 ? day : max(member.lastDay, day)
            member.purchases &+= 1
        }
        guard !overflow else { throw .impossibleSum }
    }

    /// Carries the record's postings into the books and the member's wallet.
    ///
    /// Issued and held points meet here: they add up to zero in the record, so they do in the books.
    @inline(__always)
    private mutating func post(_ message: borrowing Message, stated: Int64) throws(StateError.Fault) {
        let group = message.secondGroup
        let member = message.envelope.member
        var sum: Int64 = 0
        var moved: Int?
        for index in 0..<group.count {
            guard let posting = Posting(message.bytes, at: group.offset + index * group.stride) else {
                throw .unknown(what: "purpose of posting", number: UInt64(index))
            }
            let running = sum.addingReportingOverflow(posting.amount)
            guard !running.overflow else { throw .impossibleSum }
            sum = running.partialValue
            try checkIsDefined(posting)
            try book(posting)
            if posting.purpose != .issued { moved = try move(posting, member: member) }
        }
        guard sum == 0 else { throw .unbalanced(sum: sum) }
        guard let moved else { return }
        let net = balances[moved].active &- balances[moved].debt
        guard net == stated else { throw .balanceMismatch(stated: stated, computed: net) }
    }

    @inline(__always)
    private func checkIsDefined(_ posting: Posting) throws(StateError.Fault) {
        guard posting.business > 0, Int(posting.business) <= businesses.count else {
            throw .unknown(what: "business", number: UInt64(posting.business))
        }
        guard posting.wallet > 0, Int(posting.wallet) <= wallets.count else {
            throw .unknown(what: "wallet", number: UInt64(posting.wallet))
        }
    }

    @inline(__always)
    private mutating func book(_ posting: Posting) throws(StateError.Fault) {
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
        var isPossible = true
        balances.update(row) { balance in
            // Debt is kept as what is owed, so a posting on it counts the other way.
            let after =
                posting.purpose == .active
                ? balance.active.addingReportingOverflow(posting.amount)
                : balance.debt.subtractingReportingOverflow(posting.amount)
            isPossible = !after.overflow && after.partialValue >= 0
            if posting.purpose == .active {
                balance.active = after.partialValue
            } else {
                balance.debt = after.partialValue
            }
        }
        guard isPossible else { throw .impossibleSum }
        return row
    }

    @inline(never)
    private mutating func openBalance(_ member: UInt32, _ wallet: UInt16) -> Int {
        let next = members[Int(member) - 1].firstBalance
        let row = balances.append(BalanceTableRow(active: 0, debt: 0, member: member, next: next, wallet: wallet))
        members.update(Int(member) - 1) { $0.firstBalance = UInt32(row + 1) }
        return row
    }

    private mutating func noteReturned(_ message: borrowing Message, purchase: UInt64) throws(StateError.Fault) {
        typealias Lines = ReturnRecordedLayout.Lines
        let group = message.firstGroup
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            try addReturned(
                purchase, UInt32(message.bytes.u16(at: entry + Lines.purchaseLine)),
                quantity: message.bytes.i64(at: entry + Lines.quantity),
                money: message.bytes.i64(at: entry + Lines.total))
        }
        var points: Int64 = 0
        for index in 0..<message.secondGroup.count {
            let offset = message.secondGroup.offset + index * message.secondGroup.stride
            if let posting = Posting(message.bytes, at: offset), posting.purpose == .issued { points = posting.amount }
        }
        try addReturned(purchase, 0, quantity: points, money: message.i64(ReturnRecordedLayout.total))
    }

    private mutating func addReturned(
        _ purchase: UInt64, _ line: UInt32, quantity: Int64, money: Int64
    ) throws(StateError.Fault) {
        let row = returnedRow(purchase, line) ?? openReturned(purchase, line)
        let newQuantity = returned[row].quantity.addingReportingOverflow(quantity)
        let newMoney = returned[row].money.addingReportingOverflow(money)
        guard !newQuantity.overflow, !newMoney.overflow else { throw .impossibleSum }
        returned.update(row) { entry in
            entry.quantity = newQuantity.partialValue
            entry.money = newMoney.partialValue
        }
    }

    private mutating func openReturned(_ purchase: UInt64, _ line: UInt32) -> Int {
        let row = returned.append(ReturnedRow(purchase: purchase, quantity: 0, money: 0, line: line))
        indexReturned(row)
        return row
    }
}
