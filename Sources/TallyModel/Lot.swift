/// A lot of points: the record that made it and its place among the lots of that record, from 1.
///
/// A lot keeps its name when its points are spent and come back.
@frozen
public struct LotID: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible {
    /// The sequence in the upper 48 bits, the place in the lower 16.
    public var rawValue: UInt64

    /// Wraps a packed name.
    @inlinable public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// A name of its parts.
    ///
    /// - Parameters:
    ///   - sequence: The record; below 2⁴⁸, which a log reaches after nine years of a million records a second.
    ///   - place: The lot's place in it, from 1.
    @inlinable
    public init(sequence: UInt64, place: UInt16) { rawValue = sequence &<< 16 | UInt64(place) }

    /// The record that made it.
    @inlinable public var sequence: UInt64 { rawValue &>> 16 }
    /// Its place in that record, from 1.
    @inlinable public var place: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

    /// Orders lots as they were made.
    @inlinable public static func < (a: LotID, b: LotID) -> Bool { a.rawValue < b.rawValue }

    /// `8123.1`: sequence and place.
    public var description: String { "\(sequence).\(place)" }
}

/// What a record does to one lot.
@frozen
public struct LotMove: Hashable, Sendable, BitwiseCopyable {
    /// In which way.
    @frozen
    public enum Kind: UInt8, Sendable {
        /// Points leave it.
        case take = 0
        /// Points come back to it.
        case give = 1
        /// It is made, or made again after it was used up.
        case make = 2
    }

    /// In which wallet: the raw value of a ``WalletNumber``.
    public var wallet: UInt16
    /// In which way.
    public var kind: Kind
    /// Which lot.
    public var lot: LotID
    /// How many points, in minor units, above 0.
    public var points: Int64
    /// Who stands for them; 0 unless the lot is made.
    public var issuer: UInt16
    /// When the lot begins, in seconds since 1970; 0 unless it is made.
    public var beginsAt: UInt32
    /// When the lot ends, in seconds since 1970; 0 for never, and unless it is made.
    public var endsAt: UInt32

    /// A move of its parts.
    @inlinable
    public init(
        wallet: UInt16, kind: Kind, lot: LotID, points: Int64, issuer: UInt16 = 0, beginsAt: UInt32 = 0,
        endsAt: UInt32 = 0
    ) {
        self.wallet = wallet
        self.kind = kind
        self.lot = lot
        self.points = points
        self.issuer = issuer
        self.beginsAt = beginsAt
        self.endsAt = endsAt
    }
}
