/// What a purchase would be answered if it came now.
///
/// A quote changes nothing and promises nothing: whoever must rely on its points places a hold.
public struct Quote: Sendable, Hashable {
    /// Points of one wallet that would pay a part.
    public struct Payment: Sendable, Hashable {
        /// The wallet's id.
        public var wallet: String
        /// Points, in minor units.
        public var points: Points
        /// What they would pay.
        public var money: Money

        /// A payment of its parts.
        public init(wallet: String, points: Points, money: Money) {
            (self.wallet, self.points, self.money) = (wallet, points, money)
        }
    }

    /// The last record that the quote knows.
    public var sequence: LogSequence
    /// Why the purchase would be refused: the raw value of a ``Rejection``; 0 when it would be recorded.
    public var code: UInt16
    /// The line at fault, counted from 1; 0 when no line is.
    public var line: UInt16
    /// The member; 0 for nobody.
    public var member: UInt32
    /// Points that the purchase would give less those that it would take.
    public var points: Points
    /// Points that it would give.
    public var earned: Points
    /// The member's points behind it: what can be spent less what is owed.
    public var balance: Points
    /// What would be left to pay in money.
    public var toPay: Money
    /// What points would pay.
    public var payments: [Payment]
    /// What promotions would do; nil for a purchase that does not ask them.
    public var promotions: QuotedPromotions?

    /// A quote of its parts.
    public init(
        sequence: LogSequence, code: UInt16 = 0, line: UInt16 = 0, member: UInt32 = 0, points: Points = .zero,
        earned: Points = .zero, balance: Points = .zero, toPay: Money = .zero, payments: [Payment] = []
    ) {
        self.sequence = sequence
        self.code = code
        self.line = line
        self.member = member
        self.points = points
        self.earned = earned
        self.balance = balance
        self.toPay = toPay
        self.payments = payments
    }

    /// The refusal behind the code; nil when the purchase would be recorded.
    public var rejection: Rejection? { code == 0 ? nil : Rejection(rawValue: code) }
}
