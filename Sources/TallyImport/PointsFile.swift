public import TallyModel

/// A file of members and points, read row by row as a mapping says; nothing is added up yet.
public struct PointsFile: Sendable {
    /// A row that is sound by itself.
    public struct Row: Sendable, Hashable {
        /// Its line, counted from 1.
        public var line: Int
        /// The member's names, in the order of the mapping; at least one.
        public var keys: [MemberKey]
        /// Points in minor units; negative when they were taken.
        public var points: Int64
        /// The day on which they were earned; nil when nobody knows.
        public var earnedOn: CivilDay?
        /// The last day on which they can be spent; nil when the wallet's terms say.
        public var endsOn: CivilDay?
        /// The wallet.
        public var wallet: String
        /// Who stands for them.
        public var business: String
        /// What the member's rows add up to in the earlier system; nil when the row does not say.
        public var memberTotal: Int64?
    }

    /// A row that is not sound: its fault, and the names that could be read all the same.
    struct BadRow: Sendable {
        var fault: PointsFault
        var keys: [MemberKey]
    }

    /// Rows of a file at most: with the largest points of a row their sum still fits 64 bits.
    public static let rowsMax = 5_000_000
    /// Bytes of a file at most: it is held in memory until everything in it was checked.
    public static let bytesMax = 1 << 30

    /// The sound rows in the order of the file.
    public private(set) var rows: [Row] = []
    /// The others.
    private(set) var badRows: [BadRow] = []
    /// How the bytes stand for text.
    public let encoding: FileEncoding
    /// Columns that the mapping does not name, such as people's names.
    public private(set) var unreadColumns: [String] = []

    /// Rows without the header, bad ones included.
    public var rowCount: Int { rows.count + badRows.count }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - mapping: What its columns mean.
    /// - Throws: ``PointsFault`` when it is no text, lacks a column or is too large. Bad rows are gathered, not thrown.
    public init(_ bytes: [UInt8], mapping: PointsMapping) throws(PointsFault) {
        guard bytes.count <= PointsFile.bytesMax else {
            throw PointsFault(
                line: 0, column: 0, field: "file", found: "\(bytes.count) bytes",
                expected: "at most \(PointsFile.bytesMax): split it by members")
        }
        let (text, encoding) = try mapping.encoding.text(of: bytes)
        self.encoding = encoding
        var table = DelimitedText(text, separator: mapping.separator)
        guard let header = try table.next() else {
            throw PointsFault(line: 1, column: 1, field: "file", found: "", expected: "a header and rows")
        }
        var reader = try PointsRowReader(header: header, mapping: mapping)
        unreadColumns = reader.unreadColumns
        while true {
            do throws(PointsFault) {
                guard let row = try table.next() else { break }
                take(&reader, row)
            } catch {
                badRows.append(BadRow(fault: error, keys: []))
            }
            guard rowCount <= PointsFile.rowsMax else {
                throw PointsFault(
                    line: 0, column: 0, field: "file", found: "more than \(PointsFile.rowsMax) rows",
                    expected: "fewer: split it by members")
            }
        }
    }

    private mutating func take(_ reader: inout PointsRowReader, _ row: DelimitedText.Row) {
        var keys: [MemberKey] = []
        do throws(PointsFault) { rows.append(try reader.row(of: row, keys: &keys)) } catch {
            badRows.append(BadRow(fault: error, keys: keys))
        }
    }
}
