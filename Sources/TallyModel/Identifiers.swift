/// A member, numbered by the ledger from 1 in the order of registration.
///
/// 0 stands for nobody.
@frozen
public struct MemberNumber: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The number itself.
    public var rawValue: UInt32
    /// Wraps a number that the ledger gave.
    @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
    /// Nobody: an anonymous receipt.
    @inlinable public static var none: MemberNumber { MemberNumber(0) }
    /// Orders members by registration.
    @inlinable public static func < (a: MemberNumber, b: MemberNumber) -> Bool { a.rawValue < b.rawValue }
}

/// A store, numbered by the ledger from 1 in the order of definition.
@frozen
public struct StoreNumber: Hashable, Sendable, BitwiseCopyable {
    /// The number itself.
    public var rawValue: UInt32
    /// Wraps a number that the ledger gave.
    @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A business of the coalition, numbered by the ledger from 1 in the order of definition.
@frozen
public struct BusinessNumber: Hashable, Sendable, BitwiseCopyable {
    /// The number itself.
    public var rawValue: UInt16
    /// Wraps a number that the ledger gave.
    @inlinable public init(_ rawValue: UInt16) { self.rawValue = rawValue }
}

/// A wallet type, numbered by the ledger from 1 in the order of definition.
@frozen
public struct WalletNumber: Hashable, Sendable, BitwiseCopyable {
    /// The number itself.
    public var rawValue: UInt16
    /// Wraps a number that the ledger gave.
    @inlinable public init(_ rawValue: UInt16) { self.rawValue = rawValue }
}

/// A source of events: a till, a gateway, an importer.
///
/// Numbered by the ledger from 1; source 0 is the ledger itself.
@frozen
public struct SourceNumber: Hashable, Sendable, BitwiseCopyable {
    /// The number itself.
    public var rawValue: UInt32
    /// Wraps a number that the ledger gave.
    @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
    /// The ledger itself, which numbers the records it writes of its own accord.
    @inlinable public static var ledger: SourceNumber { SourceNumber(0) }
}

/// A place in the log: dense, from 1, never used again.
///
/// 0 stands for "before the first record".
@frozen
public struct LogSequence: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The sequence itself.
    public var rawValue: UInt64
    /// Wraps a sequence of the log.
    @inlinable public init(_ rawValue: UInt64) { self.rawValue = rawValue }
    /// Before the first record.
    @inlinable public static var none: LogSequence { LogSequence(0) }
    /// Orders records as they were recorded.
    @inlinable public static func < (a: LogSequence, b: LogSequence) -> Bool { a.rawValue < b.rawValue }
}
