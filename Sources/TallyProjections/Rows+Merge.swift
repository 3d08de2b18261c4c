/// A member who took part in a merge: whom it was merged into, and who was merged into it.
///
/// Those merged into one member are chained, the latest first. A row stays when its merge is split, for the next one.
@frozen
public struct KinRow: BitwiseCopyable, Sendable {
    /// The record that merged the member into another last; 0 when none ever did.
    public var merged: UInt64
    /// The member.
    public var member: UInt32
    /// The member that it was merged into; 0 while it stands for itself.
    public var mergedInto: UInt32
    /// Row of the member that was merged into this one last, plus one; 0 for none.
    public var firstMerged: UInt32
    /// Row of the member that was merged into the same one before, plus one; 0 for none.
    public var nextMerged: UInt32
}

/// What a member has bought and given back, in money and receipts.
public struct MemberStatistics: Sendable, Hashable {
    /// Sum of all receipt totals in minor units; returns subtract.
    public var monetary: Int64 = 0
    /// Sum of the totals of purchases in minor units.
    public var gross: Int64 = 0
    /// Receipts of any total.
    public var receipts = 0
    /// Receipts with a total above zero.
    public var purchases = 0
    /// Civil day of the earliest purchase, in days since 1970; meaningless without purchases.
    public var firstDay: Int32 = 0
    /// Civil day of the latest purchase.
    public var lastDay: Int32 = 0

    mutating func add(_ row: MemberRow) {
        // Each row's sums are checked receipt by receipt; two of them together may be beyond 64 bits.
        monetary = Int64(clamping: Int128(monetary) + Int128(row.monetary))
        gross = Int64(clamping: Int128(gross) + Int128(row.gross))
        receipts += Int(row.receipts)
        guard row.purchases > 0 else { return }
        firstDay = purchases == 0 ? row.firstDay : min(firstDay, row.firstDay)
        lastDay = purchases == 0 ? row.lastDay : max(lastDay, row.lastDay)
        purchases += Int(row.purchases)
    }
}
