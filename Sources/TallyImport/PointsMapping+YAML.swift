import TallyJSON
import TallyModel

extension PointsMapping {
    /// Reads a mapping file.
    ///
    /// - Parameter yaml: The text of the file.
    /// - Throws: ``ProgrammeFault`` with the line and the column of the first value that is missing or wrong.
    public init(yaml: String) throws(ProgrammeFault) {
        let document = try YAMLDocument.read(yaml)
        do throws(DocumentFault) { try self.init(document) } catch { throw ProgrammeFault(error) }
    }

    private static let documentKeys = [
        "import", "encoding", "separator", "decimal_mark", "grouping", "date_format", "scale", "booked_on",
        "utc_offset", "reason", "keys", "points", "movement", "earned_on", "ends_on", "row_id", "member_total",
        "wallet", "business", "expected",
    ]

    private init(_ document: DocumentNode) throws(DocumentFault) {
        let file = try Fields(document, path: "", keys: PointsMapping.documentKeys)
        let form = try PointsMapping.form(file)
        let points = try PointsMapping.header(file, "points", "the header of the points")
        self.init(
            name: try file.text("import", "the name of the import, for example \"salons-2026\""),
            keys: try PointsMapping.keys(file), points: points,
            wallet: try PointsMapping.named(file, "wallet", isNeeded: points != nil),
            business: try PointsMapping.named(file, "business", isNeeded: points != nil),
            bookedOn: try PointsMapping.bookedOn(file),
            reason: try file.text(
                "reason", bytesMax: PointsMapping.reasonBytesMax, "why the points are there, in words"))
        self.form = form
        encoding = try file.choice("encoding", among: FileEncoding.allCases.map { ($0.rawValue, $0) }, or: .auto)
        separator = try file.choice(
            "separator",
            among: [(";", UInt8(ascii: ";")), (",", UInt8(ascii: ",")), ("tab", 9), ("|", UInt8(ascii: "|"))],
            or: UInt8(ascii: ";"))
        utcOffsetMinutes = try PointsMapping.offset(file)
        earnedOn = try PointsMapping.header(file, "earned_on", "the header of the days on which points were earned")
        endsOn = try PointsMapping.header(file, "ends_on", "the header of the last days of the points")
        rowID = try PointsMapping.header(file, "row_id", "the header of ids that no two rows share")
        memberTotal = try PointsMapping.header(file, "member_total", "the header of what a member's rows add up to")
        movement = try PointsMapping.movement(file)
        expected = try PointsMapping.expected(file, form)
        try checkNeedsPoints(file)
        for key in ["wallet", "business", "scale"] {
            places[key] = file.optional(key).map { Place(line: $0.line, column: $0.column) }
        }
    }

    /// Columns about points make no sense in a file of keys only.
    private func checkNeedsPoints(_ file: Fields) throws(DocumentFault) {
        guard points == nil else { return }
        for key in ["movement", "earned_on", "ends_on", "member_total"] where file.optional(key) != nil {
            throw file.fault("points", "the header of the points, because the file has \(key)")
        }
    }

    private static func header(_ file: Fields, _ key: String, _ expected: String) throws(DocumentFault) -> String? {
        guard file.optional(key) != nil else { return nil }
        return try file.text(key, bytesMax: Limits.nameBytesMax, expected)
    }

    private static func form(_ file: Fields) throws(DocumentFault) -> ValueForm {
        var form = ValueForm()
        form.decimalMark = try file.choice("decimal_mark", among: [(",", ","), (".", ".")], or: ".")
        form.grouping = try file.choice(
            "grouping", among: ValueForm.Grouping.allCases.map { ($0.rawValue, $0) }, or: ValueForm.Grouping.none)
        form.scale = try file.whole("scale", or: 2, in: 0...6, "the decimals of a point in the wallet, 0 to 6")
        let expected = "a form of days such as \"dd.mm.yyyy\""
        form.dateFormat = try file.text("date_format", or: "yyyy-mm-dd", expected)
        guard ValueForm.isDateFormat(form.dateFormat) else { throw file.fault("date_format", expected) }
        let isSame =
            (form.grouping == .comma && form.decimalMark == ",")
            || (form.grouping == .point && form.decimalMark == ".")
        guard !isSame else { throw file.fault("grouping", "another sign than the decimal mark") }
        return form
    }

    private static func bookedOn(_ file: Fields) throws(DocumentFault) -> CivilDay {
        let expected = "the day on which the points are taken over, for example \"2026-05-01\""
        guard let day = CivilDay(text: try file.text("booked_on", expected)) else {
            throw file.fault("booked_on", expected)
        }
        return day
    }

    private static func offset(_ file: Fields) throws(DocumentFault) -> Int16 {
        guard file.optional("utc_offset") != nil else { return 0 }
        let expected = "an offset from UTC such as \"+03:00\""
        guard let moment = Instant.parse("2000-01-01T00:00:00" + (try file.text("utc_offset", expected))) else {
            throw file.fault("utc_offset", expected)
        }
        return moment.utcOffsetMinutes
    }

    private static func keys(_ file: Fields) throws(DocumentFault) -> [KeyColumn] {
        var columns: [KeyColumn] = []
        for fields in try file.objects("keys", keys: ["kind", "column"], isRequired: true) {
            let kind = try fields.choice("kind", among: MemberKey.Kind.allCases.map { ($0.rawValue, $0) })
            columns.append(
                KeyColumn(kind, try fields.text("column", bytesMax: Limits.nameBytesMax, "a header of the file")))
        }
        guard !columns.isEmpty else { throw file.fault("keys", "at least one column that names the member") }
        guard columns.count(where: { $0.kind == .external }) <= 1 else {
            throw file.fault("keys", "one external id at most: a member is registered with one")
        }
        return columns
    }

    /// A wallet or a business: a text, or a column with what its values stand for.
    private static func named(_ file: Fields, _ key: String, isNeeded: Bool) throws(DocumentFault) -> Named {
        guard isNeeded || file.optional(key) != nil else { return .constant("") }
        let expected = "its id, or a column of the file"
        guard case .object = try file.required(key, expected).value else {
            return .constant(try file.text(key, expected))
        }
        let object = try file.object(key, keys: ["column", "values"])
        let header = try object.text("column", bytesMax: Limits.nameBytesMax, "a header of the file")
        var values: [String: String] = [:]
        for fields in try object.objects("values", keys: ["is", "means"], isRequired: false) {
            let value = try fields.text("is", bytesMax: Limits.nameBytesMax, "a value of the column")
            values[value] = try fields.text("means", "the id in the ledger")
        }
        return .column(header: header, values: values)
    }

    private static func movement(_ file: Fields) throws(DocumentFault) -> Movement? {
        guard file.optional("movement") != nil else { return nil }
        let object = try file.object("movement", keys: ["column", "credit", "debit"])
        let movement = Movement(
            header: try object.text("column", bytesMax: Limits.nameBytesMax, "a header of the file"),
            credit: try object.text("credit", bytesMax: Limits.nameBytesMax, "the word of rows that add points"),
            debit: try object.text("debit", bytesMax: Limits.nameBytesMax, "the word of rows that take points"))
        guard movement.credit != movement.debit else {
            throw object.fault("debit", "another word than that of credits")
        }
        return movement
    }

    private static func expected(_ file: Fields, _ form: ValueForm) throws(DocumentFault) -> ControlTotals {
        guard file.optional("expected") != nil else { return ControlTotals() }
        let object = try file.object("expected", keys: ["rows", "members", "points"])
        var totals = ControlTotals()
        for (key, path) in [("rows", \ControlTotals.rows), ("members", \ControlTotals.members)]
        where object.optional(key) != nil {
            totals[keyPath: path] = try object.whole(key, in: 0...PointsFile.rowsMax, "a count")
        }
        guard object.optional("points") != nil else { return totals }
        guard let points = form.points(try object.text("points", form.expectedPoints)) else {
            throw object.fault("points", form.expectedPoints)
        }
        totals.points = points
        return totals
    }
}
