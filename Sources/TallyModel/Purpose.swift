/// What an account of the books is for.
///
/// Every record's postings add up to zero for each business and wallet. Four purposes are what members hold and owe; the
/// others say why it became more or less, so that a period is explained by the movement of its accounts.
///
/// > Source: Domain model, sections 3 and 5.
@frozen
public enum Purpose: UInt8, Sendable, CaseIterable {
    /// Points given for purchases, as a negative amount.
    case issued = 0
    /// Points that members can spend now; what a hold has set aside is not among them.
    case active = 1
    /// Points that members owe, as a negative amount.
    ///
    /// A debt is an account of its own, so it never mixes with active points and never expires.
    case debt = 2
    /// Points given that cannot be spent yet.
    case pending = 3
    /// Points set aside for purchases under way.
    case held = 4
    /// Points spent, at the business where they were spent.
    case burnt = 5
    /// Points whose time has run out: breakage.
    case expired = 6
    /// Points taken back because goods came back.
    case clawback = 7
    /// Points that the hotline gave as an apology, as a negative amount.
    case goodwill = 8
    /// What businesses owe each other for points issued by one and spent at another; over all businesses it is zero.
    case clearing = 9
    /// Corrections by hand: negative when members got more.
    case adjusted = 10
    /// Points brought in from an earlier system, as a negative amount.
    case opened = 11
    /// Spent points given back because goods came back, as a negative amount.
    case restored = 12
    /// What is left on gift cards and certificates: owed to whoever bears them.
    case cards = 13
    /// What was charged to gift cards and certificates, as a negative amount.
    case sold = 14
    /// What passes from one member to another, in the middle of that one record; always zero behind it.
    case transferred = 15

    /// True for what members hold and owe; these accounts equal the sums over all members.
    @inlinable public var isOfMembers: Bool {
        switch self {
        case .active, .debt, .pending, .held: true
        default: false
        }
    }
}
