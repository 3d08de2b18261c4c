/// What an account of the books is for.
///
/// Every record's postings add up to zero over all purposes.
@frozen
public enum Purpose: UInt8, Sendable, CaseIterable {
    /// The counterpart of what members hold and owe: what the business has issued, as a negative amount.
    ///
    /// It rises above zero only for a business that took back, without a purchase, points that another had issued.
    case issued = 0
    /// Points that members can spend.
    case active = 1
    /// Points that members owe, as a negative amount.
    ///
    /// A debt is an account of its own, so it never mixes with active points.
    case debt = 2
}
