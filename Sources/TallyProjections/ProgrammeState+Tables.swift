public import TallyTables

/// The tables of a state by the numbers under which checkpoints keep them.
///
/// A number is never used again.
public enum StateTable: UInt16, Sendable, CaseIterable {
    /// The ledger as a whole.
    case ledger = 0
    /// Sources.
    case sources = 1
    /// Businesses.
    case businesses = 2
    /// Stores.
    case stores = 3
    /// Wallet types.
    case wallets = 4
    /// Accrual revisions.
    case accruals = 5
    /// Members.
    case members = 6
    /// Wallets of members.
    case balances = 7
    /// Phones and cards.
    case identifiers = 8
    /// What has come back.
    case returned = 9
    /// The books.
    case accounts = 10
    /// Names and ids.
    case texts = 11
    /// Terms of wallets.
    case terms = 12
    /// What terms name.
    case termItems = 13
    /// Terms between businesses.
    case settlements = 14
    /// Lots.
    case lots = 15
    /// Holds.
    case holds = 16
    /// What holds have of lots.
    case heldLots = 17
    /// People who act by hand.
    case operators = 18
    /// What they gave and took on a day.
    case operatorDays = 19
    /// What waited for another of them.
    case proposals = 20
    /// Closed months.
    case periods = 21
    /// Members who took part in merges.
    case kin = 22
    /// Gift cards, certificates, coupons and promo codes.
    case instruments = 23
    /// Codes that were issued together.
    case instrumentIssues = 24
    /// Codes to which something happened.
    case instrumentCodes = 25
    /// Uses that are reserved.
    case reservations = 26
    /// How often members used instruments.
    case memberUses = 27
    /// Documents that the log keeps.
    case documents = 28
    /// Where their parts are.
    case documentParts = 29
    /// Revisions of the promotions in force.
    case promotionSets = 30
    /// Promotions that rest.
    case promotionRests = 31
    /// What promotions have done.
    case promotionTallies = 32
    /// How much of limits is used.
    case promotionUses = 33
    /// Which promotions stand at the places of documents.
    case promotionPlaces = 34
}

extension ProgrammeState {
    /// Lends the memory of a table.
    public func withMemory<R>(of table: StateTable, _ body: (borrowing PagedMemory) -> R) -> R {
        switch table {
        case .ledger: body(ledger.memory)
        case .sources: body(sources.memory)
        case .businesses: body(businesses.memory)
        case .stores: body(stores.memory)
        case .wallets: body(wallets.memory)
        case .accruals: body(accruals.memory)
        case .members: body(members.memory)
        case .balances: body(balances.memory)
        case .identifiers: body(identifiers.memory)
        case .returned: body(returned.memory)
        case .accounts: body(accounts.memory)
        case .texts: body(texts.memory)
        case .terms: body(terms.memory)
        case .termItems: body(termItems.memory)
        case .settlements: body(settlements.memory)
        case .lots: body(lots.memory)
        case .holds: body(holds.memory)
        case .heldLots: body(heldLots.memory)
        case .operators: body(operators.memory)
        case .operatorDays: body(operatorDays.memory)
        case .proposals: body(proposals.memory)
        case .periods: body(periods.memory)
        case .kin: body(kin.memory)
        case .instruments: body(instruments.memory)
        case .instrumentIssues: body(instrumentIssues.memory)
        case .instrumentCodes: body(instrumentCodes.memory)
        case .reservations: body(reservations.memory)
        case .memberUses: body(memberUses.memory)
        case .documents: body(documents.memory)
        case .documentParts: body(documentParts.memory)
        case .promotionSets: body(promotionSets.memory)
        case .promotionRests: body(promotionRests.memory)
        case .promotionTallies: body(promotionTallies.memory)
        case .promotionUses: body(promotionUses.memory)
        case .promotionPlaces: body(promotionPlaces.memory)
        }
    }

    /// Lends the memory of a table to be changed: for loading a checkpoint and for noting that one was taken.
    public mutating func withMutableMemory<R>(of table: StateTable, _ body: (inout PagedMemory) -> R) -> R {
        switch table {
        case .ledger: body(&ledger.memory)
        case .sources: body(&sources.memory)
        case .businesses: body(&businesses.memory)
        case .stores: body(&stores.memory)
        case .wallets: body(&wallets.memory)
        case .accruals: body(&accruals.memory)
        case .members: body(&members.memory)
        case .balances: body(&balances.memory)
        case .identifiers: body(&identifiers.memory)
        case .returned: body(&returned.memory)
        case .accounts: body(&accounts.memory)
        case .texts: body(&texts.memory)
        case .terms: body(&terms.memory)
        case .termItems: body(&termItems.memory)
        case .settlements: body(&settlements.memory)
        case .lots: body(&lots.memory)
        case .holds: body(&holds.memory)
        case .heldLots: body(&heldLots.memory)
        case .operators: body(&operators.memory)
        case .operatorDays: body(&operatorDays.memory)
        case .proposals: body(&proposals.memory)
        case .periods: body(&periods.memory)
        case .kin: body(&kin.memory)
        case .instruments: body(&instruments.memory)
        case .instrumentIssues: body(&instrumentIssues.memory)
        case .instrumentCodes: body(&instrumentCodes.memory)
        case .reservations: body(&reservations.memory)
        case .memberUses: body(&memberUses.memory)
        case .documents: body(&documents.memory)
        case .documentParts: body(&documentParts.memory)
        case .promotionSets: body(&promotionSets.memory)
        case .promotionRests: body(&promotionRests.memory)
        case .promotionTallies: body(&promotionTallies.memory)
        case .promotionUses: body(&promotionUses.memory)
        case .promotionPlaces: body(&promotionPlaces.memory)
        }
    }

    /// Bytes of all tables.
    public var byteCount: Int {
        var sum = 0
        for table in StateTable.allCases { sum += withMemory(of: table) { $0.byteCount } }
        return sum
    }

    /// Ends the loading of a checkpoint: the tables are in place, the indexes follow from them.
    ///
    /// - Parameter sequence: The last record that the tables know.
    public mutating func finishLoading(sequence: UInt64) {
        self.sequence = sequence
        rebuildIndexes()
    }
}
