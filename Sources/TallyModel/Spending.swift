/// Points of one wallet that pay a part of a purchase.
public struct Redemption: Sendable, Hashable {
    /// The wallet's id.
    public var wallet: String
    /// How many points, in minor units; more than 0.
    public var points: Points
    /// True when fewer will do: as many as the member has and the terms allow, up to ``points``.
    public var isUpTo: Bool

    /// A redemption of its parts.
    public init(wallet: String, points: Points, isUpTo: Bool = false) {
        (self.wallet, self.points, self.isUpTo) = (wallet, points, isUpTo)
    }
}

/// Points to be set aside for a purchase under way, so that no other till can spend them meanwhile.
public struct HoldRequest: Sendable, Hashable {
    /// The id of the store.
    public var store: String
    /// Whose points.
    public var member: MemberReference
    /// The number of the receipt under way; may be empty.
    public var receipt: String
    /// When, by the till's clock.
    public var occurredAt: Instant
    /// The store's offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16
    /// What the receipt comes to so far; the caps of the wallet are taken of it.
    public var receiptTotal: Money
    /// How many points of which wallet.
    public var redemption: Redemption
    /// Seconds until the points are free again by themselves; 1 to ``Limits/holdSecondsMax``.
    public var seconds: UInt32

    /// A request of its parts.
    public init(
        store: String, member: MemberReference, receipt: String = "", occurredAt: Instant, utcOffsetMinutes: Int16 = 0,
        receiptTotal: Money, redemption: Redemption, seconds: UInt32 = Limits.holdSecondsDefault
    ) {
        self.store = store
        self.member = member
        self.receipt = receipt
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
        self.receiptTotal = receiptTotal
        self.redemption = redemption
        self.seconds = seconds
    }
}

/// How a command names a hold.
public enum HoldReference: Sendable, Hashable {
    /// By its place in the log, as the daemon answered it.
    case sequence(LogSequence)
    /// By the till that asked for it and its number; works before the answer has arrived.
    case event(source: SourceNumber, number: UInt64)
}

/// A purchase taken back as a whole, before the day's report of the till is printed.
public struct VoidSlip: Sendable, Hashable {
    /// The id of the store.
    public var store: String
    /// Who bought; `.anonymous` stands for "whoever bought".
    public var member: MemberReference
    /// The number on the void's own slip.
    public var number: String
    /// When, by the till's clock.
    public var occurredAt: Instant
    /// The store's offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16
    /// By which way.
    public var channel: Channel
    /// The purchase; a blind reference names none and is refused.
    public var purchase: PurchaseReference

    /// A void of its parts.
    public init(
        store: String, member: MemberReference = .anonymous, number: String, occurredAt: Instant,
        utcOffsetMinutes: Int16 = 0, channel: Channel = .till, purchase: PurchaseReference
    ) {
        self.store = store
        self.member = member
        self.number = number
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
        self.channel = channel
        self.purchase = purchase
    }
}

/// A return and a purchase that stand or fall together; the return is decided first.
public struct Exchange: Sendable, Hashable {
    /// What comes back.
    public var slip: ReturnSlip
    /// What is bought instead.
    public var receipt: Receipt

    /// An exchange of its parts.
    public init(slip: ReturnSlip, receipt: Receipt) { (self.slip, self.receipt) = (slip, receipt) }
}

/// Points given or taken by hand.
public struct Adjustment: Sendable, Hashable {
    /// Why points move without a receipt.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// A correction of the books; may take points.
        case correction = 0
        /// An apology of the hotline.
        case goodwill = 1
        /// A present of the programme: a birthday, a welcome, a bulk accrual.
        case award = 2
        /// What a member brings along from an earlier system.
        case opening = 3
    }

    /// Whose points.
    public var member: MemberReference
    /// The wallet's id.
    public var wallet: String
    /// The id of the business that gives or takes.
    public var business: String
    /// Why.
    public var kind: Kind
    /// Minor units; negative to take, which only a correction may.
    public var points: Points
    /// When, by the clock of whoever asks.
    public var occurredAt: Instant
    /// The offset from UTC at that moment, in minutes: days of the terms are counted by it.
    public var utcOffsetMinutes: Int16
    /// The first day on which the points can be spent; nil as the wallet's terms say.
    public var beginsOn: CivilDay?
    /// The last day on which the points can be spent; nil as the wallet's terms say.
    public var endsOn: CivilDay?
    /// The person who asks; may be empty for an importer.
    public var operatorID: String
    /// What the apology or present is about, for reports; may be empty.
    public var category: String
    /// Why, in words; must not be empty for a correction or an apology.
    public var reason: String
    /// The number under which an import or a bulk accrual is known; `.none` for a single act.
    ///
    /// A correction that names one takes only from lots of that manifest and its business.
    public var manifest: LogSequence

    /// An adjustment of its parts.
    public init(
        member: MemberReference, wallet: String, business: String, kind: Kind, points: Points, occurredAt: Instant,
        utcOffsetMinutes: Int16 = 0, beginsOn: CivilDay? = nil, endsOn: CivilDay? = nil, operatorID: String = "",
        category: String = "", reason: String = "", manifest: LogSequence = .none
    ) {
        self.member = member
        self.wallet = wallet
        self.business = business
        self.kind = kind
        self.points = points
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
        self.beginsOn = beginsOn
        self.endsOn = endsOn
        self.operatorID = operatorID
        self.category = category
        self.reason = reason
        self.manifest = manifest
    }
}
