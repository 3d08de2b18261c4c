/// A step of a code's life; the page "Instruments" draws them.
public enum InstrumentAction: UInt8, Sendable, CaseIterable {
    /// A till sets a use, or money of a card, aside for a purchase under way.
    case reserve = 0
    /// A purchase uses it.
    case redeem = 1
    /// The purchase under way did not happen.
    case release = 2
    /// Goods came back: a use, or money of a card, is given back.
    case restore = 3
    /// Nobody may use it any more.
    case cancel = 4
    /// A card is paid for, for the first time or again.
    case charge = 5

    /// What the step changed for the bearer, in minor units: negative for what left the code or was set aside.
    ///
    /// - Parameters:
    ///   - amount: What was moved.
    ///   - lost: What nobody can use any more.
    /// - Returns: The points of the outcome.
    public func points(amount: Int64, lost: Int64) -> Int64 {
        switch self {
        case .reserve, .redeem: -amount
        case .release: amount - lost
        case .restore, .charge: amount
        case .cancel: -lost
        }
    }
}

/// How a command names a copy of an instrument.
public enum InstrumentReference: Sendable, Hashable {
    /// By what is printed on it.
    case code(String)
    /// By the instrument's id and the serial; 0 stands for the one code of a generic instrument.
    case serial(instrument: String, UInt32)
    /// By the reservation or redemption that the command names anyway.
    case byReference
}

/// One step of one copy.
public struct InstrumentMove: Sendable, Hashable {
    /// Which step.
    public var action: InstrumentAction
    /// Which copy.
    public var copy: InstrumentReference
    /// Minor units: money of a card, or what the use of a coupon is worth.
    ///
    /// For a restoration 0 stands for all that has not been given back yet; a release and a cancellation have none.
    public var amount: Int64
    /// The id of the store; empty for the instrument's own business.
    public var store: String
    /// Who uses it; `.anonymous` for the bearer.
    public var member: MemberReference
    /// The number of the receipt; may be empty.
    public var receipt: String
    /// When, by the till's clock.
    public var occurredAt: Instant
    /// The store's offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16
    /// Seconds until a reservation ends by itself; 1 to ``Limits/holdSecondsMax``.
    public var seconds: UInt32
    /// The reservation that is redeemed or released, or the redemption that is restored; nil for none.
    public var reference: HoldReference?

    /// A step of its parts.
    public init(
        _ action: InstrumentAction, _ copy: InstrumentReference, amount: Int64 = 0, store: String = "",
        member: MemberReference = .anonymous, receipt: String = "", occurredAt: Instant, utcOffsetMinutes: Int16 = 0,
        seconds: UInt32 = Limits.holdSecondsDefault, reference: HoldReference? = nil
    ) {
        self.action = action
        self.copy = copy
        self.amount = amount
        self.store = store
        self.member = member
        self.receipt = receipt
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
        self.seconds = seconds
        self.reference = reference
    }
}

/// Where a copy stands in its life.
public enum CodeState: UInt8, Sendable, CaseIterable {
    /// A card that nobody has paid for yet.
    case issued = 0
    /// It can be used.
    case active = 1
    /// A purchase under way has set all or a part of it aside.
    case reserved = 2
    /// Used, with uses or money left.
    case partlyUsed = 3
    /// Nothing is left.
    case redeemed = 4
    /// Goods came back, so it can be used again.
    case restored = 5
    /// Its time has run out.
    case expired = 6
    /// Nobody may use it any more.
    case cancelled = 7
}

/// What is known about a copy.
public struct CodeFigures: Sendable, Hashable {
    /// Where it stands.
    public var state: CodeState
    /// Money that can be spent now, in minor units; what is reserved is not among it.
    public var balance: Int64
    /// Money, or what uses of a coupon are worth, that purchases under way have set aside.
    public var reserved: Int64
    /// Uses that count.
    public var uses: UInt32
    /// Purchases under way that have set something aside.
    public var reservations: UInt32
    /// When it ends, in seconds since 1970; 0 for never.
    public var endsAt: UInt32
    /// The only member who may use it; `.none` for the bearer.
    public var member: MemberNumber

    /// Figures of their parts.
    public init(
        state: CodeState, balance: Int64, reserved: Int64, uses: UInt32, reservations: UInt32, endsAt: UInt32,
        member: MemberNumber
    ) {
        self.state = state
        self.balance = balance
        self.reserved = reserved
        self.uses = uses
        self.reservations = reservations
        self.endsAt = endsAt
        self.member = member
    }
}
