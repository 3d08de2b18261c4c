/// What an instrument is: one family, so that a card, a certificate and a coupon obey one state machine.
///
/// > Source: Domain model, section 2; checklist S1-16, S3-19, S3-20.
public enum InstrumentKind: UInt8, Sendable, CaseIterable {
    /// Money of a bearer: charged, spent in parts, charged again.
    case giftCard = 0
    /// Money of a bearer, spent in one go: what the purchase does not need is lost.
    case certificate = 1
    /// A right to a discount, used once or a few times.
    case coupon = 2
    /// The same as a word that is typed in, often one word for everybody.
    case promoCode = 3

    /// True when the codes stand for money that the business owes to their bearers.
    @inlinable public var isMoney: Bool { self == .giftCard || self == .certificate }
}

/// Whether each copy has a code of its own.
public enum CodeForm: UInt8, Sendable, CaseIterable {
    /// Every copy has its own code, derived from the ledger's key.
    case unique = 0
    /// One printed code serves everybody.
    case generic = 1
}

/// By which rule the last digit of a printed code follows from the others.
public enum CheckScheme: UInt8, Sendable, CaseIterable {
    /// By none.
    case none = 0
    /// Luhn, as on bank cards; any number of digits.
    case luhn = 1
    /// EAN-13, as on goods; thirteen digits.
    case ean13 = 2
}

/// What happens to a use when the goods come back.
public enum RestorePolicy: UInt8, Sendable, CaseIterable {
    /// It is given back.
    case restore = 0
    /// It stays used.
    case keep = 1
}

/// A gift card, certificate, coupon or promo code with its limits.
///
/// Which fields a kind uses is said on the page "Instruments".
public struct InstrumentDefinition: Sendable, Hashable {
    /// The programme's own id, for example `spring-flyer`.
    public var id: String
    /// What people call it.
    public var name: String
    /// What it is.
    public var kind: InstrumentKind
    /// Whether each copy has a code of its own.
    public var codes: CodeForm
    /// The printed code of a generic instrument; empty otherwise.
    ///
    /// Small and capital letters are the same.
    public var code: String
    /// By which rule the printed code can be checked.
    public var checkScheme: CheckScheme
    /// The id of the business that stands for it.
    public var business: String
    /// The id of the wallet in whose books cards and certificates stand; empty for coupons and promo codes.
    public var wallet: String
    /// What a copy is worth when it is issued, in minor units of the wallet; 0 when the issue or charging says that.
    public var faceValue: Points
    /// The first day on which it is good; nil for at once.
    public var validFrom: CivilDay?
    /// The last day on which it is good, to its end; nil for ever.
    public var validThrough: CivilDay?
    /// The offset from UTC, in minutes, by which these days begin and end.
    public var utcOffsetMinutes: Int16
    /// Copies that may be issued in all; 0 for no limit.
    public var codesMax: UInt32
    /// Uses of one code; 0 for no limit.
    public var usesPerCode: UInt32
    /// Uses of all codes together; 0 for no limit.
    public var usesBudget: Int64
    /// What all uses together may be worth, or for cards and certificates all that is charged; 0 for no limit.
    public var amountBudget: Int64
    /// Uses by one member; 0 for no limit.
    ///
    /// With a limit nobody uses it anonymously.
    public var memberLimit: UInt32
    /// What happens to a use when the goods come back.
    public var onReturn: RestorePolicy

    /// A definition of its parts.
    public init(
        id: String, name: String, kind: InstrumentKind, codes: CodeForm = .unique, code: String = "",
        checkScheme: CheckScheme = .none, business: String, wallet: String = "", faceValue: Points = .zero,
        validFrom: CivilDay? = nil, validThrough: CivilDay? = nil, utcOffsetMinutes: Int16 = 0, codesMax: UInt32 = 0,
        usesPerCode: UInt32 = 0, usesBudget: Int64 = 0, amountBudget: Int64 = 0, memberLimit: UInt32 = 0,
        onReturn: RestorePolicy = .restore
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.codes = codes
        self.code = code
        self.checkScheme = checkScheme
        self.business = business
        self.wallet = wallet
        self.faceValue = faceValue
        self.validFrom = validFrom
        self.validThrough = validThrough
        self.utcOffsetMinutes = utcOffsetMinutes
        self.codesMax = codesMax
        self.usesPerCode = usesPerCode
        self.usesBudget = usesBudget
        self.amountBudget = amountBudget
        self.memberLimit = memberLimit
        self.onReturn = onReturn
    }
}

/// Copies of an instrument that are brought into being: one, for a member, or a million, for the printer.
///
/// The outcome names the serial of the first copy as its balance; the others follow without gaps.
public struct InstrumentIssue: Sendable, Hashable {
    /// The instrument's id.
    public var instrument: String
    /// How many copies; 1 to ``Limits/codesPerIssueMax``.
    public var count: UInt32
    /// What each is worth, in minor units; 0 as the definition says.
    public var faceValue: Points
    /// The only member who may use them; `.anonymous` for whoever bears them.
    public var member: MemberReference
    /// When, by the clock of whoever asks.
    public var occurredAt: Instant
    /// The offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16
    /// The last day on which they are good, unless the definition ends earlier; nil as the definition says.
    public var endsOn: CivilDay?
    /// Seconds for which they are good from that moment on, unless something else ends earlier; 0 for no such end.
    public var seconds: UInt32

    /// An issue of its parts.
    public init(
        instrument: String, count: UInt32 = 1, faceValue: Points = .zero, member: MemberReference = .anonymous,
        occurredAt: Instant, utcOffsetMinutes: Int16 = 0, endsOn: CivilDay? = nil, seconds: UInt32 = 0
    ) {
        self.instrument = instrument
        self.count = count
        self.faceValue = faceValue
        self.member = member
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
        self.endsOn = endsOn
        self.seconds = seconds
    }
}
