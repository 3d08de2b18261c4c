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
