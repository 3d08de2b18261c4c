/// What one promotion did for a receipt, as the record says it.
public struct PromotionAward: Sendable, Hashable {
    /// The promotion, by its place among those of its rules document, from 0.
    public var place: UInt32
    /// The case that applied, from 0.
    public var rule: UInt32
    /// True when the buyer is of the promotion's control group, so that nothing was done: the parts say what would have been.
    public var isWithheld: Bool
    /// The wallet that received its points; nil for none.
    public var wallet: WalletNumber?
    /// What it is for every line that it touches; none for a promotion that only says or does something.
    public var parts: [Part]

    /// What an award is for one line.
    @frozen
    public struct Part: Sendable, Hashable, BitwiseCopyable {
        /// The line, from 0.
        public var line: UInt16
        /// What is taken off, in minor units of money.
        public var discount: Int64
        /// Points that are given, in minor units.
        public var points: Int64

        /// A part of its numbers.
        @inlinable
        public init(line: UInt16, discount: Int64, points: Int64) {
            (self.line, self.discount, self.points) = (line, discount, points)
        }
    }

    /// An award of its parts.
    public init(place: UInt32, rule: UInt32, isWithheld: Bool = false, wallet: WalletNumber? = nil, parts: [Part]) {
        (self.place, self.rule, self.isWithheld, self.wallet, self.parts) = (place, rule, isWithheld, wallet, parts)
    }

    /// What it takes off in all.
    public var discount: Int64 { parts.reduce(0) { $0 + $1.discount } }
    /// Points that it gives in all.
    public var points: Int64 { parts.reduce(0) { $0 + $1.points } }
}

/// What a record adds to a counter of some limit.
@frozen
public struct LimitUse: Sendable, Hashable, BitwiseCopyable {
    /// The counter's name, a keyed hash of promotion, limit, time and whomever it is for: bytes 8..<16.
    public var high: UInt64
    /// Bytes 0..<8.
    public var low: UInt64
    /// Uses, minor units of money, or points.
    public var amount: Int64

    /// A use of its parts.
    @inlinable
    public init(high: UInt64, low: UInt64, amount: Int64) { (self.high, self.low, self.amount) = (high, low, amount) }
}
