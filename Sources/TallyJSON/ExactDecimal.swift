import TallyBytes

/// Decimal text as an exact integer.
public enum ExactDecimal {
    /// Reads `[-]digits[.digits]` in units of 10^-`scale`; `12.5` with a scale of 2 is 1250.
    ///
    /// - Parameters:
    ///   - text: ASCII bytes without spaces, plus signs or separators of thousands.
    ///   - scale: Decimals at most; 0…18.
    /// - Returns: nil when the text has another form, more decimals, or a value beyond 64 bits.
    public static func parse(_ text: RawSpan, scale: Int) -> Int64? {
        let isNegative = text.byteCount > 0 && text.u8(at: 0) == UInt8(ascii: "-")
        var offset = isNegative ? 1 : 0
        var value: Int64 = 0
        let whole = digits(of: text, from: &offset, into: &value)
        var decimals = 0
        if offset < text.byteCount, text.u8(at: offset) == UInt8(ascii: ".") {
            offset += 1
            decimals = digits(of: text, from: &offset, into: &value)
            guard decimals > 0 else { return nil }
        }
        guard whole > 0, decimals <= scale, offset == text.byteCount, value >= 0 else { return nil }
        for _ in decimals..<scale {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = product
        }
        return isNegative ? -value : value
    }

    /// The same of a string.
    ///
    /// - Parameters:
    ///   - text: As in ``parse(_:scale:)-(RawSpan,_)``.
    ///   - scale: Decimals at most; 0…18.
    /// - Returns: nil when the text has another form, more decimals, or a value beyond 64 bits.
    public static func parse(_ text: String, scale: Int) -> Int64? {
        let bytes = Array(text.utf8)
        return unsafe parse(bytes.span.bytes, scale: scale)
    }

    /// Takes digits; a value beyond 64 bits becomes -1 and stays so.
    ///
    /// - Returns: How many digits there were.
    private static func digits(of text: RawSpan, from offset: inout Int, into value: inout Int64) -> Int {
        let start = offset
        while offset < text.byteCount {
            let digit = text.u8(at: offset) &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            let (product, first) = value.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.addingReportingOverflow(Int64(digit))
            value = first || second || value < 0 ? -1 : sum
            offset += 1
        }
        return offset - start
    }
}
