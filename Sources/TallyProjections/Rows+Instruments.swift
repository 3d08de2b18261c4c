public import TallyModel
public import TallyTables

/// A gift card, certificate, coupon or promo code: its limits and what has happened within them.
///
/// Row n−1 is instrument n.
@frozen
public struct InstrumentRow: BitwiseCopyable, Sendable {
    /// Its id.
    public var id: TextPlace
    /// What people call it.
    public var name: TextPlace
    /// The printed code of a generic instrument, in capitals.
    public var code: TextPlace
    /// What a copy is worth when it is issued; 0 when the issue or charging says that.
    public var faceValue: Int64
    /// What all uses may be worth, or for money what may be charged; 0 for no limit.
    public var amountBudget: Int64
    /// What all uses were worth, or for money what was charged.
    public var amountTaken: Int64
    /// What the uses are worth that are reserved; for money 0.
    public var amountReserved: Int64
    /// Uses in all; 0 for no limit.
    public var usesBudget: Int64
    /// Uses that were made and not given back.
    public var usesTaken: Int64
    /// Uses that are reserved.
    public var usesReserved: UInt32
    /// The first second in which it is good; 0 for at once.
    public var beginsAt: UInt32
    /// The first second in which it is good no more; 0 for never.
    ///
    /// Issued codes keep the end that they were issued with.
    public var endsAt: UInt32
    /// Uses of one code; 0 for no limit.
    public var usesPerCode: UInt32
    /// Uses by one member; 0 for no limit.
    public var memberLimit: UInt32
    /// Copies that may be issued; 0 for no limit.
    public var codesMax: UInt32
    /// Copies that were issued.
    public var codesIssued: UInt32
    /// Copies that were cancelled; 1 when a generic instrument was.
    public var codesCancelled: UInt32
    /// Who stands for it.
    public var business: UInt16
    /// In whose books money stands; 0 for coupons and promo codes.
    public var wallet: UInt16
    /// Raw value of ``TallyModel/InstrumentKind``.
    public var kind: UInt8
    /// Raw value of ``TallyModel/CodeForm``.
    public var codes: UInt8
    /// Raw value of ``TallyModel/CheckScheme``.
    public var checkScheme: UInt8
    /// Raw value of ``TallyModel/RestorePolicy``.
    public var onReturn: UInt8

    /// True when its codes stand for money.
    @inlinable public var isMoney: Bool { kind <= InstrumentKind.certificate.rawValue }
    /// True when one printed code serves everybody.
    @inlinable public var isGeneric: Bool { codes == CodeForm.generic.rawValue }
}

/// Copies that were issued together: all that is kept about those that nobody has used yet.
///
/// Serials count over all instruments, so row after row they rise and a code's issue is found by halving.
@frozen
public struct InstrumentIssueRow: BitwiseCopyable, Sendable {
    /// What each copy was worth when it was issued.
    public var faceValue: Int64
    /// What all copies together are worth now; behind the end only what is reserved.
    public var outstanding: Int64
    /// Of that, what purchases under way have set aside.
    public var reserved: Int64
    /// Which instrument.
    public var instrument: UInt32
    /// The serial of the first copy.
    public var firstSerial: UInt32
    /// How many.
    public var count: UInt32
    /// How many have a row of their own, because something happened to them.
    public var touched: UInt32
    /// The first second in which they are good no more; 0 for never.
    public var endsAt: UInt32
    /// The only member who may use them; 0 for the bearer.
    public var member: UInt32
    /// 1 when the clock has ended them.
    public var hasEnded: UInt32
    var padding: UInt32 = 0
}

/// A copy to which something happened.
@frozen
public struct InstrumentCodeRow: BitwiseCopyable, Sendable {
    /// Money on it, with what is reserved; means nothing behind the end.
    public var balance: Int64
    /// Money that purchases under way have set aside.
    public var reserved: Int64
    /// Its serial.
    public var serial: UInt32
    /// Row of its issue.
    public var issue: UInt32
    /// Uses that were made and not given back.
    public var uses: UInt32
    /// Purchases under way that have reserved it.
    public var reservations: UInt16
    /// 1 when it was cancelled.
    public var isCancelled: UInt8
    /// 1 when its latest step gave something back.
    public var isRestored: UInt8
}

/// A use, or money of a card, that a purchase under way has set aside; row 0 heads the free rows.
@frozen
public struct ReservationRow: BitwiseCopyable, Sendable {
    /// The record that made it; 0 in a free row.
    public var sequence: UInt64
    /// Money of a card, or what the use is worth.
    public var amount: Int64
    /// Which instrument.
    public var instrument: UInt32
    /// Row of the code, plus one; 0 for the code of a generic instrument.
    public var code: UInt32
    /// For whom; 0 for the bearer.
    public var member: UInt32
    /// When it ends by itself, in seconds since 1970.
    public var endsAt: UInt32
    /// Where; 0 for no store.
    public var store: UInt32
    /// In a free row, and in row 0, the next free row; 0 for none.
    public var next: UInt32
}

/// How often a member has used an instrument.
@frozen
public struct MemberUsesRow: BitwiseCopyable, Sendable {
    /// Which instrument.
    public var instrument: UInt32
    /// Who.
    public var member: UInt32
    /// Uses that were made and not given back.
    public var uses: UInt32
    /// Uses that are reserved.
    public var reserved: UInt32
}
