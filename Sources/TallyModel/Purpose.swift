/// What an account of the books is for.
///
/// Every record's postings add up to zero over all purposes.
@frozen
public enum Purpose: UInt8, Sendable, CaseIterable {
    /// What the business has issued and not got back: the counterpart of what members hold; not positive.
    case issued = 0
    /// Points that members can spend.
    case active = 1
    /// Points that members owe; not positive. A debt is an account of its own, so it never mixes with active points.
    case debt = 2
}
