import TallyModel

/// Turns the fields of a row into values.
struct PointsRowReader {
    /// A column that the mapping names.
    private struct Column {
        var index: Int
        var header: String
    }

    private let mapping: PointsMapping
    private let columnCount: Int
    private let keys: [(kind: MemberKey.Kind, column: Column)]
    private let points: Column?
    private let movement: Column?
    private let earnedOn: Column?
    private let endsOn: Column?
    private let rowID: Column?
    private let memberTotal: Column?
    private let wallet: Column?
    private let business: Column?
    /// Ids of rows read so far, with their lines.
    private var rowIDs: [String: Int] = [:]
    /// Columns that the mapping does not name.
    let unreadColumns: [String]

    /// Finds the columns in the header.
    ///
    /// - Throws: ``PointsFault`` when one is missing or stands there twice.
    init(header: DelimitedText.Row, mapping: PointsMapping) throws(PointsFault) {
        self.mapping = mapping
        columnCount = header.fields.count
        var keys: [(MemberKey.Kind, Column)] = []
        for key in mapping.keys { keys.append((key.kind, try PointsRowReader.column(key.header, in: header))) }
        self.keys = keys
        points = try PointsRowReader.optional(mapping.points, in: header)
        movement = try PointsRowReader.optional(mapping.movement?.header, in: header)
        earnedOn = try PointsRowReader.optional(mapping.earnedOn, in: header)
        let mayLackEnd = mapping.isEndOptional && !header.fields.contains(mapping.endsOn ?? "")
        endsOn = mayLackEnd ? nil : try PointsRowReader.optional(mapping.endsOn, in: header)
        rowID = try PointsRowReader.optional(mapping.rowID, in: header)
        memberTotal = try PointsRowReader.optional(mapping.memberTotal, in: header)
        wallet = try PointsRowReader.optional(mapping.wallet.header, in: header)
        business = try PointsRowReader.optional(mapping.business.header, in: header)
        let read =
            keys.map(\.1)
            + [points, movement, earnedOn, endsOn, rowID, memberTotal, wallet, business]
            .compactMap(\.self)
        let used = Set(read.map(\.index))
        unreadColumns = header.fields.indices.filter { !used.contains($0) }.map { header.fields[$0] }
    }

    private static func optional(_ name: String?, in header: DelimitedText.Row) throws(PointsFault) -> Column? {
        guard let name else { return nil }
        return try column(name, in: header)
    }

    private static func column(_ name: String, in header: DelimitedText.Row) throws(PointsFault) -> Column {
        let places = header.fields.indices.filter { header.fields[$0].trimmed == name }
        guard places.count == 1, let index = places.first else {
            throw PointsFault(
                line: header.line, column: places.count > 1 ? places[1] + 1 : 0, field: "header",
                found: header.fields.joined(separator: " | "),
                expected: places.isEmpty ? "a column \(name), as the mapping says" : "the column \(name) only once")
        }
        return Column(index: index, header: name)
    }

    /// The values of a row.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - keys: Receives the member's names as far as they could be read, also when the row is bad.
    /// - Returns: The row.
    /// - Throws: ``PointsFault`` for the first field that is wrong.
    mutating func row(of row: DelimitedText.Row, keys: inout [MemberKey]) throws(PointsFault) -> PointsFile.Row {
        guard row.fields.count == columnCount else {
            throw PointsFault(
                line: row.line, column: 0, field: "row", found: "\(row.fields.count) columns",
                expected: "\(columnCount) columns, as the header has")
        }
        try readKeys(row, into: &keys)
        var values = PointsFile.Row(
            line: row.line, keys: keys, points: try points(row), wallet: try name(row, mapping.wallet, wallet),
            business: try name(row, mapping.business, business))
        values.earnedOn = try day(row, earnedOn)
        values.endsOn = try day(row, endsOn)
        try checkDays(row, values)
        if let memberTotal, !row.fields[memberTotal.index].trimmed.isEmpty {
            values.memberTotal = try number(row, memberTotal)
        }
        try checkID(row)
        return values
    }

    private func readKeys(_ row: DelimitedText.Row, into found: inout [MemberKey]) throws(PointsFault) {
        for (kind, column) in keys {
            let text = row.fields[column.index].trimmed
            guard !text.isEmpty else { continue }
            guard let key = MemberKey(kind, text) else { throw fault(row, column, MemberKey.expected(kind)) }
            found.append(key)
        }
        guard !found.isEmpty else { throw fault(row, keys[0].column, "a key of the member") }
    }

    private func points(_ row: DelimitedText.Row) throws(PointsFault) -> Int64 {
        guard let points else { return 0 }
        let amount = try number(row, points)
        guard !mapping.isAccrual || amount > 0 else { throw fault(row, points, "points above 0") }
        guard let movement, let words = mapping.movement else { return amount }
        switch row.fields[movement.index].trimmed {
        case words.credit: return amount
        case words.debit: return -amount
        default: throw fault(row, movement, "\(words.credit) or \(words.debit)")
        }
    }

    private func number(_ row: DelimitedText.Row, _ column: Column) throws(PointsFault) -> Int64 {
        guard let number = mapping.form.points(row.fields[column.index].trimmed) else {
            throw fault(row, column, mapping.form.expectedPoints)
        }
        return number
    }

    /// A day; nil when the field is empty, or has the first day of the calendar, by which 1C means none.
    private func day(_ row: DelimitedText.Row, _ column: Column?) throws(PointsFault) -> CivilDay? {
        guard let column else { return nil }
        let text = row.fields[column.index].trimmed
        guard !text.isEmpty else { return nil }
        guard let day = mapping.form.day(text), day.days <= Limits.lotDayMax else {
            throw fault(
                row, column,
                "\(mapping.form.expectedDay), until \(CivilDay(days: Limits.lotDayMax)); empty when there is none")
        }
        return day == PointsRowReader.noDay ? nil : day
    }

    private static let noDay = CivilDay(year: 1, month: 1, day: 1)

    private func checkDays(_ row: DelimitedText.Row, _ values: PointsFile.Row) throws(PointsFault) {
        if let earned = values.earnedOn, let earnedOn, earned > mapping.bookedOn {
            throw fault(row, earnedOn, "a day not behind \(mapping.bookedOn), on which the points are taken over")
        }
        guard let ends = values.endsOn, let endsOn else { return }
        if let earned = values.earnedOn, ends < earned { throw fault(row, endsOn, "a day not before \(earned)") }
        guard !mapping.isAccrual || ends >= mapping.bookedOn else {
            throw fault(row, endsOn, "a day not before \(mapping.bookedOn)")
        }
    }

    private mutating func checkID(_ row: DelimitedText.Row) throws(PointsFault) {
        guard let rowID else { return }
        let id = row.fields[rowID.index].trimmed
        guard !id.isEmpty else { throw fault(row, rowID, "an id") }
        if let before = rowIDs[id] {
            throw fault(row, rowID, "an id of its own: line \(before) has the same, was the row exported twice?")
        }
        rowIDs[id] = row.line
    }

    private func name(
        _ row: DelimitedText.Row, _ named: PointsMapping.Named, _ column: Column?
    ) throws(PointsFault) -> String {
        guard case .column(_, let values) = named, let column else { return named.constant }
        let text = row.fields[column.index].trimmed
        let name = values.isEmpty ? text : values[text] ?? ""
        guard !name.isEmpty, name.utf8.count <= Limits.identifierBytesMax else {
            let known = values.keys.sorted().joined(separator: ", ")
            throw fault(row, column, values.isEmpty ? "an id of at most \(Limits.identifierBytesMax) bytes" : known)
        }
        return name
    }

    private func fault(_ row: DelimitedText.Row, _ column: Column, _ expected: String) -> PointsFault {
        PointsFault(
            line: row.line, column: column.index + 1, field: column.header, found: row.fields[column.index],
            expected: expected)
    }
}

extension PointsMapping.Named {
    /// The header of the column; nil for a constant.
    fileprivate var header: String? {
        guard case .column(let header, _) = self else { return nil }
        return header
    }

    /// The constant; empty for a column.
    fileprivate var constant: String {
        guard case .constant(let constant) = self else { return "" }
        return constant
    }
}

extension String {
    /// Without the spaces that programs put around values.
    fileprivate var trimmed: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
