import TallyBytes
import TallyModel
public import TallyTables

/// Everything that the ledger knows at one place of the log, computed from the records up to there and from nothing else.
///
/// Tables hold rows; indexes find them. Tables are what a checkpoint stores and a digest covers; indexes are built again
/// from the tables. ``apply(_:sequence:)`` alone changes them.
@safe
public struct ProgrammeState: ~Copyable {
    /// The last record applied; 0 before the first.
    public internal(set) var sequence: UInt64 = 0

    /// One row: the ledger as a whole.
    public internal(set) var ledger = DenseTable<LedgerRow>(rowBytes: 48)
    /// Row n is source n; row 0 the ledger itself.
    public internal(set) var sources = DenseTable<SourceRow>(rowBytes: 24)
    /// Row n−1 is business n.
    public internal(set) var businesses = DenseTable<BusinessRow>(rowBytes: 24)
    /// Row n−1 is store n.
    public internal(set) var stores = DenseTable<StoreRow>(rowBytes: 32)
    /// Row n−1 is wallet n.
    public internal(set) var wallets = DenseTable<WalletRow>(rowBytes: 24)
    /// Row n−1 is revision n.
    public internal(set) var accruals = DenseTable<AccrualRow>(rowBytes: 32)
    /// Row n−1 is member n.
    public internal(set) var members = DenseTable<MemberRow>(rowBytes: 64)
    /// Wallets of members in the order of their first posting.
    public internal(set) var balances = DenseTable<BalanceTableRow>(rowBytes: 32)
    /// Phones and cards in the order in which they were linked.
    public internal(set) var identifiers = DenseTable<IdentifierRow>(rowBytes: 24)
    /// What has come back, in the order of the first return.
    public internal(set) var returned = DenseTable<ReturnedRow>(rowBytes: 32)
    /// The books.
    public internal(set) var accounts = DenseTable<AccountRow>(rowBytes: 16)
    /// Names and ids.
    public internal(set) var texts = TextSlab()

    var sourceIndex = HashIndex()
    var businessIndex = HashIndex()
    var storeIndex = HashIndex()
    var walletIndex = HashIndex()
    var memberIndex = HashIndex()
    var identifierIndex = HashIndex()
    var returnedIndex = HashIndex()
    var accountIndex = HashIndex()
    /// The account row that the last posting of each purpose moved: a guess, checked before it is used.
    var lastAccounts = InlineArray<3, Int>(repeating: 0)
    /// Keyed by the ledger's id, so nobody can choose ids that all fall into one slot.
    var hash = StableHash(key0: 0, key1: 0)

    /// The state before the first record.
    public init() {}

    /// The ledger's id; zero before its first record.
    public var ledgerID: (high: UInt64, low: UInt64) {
        ledger.count == 0 ? (0, 0) : (ledger[0].ledgerHigh, ledger[0].ledgerLow)
    }

    /// When the latest record was recorded, in microseconds since the epoch; 0 before the first.
    public var recordedAt: Int64 { ledger.count == 0 ? 0 : ledger[0].recordedAt }
}
