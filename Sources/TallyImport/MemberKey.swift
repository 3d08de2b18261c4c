public import TallyModel
import TallyBytes
import TallyDecisions

/// A name under which a till or a file finds a member.
public struct MemberKey: Sendable, Hashable, CustomStringConvertible {
    /// What kind of name it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A phone number.
        case phone
        /// The number of a card, of the earlier system too.
        case card
        /// The id of another system, kept in clear.
        case external
    }

    /// What kind of name it is.
    public let kind: Kind
    /// The name; a phone in international form, `+79031234567`, so that one number has one spelling.
    public let text: String

    /// Reads a name; nil when it is empty, longer than an identifier or no phone in international form.
    ///
    /// - Parameters:
    ///   - kind: What kind of name it is.
    ///   - text: The name as it stands in a file.
    public init?(_ kind: Kind, _ text: String) {
        guard !text.isEmpty, text.utf8.count <= Limits.identifierBytesMax else { return nil }
        self.kind = kind
        guard kind == .phone else {
            self.text = text
            return
        }
        var typed = ByteWriter(capacity: text.utf8.count + 1)
        typed.append(text: text)
        guard let phone = PhoneNumber(typed.bytes) else { return nil }
        self.text = "+" + String(decoding: phone.digits, as: UTF8.self)
    }

    /// How a command names the member.
    public var reference: MemberReference {
        switch kind {
        case .phone: .phone(text)
        case .card: .card(text)
        case .external: .external(text)
        }
    }

    /// Kind and name, such as `card 2200001`.
    public var description: String { "\(kind.rawValue) \(text)" }

    /// What a file should have in a column of such names.
    static func expected(_ kind: Kind) -> String {
        kind == .phone
            ? "a phone number in international form: + and 8 to 15 digits"
            : "1 to \(Limits.identifierBytesMax) bytes of text"
    }
}
