/// Points that one member gives to another.
public struct Transfer: Sendable, Hashable {
    /// Who gives.
    public var member: MemberReference
    /// Who takes.
    public var other: MemberReference
    /// The wallet's id.
    public var wallet: String
    /// How many points, in minor units; more than 0.
    public var points: Points
    /// When, by the clock of whoever asks.
    public var occurredAt: Instant
    /// The offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16
    /// The person who does it; empty when the member does it alone.
    public var operatorID: String
    /// Why, in words; may be empty.
    public var reason: String

    /// A transfer of its parts.
    public init(
        member: MemberReference, other: MemberReference, wallet: String, points: Points, occurredAt: Instant,
        utcOffsetMinutes: Int16 = 0, operatorID: String = "", reason: String = ""
    ) {
        self.member = member
        self.other = other
        self.wallet = wallet
        self.points = points
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
        self.operatorID = operatorID
        self.reason = reason
    }
}

/// What a blocked member may still do.
public enum BlockMode: UInt8, Sendable, CaseIterable {
    /// Everything: the member is not blocked.
    case none = 0
    /// Earn, but not spend.
    case earnOnly = 1
    /// Neither earn nor spend.
    case all = 2
}

/// A block of a member, or its end.
public struct Block: Sendable, Hashable {
    /// Who.
    public var member: MemberReference
    /// What the member may do from now on.
    public var mode: BlockMode
    /// The person who does it; may be empty for a program.
    public var operatorID: String
    /// Why, in words; must not be empty.
    public var reason: String
    /// When, by the clock of whoever asks.
    public var occurredAt: Instant
    /// The offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16

    /// A block of its parts.
    public init(
        member: MemberReference, mode: BlockMode, operatorID: String = "", reason: String, occurredAt: Instant,
        utcOffsetMinutes: Int16 = 0
    ) {
        self.member = member
        self.mode = mode
        self.operatorID = operatorID
        self.reason = reason
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
    }
}

/// A month of the books that is to be closed.
public struct PeriodClose: Sendable, Hashable {
    /// Its year.
    public var year: UInt16
    /// Its month, 1 to 12.
    public var month: UInt8
    /// The clock by which it begins and ends: minutes east of UTC.
    public var utcOffsetMinutes: Int16
    /// The person who does it; may be empty for a program.
    public var operatorID: String

    /// A month of its parts.
    public init(year: UInt16, month: UInt8, utcOffsetMinutes: Int16 = 0, operatorID: String = "") {
        self.year = year
        self.month = month
        self.utcOffsetMinutes = utcOffsetMinutes
        self.operatorID = operatorID
    }
}
