import TallyModel

/// The kinds of events that a line of JSON can carry.
enum CommandKind: String, CaseIterable {
    case purchase
    case `return`
    case exchange
    case voidPurchase = "void_purchase"
    case placeHold = "place_hold"
    case releaseHold = "release_hold"
    case adjust
    case registerMember = "register_member"
    case linkIdentifier = "link_identifier"
    case defineBusiness = "define_business"
    case defineStore = "define_store"
    case defineWallet = "define_wallet"
    case defineAccrual = "define_accrual"
    case setWalletTerms = "set_wallet_terms"
    case setSettlementTerms = "set_settlement_terms"
    case advanceClock = "advance_clock"
    case defineInstrument = "define_instrument"
    case issueInstruments = "issue_instruments"
    case moveInstrument = "move_instrument"
    case setOperator = "set_operator"
    case approve
    case transfer
    case block
    case closePeriod = "close_period"
    case merge
    case split
    case keepDocument = "keep_document"
    case setPromotions = "set_promotions"

    /// Reads the event that `line` holds under the kind's key.
    ///
    /// - Throws: ``DocumentFault`` at the first value that is missing or wrong.
    func command(in line: Fields) throws(DocumentFault) -> Command {
        let fields = try line.object(rawValue, keys: documentKeys)
        return switch self {
        case .purchase: .purchase(try Receipt(fields))
        case .return: .return(try ReturnSlip(fields))
        case .exchange: .exchange(try Exchange(fields))
        case .voidPurchase: .voidPurchase(try VoidSlip(fields))
        case .placeHold: .placeHold(try HoldRequest(fields))
        case .releaseHold: .releaseHold(try HoldReference(fields))
        case .adjust: .adjust(try Adjustment(fields))
        case .registerMember: .registerMember(try Registration(fields))
        case .linkIdentifier: .linkIdentifier(try IdentifierLink(fields))
        case .defineBusiness: .defineBusiness(try BusinessDefinition(fields))
        case .defineStore: .defineStore(try StoreDefinition(fields))
        case .defineWallet: .defineWallet(try WalletDefinition(fields))
        case .defineAccrual: .defineAccrual(try AccrualDefinition(fields))
        case .setWalletTerms: .setWalletTerms(try WalletTerms(fields))
        case .setSettlementTerms: .setSettlementTerms(try SettlementTerms(fields))
        case .advanceClock: .advanceClock(try Instant(fields))
        case .defineInstrument: .defineInstrument(try InstrumentDefinition(fields))
        case .issueInstruments: .issueInstruments(try InstrumentIssue(fields))
        case .moveInstrument: .moveInstrument(try InstrumentMove(fields))
        case .setOperator: .setOperator(try OperatorDefinition(fields))
        case .approve: .approve(try Approval(fields))
        case .transfer: .transfer(try Transfer(fields))
        case .block: .block(try Block(fields))
        case .closePeriod: .closePeriod(try PeriodClose(fields))
        case .merge: .merge(try Merge(fields))
        case .split: .split(try Split(fields))
        case .keepDocument: .keepDocument(try DocumentPart(fields))
        case .setPromotions: .setPromotions(try PromotionsChange(fields))
        }
    }

    private var documentKeys: [String] {
        switch self {
        case .purchase: Receipt.documentKeys
        case .return: ReturnSlip.documentKeys
        case .exchange: Exchange.documentKeys
        case .voidPurchase: VoidSlip.documentKeys
        case .placeHold: HoldRequest.documentKeys
        case .releaseHold: HoldReference.documentKeys
        case .adjust: Adjustment.documentKeys
        case .registerMember: Registration.documentKeys
        case .linkIdentifier: IdentifierLink.documentKeys
        case .defineBusiness: BusinessDefinition.documentKeys
        case .defineStore: StoreDefinition.documentKeys
        case .defineWallet: WalletDefinition.documentKeys
        case .defineAccrual: AccrualDefinition.documentKeys
        case .setWalletTerms: WalletTerms.documentKeys
        case .setSettlementTerms: SettlementTerms.documentKeys
        case .advanceClock: Instant.clockKeys
        case .defineInstrument: InstrumentDefinition.documentKeys
        case .issueInstruments: InstrumentIssue.documentKeys
        case .moveInstrument: InstrumentMove.documentKeys
        case .setOperator: OperatorDefinition.documentKeys
        case .approve: Approval.documentKeys
        case .transfer: Transfer.documentKeys
        case .block: Block.documentKeys
        case .closePeriod: PeriodClose.documentKeys
        case .merge: Merge.documentKeys
        case .split: Split.documentKeys
        case .keepDocument: DocumentPart.documentKeys
        case .setPromotions: PromotionsChange.documentKeys
        }
    }
}

extension Registration {
    static let documentKeys = ["external", "phone", "card"]

    init(_ fields: Fields) throws(DocumentFault) {
        self.init(
            externalID: try fields.text("external", or: "", "the id of other systems as text"),
            phone: try fields.text("phone", or: "", "a phone number as text"),
            card: try fields.text("card", or: "", "a card number as text"))
    }
}

extension IdentifierLink {
    static let documentKeys = ["member", "phone", "card"]

    init(_ fields: Fields) throws(DocumentFault) {
        _ = try fields.required("member", "the member who gets the identifier, for example {\"number\":5}")
        self.init(
            member: try fields.member("member"), phone: try fields.text("phone", or: "", "a phone number as text"),
            card: try fields.text("card", or: "", "a card number as text"))
    }
}

extension Instant {
    /// The keys of `advance_clock`.
    static let clockKeys = ["to"]

    /// Reads the moment to which the clock moves.
    init(_ fields: Fields) throws(DocumentFault) {
        self = try fields.moment("to").instant
    }
}
