public import TallyModel

extension Rate {
    /// Reads `5/100`, `5 %` or `2.5 %`; nil when the text has another form or is more than the whole.
    ///
    /// - Parameters:
    ///   - documentText: A fraction, or a percentage with at most four decimals.
    ///   - isShare: False for a rate between two units, which may be more than 1: `100/1`, `150 %`.
    public init?(documentText: String, isShare: Bool = true) {
        if documentText.hasSuffix("%") {
            self.init(percentage: documentText.dropLast())
        } else {
            let parts = documentText.split(separator: "/", omittingEmptySubsequences: false).map(Rate.trimmed)
            guard parts.count == 2, let numerator = UInt32(parts[0]), let denominator = UInt32(parts[1]),
                denominator > 0
            else { return nil }
            self.init(numerator: numerator, denominator: denominator)
        }
        guard !isShare || numerator <= denominator else { return nil }
    }

    /// Keeps the denominator as small as the decimals allow: `5 %` is 5/100 and `2.5 %` is 25/1000.
    private init?(percentage: Substring) {
        let number = Rate.trimmed(percentage)
        let decimals = number.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.utf8.count ?? 0
        guard decimals <= 4, let value = ExactDecimal.parse(number, scale: decimals) else { return nil }
        let whole: UInt32 = (0..<decimals).reduce(100) { power, _ in power * 10 }
        guard let numerator = UInt32(exactly: value) else { return nil }
        self.init(numerator: numerator, denominator: whole)
    }

    private static func trimmed(_ text: Substring) -> String { String(text.filter { $0 != " " }) }
}
