/// An amount of money in minor units of its currency: kopecks, cents.
@frozen
public struct Money: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Minor units.
    public var minor: Int64
    /// Wraps minor units.
    @inlinable public init(minor: Int64) { self.minor = minor }
    /// No money.
    @inlinable public static var zero: Money { Money(minor: 0) }
    /// Orders amounts.
    @inlinable public static func < (a: Money, b: Money) -> Bool { a.minor < b.minor }
}

/// An amount of points in minor units of its wallet.
@frozen
public struct Points: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Minor units.
    public var minor: Int64
    /// Wraps minor units.
    @inlinable public init(minor: Int64) { self.minor = minor }
    /// No points.
    @inlinable public static var zero: Points { Points(minor: 0) }
    /// Orders amounts.
    @inlinable public static func < (a: Points, b: Points) -> Bool { a.minor < b.minor }
}

/// How much of a product: thousandths of a piece, a kilogram, a litre.
@frozen
public struct Quantity: Hashable, Sendable, BitwiseCopyable {
    /// Thousandths.
    public var thousandths: Int64
    /// Wraps thousandths.
    @inlinable public init(thousandths: Int64) { self.thousandths = thousandths }
}
