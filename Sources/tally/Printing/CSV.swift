/// Rows of comma-separated values (RFC 4180, with line feeds).
enum CSV {
    /// One row; values with commas, quotes or line ends are quoted.
    static func row(_ values: [String]) -> String { values.map(field).joined(separator: ",") }

    private static func field(_ value: String) -> String {
        guard value.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return value }
        return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
