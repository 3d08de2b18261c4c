/// What an operator may do.
public struct OperatorRights: OptionSet, Sendable, Hashable {
    /// The bits as the schema writes them.
    public var rawValue: UInt8
    /// The rights of these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Correct the books, and bring points in from an earlier system.
    public static let correct = OperatorRights(rawValue: 1)
    /// Give points as an apology or as a present.
    public static let give = OperatorRights(rawValue: 2)
    /// Decide what others propose.
    public static let approve = OperatorRights(rawValue: 4)
    /// Move points from one member to another.
    public static let transfer = OperatorRights(rawValue: 8)
    /// Block members.
    public static let block = OperatorRights(rawValue: 16)
    /// Close months.
    public static let close = OperatorRights(rawValue: 32)

    /// Merge members, and split them again.
    public static let merge = OperatorRights(rawValue: 64)

    /// Every right that there is.
    public static let all: OperatorRights = [.correct, .give, .approve, .transfer, .block, .close, .merge]

    /// The names of the rights, in the order of their bits.
    public static let names: [(name: String, right: OperatorRights)] = [
        ("correct", .correct), ("give", .give), ("approve", .approve), ("transfer", .transfer), ("block", .block),
        ("close", .close), ("merge", .merge),
    ]
}

/// A person who acts by hand: at the hotline, in the office of the programme.
///
/// As long as no operator is set, the ledger takes any name. From the first one on it takes only those that are set.
public struct OperatorDefinition: Sendable, Hashable {
    /// The programme's own id.
    public var id: String
    /// What people call the person.
    public var name: String
    /// What the person may do.
    public var rights: OperatorRights
    /// Points of one act, in minor units, above which it waits for another operator; 0 for no limit.
    public var limitPerAct: Int64
    /// Points that the person gives and takes in one civil day without another, in minor units; 0 for no limit.
    public var limitPerDay: Int64

    /// A definition of its parts.
    public init(id: String, name: String, rights: OperatorRights, limitPerAct: Int64 = 0, limitPerDay: Int64 = 0) {
        self.id = id
        self.name = name
        self.rights = rights
        self.limitPerAct = limitPerAct
        self.limitPerDay = limitPerDay
    }
}

/// Yes or no to a proposal.
public enum ProposalVerdict: UInt8, Sendable, CaseIterable {
    /// It is done.
    case approved = 0
    /// It is not done.
    case declined = 1
}

/// What an operator says to what another one proposed.
public struct Approval: Sendable, Hashable {
    /// The proposal, named as holds are: by the sequence of its answer, or by source and number.
    public var proposal: HoldReference
    /// Yes or no.
    public var verdict: ProposalVerdict
    /// Who says it.
    public var operatorID: String
    /// Why, in words; must not be empty for a no.
    public var reason: String
    /// When, by the clock of whoever asks.
    public var occurredAt: Instant
    /// The offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16

    /// An approval of its parts.
    public init(
        proposal: HoldReference, verdict: ProposalVerdict = .approved, operatorID: String, reason: String = "",
        occurredAt: Instant, utcOffsetMinutes: Int16 = 0
    ) {
        self.proposal = proposal
        self.verdict = verdict
        self.operatorID = operatorID
        self.reason = reason
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
    }
}
