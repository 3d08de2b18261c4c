import TallyBytes
import TallyModel

/// The check digits of printed codes.
enum CheckDigits {
    /// Whether a code is made as its scheme says.
    ///
    /// - Parameters:
    ///   - code: What is printed.
    ///   - scheme: By which rule its last digit follows from the others.
    /// - Returns: True when it is, or the scheme is none.
    static func isSound(_ code: RawSpan, _ scheme: CheckScheme) -> Bool {
        switch scheme {
        case .none: true
        case .luhn: code.byteCount >= 2 && weightedSum(code, of: luhn).map { $0 % 10 == 0 } ?? false
        case .ean13:
            code.byteCount == 13 && weightedSum(code, of: { $0 * ($1 % 2 == 0 ? 1 : 3) }).map { $0 % 10 == 0 } ?? false
        }
    }

    /// Every second digit counts twice, and two digits of a product count by themselves.
    ///
    /// > Source: ISO/IEC 7812-1, annex B.
    private static func luhn(_ digit: Int, _ place: Int) -> Int {
        guard place % 2 == 1 else { return digit }
        return digit * 2 > 9 ? digit * 2 - 9 : digit * 2
    }

    /// Adds up all digits.
    ///
    /// - Parameters:
    ///   - code: What is printed.
    ///   - weight: What a digit counts at a place from the right, which is place 0.
    /// - Returns: The sum; nil when there is something else than digits.
    private static func weightedSum(_ code: RawSpan, of weight: (Int, Int) -> Int) -> Int? {
        var sum = 0
        for place in 0..<code.byteCount {
            let digit = Int(code.u8(at: code.byteCount - 1 - place)) - Int(UInt8(ascii: "0"))
            guard (0...9).contains(digit) else { return nil }
            sum += weight(digit, place)
        }
        return sum
    }
}

extension RawSpan {
    /// The text with small letters of ASCII as capitals: people type a word as they like.
    func inCapitals() -> ByteWriter {
        var capitals = ByteWriter(capacity: max(1, byteCount))
        for offset in 0..<byteCount {
            let byte = u8(at: offset)
            capitals.append(u8: (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte)
        }
        return capitals
    }
}
