import TallyBytes
import TallyJSON
import TallyModel

/// A run of bytes: in a row counted from its first byte, in a receipt from the first byte of the file.
struct Field {
    var start = 0
    var count = 0
}

/// One row of the file: where its texts lie, and its numbers.
struct ReceiptRow {
    var receipt = Field()
    var member = Field()
    var store = Field()
    var sku = Field()
    var category = Field()
    /// Civil seconds since 1970-01-01T00:00:00 on the store's clock.
    var civilSeconds: Int64 = 0
    /// Thousandths, with the sign of the file.
    var quantity: Int64 = 0
    /// Minor units, with the sign of the file.
    var total: Int64 = 0
    /// The line of the file on which the row begins.
    var line = 0
}

/// The nine fields of a row, not yet judged.
struct RowFields {
    var fields = InlineArray<9, Field>(repeating: Field())
    var count = 0
    /// True when a byte is not ASCII, so that the row must be checked for valid UTF-8.
    var hasHighBytes = false
    /// The column, counted from 1, in which a quote stands where none may be; 0 when all is well.
    var strayQuoteColumn = 0

    subscript(column: ReceiptsColumn) -> Field { fields[column.rawValue] }

    /// Notes the next field; more than nine are only counted.
    @inline(__always)
    mutating func append(start: Int, end: Int) {
        if count < 9 { fields[count] = Field(start: start, count: end - start) }
        count += 1
    }
}

extension ReceiptRow {
    /// A row of which only the receipt's id is known, which is enough to tell where the receipt ends.
    init(_ row: RowFields, line: Int, position: Int) {
        self.line = line
        receipt = row[.receipt].moved(by: position)
    }

    /// Judges the fields of the row.
    ///
    /// - Parameters:
    ///   - row: The fields, counted from the first byte of the row.
    ///   - bytes: The row.
    ///   - position: Where the row begins in the file.
    /// - Throws: ``BadRow`` at the first column that holds something else than is expected.
    mutating func judge(_ row: RowFields, in bytes: RawSpan, position: Int) throws(BadRow) {
        try row.checkForm(line: line)
        for column in [ReceiptsColumn.receipt, .store, .sku] {
            try row.checkText(column, in: bytes, line: line, mayBeEmpty: false)
        }
        try row.checkText(.member, in: bytes, line: line, mayBeEmpty: true)
        try row.checkText(.category, in: bytes, line: line, mayBeEmpty: true)
        (member, store) = (row[.member].moved(by: position), row[.store].moved(by: position))
        (sku, category) = (row[.sku].moved(by: position), row[.category].moved(by: position))
        guard let seconds = CivilStamp.seconds(bytes.extracting(row[.timestamp].range)) else {
            throw row.fault(.timestamp, "civil time such as 2017-01-01T06:53:26", in: bytes, line: line)
        }
        civilSeconds = seconds
        quantity = try row.decimal(
            .quantity, scale: 3, max: Limits.quantityThousandthsMax, "a quantity with at most 3 decimals", in: bytes,
            line: line)
        total = try row.decimal(
            .total, scale: 2, max: Limits.amountMinorMax, "an amount with at most 2 decimals, for example 12.50",
            in: bytes,
            line: line)
    }
}

extension Field {
    var range: Range<Int> { start..<(start + count) }

    func moved(by distance: Int) -> Field { Field(start: start + distance, count: count) }
}

extension RowFields {
    fileprivate func checkForm(line: Int) throws(BadRow) {
        if strayQuoteColumn > 0 {
            throw BadRow(
                line: line, column: strayQuoteColumn, found: "\"",
                expected: "quotes around the whole field, doubled inside it")
        }
        guard count != 9 else { return }
        throw BadRow(line: line, column: min(count, 9), found: "\(count) columns", expected: "9 columns")
    }

    fileprivate func checkText(
        _ column: ReceiptsColumn, in bytes: RawSpan, line: Int, mayBeEmpty: Bool
    ) throws(BadRow) {
        let count = self[column].count
        guard count > 0 || mayBeEmpty else { throw fault(column, "a text that is not empty", in: bytes, line: line) }
        guard count <= Limits.identifierBytesMax else {
            throw fault(column, "at most \(Limits.identifierBytesMax) bytes", in: bytes, line: line)
        }
        guard hasHighBytes else { return }
        guard RowFields.isUTF8(bytes.extracting(self[column].range)) else {
            throw fault(column, "text in UTF-8", in: bytes, line: line)
        }
    }

    fileprivate func decimal(
        _ column: ReceiptsColumn, scale: Int, max: Int64, _ expected: String, in bytes: RawSpan, line: Int
    ) throws(BadRow) -> Int64 {
        guard let value = ExactDecimal.parse(bytes.extracting(self[column].range), scale: scale) else {
            throw fault(column, expected, in: bytes, line: line)
        }
        guard value.magnitude <= UInt64(max) else { throw fault(column, "a smaller value", in: bytes, line: line) }
        return value
    }

    func fault(_ column: ReceiptsColumn, _ expected: String, in bytes: RawSpan, line: Int) -> BadRow {
        let field = self[column]
        let shown = bytes.extracting(field.start..<(field.start + min(field.count, 40)))
        return BadRow(line: line, column: column.rawValue + 1, found: String.shown(shown), expected: expected)
    }

    private static func isUTF8(_ bytes: RawSpan) -> Bool {
        unsafe bytes.withUnsafeBytes { unsafe String(validating: $0, as: UTF8.self) != nil }
    }
}

extension String {
    /// The bytes as a message shows them; U+FFFD stands for broken ones.
    static func shown(_ bytes: RawSpan) -> String {
        unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
