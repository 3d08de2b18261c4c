public import TallyTables

/// A person who acts by hand.
///
/// Row n−1 is operator n.
@frozen
public struct OperatorRow: BitwiseCopyable, Sendable {
    /// The id.
    public var id: TextPlace
    /// What people call the person.
    public var name: TextPlace
    /// Points of one act above which it waits for another operator; 0 for no limit.
    public var limitPerAct: Int64
    /// Points of one civil day; 0 for no limit.
    public var limitPerDay: Int64
    /// Points given and taken on all days.
    public var taken: Int64
    /// Row of the day that was opened last, plus one.
    public var lastDay: UInt32
    /// The bits of ``TallyModel/OperatorRights``.
    public var rights: UInt32
}

/// What an operator gave and took on one civil day without another operator.
@frozen
public struct OperatorDayRow: BitwiseCopyable, Sendable {
    /// Points, whether given or taken.
    public var points: Int64
    /// The day, in days since 1970.
    public var day: Int32
    /// Row of the day of the same operator that was opened before, plus one.
    public var next: UInt32
}

/// An adjustment that waits, or waited, for another operator.
@frozen
public struct ProposalRow: BitwiseCopyable, Sendable {
    /// The record that proposed it.
    public var sequence: UInt64
    /// Points that would move.
    public var points: Int64
    /// The member who would get or lose them.
    public var member: UInt32
    /// Who proposed it.
    public var proposer: UInt32
    /// 0 while it waits, 1 when it was approved, 2 when it was declined.
    public var outcome: UInt32
    var reserved: UInt32 = 0
}

/// A month that is closed.
@frozen
public struct PeriodRow: BitwiseCopyable, Sendable {
    /// The record that closed it.
    public var sequence: UInt64
    /// The first moment behind it, in microseconds since the epoch.
    public var endsAt: Int64
    /// Its first day, in days since 1970.
    public var firstDay: Int32
    /// Its last day.
    public var lastDay: Int32
    /// Minutes east of UTC of the clock by which it ends.
    public var utcOffsetMinutes: Int32
    var reserved: UInt32 = 0
}
