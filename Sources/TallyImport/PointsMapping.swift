public import TallyModel

/// How a file of an earlier system becomes members, keys and opening points.
///
/// Read from YAML by ``init(yaml:)``; every name in it stands for a header of the file or for a constant.
///
/// > Source: checklist S0-10 (mapping file for 1C exports).
public struct PointsMapping: Sendable, Hashable {
    /// A column of names of the member.
    public struct KeyColumn: Sendable, Hashable {
        /// What kind of names.
        public var kind: MemberKey.Kind
        /// The header.
        public var header: String

        /// A column of its parts.
        public init(_ kind: MemberKey.Kind, _ header: String) { (self.kind, self.header) = (kind, header) }
    }

    /// A wallet or a business: the same for all rows, or as a column says.
    public enum Named: Sendable, Hashable {
        /// The same for all rows.
        case constant(String)
        /// As a column says; what a value stands for, or the value itself when it is not listed and nothing is.
        case column(header: String, values: [String: String])
    }

    /// A column that tells what comes from what goes, as the kind of movement of an accumulation register does.
    public struct Movement: Sendable, Hashable {
        /// The header.
        public var header: String
        /// The word of rows that add points, for example `Приход`.
        public var credit: String
        /// The word of rows that take points, for example `Расход`.
        public var debit: String

        /// A column of its parts.
        public init(header: String, credit: String, debit: String) {
            (self.header, self.credit, self.debit) = (header, credit, debit)
        }
    }

    /// What the file should come to; nil for what nobody counted.
    public struct ControlTotals: Sendable, Hashable {
        /// Rows without the header.
        public var rows: Int?
        /// Members by their first key.
        public var members: Int?
        /// Points of all rows in minor units, what was taken being negative.
        public var points: Int64?

        /// Totals of their parts.
        public init(rows: Int? = nil, members: Int? = nil, points: Int64? = nil) {
            (self.rows, self.members, self.points) = (rows, members, points)
        }
    }

    /// A place in the file of the mapping.
    public struct Place: Sendable, Hashable {
        /// Counted from 1.
        public var line: Int
        /// Counted from 1.
        public var column: Int
    }

    /// The name of the import: of one base there is one import under a name.
    public var name: String
    /// How the bytes stand for text.
    public var encoding = FileEncoding.auto
    /// What separates the fields of a row.
    public var separator = UInt8(ascii: ";")
    /// How numbers and days are written.
    public var form = ValueForm()
    /// The day on which the points are taken over: the opening balance is booked on it.
    public var bookedOn: CivilDay
    /// The clock by which days begin and end: minutes east of UTC.
    public var utcOffsetMinutes: Int16 = 0
    /// Why the points are there, in words: stands in every record.
    public var reason: String
    /// The member's names; the first that a row has finds the member.
    public var keys: [KeyColumn]
    /// The header of the points; nil for a file of keys only.
    public var points: String?
    /// What tells credits from debits; nil when the sign does.
    public var movement: Movement?
    /// The header of the days on which points were earned.
    public var earnedOn: String?
    /// The header of the last days on which points can be spent.
    public var endsOn: String?
    /// The header of ids that no two rows share.
    public var rowID: String?
    /// The header of what the member's rows should add up to.
    public var memberTotal: String?
    /// The wallet.
    public var wallet: Named
    /// The business that stands for the points.
    public var business: Named
    /// What the file should come to.
    public var expected = ControlTotals()
    /// Where the values stand in the file of the mapping, by key: what only the ledger can judge is named with its place.
    public internal(set) var places: [String: Place] = [:]
    /// True when every row gives points on its own: none takes, and none has ended before.
    var isAccrual = false
    /// True when the file may do without the column of ``endsOn``.
    var isEndOptional = false

    /// A mapping of its parts; the others can be set afterwards.
    public init(
        name: String, keys: [KeyColumn], points: String?, wallet: Named, business: Named, bookedOn: CivilDay,
        reason: String
    ) {
        (self.name, self.keys, self.points) = (name, keys, points)
        (self.wallet, self.business, self.bookedOn, self.reason) = (wallet, business, bookedOn, reason)
    }

    /// Bytes of the reason at most: beside it stand the file and the line.
    public static let reasonBytesMax = 160

    /// The mapping of a file of bulk accrual: `member_key;points`, or `member_key;points;ends_on`.
    ///
    /// - Parameters:
    ///   - kind: What kind of names the members have.
    ///   - wallet: The wallet that receives the points.
    ///   - business: The business that gives them.
    ///   - day: The day on which they are given.
    ///   - reason: Why, in words.
    /// - Returns: A mapping without control totals.
    public static func accrual(
        by kind: MemberKey.Kind, wallet: String, business: String, on day: CivilDay, reason: String
    ) -> PointsMapping {
        var mapping = PointsMapping(
            name: "accrual", keys: [KeyColumn(kind, "member_key")], points: "points", wallet: .constant(wallet),
            business: .constant(business), bookedOn: day, reason: reason)
        mapping.endsOn = "ends_on"
        (mapping.isAccrual, mapping.isEndOptional) = (true, true)
        return mapping
    }
}
