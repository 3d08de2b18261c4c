import TallyBytes
import TallyTables

// Indexes are derived: each function enters one row, and `rebuildIndexes` enters them all after a checkpoint was loaded.

extension ProgrammeState {
    mutating func indexSource(_ row: Int) {
        sourceIndex.insert(row, hash: hash.hash(texts.bytes(sources[row].name)))
    }

    mutating func indexBusiness(_ row: Int) {
        businessIndex.insert(row, hash: hash.hash(texts.bytes(businesses[row].id)))
    }

    mutating func indexStore(_ row: Int) { storeIndex.insert(row, hash: hash.hash(texts.bytes(stores[row].id))) }

    mutating func indexWallet(_ row: Int) { walletIndex.insert(row, hash: hash.hash(texts.bytes(wallets[row].id))) }

    mutating func indexMember(_ row: Int) {
        memberIndex.insert(row, hash: hash.hash(texts.bytes(members[row].externalID)))
    }

    /// The keyed hash of an identifier is spread already.
    mutating func indexIdentifier(_ row: Int) { identifierIndex.insert(row, hash: identifiers[row].low) }

    mutating func indexReturned(_ row: Int) {
        returnedIndex.insert(row, hash: returnedHash(returned[row].purchase, returned[row].line))
    }

    mutating func indexAccount(_ row: Int) {
        let account = accounts[row]
        accountIndex.insert(row, hash: spread(accountKey(account.business, account.wallet, account.purpose)))
    }

    /// Enters an instrument by its id and, when it has one, by its printed code.
    mutating func indexInstrument(_ row: Int) {
        instrumentIndex.insert(row, hash: hash.hash(texts.bytes(instruments[row].id)))
        guard instruments[row].code.count > 0 else { return }
        genericCodeIndex.insert(row, hash: hash.hash(texts.bytes(instruments[row].code)))
    }

    /// Serials are given by the ledger, so nobody can aim at one slot.
    mutating func indexInstrumentCode(_ row: Int) {
        instrumentCodeIndex.insert(row, hash: spread(UInt64(instrumentCodes[row].serial)))
    }

    mutating func indexMemberUses(_ row: Int) {
        memberUsesIndex.insert(row, hash: memberUsesHash(memberUses[row].instrument, memberUses[row].member))
    }

    mutating func indexOperator(_ row: Int) {
        operatorIndex.insert(row, hash: hash.hash(texts.bytes(operators[row].id)))
    }

    /// Builds all indexes from the tables.
    mutating func rebuildIndexes() {
        hash = StableHash(key0: ledgerID.high, key1: ledgerID.low)
        for row in 0..<sources.count where row > 0 { indexSource(row) }
        for row in 0..<businesses.count { indexBusiness(row) }
        for row in 0..<stores.count { indexStore(row) }
        for row in 0..<wallets.count { indexWallet(row) }
        for row in 0..<members.count where members[row].externalID.count > 0 { indexMember(row) }
        for row in 0..<identifiers.count { indexIdentifier(row) }
        for row in 0..<returned.count { indexReturned(row) }
        for row in 0..<accounts.count { indexAccount(row) }
        earningWallets = Set((0..<accruals.count).map { accruals[$0].wallet }).count
        hasSlidingTerms = (0..<terms.count).contains { terms[$0].expiryKind == 4 }
        for row in 0..<lots.count where lots[row].lot != 0 {
            liveLots += 1
            noteDue(row)
        }
        for row in 0..<holds.count where holds[row].hold != 0 { dueHolds.insert(row, due: holds[row].endsAt) }
        for row in 0..<instruments.count { indexInstrument(row) }
        for row in 0..<instrumentCodes.count { indexInstrumentCode(row) }
        for row in 0..<memberUses.count { indexMemberUses(row) }
        for row in 0..<operators.count { indexOperator(row) }
        for row in 0..<kin.count { indexKin(row) }
        for row in 0..<instrumentIssues.count { enqueueIssue(row) }
        rebuildPromotionIndexes()
        for row in 0..<reservations.count where reservations[row].sequence != 0 {
            dueReservations.insert(row, due: reservations[row].endsAt)
        }
    }
}
