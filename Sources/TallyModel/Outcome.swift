/// What became of one event.
@frozen
public struct Outcome: Sendable, Hashable, BitwiseCopyable {
    /// How an event ended.
    @frozen
    public enum Status: UInt8, Sendable {
        /// Accepted and durable.
        case recorded = 0
        /// Refused by a rule, and the refusal is durable.
        case rejected = 1
        /// The number was used before with another body; nothing was stored.
        case conflict = 2
        /// The number skips others; nothing was stored.
        case gap = 3
        /// Nothing was stored; the event may be sent again under its number.
        case unavailable = 4
    }

    /// How the event ended.
    public var status: Status
    /// True when the event had been sent before: the answer is the stored one.
    public var isRepeated: Bool
    /// Why, when it was not accepted: the raw value of a ``Rejection``; 0 otherwise.
    public var code: UInt16
    /// The line at fault, counted from 1; 0 when no line is.
    public var line: UInt16
    /// The member concerned; 0 for nobody.
    public var member: UInt32
    /// Where the outcome stands in the log; 0 when nothing was stored.
    public var sequence: UInt64
    /// Points that members have more (positive) or fewer (negative) by the event, in minor units; what a hold has set aside or
    /// given back.
    public var points: Int64
    /// The member's points after it: what can be spent less what is owed, in minor units.
    public var balance: Int64

    /// An outcome of its parts.
    @inlinable
    public init(
        status: Status, isRepeated: Bool = false, code: UInt16 = 0, line: UInt16 = 0, member: UInt32 = 0,
        sequence: UInt64 = 0, points: Int64 = 0, balance: Int64 = 0
    ) {
        self.status = status
        self.isRepeated = isRepeated
        self.code = code
        self.line = line
        self.member = member
        self.sequence = sequence
        self.points = points
        self.balance = balance
    }

    /// The refusal behind the code; nil for an accepted event.
    public var rejection: Rejection? { code == 0 ? nil : Rejection(rawValue: code) }
}
