public import TallyModel

/// What a member holds and owes in one wallet.
@frozen
public struct WalletFigures: Sendable, Hashable, BitwiseCopyable {
    /// Points that can be spent, in minor units, not negative.
    public var active: Int64
    /// Points owed, in minor units, not negative.
    public var debt: Int64

    /// Figures of their parts.
    @inlinable public init(active: Int64 = 0, debt: Int64 = 0) { (self.active, self.debt) = (active, debt) }

    /// Active less debt.
    @inlinable public var net: Int64 { active - debt }
}

/// Points on their way between a business and a member, and the postings that this takes.
///
/// | movement | issued (business) | active (member) | debt (member) |
/// |---|---|---|---|
/// | accrual of 100, nothing owed | −100 | +100 | |
/// | accrual of 100, 30 owed | −100 | +70 | +30 |
///
/// > Source: Domain model, section 3: debt is an account of its own, and new credits cover it first.
public enum Movement {
    /// Postings of points given to a member: debt is covered first, the rest becomes a lot; points that begin later become a
    /// lot as a whole and cover debt when they begin.
    ///
    /// - Parameters:
    ///   - points: Minor units, not negative.
    ///   - figures: The wallet before.
    ///   - business: Who issues.
    ///   - wallet: Into which wallet.
    ///   - isPending: True when the points begin later.
    ///   - beginsAt: When the lot begins, in seconds since 1970.
    ///   - endsAt: When it ends; 0 for never.
    /// - Returns: Postings that add up to zero; none for zero points.
    @inlinable
    public static func accrual(
        _ points: Int64, to figures: WalletFigures, business: BusinessNumber, wallet: WalletNumber,
        isPending: Bool = false, beginsAt: UInt32 = 0, endsAt: UInt32 = 0
    ) -> PostingList {
        let covered = isPending ? 0 : min(points, figures.debt)
        var list = PostingList()
        list.add(Posting(amount: -points, business: business.rawValue, wallet: wallet.rawValue, purpose: .issued))
        list.add(Posting(amount: covered, business: business.rawValue, wallet: wallet.rawValue, purpose: .debt))
        list.add(
            Posting(
                amount: points - covered, business: business.rawValue, wallet: wallet.rawValue,
                purpose: isPending ? .pending : .active, lot: 1, beginsAt: beginsAt, endsAt: endsAt))
        return list
    }
}
