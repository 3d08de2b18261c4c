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
/// | taking back 100, 100 active | +100 | −100 | |
/// | taking back 100, 40 active | +100 | −40 | −60 |
///
/// > Source: Domain model, section 3: debt is an account of its own, and new credits cover it first.
public enum Movement {
    /// Postings of points given to a member: debt is covered first, the rest becomes active.
    ///
    /// - Parameters:
    ///   - points: Minor units, not negative.
    ///   - figures: The wallet before.
    ///   - business: Who issues.
    ///   - wallet: Into which wallet.
    /// - Returns: Postings that add up to zero; none for zero points.
    @inlinable
    public static func accrual(
        _ points: Int64, to figures: WalletFigures, business: BusinessNumber, wallet: WalletNumber
    ) -> PostingList {
        let covered = min(points, figures.debt)
        return postings(
            issued: -points, active: points - covered, debt: covered, business: business, wallet: wallet)
    }

    /// Postings of points taken back from a member: active points first, the rest is owed.
    ///
    /// - Parameters:
    ///   - points: Minor units, not negative.
    ///   - figures: The wallet before.
    ///   - business: Who gets them back.
    ///   - wallet: From which wallet.
    /// - Returns: Postings that add up to zero; none for zero points.
    @inlinable
    public static func takingBack(
        _ points: Int64, from figures: WalletFigures, business: BusinessNumber, wallet: WalletNumber
    ) -> PostingList {
        let taken = min(points, figures.active)
        return postings(
            issued: points, active: -taken, debt: taken - points, business: business, wallet: wallet)
    }

    @inlinable
    static func postings(
        issued: Int64, active: Int64, debt: Int64, business: BusinessNumber, wallet: WalletNumber
    ) -> PostingList {
        var list = PostingList()
        list.add(Posting(amount: issued, business: business.rawValue, wallet: wallet.rawValue, purpose: .issued))
        list.add(Posting(amount: active, business: business.rawValue, wallet: wallet.rawValue, purpose: .active))
        list.add(Posting(amount: debt, business: business.rawValue, wallet: wallet.rawValue, purpose: .debt))
        return list
    }
}
