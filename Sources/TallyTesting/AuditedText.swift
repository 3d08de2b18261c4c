import TallyModel

/// What the model holds of strings.
enum AuditedText {
    /// Text has no control characters; a Swift string is UTF-8 already.
    static func isText(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { !(0...0x1F).contains($0.value) && !(0x7F...0x9F).contains($0.value) }
    }

    /// An identifier is a text of 1 to 64 bytes.
    static func isIdentifier(_ text: String) -> Bool { (1...64).contains(text.utf8.count) && isText(text) }

    /// A phone number in international form, by the table that stands beside `PhoneNumber`; nil when the country is
    /// missing or it is no number.
    ///
    /// > Source: Checklist S0-08, "registration by phone number; E.164 normalisation".
    static func international(_ typed: String) -> String? {
        let dense = typed.filter { !" -().\u{2F}".contains($0) }
        let hasPlus = dense.hasPrefix("+")
        var digits = hasPlus ? String(dense.dropFirst()) : dense
        guard digits.allSatisfy({ "0123456789".contains($0) }) else { return nil }
        if !hasPlus {
            if digits.hasPrefix("00") {
                digits.removeFirst(2)
            } else if digits.count == 11, digits.hasPrefix("8") {
                digits = "7" + digits.dropFirst()
            } else if digits.count != 11 || !digits.hasPrefix("7") {
                return nil
            }
        }
        return (8...15).contains(digits.count) && !digits.hasPrefix("0") ? digits : nil
    }
}

extension Auditor {
    /// The codes are in order of precedence, so checks run in the order of their codes.
    func check(_ isFulfilled: Bool, _ code: Rejection, line: Int = 0) throws(Refused) {
        if !isFulfilled { throw Refused(code, line: line) }
    }

    func check(identifiers: [String], optional: [String] = [], texts: [String] = []) throws(Refused) {
        let areSound =
            identifiers.allSatisfy(AuditedText.isIdentifier) && texts.allSatisfy(AuditedText.isText)
            && optional.allSatisfy { $0.isEmpty || AuditedText.isIdentifier($0) }
        try check(areSound, .textMalformed)
    }
}
