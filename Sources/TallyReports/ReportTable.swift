public import TallyModel

/// A table of figures with names, ready to be printed or written to a file.
///
/// Amounts are whole minor units and know their decimals, so a file for people can show `12.50` and a file for programs
/// `1250`.
public struct ReportTable: Sendable {
    /// A value.
    public enum Cell: Sendable, Hashable {
        /// Words.
        case text(String)
        /// A count or a ratio; nil when there is none.
        case number(Int64?)
        /// Points or money in minor units with so many decimals; nil when there is none.
        case amount(Int64?, scale: UInt8)
        /// A day; nil when there is none.
        case day(CivilDay?)

        /// The value as programs read it: minor units, days as `YYYY-MM-DD`, nothing for none.
        public var text: String {
            switch self {
            case .text(let text): text
            case .number(let value), .amount(let value, _): value.map { "\($0)" } ?? ""
            case .day(let day): day.map { "\($0)" } ?? ""
            }
        }
    }

    /// A row.
    public struct Row: Sendable {
        /// A value for each column.
        public var cells: [Cell]
        /// The records behind the row, ascending; empty unless they were asked for.
        public var sequences: [UInt64]

        /// A row of its parts.
        public init(_ cells: [Cell], sequences: [UInt64] = []) { (self.cells, self.sequences) = (cells, sequences) }
    }

    /// What the table shows, in one word.
    public var name: String
    /// The names of the columns, in snake case.
    public var columns: [String]
    /// The rows in their order.
    public var rows: [Row] = []

    /// A table without rows.
    public init(_ name: String, _ columns: [String]) { (self.name, self.columns) = (name, columns) }

    /// Adds a row.
    ///
    /// - Precondition: It has a value for each column.
    public mutating func add(_ cells: [Cell], sequences: [UInt64] = []) {
        precondition(cells.count == columns.count, "A row of \(name) has a value for each column.")
        rows.append(Row(cells, sequences: sequences))
    }

    /// The values of a column as programs read them.
    public func values(of column: String) -> [String] {
        guard let index = columns.firstIndex(of: column) else { return [] }
        return rows.map { $0.cells[index].text }
    }
}

/// A sentence that must hold about a report.
public struct ReportCheck: Sendable, Hashable {
    /// What was compared.
    public var name: String
    /// What differs; nil when the sentence holds.
    public var fault: String?

    /// A check of its parts.
    public init(_ name: String, fault: String? = nil) { (self.name, self.fault) = (name, fault) }
}

/// Tables, and the sentences that hold about them.
public struct FinanceReport: Sendable {
    /// The last record that the report knows.
    public var sequence: LogSequence
    /// The tables.
    public var tables: [ReportTable]
    /// What was checked.
    public var checks: [ReportCheck]

    /// A report of its parts.
    public init(sequence: LogSequence, tables: [ReportTable], checks: [ReportCheck]) {
        (self.sequence, self.tables, self.checks) = (sequence, tables, checks)
    }

    /// True when every check holds.
    public var isSound: Bool { checks.allSatisfy { $0.fault == nil } }
}

/// The records behind a figure, when somebody wants to know them.
struct Trail: Sendable {
    private let isKept: Bool
    private(set) var sequences: [UInt64] = []

    init(isKept: Bool) { self.isKept = isKept }

    /// Notes a record; entries come in the order of their records.
    mutating func note(_ sequence: UInt64) {
        if isKept, sequences.last != sequence { sequences.append(sequence) }
    }

    /// Notes the records of another trail.
    mutating func merge(_ other: Trail) {
        guard !other.sequences.isEmpty else { return }
        sequences = sequences.isEmpty ? other.sequences : Set(sequences).union(other.sequences).sorted()
    }
}

/// `numerator × times / denominator`, rounded half to even.
///
/// - Returns: nil without a denominator or beyond 64 bits.
func exactRatio(_ numerator: Int128, _ denominator: Int128, times: Int128) -> Int64? {
    guard denominator > 0 else { return nil }
    let product = numerator.multipliedReportingOverflow(by: times)
    guard !product.overflow else { return nil }
    let (quotient, remainder) = product.partialValue.quotientAndRemainder(dividingBy: denominator)
    let isUp = 2 * remainder > denominator || (2 * remainder == denominator && quotient & 1 == 1)
    return Int64(exactly: quotient + (isUp ? 1 : 0))
}
