public import TallyBytes
public import TallyLedger
public import TallyModel
import TallyTables

extension ProgrammeState {
    /// The source of that name.
    public func source(named name: RawSpan) -> SourceNumber? {
        let row = sourceIndex.find(hash.hash(name)) { row in texts.bytes(sources[row].name).hasSameBytes(as: name) }
        return row.map { SourceNumber(UInt32($0)) }
    }

    /// The business of that id.
    public func business(id: RawSpan) -> BusinessNumber? {
        let row = businessIndex.find(hash.hash(id)) { row in texts.bytes(businesses[row].id).hasSameBytes(as: id) }
        return row.map { BusinessNumber(UInt16($0 + 1)) }
    }

    /// The store of that id.
    public func store(id: RawSpan) -> StoreNumber? {
        let row = storeIndex.find(hash.hash(id)) { row in texts.bytes(stores[row].id).hasSameBytes(as: id) }
        return row.map { StoreNumber(UInt32($0 + 1)) }
    }

    /// The wallet of that id.
    public func wallet(id: RawSpan) -> WalletNumber? {
        let row = walletIndex.find(hash.hash(id)) { row in texts.bytes(wallets[row].id).hasSameBytes(as: id) }
        return row.map { WalletNumber(UInt16($0 + 1)) }
    }

    /// The member who stands for whomever other systems know under that id.
    public func member(externalID: RawSpan) -> MemberNumber? {
        owner(externalID: externalID).map { standing(for: $0) }
    }

    /// The member who was registered with that id, whoever stands for it now.
    public func owner(externalID: RawSpan) -> MemberNumber? {
        let row = memberIndex.find(hash.hash(externalID)) { row in
            texts.bytes(members[row].externalID).hasSameBytes(as: externalID)
        }
        return row.map { MemberNumber(UInt32($0 + 1)) }
    }

    /// The member who stands for whoever has that phone or card.
    public func member(identifier: KeyedHash, kind: UInt32) -> MemberNumber? {
        owner(identifier: identifier, kind: kind).map { standing(for: $0) }
    }

    /// The member to whom that phone or card was linked, whoever stands for it now.
    public func owner(identifier: KeyedHash, kind: UInt32) -> MemberNumber? {
        let row = identifierIndex.find(identifier.low) { row in
            let entry = identifiers[row]
            return entry.low == identifier.low && entry.high == identifier.high && entry.kind == kind
        }
        return row.map { MemberNumber(identifiers[$0].member) }
    }

    /// True when that many members are registered.
    @inline(__always)
    public func hasMember(_ member: MemberNumber) -> Bool {
        member.rawValue != 0 && Int(member.rawValue) <= members.count
    }

    /// The revision that decides a receipt: the latest defined of those that are in force at the moment for the business.
    ///
    /// - Returns: The revision's number and row; nil when no rule is in force.
    public func accrual(at occurredAt: Int64, business: BusinessNumber) -> (revision: UInt16, row: AccrualRow)? {
        var best: (revision: UInt16, row: AccrualRow)?
        for index in 0..<accruals.count {
            let row = accruals[index]
            guard row.effectiveFrom <= occurredAt, row.business == 0 || row.business == business.rawValue else {
                continue
            }
            if let found = best, found.row.effectiveFrom > row.effectiveFrom { continue }
            best = (UInt16(index + 1), row)
        }
        return best
    }

    /// The revisions that decide a receipt, one a wallet, in the order of the wallets.
    ///
    /// - Returns: At most ``TallyModel/Limits/walletsPerReceiptMax``, because no more wallets may earn.
    public func accruals(at occurredAt: Int64, business: BusinessNumber) -> [(revision: UInt16, row: AccrualRow)] {
        var best: [UInt16: (revision: UInt16, row: AccrualRow)] = [:]
        for index in 0..<accruals.count {
            let row = accruals[index]
            guard row.effectiveFrom <= occurredAt, row.business == 0 || row.business == business.rawValue else {
                continue
            }
            if let found = best[row.wallet], found.row.effectiveFrom > row.effectiveFrom { continue }
            best[row.wallet] = (UInt16(index + 1), row)
        }
        return best.values.sorted { $0.row.wallet < $1.row.wallet }
    }

    /// What a member holds in a wallet; zero before the first posting.
    public func figures(_ member: MemberNumber, _ wallet: WalletNumber) -> WalletFigures {
        guard hasMember(member), let row = balanceRow(member.rawValue, wallet.rawValue) else { return WalletFigures() }
        return WalletFigures(active: balances[row].active, debt: balances[row].debt)
    }

    /// The row of a member's wallet as it is; nil before the first posting.
    public func balance(_ member: MemberNumber, _ wallet: WalletNumber) -> BalanceTableRow? {
        guard hasMember(member), let row = balanceRow(member.rawValue, wallet.rawValue) else { return nil }
        return balances[row]
    }

    /// The row of a member's wallet.
    @inline(__always)
    func balanceRow(_ member: UInt32, _ wallet: UInt16) -> Int? {
        var next = members[Int(member) - 1].firstBalance
        while next != 0 {
            let row = Int(next) - 1
            if balances[row].wallet == wallet { return row }
            next = balances[row].next
        }
        return nil
    }

    /// What has come back of a line of a purchase, or of the whole of it for line 0.
    ///
    /// - Returns: Thousandths (for line 0: points) and money so far.
    public func returned(purchase: UInt64, line: UInt32) -> (quantity: Int64, money: Int64) {
        guard let row = returnedRow(purchase, line) else { return (0, 0) }
        return (returned[row].quantity, returned[row].money)
    }

    func returnedRow(_ purchase: UInt64, _ line: UInt32) -> Int? {
        returnedIndex.find(returnedHash(purchase, line)) { row in
            returned[row].purchase == purchase && returned[row].line == line
        }
    }

    func returnedHash(_ purchase: UInt64, _ line: UInt32) -> UInt64 { hash.hash(purchase &* 4_099 &+ UInt64(line)) }

    /// The balance of an account of the books, in minor units.
    public func account(_ business: BusinessNumber, _ wallet: WalletNumber, _ purpose: Purpose) -> Int64 {
        let key = accountKey(business.rawValue, wallet.rawValue, UInt16(purpose.rawValue))
        guard let row = accountRow(key) else { return 0 }
        return accounts[row].balance
    }

    func accountKey(_ business: UInt16, _ wallet: UInt16, _ purpose: UInt16) -> UInt64 {
        UInt64(business) << 32 | UInt64(wallet) << 16 | UInt64(purpose)
    }

    @inline(__always)
    func accountRow(_ key: UInt64) -> Int? {
        accountIndex.find(spread(key)) { row in
            let account = accounts[row]
            return accountKey(account.business, account.wallet, account.purpose) == key
        }
    }

    /// Spreads a small key over 64 bits; accounts are numbered by the ledger, so nobody can aim at one slot.
    @inline(__always)
    func spread(_ key: UInt64) -> UInt64 { (key ^ (key &>> 17)) &* 0x9E37_79B9_7F4A_7C15 }
}
