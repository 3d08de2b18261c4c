/// What is wrong with a file of members and points: where, what is there, what is expected.
public struct PointsFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line of the file, counted from 1, the header being line 1; 0 for the file as a whole.
    public var line: Int
    /// The column of the table, counted from 1; 0 for the row as a whole.
    public var column: Int
    /// The header of the column, or what the fault is about.
    public var field: String
    /// What is there, cut to a readable length.
    public var found: String
    /// What is expected instead, or what to do.
    public var expected: String

    /// A fault of its parts.
    public init(line: Int, column: Int, field: String, found: String, expected: String) {
        (self.line, self.column, self.field) = (line, column, field)
        self.found = found.count <= 40 ? found : "\(found.prefix(40))…"
        self.expected = expected
    }

    /// True when it is about the file as a whole, such as a control total, and nothing can be left out to mend it.
    public var isOfFile: Bool { line == 0 }

    /// The place and what is wrong, such as `12:3 Сумма: found "1.234", expected …`.
    public var description: String {
        let place = line == 0 ? "" : column == 0 ? "\(line): " : "\(line):\(column) "
        return "\(place)\(field): found \"\(found)\", expected \(expected)"
    }
}
