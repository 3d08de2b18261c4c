import TallyBytes

/// A phone number in international form: E.164 without the plus.
///
/// | typed | international |
/// |---|---|
/// | `+7 903 123-45-67` | `79031234567` |
/// | `8 (903) 123 45 67` | `79031234567`: the trunk prefix of the Russian plan |
/// | `0049 30 1234567` | `49301234567` |
/// | `903 123 45 67` | refused: the country is missing |
public struct PhoneNumber: Sendable, Hashable {
    /// 8 to 15 digits, the first not 0.
    public let digits: [UInt8]

    /// Reads a number as people type it: digits, spaces, dots, dashes, slashes and parentheses, with a plus or 00 in front
    /// of the country code.
    ///
    /// - Returns: nil when the text is not a phone number in international form.
    public init?(_ text: RawSpan) {
        var digits: [UInt8] = []
        var hasPlus = false
        for offset in 0..<text.byteCount {
            let byte = text.u8(at: offset)
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte)
            case UInt8(ascii: "+") where digits.isEmpty && !hasPlus: hasPlus = true
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."),
                UInt8(ascii: "/"):
                continue
            default: return nil
            }
        }
        guard let international = PhoneNumber.international(digits, hasPlus: hasPlus) else { return nil }
        guard (8...15).contains(international.count), international[0] != UInt8(ascii: "0") else { return nil }
        self.digits = international
    }

    private static func international(_ digits: [UInt8], hasPlus: Bool) -> [UInt8]? {
        if hasPlus { return digits }
        if digits.starts(with: [UInt8(ascii: "0"), UInt8(ascii: "0")]) { return Array(digits.dropFirst(2)) }
        guard digits.count == 11 else { return nil }
        if digits[0] == UInt8(ascii: "8") { return [UInt8(ascii: "7")] + digits.dropFirst() }
        return digits[0] == UInt8(ascii: "7") ? digits : nil
    }
}
