public import TallyModel

/// What a file of members and points comes to: members with their names and what each of them brings along.
///
/// Rows that share a name, directly or over other rows, are one member. What was taken is set off against what was given
/// in the order in which it ends, as a wallet spends: what is left are the member's lots, with the days of the rows that
/// gave them. Everything follows from the file and the mapping alone.
///
/// > Source: checklist S0-11 (opening lots with original dates; control totals by file and by member).
public struct PointsPlan: Sendable {
    /// Points that a member brings along and that end on one day.
    public struct Lot: Sendable, Hashable {
        /// The wallet.
        public var wallet: String
        /// Who stands for them.
        public var business: String
        /// The day on which they were earned; nil when nobody knows.
        public var earnedOn: CivilDay?
        /// The last day on which they can be spent; nil when the wallet's terms say.
        public var endsOn: CivilDay?
        /// Points in minor units; more than 0.
        public var points: Int64
        /// The line of the first row that gave some of them.
        public var line: Int
    }

    /// A member of the file.
    public struct Member: Sendable, Hashable {
        /// The names, in the order of the mapping's columns; the first one finds the member.
        public var keys: [MemberKey]
        /// The line of the first row.
        public var line: Int
        /// What the member brings along, in the order of the ends, wallet by wallet.
        public var lots: [Lot]
        /// What the member's rows add up to, in minor units.
        public var total: Int64
        /// Of it what ended before the points are taken over, and is not brought along.
        public var ended: Int64
    }

    /// The members in the order of their first rows.
    public internal(set) var members: [Member] = []
    /// Everything that is wrong, in the order of the lines.
    public internal(set) var faults: [PointsFault] = []
    /// Members and rows without a member that were left out because something is wrong with them.
    public internal(set) var leftOut = 0
    /// Rows of the file without the header.
    public let rowCount: Int
    /// How the bytes stand for text.
    public let encoding: FileEncoding
    /// Columns that the mapping does not name.
    public let unreadColumns: [String]

    /// Names of one member at most: a person has a few; more are a placeholder that many rows share.
    public static let keysPerMemberMax = 20

    /// Reads a file and adds it up.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - mapping: What its columns mean.
    /// - Throws: ``PointsFault`` when the file cannot be read as a table. What is wrong with rows and members is in
    ///   ``faults``.
    public init(_ bytes: [UInt8], mapping: PointsMapping) throws(PointsFault) {
        let file = try PointsFile(bytes, mapping: mapping)
        (rowCount, encoding, unreadColumns) = (file.rowCount, file.encoding, file.unreadColumns)
        add(file, mapping)
        checkTotals(mapping)
        faults.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    private mutating func add(_ file: PointsFile, _ mapping: PointsMapping) {
        faults = file.badRows.map(\.fault)
        leftOut = file.badRows.count { $0.keys.isEmpty }
        var groups = KeyGroups()
        for row in file.rows { groups.join(row.keys) }
        for bad in file.badRows { groups.join(bad.keys) }
        let badGroups = Set(file.badRows.compactMap { $0.keys.first.map { groups.group(of: $0) } })
        leftOut += badGroups.count
        var places: [Int: Int] = [:]
        var rows: [[PointsFile.Row]] = []
        for row in file.rows {
            let group = groups.group(of: row.keys[0])
            guard !badGroups.contains(group) else { continue }
            let place = places[group] ?? rows.count
            if place == rows.count { rows.append([]) }
            places[group] = place
            rows[place].append(row)
        }
        for rows in rows {
            do throws(PointsFault) { members.append(try Member(of: rows, mapping)) } catch {
                faults.append(error)
                leftOut += 1
            }
        }
    }
}

extension PointsPlan {
    /// What all members' rows add up to, in minor units.
    public var total: Int64 { members.reduce(0) { $0 + $1.total } }

    /// Of it what ended before the points are taken over.
    public var ended: Int64 { members.reduce(0) { $0 + $1.ended } }

    /// How many lots there are.
    public var lotCount: Int { members.reduce(0) { $0 + $1.lots.count } }

    /// Compares with what the mapping expects of the whole file.
    private mutating func checkTotals(_ mapping: PointsMapping) {
        let expected = mapping.expected
        note(expected.rows, rowCount, "rows")
        // What was left out is missing in these two: they are compared once nothing is.
        guard leftOut == 0 else { return }
        note(expected.members, members.count, "members")
        note(expected.points, total, "points in minor units")
    }

    private mutating func note<T: BinaryInteger>(_ expected: T?, _ found: T, _ name: String) {
        guard let expected, expected != found else { return }
        faults.append(
            PointsFault(
                line: 0, column: 0, field: "control total of \(name)", found: "\(found)",
                expected: "\(expected): is it the whole file, and the file that was counted?"))
    }
}
