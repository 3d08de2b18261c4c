/// Something that is known about a basket as one whole number: the day, the store, the member's stage.
public struct Fact: Sendable, Hashable {
    /// Its name in documents.
    public var name: String
    /// What its numbers stand for.
    public var domain: Domain

    /// What the numbers of a fact stand for.
    public enum Domain: Sendable, Hashable {
        /// Themselves: days, years, receipts.
        case number
        /// Places in a list of names, counted from 0.
        case choice([String])
    }

    /// A fact of its parts.
    public init(_ name: String, _ domain: Domain) { (self.name, self.domain) = (name, domain) }
}

/// The place of a fact in a schema, and of its column in a batch.
@frozen
public struct FactColumn: Hashable, Sendable, BitwiseCopyable {
    /// Counted from 0.
    public var rawValue: Int32
    /// Wraps a place.
    @inlinable public init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// Which facts there are, in the order of their columns.
public struct FactSchema: Sendable {
    /// The facts.
    public let facts: [Fact]
    private let columns: [String: FactColumn]

    /// A schema.
    ///
    /// - Parameter facts: Facts with names that differ.
    public init(_ facts: [Fact]) {
        self.facts = facts
        let pairs = facts.enumerated().map { ($1.name, FactColumn(Int32($0))) }
        columns = Dictionary(pairs) { _, _ in preconditionFailure("Two facts have one name.") }
    }

    /// The column of a fact; nil when there is none of that name.
    public func column(_ name: String) -> FactColumn? { columns[name] }

    /// The fact of a column.
    public subscript(column: FactColumn) -> Fact { facts[Int(column.rawValue)] }
}

/// What is asked of a fact.
public enum FactTest: Sendable, Hashable {
    /// It lies between two numbers, both included.
    case between(Int32, Int32)
    /// It is one of these numbers.
    case oneOf(Set<Int32>)

    /// Whether a number passes.
    public func holds(_ value: Int32) -> Bool {
        switch self {
        case .between(let low, let high): value >= low && value <= high
        case .oneOf(let values): values.contains(value)
        }
    }
}
