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
    public internal(set) var ledger = DenseTable<LedgerRow>(rowBytes: 80)
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
    public internal(set) var balances = DenseTable<BalanceTableRow>(rowBytes: 56)
    /// Phones and cards in the order in which they were linked.
    public internal(set) var identifiers = DenseTable<IdentifierRow>(rowBytes: 24)
    /// What has come back, in the order of the first return.
    public internal(set) var returned = DenseTable<ReturnedRow>(rowBytes: 32)
    /// The books.
    public internal(set) var accounts = DenseTable<AccountRow>(rowBytes: 16)
    /// Names and ids.
    public internal(set) var texts = TextSlab()
    /// Row n−1 is revision n of the terms of some wallet.
    public internal(set) var terms = DenseTable<TermsRow>(rowBytes: 64)
    /// Categories and days that terms name.
    public internal(set) var termItems = DenseTable<TermItemRow>(rowBytes: 12)
    /// What businesses pay each other, the latest row of a pair and wallet in force.
    public internal(set) var settlements = DenseTable<SettlementRow>(rowBytes: 20)
    /// Lots that are not used up, and free rows.
    public internal(set) var lots = DenseTable<LotRow>(rowBytes: 40)
    /// Holds under way, and free rows.
    public internal(set) var holds = DenseTable<HoldRow>(rowBytes: 32)
    /// What holds have of lots, and free rows.
    public internal(set) var heldLots = DenseTable<HeldLotRow>(rowBytes: 16)

    /// Row n−1 is instrument n: a gift card, certificate, coupon or promo code.
    public internal(set) var instruments = DenseTable<InstrumentRow>(rowBytes: 112)
    /// Codes that were issued together, in the order of their serials.
    public internal(set) var instrumentIssues = DenseTable<InstrumentIssueRow>(rowBytes: 56)
    /// Codes to which something happened.
    public internal(set) var instrumentCodes = DenseTable<InstrumentCodeRow>(rowBytes: 32)
    /// Uses that purchases under way have set aside, and free rows.
    public internal(set) var reservations = DenseTable<ReservationRow>(rowBytes: 40)
    /// How often members used instruments.
    public internal(set) var memberUses = DenseTable<MemberUsesRow>(rowBytes: 16)

    /// Row n−1 is document n: the words or the promotions of a programme.
    public internal(set) var documents = DenseTable<DocumentRow>(rowBytes: 48)
    /// Where the parts of documents are.
    public internal(set) var documentParts = DenseTable<DocumentPartRow>(rowBytes: 16)
    /// Row n−1 is revision n of the promotions in force.
    public internal(set) var promotionSets = DenseTable<PromotionSetRow>(rowBytes: 32)
    /// Promotions that rest in some revision.
    public internal(set) var promotionRests = DenseTable<PromotionRestRow>(rowBytes: 16)
    /// What promotions have done, in the order in which they did it first.
    public internal(set) var promotionTallies = DenseTable<PromotionTallyRow>(rowBytes: 64)
    /// Which promotions stand at the places of documents, in the order in which they did something first.
    public internal(set) var promotionPlaces = DenseTable<PromotionPlaceRow>(rowBytes: 16)
    /// How much of limits is used.
    public internal(set) var promotionUses = DenseTable<PromotionUseRow>(rowBytes: 24)

    /// Row n−1 is operator n: a person who acts by hand.
    public internal(set) var operators = DenseTable<OperatorRow>(rowBytes: 48)
    /// What operators gave and took on a day, chained by operator.
    public internal(set) var operatorDays = DenseTable<OperatorDayRow>(rowBytes: 16)
    /// Adjustments that waited or wait for another operator, in the order of the log.
    public internal(set) var proposals = DenseTable<ProposalRow>(rowBytes: 32)
    /// Months that are closed, one after the other.
    public internal(set) var periods = DenseTable<PeriodRow>(rowBytes: 32)
    /// Members who took part in merges.
    public internal(set) var kin = DenseTable<KinRow>(rowBytes: 24)

    var sourceIndex = HashIndex()
    var businessIndex = HashIndex()
    var storeIndex = HashIndex()
    var walletIndex = HashIndex()
    var memberIndex = HashIndex()
    var identifierIndex = HashIndex()
    var returnedIndex = HashIndex()
    var accountIndex = HashIndex()
    /// When lots begin or, once they have begun, end.
    public internal(set) var dueLots = DueTree<LotRow>()
    /// Holds by the second in which they end by themselves.
    public internal(set) var dueHolds = DueQueue()
    var instrumentIndex = HashIndex()
    var genericCodeIndex = HashIndex()
    var instrumentCodeIndex = HashIndex()
    var memberUsesIndex = HashIndex()
    var operatorIndex = HashIndex()
    var documentIndex = HashIndex()
    var tallyIndex = HashIndex()
    var placeIndex = HashIndex()
    var useIndex = HashIndex()
    var kinIndex = HashIndex()
    /// Issues of instruments by the second in which they end.
    public internal(set) var dueIssues = DueQueue()
    /// Reservations by the second in which they end by themselves.
    public internal(set) var dueReservations = DueQueue()
    /// The account row that the last posting of each purpose moved: a guess, checked before it is used.
    var lastAccounts = InlineArray<16, Int>(repeating: 0)
    /// Lots that are not used up.
    public internal(set) var liveLots = 0
    /// Wallets whose chains are too long to be walked along.
    var longWallets = LongWallets()
    /// Rows of the lots that the list being read has used up; empty between records.
    var usedUpLots: [UInt32] = []
    /// Wallets for which there is a rate of accrual.
    public internal(set) var earningWallets = 0
    /// True once some terms let lots end by activity: only then purchases look after them.
    var hasSlidingTerms = false
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
