/// Multiplication and division as taught at school, digit by digit: slow, obvious, and without any wide integer, so it
/// can judge the 128-bit arithmetic of the ledger.
enum SchoolArithmetic {
    /// Quotient of `a · b / divisor` in decimal digits without leading zeros, and whether the rest is none, below a
    /// half, a half or above.
    static func divide(_ a: UInt64, times b: UInt64, by divisor: UInt64) -> (quotient: String, rest: Rest) {
        // Ten remainders and a digit must fit 64 bits.
        precondition(divisor > 0 && divisor < 1 << 60)
        var remainder: UInt64 = 0
        var quotient = ""
        for digit in multiply(a, b) {
            remainder = remainder * 10 + UInt64(digit)
            quotient += String(remainder / divisor)
            remainder %= divisor
        }
        return (trimmed(quotient), Rest(remainder: remainder, divisor: divisor))
    }

    /// `text + 1`, digit by digit.
    static func successor(of text: String) -> String {
        var digits = text.compactMap(\.wholeNumberValue)
        for index in digits.indices.reversed() {
            digits[index] += 1
            if digits[index] < 10 { return digits.map(String.init).joined() }
            digits[index] = 0
        }
        return "1" + digits.map(String.init).joined()
    }

    /// What division leaves.
    enum Rest {
        case none, belowHalf, half, aboveHalf

        init(remainder: UInt64, divisor: UInt64) {
            if remainder == 0 {
                self = .none
            } else if 2 * remainder == divisor {
                self = .half
            } else {
                self = 2 * remainder < divisor ? .belowHalf : .aboveHalf
            }
        }
    }

    private static func multiply(_ a: UInt64, _ b: UInt64) -> [Int] {
        let (x, y) = (digits(a), digits(b))
        var product = [Int](repeating: 0, count: x.count + y.count)
        for (i, left) in x.enumerated().reversed() {
            var carry = 0
            for (j, right) in y.enumerated().reversed() {
                let sum = product[i + j + 1] + left * right + carry
                (product[i + j + 1], carry) = (sum % 10, sum / 10)
            }
            product[i] += carry
        }
        return product
    }

    private static func digits(_ value: UInt64) -> [Int] { String(value).compactMap(\.wholeNumberValue) }

    private static func trimmed(_ digits: String) -> String {
        let significant = digits.drop { $0 == "0" }
        return significant.isEmpty ? "0" : String(significant)
    }
}
