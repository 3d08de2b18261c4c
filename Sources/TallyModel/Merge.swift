/// Two members that turn out to be one person: one of them stands for both from now on.
public struct Merge: Sendable, Hashable {
    /// Who stands for both.
    public var survivor: MemberReference
    /// Whose points, receipts and names come to the survivor.
    public var absorbed: MemberReference
    /// The person who does it; may be empty for a program.
    public var operatorID: String
    /// Why, in words; must not be empty.
    public var reason: String
    /// When, by the clock of whoever asks.
    public var occurredAt: Instant
    /// The offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16

    /// A merge of its parts.
    public init(
        survivor: MemberReference, absorbed: MemberReference, operatorID: String = "", reason: String,
        occurredAt: Instant, utcOffsetMinutes: Int16 = 0
    ) {
        self.survivor = survivor
        self.absorbed = absorbed
        self.operatorID = operatorID
        self.reason = reason
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
    }
}

/// The end of a merge that was a mistake.
public struct Split: Sendable, Hashable {
    /// Who was absorbed: by its number, or by a phone, card or id that it had before.
    public var member: MemberReference
    /// The person who does it; may be empty for a program.
    public var operatorID: String
    /// Why, in words; must not be empty.
    public var reason: String
    /// When, by the clock of whoever asks.
    public var occurredAt: Instant
    /// The offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16

    /// A split of its parts.
    public init(
        member: MemberReference, operatorID: String = "", reason: String, occurredAt: Instant,
        utcOffsetMinutes: Int16 = 0
    ) {
        self.member = member
        self.operatorID = operatorID
        self.reason = reason
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
    }
}
