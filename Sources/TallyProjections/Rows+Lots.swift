public import TallyModel
public import TallyTables

/// A lot of points that is not used up: forty bytes, and a quarter of one in the tree that knows what is due next.
///
/// A row of a lot that is used up is chained into the list of free rows and is zero but for that.
@frozen
public struct LotRow: DueRow, BitwiseCopyable, Sendable {
    /// Which lot; 0 for a free row.
    public var lot: UInt64
    /// Points left that no hold has set aside.
    public var remaining: Int64
    /// Row of the wallet whose lot it is, plus one.
    public var balance: UInt32
    /// Row of the lot of that wallet that ends next, plus one; in a free row of the next free one.
    public var next: UInt32
    /// When it begins, in seconds since 1970.
    public var beginsAt: UInt32
    /// When it ends, in seconds since 1970; 0 for never.
    public var endsAt: UInt32
    /// Who stands for it.
    public var issuer: UInt16
    /// Holds that have a part of it.
    public var holds: UInt16
    /// 1 while it cannot be spent yet.
    public var isPending: UInt16
    var reserved: UInt16 = 0

    /// Which lot.
    @inlinable public var id: LotID { LotID(lot) }

    /// When it begins or, once it has begun, ends, in seconds since 1970; 0 for never.
    ///
    /// A lot without points of its own waits for nothing: what holds have of it ends when they do.
    @inlinable public var dueAt: UInt32 { remaining > 0 ? (isPending != 0 ? beginsAt : endsAt) : 0 }

    /// Lots are chained by their ends, those without one last; then by their beginnings, then as they were made.
    @inlinable
    public func ends(before other: LotRow) -> Bool {
        // Never is 0; minus one it comes last.
        let (end, otherEnd) = (endsAt &- 1, other.endsAt &- 1)
        if end != otherEnd { return end < otherEnd }
        if beginsAt != other.beginsAt { return beginsAt < other.beginsAt }
        return lot < other.lot
    }
}

extension LotRow {
    /// A lot that is active and not chained to a wallet yet.
    ///
    /// - Parameters:
    ///   - id: Which lot.
    ///   - points: What is in it, in minor units.
    ///   - issuer: Who stands for it.
    ///   - beginsAt: When it begins, in seconds since 1970.
    ///   - endsAt: When it ends, in seconds since 1970; 0 for never.
    public init(_ id: LotID, points: Int64, issuer: UInt16, beginsAt: UInt32, endsAt: UInt32) {
        self.init(
            lot: id.rawValue, remaining: points, balance: 0, next: 0, beginsAt: beginsAt, endsAt: endsAt,
            issuer: issuer, holds: 0, isPending: 0)
    }
}

/// Points set aside for a purchase under way.
@frozen
public struct HoldRow: BitwiseCopyable, Sendable {
    /// The record that placed it; 0 for a free row.
    public var hold: UInt64
    /// Points in all.
    public var points: Int64
    /// Row of the wallet, plus one.
    public var balance: UInt32
    /// Row of its first held lot, plus one; in a free row the next free one.
    public var firstLot: UInt32
    /// When it ends by itself, in seconds since 1970.
    public var endsAt: UInt32
    /// Where it was placed.
    public var store: UInt32
}

/// What a hold has of one lot.
@frozen
public struct HeldLotRow: BitwiseCopyable, Sendable {
    /// Points.
    public var points: Int64
    /// Row of the lot, plus one.
    public var lot: UInt32
    /// Row of the next part of the hold, plus one; in a free row of the next free one.
    public var next: UInt32
}

/// A revision of a wallet's terms; which field means what, ``TallyModel/WalletTerms`` says.
@frozen
public struct TermsRow: BitwiseCopyable, Sendable {
    /// Points that one receipt may take; 0 for no limit.
    public var maxPerReceipt: Int64
    /// Receipts below this total take no points.
    public var minReceipt: Int64
    /// Points that may be owed, for that kind.
    public var negativeLimit: Int64
    /// Minor units of money for a minor unit of points: numerator.
    public var moneyNumerator: UInt32
    /// Minor units of money for a minor unit of points: denominator.
    public var moneyDenominator: UInt32
    /// The day on which lots begin, for that kind.
    public var pendingDay: Int32
    /// Row of the first item.
    public var firstItem: UInt32
    /// Items: categories and days of the year.
    public var itemCount: UInt16
    /// Days or months.
    public var expiryCount: UInt16
    /// Days.
    public var pendingCount: UInt16
    /// Days in which goods may come back.
    public var returnWindowDays: UInt16
    /// Hundredths of a per cent of a receipt.
    public var maxShareBasisPoints: UInt16
    /// Days of a lot that is made for points that come back too late.
    public var graceDays: UInt16
    /// The wallet.
    public var wallet: UInt16
    /// Raw values of the schema.
    public var expiryKind: UInt8
    /// Raw value of the schema.
    public var pendingKind: UInt8
    /// Raw value of ``TallyModel/BurnOrder``.
    public var burnOrder: UInt8
    /// Raw value of the schema.
    public var negativeKind: UInt8
    /// Raw value of the schema.
    public var earnFilter: UInt8
    /// Raw value of the schema.
    public var burnFilter: UInt8
    /// 1 when the member keeps points whose goods come back.
    public var keepsOnReturn: UInt8
    /// 1 when a blind return takes points.
    public var takesBackBlind: UInt8
    /// 1 when what is paid with points earns as well.
    public var earnsOnPoints: UInt8
    var reserved: UInt8 = 0

    /// The terms of a wallet that has been given none.
    public static let standard = TermsRow(
        maxPerReceipt: 0, minReceipt: 0, negativeLimit: 0, moneyNumerator: 1, moneyDenominator: 1, pendingDay: 0,
        firstItem: 0, itemCount: 0, expiryCount: 0, pendingCount: 0, returnWindowDays: 14, maxShareBasisPoints: 10_000,
        graceDays: 14, wallet: 0, expiryKind: 0, pendingKind: 0, burnOrder: 0, negativeKind: 2, earnFilter: 0,
        burnFilter: 0, keepsOnReturn: 0, takesBackBlind: 1, earnsOnPoints: 0)
}

/// A category of a filter or a day of the year.
@frozen
public struct TermItemRow: BitwiseCopyable, Sendable {
    /// The category.
    public var name: TextPlace
    /// Month · 100 + day.
    public var value: UInt16
    /// Raw value of the schema: 0 earns, 1 is paid for, 2 a day.
    public var kind: UInt16
}

/// What a business pays another for a wallet's points.
@frozen
public struct SettlementRow: BitwiseCopyable, Sendable {
    /// Minor units of money for a minor unit of points: numerator.
    public var numerator: UInt32
    /// Minor units of money for a minor unit of points: denominator.
    public var denominator: UInt32
    /// Who issued.
    public var issuer: UInt16
    /// Where they are spent.
    public var redeemer: UInt16
    /// In which wallet.
    public var wallet: UInt16
    /// What the redeemer gives up, in hundredths of a per cent.
    public var feeBasisPoints: UInt16
    /// Raw value of ``TallyModel/SettlementTiming``.
    public var timing: UInt16
    var reserved: UInt16 = 0
}
