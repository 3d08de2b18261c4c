public import TallyModel
public import TallyTables

/// A document that the log keeps; row n−1 is document n.
@frozen
public struct DocumentRow: BitwiseCopyable, Sendable {
    /// SHA-256 of the whole.
    public var digest: DocumentDigest
    /// Bytes of the parts that are there.
    public var byteCount: UInt64
    /// How many parts there are to be.
    public var parts: UInt16
    /// How many are there; the document is whole when all are.
    public var kept: UInt16
    /// Row of the last part that is there, plus one.
    public var lastPart: UInt32

    /// True when every part is there.
    @inlinable public var isWhole: Bool { kept == parts }
}

/// Where in the log a part of a document is.
@frozen
public struct DocumentPartRow: BitwiseCopyable, Sendable {
    /// The record.
    public var sequence: UInt64
    /// Row of the part before it, plus one; 0 for the first.
    public var previous: UInt32
    var padding: UInt32 = 0
}

/// Promotions in force from a moment on; row n−1 is revision n.
@frozen
public struct PromotionSetRow: BitwiseCopyable, Sendable {
    /// Receipts that occurred at or after this moment are decided by it, in microseconds since the epoch.
    public var effectiveFrom: Int64
    /// The record that says so.
    public var sequence: UInt64
    /// The document of words.
    public var words: UInt32
    /// The document of promotions.
    public var rules: UInt32
    /// Row of its first promotion that rests.
    public var restStart: UInt32
    /// How many rest.
    public var restCount: UInt32
}

/// A promotion that rests in some revision.
@frozen
public struct PromotionRestRow: BitwiseCopyable, Sendable {
    /// The promotion's id.
    public var id: TextPlace
    /// Raw value of ``TallyModel/PromotionRest``.
    public var state: UInt32
    var padding: UInt32 = 0
}

/// Which promotion stands at a place of a document.
@frozen
public struct PromotionPlaceRow: BitwiseCopyable, Sendable {
    /// The document of promotions.
    public var rules: UInt32
    /// The promotion's place in it.
    public var place: UInt32
    /// Row of what it has done.
    public var tally: UInt32
    var padding: UInt32 = 0
}

/// What a promotion has done so far, in all documents that have it.
@frozen
public struct PromotionTallyRow: BitwiseCopyable, Sendable {
    /// The promotion's id.
    public var id: TextPlace
    /// Receipts to which it applied.
    public var uses: Int64
    /// What it took off, in minor units of money.
    public var discount: Int64
    /// Points that it gave, in minor units.
    public var points: Int64
    /// Receipts of its control group.
    public var withheldUses: Int64
    /// What it would have taken off there.
    public var withheldDiscount: Int64
    /// Points that it would have given there.
    public var withheldPoints: Int64
    /// The last record in which it did anything.
    public var lastSequence: UInt64
}

/// How much of a limit is used.
@frozen
public struct PromotionUseRow: BitwiseCopyable, Sendable {
    /// The counter's name, bytes 8..<16.
    public var high: UInt64
    /// Bytes 0..<8.
    public var low: UInt64
    /// Uses, minor units of money, or points.
    public var amount: Int64
}
