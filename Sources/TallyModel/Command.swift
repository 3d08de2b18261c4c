/// What a source asks the ledger to do.
///
/// A source numbers its commands 1, 2, 3 … without gaps.
public enum Command: Sendable, Hashable {
    /// Defines a business of the coalition or changes its name.
    case defineBusiness(BusinessDefinition)
    /// Defines a store or changes its name and zone.
    case defineStore(StoreDefinition)
    /// Defines a wallet type or changes its name.
    case defineWallet(WalletDefinition)
    /// Puts a rate of accrual in force from a moment on.
    case defineAccrual(AccrualDefinition)
    /// Registers a member.
    case registerMember(Registration)
    /// Gives a member another phone or card.
    case linkIdentifier(IdentifierLink)
    /// A purchase at a store.
    case purchase(Receipt)
    /// Goods that come back.
    case `return`(ReturnSlip)
    /// Sets the terms of a wallet type: when its points begin and end, where they may be spent.
    case setWalletTerms(WalletTerms)
    /// Sets what a business pays another for points that the other took.
    case setSettlementTerms(SettlementTerms)
    /// Sets points aside for a purchase under way.
    case placeHold(HoldRequest)
    /// Gives points back that were set aside.
    case releaseHold(HoldReference)
    /// Takes back a purchase as a whole.
    case voidPurchase(VoidSlip)
    /// Goods that come back and goods that are bought instead, in one step.
    case exchange(Exchange)
    /// Points given or taken by hand.
    case adjust(Adjustment)
    /// Moves the ledger's clock on: for histories that are loaded later than they happened.
    case advanceClock(Instant)
    /// Defines a gift card, certificate, coupon or promo code, or changes its limits.
    case defineInstrument(InstrumentDefinition)
    /// Brings copies of an instrument into being.
    case issueInstruments(InstrumentIssue)
    /// Reserves, redeems, releases, restores, cancels or charges a copy of an instrument.
    case moveInstrument(InstrumentMove)
    /// Defines a person who acts by hand, or changes what that person may do.
    case setOperator(OperatorDefinition)
    /// Says yes or no to what another operator proposed.
    case approve(Approval)
    /// Moves points from one member to another.
    case transfer(Transfer)
    /// Blocks a member, or ends a block.
    case block(Block)
    /// Closes a month of the books.
    case closePeriod(PeriodClose)
    /// Lets one member stand for two that are one person.
    case merge(Merge)
    /// Takes a merge back.
    case split(Split)
    /// Keeps a part of a document: of the words or the promotions of a programme.
    case keepDocument(DocumentPart)
    /// Puts promotions in force, or lets some rest.
    case setPromotions(PromotionsChange)
}

/// A business of the coalition: it owns stores and stands for the points it issues.
public struct BusinessDefinition: Sendable, Hashable {
    /// The programme's own id, for example `grocery`.
    public var id: String
    /// What people call it.
    public var name: String
    /// ISO 4217 code of its money.
    public var currency: String
    /// Decimals of its minor unit: 2 for kopecks.
    public var scale: UInt8

    /// A definition of its parts.
    public init(id: String, name: String, currency: String, scale: UInt8) {
        (self.id, self.name, self.currency, self.scale) = (id, name, currency, scale)
    }
}

/// A store of a business.
public struct StoreDefinition: Sendable, Hashable {
    /// The store's id as tills and files name it.
    public var id: String
    /// The id of its business.
    public var business: String
    /// What people call it.
    public var name: String
    /// IANA name of its time zone; may be empty.
    ///
    /// The ledger keeps it for importers and reports and computes nothing by it.
    public var zone: String

    /// A definition of its parts.
    public init(id: String, business: String, name: String = "", zone: String = "") {
        (self.id, self.business, self.name, self.zone) = (id, business, name, zone)
    }
}

/// A wallet type: one kind of points.
public struct WalletDefinition: Sendable, Hashable {
    /// The programme's own id, for example `points`.
    public var id: String
    /// What people call it.
    public var name: String
    /// Decimals of its minor unit.
    public var scale: UInt8

    /// A definition of its parts.
    public init(id: String, name: String, scale: UInt8) { (self.id, self.name, self.scale) = (id, name, scale) }
}

/// A rate of accrual on the receipt total, in force from a moment on.
public struct AccrualDefinition: Sendable, Hashable {
    /// The programme's own id for the rule.
    public var id: String
    /// The wallet that receives the points.
    public var wallet: String
    /// The business whose receipts earn; empty for all.
    public var business: String
    /// Receipts that occurred at or after this moment earn at this rate.
    public var effectiveFrom: Instant
    /// Points per minor unit of money, in minor units.
    public var rate: Rate
    /// What happens to a fraction of a point.
    public var rounding: Rounding

    /// A definition of its parts.
    public init(id: String, wallet: String, business: String, effectiveFrom: Instant, rate: Rate, rounding: Rounding) {
        self.id = id
        self.wallet = wallet
        self.business = business
        self.effectiveFrom = effectiveFrom
        self.rate = rate
        self.rounding = rounding
    }
}

/// A new member with at least one identifier; empty strings stand for none.
public struct Registration: Sendable, Hashable {
    /// The id under which files and other systems know the member; kept in clear.
    public var externalID: String
    /// Phone number as typed; the ledger keeps a keyed hash of its international form.
    public var phone: String
    /// Card number; the ledger keeps a keyed hash.
    public var card: String

    /// A registration of its parts.
    public init(externalID: String = "", phone: String = "", card: String = "") {
        (self.externalID, self.phone, self.card) = (externalID, phone, card)
    }
}

/// More identifiers for a member.
public struct IdentifierLink: Sendable, Hashable {
    /// Who.
    public var member: MemberReference
    /// Phone number as typed; empty for none.
    public var phone: String
    /// Card number; empty for none.
    public var card: String

    /// A link of its parts.
    public init(member: MemberReference, phone: String = "", card: String = "") {
        (self.member, self.phone, self.card) = (member, phone, card)
    }
}

/// How a command names a member.
public enum MemberReference: Sendable, Hashable {
    /// Nobody.
    case anonymous
    /// By the ledger's own number.
    case number(MemberNumber)
    /// By phone number as typed.
    case phone(String)
    /// By card number.
    case card(String)
    /// By the id of other systems.
    case external(String)
}

/// By which way a receipt came.
public enum Channel: UInt8, Sendable, CaseIterable {
    /// A till with a cashier.
    case till = 0
    /// A self-checkout.
    case selfCheckout = 1
    /// A web shop.
    case site = 2
    /// A mobile application.
    case app = 3
    /// A file of history.
    case importer = 4
}
